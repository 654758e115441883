"""Makes one C file of Skein's many:  amalgamate.py OUT.c FILES  with a line "NAME TAB PATH" for each source in FILES.

The text stays as it is, in the order of the layers; an #include becomes what it names.  What is private to a file (static functions,
types, constants, macros) may have the same name in two of them: such a name is a macro for another one while its file
lasts ("#define fail fail__socket_type"), so the compiler replaces it wherever it means it, also where ## makes it.  Macros end with
the file that defines them.
"""

import re
import sys

import c_names
from c_macros import Macros
from c_text import Directive, included, lines

# The pragmas: what is used in one file only is no fault here; gcc 12 gives false alarms where it inlines.
HEAD = """\
/* skein.c - Skein {version}, an embeddable Python runtime, as one file.  Generated: its sources are named in the marks below.
 *
 *     cc -std=c17 -O2 -c skein.c        gcc or clang; link with -lm
 *
 * Host programs see skein.h alone.  Parts of the library that stand on other libraries are left out unless asked for:
 *     -DSKEIN_WITH_PCRE2  re                                  -lpcre2-8
 *     -DSKEIN_WITH_UV     descriptors, files, names in tasks  -luv
 *     -DSKEIN_WITH_CURL   skein.http (needs SKEIN_WITH_UV)    loaded when used
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#if defined __GNUC__
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic ignored "-Warray-bounds"
#pragma GCC diagnostic ignored "-Wstringop-overread"
#endif
"""

# Files that a build has only with a library, or only without it.
PARTS = {"stdlib/native/curl_": "SKEIN_WITH_CURL", "stdlib/native/re_": "SKEIN_WITH_PCRE2", "stdlib/native/uv_": "SKEIN_WITH_UV",
         "stdlib/native/plain_poller": "!SKEIN_WITH_UV"}
# Their headers, for which alone the parts' files ask.
FOREIGN = {"curl/curl.h": "SKEIN_WITH_CURL", "pcre2.h": "SKEIN_WITH_PCRE2", "uv.h": "SKEIN_WITH_UV"}
PUBLIC = "vm/api/skein.h"
# What only one kind of compiler compiles: names are collected for each.
COMPILERS = [{"__clang__": "1", "__clang_major__": "19", "__x86_64__": "1"}, {}]
# Static names that libc has too: here all files see all of its headers.
LIBC = frozenset("poll raise sem_init".split())
PLAIN = "stdlib/frozen.c"  # a table of texts, large, and without any macro


def part_of(name):
    return next((condition for start, condition in PARTS.items() if name.startswith(start)), None)


class Source:
    """A file: its text, what it includes, which names it declares."""

    def __init__(self, name, path):
        self.name = name
        with open(path, encoding="utf-8") as f:
            self.text = f.read()
        self.includes = []  # (name, quoted)
        if name == PLAIN:
            self.includes = [(header, True) for header in re.findall('^#include "(.*)"$', self.text, flags=re.M)]
            self.text = re.sub("^#include.*$", "", self.text, flags=re.M)
        self.parts = list(lines(self.text)) if name != PLAIN else []
        self.defines, self.members, self.words = {}, set(), set()
        self.macros = {}  # still there at its end
        self.declared, self.closure, self.renamed = {}, [], {}
        for part in self.parts:
            if isinstance(part, Directive):
                self._note(part)
            else:
                self._note_words(part)
        first = next((p for p in self.parts if isinstance(p, Directive)), None)
        self.once = bool(first and first.name == "ifndef" and first.tokens[0].text.endswith("_H"))

    def _note(self, part):
        if part.name == "include":
            self.includes.append(included(part, self.text))
        elif part.name == "define":
            self.defines[part.tokens[0].text] = True
            self._note_words(part.tokens[1:])

    def _note_words(self, tokens):
        before = ""
        for token in tokens:
            if token.kind == "name":
                (self.members if before in (".", "->") else self.words).add(token.text)
            before = token.text


class Amalgamation:
    def __init__(self, files):
        self.sources = {name: Source(name, path) for name, path in files.items()}
        self.system, self.foreign = [], []

    # ---- headers

    def header(self, name, user):
        if name not in self.sources:
            beside = user.rpartition("/")[0] + "/" + name
            if beside not in self.sources:
                raise SystemExit(f"amalgamate: {user} includes {name}, which is no source")
            name = beside
        return self.sources[name]

    def order(self):
        """Guarded headers and .c files, each after what it includes; sets their closures."""
        done = {}

        def visit(source):
            if source.name in done:
                return
            closure = {}
            for name, quoted in source.includes:
                if quoted:
                    header = self.header(name, source.name)
                    visit(header)
                    closure.update(dict.fromkeys(header.closure))
                    if header.once:
                        closure[header.name] = None
                    else:
                        source.words |= header.words
                elif name in FOREIGN:
                    self.foreign.append(name)
                elif name not in self.system:
                    self.system.append(name)
            source.closure = list(closure)
            done[source.name] = source

        for source in list(self.sources.values()):
            if source.name.endswith(".c"):
                visit(source)
        return [s for s in done.values() if s.once or s.name.endswith(".c")]

    # ---- names

    def collect(self, order):
        """What each file declares, by following the whole program as a compiler does."""
        for compiler in COMPILERS:
            macros = Macros({**compiler, "SKEIN_WITH_UV": "1", "SKEIN_WITH_PCRE2": "1", "SKEIN_WITH_CURL": "1"})
            for source in order:
                before = dict(macros.table)
                out = []
                self._follow(source, macros, out)
                source.declared.update(c_names.declared(out))
                if source.name.endswith(".c"):
                    source.macros.update(dict.fromkeys(macros.table.keys() - before.keys()))
                    macros.table = before

    def _follow(self, source, macros, out):
        for part in source.parts:
            if not isinstance(part, Directive):
                if macros.active:
                    out.extend(macros.expand(part))
            elif part.name == "include":
                name, quoted = included(part, source.text)
                if quoted and macros.active and not self.header(name, source.name).once:
                    self._follow(self.header(name, source.name), macros, out)
            else:
                macros.obey(part)

    def settle(self, order):
        """Gives names that several files have for themselves to each of them."""
        owners = {}
        for source in order:
            seen = {name for header in source.closure for name in self.sources[header].declared}
            source.own = {name: kind for name, kind in source.declared.items() if name not in seen}
            for name in source.own:
                owners.setdefault(name, []).append(source)
        for name, sources in owners.items():
            sources = [source for source in sources if source.own[name] != "forward"]
            if len(sources) < 2 and name not in LIBC:
                continue
            for source in sources:
                if source.own[name] == "extern":
                    continue
                where = source.name.removesuffix(".c").replace("/", "_").replace(".", "_")
                source.renamed[name] = f"{name}__{where}"

    # ---- output

    def emit(self, order, version, write):
        write(HEAD.format(version=version))
        for name in sorted(self.system):
            write(f"#include <{name}>\n")
        for name, condition in FOREIGN.items():
            if name in self.foreign:
                write(f"#if {condition}\n#include <{name}>\n#endif\n")
        for source in order:
            if source.name == PUBLIC:
                write('\n#include "skein.h"\n')
                continue
            condition = part_of(source.name)
            write(f"\n/* {'=' * 20} {source.name} {'=' * 20} */\n")
            if condition:
                write(f"#if {condition}\n")
            self._emit_one(source, write)
            if condition:
                write(f"#endif /* {condition} */\n")

    def _emit_one(self, source, write):
        renamed = {}
        for name in [*source.closure, source.name]:
            renamed.update(self.sources[name].renamed)
        renamed = {old: new for old, new in sorted(renamed.items()) if source.name.endswith(".c") or old in source.words | source.members}
        spelled = {old: renamed.pop(old) for old in list(renamed) if self._is_member(source, old)}
        for old, new in renamed.items():
            write(f"#define {old} {new}\n")
        text = self._inlined(source)
        if spelled:
            text = _respelled(text, spelled)
        write(text if text.endswith("\n") else text + "\n")
        ends = [name for name in source.defines if name in source.macros] + sorted(source.macros.keys() - source.defines.keys())
        for name in [*renamed, *(n for n in ends if n not in renamed)]:
            write(f"#undef {name}\n")

    def _is_member(self, source, name):
        """Also a member of a header's struct, which keeps its name: such a name is replaced in the text itself."""
        return name in source.members and any(name in self.sources[header].words for header in source.closure)

    def _inlined(self, source):
        """The text with includes done: headers stand before it already, tables come in here."""
        out, at = [], 0
        for part in source.parts:
            if not isinstance(part, Directive) or part.name != "include":
                continue
            out.append(source.text[at : part.at])
            name, quoted = included(part, source.text)
            if quoted and not self.header(name, source.name).once:
                out.append(f"/* {name} */\n" + self._inlined(self.header(name, source.name)).rstrip("\n"))
            else:
                out.append(f"/* {name} */")
            at = part.end
        out.append(source.text[at:])
        return "".join(out)


def _respelled(text, names):
    """The text with these names replaced, but for members."""
    out, at, before = [], 0, ""
    for part in lines(text):
        for token in part.tokens if isinstance(part, Directive) else part:
            if token.kind == "name" and token.text in names and before not in (".", "->"):
                out += [text[at : token.at], names[token.text]]
                at = token.end
            before = token.text
    return "".join(out) + text[at:]


def main():
    out, listing = sys.argv[1:]
    with open(listing, encoding="utf-8") as f:
        files = dict(line.rstrip("\n").split("\t") for line in f)
    whole = Amalgamation(files)
    order = whole.order()
    whole.collect(order)
    whole.settle(order)
    version = re.search(r'^#define SKEIN_VERSION "(.*)"$', whole.sources[PUBLIC].text, re.M)[1]
    with open(out, "w", encoding="utf-8") as f:
        whole.emit(order, version, f.write)


if __name__ == "__main__":
    main()
