r"""Regular expressions.

    >>> import re
    >>> re.findall(r"(\w+)=(\d+)", "width=20 height=10")
    [('width', '20'), ('height', '10')]
    >>> re.sub(r"(?P<first>\w+) (\w+)", r"\2 \g<first>", "hello world")
    'world hello'

Compiling and matching is native (_re); here are the flags, the cache of
compiled patterns, escape() and the reading of templates.
"""

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "escape",
    "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE",
    "DOTALL", "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag", "PatternError",
]

import _re
import enum
from _re import Match, Pattern


@enum.global_enum
class RegexFlag(enum.IntFlag, boundary=enum.KEEP):
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    DEBUG = 128

    __str__ = object.__str__
    _numeric_repr_ = hex


class PatternError(Exception):
    """A pattern (or template) that cannot be used.

    msg: what is wrong; pattern: the pattern; pos: where, or None; lineno and
    colno of that position.
    """

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        if pattern is not None and pos is not None:
            msg = f"{msg} at position {pos}"
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = f"{msg} (line {self.lineno}, column {self.colno})"
        else:
            self.lineno = self.colno = None
        super().__init__(msg)


error = PatternError


# ---- the functions -------------------------------------------------------------------

def match(pattern, string, flags=0):
    """Match at the start of string; a Match or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """Match all of string; a Match or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match anywhere in string, or None."""
    return _compile(pattern, flags).search(string)


class _ZeroSentinel(int):
    """A zero that tells arguments that were given from those that were not."""


_zero_sentinel = _ZeroSentinel()


def _options(name, args, given, values):
    """count (or maxsplit) and flags, which may still come by position."""
    import warnings
    first, limit = name
    if given is not _zero_sentinel:
        raise TypeError(f"{first}() got multiple values for argument {limit!r}")
    given, *rest = args
    flags = values
    if rest:
        if flags is not _zero_sentinel:
            raise TypeError(f"{first}() got multiple values for argument 'flags'")
        flags, *rest = rest
        if rest:
            fixed = 2 if first == "split" else 3
            raise TypeError(f"{first}() takes from {fixed} to {fixed + 2} positional arguments but "
                            f"{fixed + len(args)} were given")
    warnings.warn(f"{limit!r} is passed as positional argument", DeprecationWarning, stacklevel=3)
    return given, flags


def sub(pattern, repl, string, *args, count=_zero_sentinel, flags=_zero_sentinel):
    """Replace matches; repl is a template or a function of the match. count limits how many."""
    if args:
        count, flags = _options(("sub", "count"), args, count, flags)
    return _compile(pattern, flags).sub(repl, string, count)


sub.__text_signature__ = "(pattern, repl, string, count=0, flags=0)"


def subn(pattern, repl, string, *args, count=_zero_sentinel, flags=_zero_sentinel):
    """Like sub(), but gives (new string, number of replacements)."""
    if args:
        count, flags = _options(("subn", "count"), args, count, flags)
    return _compile(pattern, flags).subn(repl, string, count)


subn.__text_signature__ = "(pattern, repl, string, count=0, flags=0)"


def split(pattern, string, *args, maxsplit=_zero_sentinel, flags=_zero_sentinel):
    """The pieces of string between matches; groups of the pattern are in the list too."""
    if args:
        maxsplit, flags = _options(("split", "maxsplit"), args, maxsplit, flags)
    return _compile(pattern, flags).split(string, maxsplit)


split.__text_signature__ = "(pattern, string, maxsplit=0, flags=0)"


def findall(pattern, string, flags=0):
    """All matches as strings, or as groups if the pattern has some."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """Iterate over all matches."""
    return _compile(pattern, flags).finditer(string)


def compile(pattern, flags=0):
    """A Pattern, for repeated use."""
    return _compile(pattern, flags)


def purge():
    """Forget compiled patterns and templates."""
    _cache.clear()
    _template_cache.clear()


_special_chars_map = {i: "\\" + chr(i) for i in b"()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    """Put a backslash before everything that is special in a pattern."""
    if isinstance(pattern, str):
        return pattern.translate(_special_chars_map)
    pattern = str(pattern, "latin1")
    return pattern.translate(_special_chars_map).encode("latin1")


# ---- compiled patterns -------------------------------------------------------------------

_cache = {}             # (type, pattern, flags) -> Pattern, the oldest first
_MAXCACHE = 512
_template_cache = {}


def _compile(pattern, flags):
    if isinstance(flags, RegexFlag):
        flags = flags.value
    try:
        return _cache[type(pattern), pattern, flags]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes)):
        raise TypeError("first argument must be string or compiled pattern")
    key = type(pattern), pattern, flags
    compiled = _re.compile(pattern, flags, PatternError)
    if not flags & DEBUG:
        if len(_cache) >= _MAXCACHE:
            del _cache[next(iter(_cache))]
        _cache[key] = compiled
    return compiled


import copyreg as _copyreg


def _pickle(p):
    return _compile, (p.pattern, p.flags)


_copyreg.pickle(Pattern, _pickle, _compile)


# ---- templates ----------------------------------------------------------------------------

def _parse_template(pattern, template):
    r"""What a replacement template says: a list of literals and group numbers.

    Pattern.sub() and Match.expand() call this for templates with a backslash.
    \1, \12, \g<1>, \g<name> are groups; \0, \012, \177 are characters.
    """
    key = pattern, type(template), template
    found = _template_cache.get(key)
    if found is not None:
        return found
    parsed = _TemplateReader(pattern, template).read()
    if len(_template_cache) >= _MAXCACHE:
        del _template_cache[next(iter(_template_cache))]
    _template_cache[key] = parsed
    return parsed


class _TemplateReader:
    """Reads one template from left to right."""

    _ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}

    def __init__(self, pattern, template):
        self.pattern = pattern
        self.template = template
        # Bytes are read as the characters of the same codes.
        self.text = template if isinstance(template, str) else str(template, "latin1")
        self.result = []
        self.literal = []

    def error(self, msg, pos):
        return PatternError(msg, self.template, pos)

    def flush(self):
        text = "".join(self.literal)
        self.result.append(text if isinstance(self.template, str) else text.encode("latin1"))
        self.literal.clear()

    def add_group(self, index, pos):
        if index > self.pattern.groups:
            raise self.error(f"invalid group reference {index}", pos)
        self.flush()
        self.result.append(index)

    def read(self):
        text = self.text
        i = 0
        while True:
            j = text.find("\\", i)
            if j < 0:
                break
            self.literal.append(text[i:j])
            if j + 1 == len(text):
                raise self.error("bad escape (end of pattern)", j)
            c = text[j + 1]
            if c == "g":
                i = self.named_group(j + 2)
            elif c in "0123456789":
                i = self.digits(j)
            else:
                i = j + 2
                if c in self._ESCAPES:
                    self.literal.append(self._ESCAPES[c])
                elif c.isascii() and c.isalpha():
                    raise self.error(f"bad escape \\{c}", j)
                else:
                    self.literal.append("\\" + c)
        self.literal.append(text[i:])
        self.flush()
        return self.result

    def digits(self, start):
        r"""\0 and three octal digits are a character, everything else a group."""
        text = self.text
        i = start + 1
        if text[i] == "0":
            end = i + 1
            while end < i + 3 and text[end:end + 1] in tuple("01234567"):
                end += 1
            self.literal.append(chr(int(text[i:end], 8)))
            return end
        end = i + 1
        if text[end:end + 1].isdecimal() and text[end].isascii():
            end += 1
            if text[i] in "0123" and all(d in "01234567" for d in text[i:end]) and text[end:end + 1] in tuple("01234567"):
                self.literal.append(chr(int(text[i:end + 1], 8)))
                return end + 1
            if all(d in "01234567" for d in text[i:end]) and text[end:end + 1] in tuple("01234567"):
                value = int(text[i:end + 1], 8)
                raise self.error(f"octal escape value \\{text[i:end + 1]} outside of range 0-0o377", start)
        self.add_group(int(text[i:end]), i)
        return end

    def named_group(self, i):
        r"""\g<name> or \g<number>; i is behind the g."""
        text = self.text
        if text[i:i + 1] != "<":
            raise self.error("missing <", i)
        end = text.find(">", i + 1)
        name = text[i + 1:] if end < 0 else text[i + 1:end]
        if end < 0:
            if not name:
                raise self.error("missing group name", i + 1)
            raise self.error("missing >, unterminated name", i + 1)
        if not name:
            raise self.error("missing group name", i + 1)
        if name.isidentifier():
            if not isinstance(self.template, str) and not name.isascii():
                raise self.error(f"bad character in group name {name!a}", i + 1)
            try:
                index = self.pattern.groupindex[name]
            except KeyError:
                raise IndexError(f"unknown group name {name!r}") from None
            self.flush()
            self.result.append(index)
        elif name.isdecimal() and name.isascii():
            index = int(name)
            if index >= 1 << 30:
                raise self.error(f"invalid group reference {index}", i + 1)
            self.add_group(index, i + 1)
        else:
            shown = repr(name) if isinstance(self.template, str) else ascii(name)
            raise self.error(f"bad character in group name {shown}", i + 1)
        return end + 1


# ---- an old experiment that programs have come to use ------------------------------------------

class Scanner:
    """Cuts a string into tokens: the first phrase of the lexicon that matches wins."""

    def __init__(self, lexicon, flags=0):
        if isinstance(flags, RegexFlag):
            flags = flags.value
        self.lexicon = lexicon
        # One pattern of all phrases; the number of the group that matched leads to the action.
        self._actions = {}
        phrases = []
        group = 1
        for phrase, action in lexicon:
            self._actions[group] = action
            group += compile(phrase, flags).groups + 1
            phrases.append(f"({phrase})")
        self.scanner = compile("|".join(phrases), flags)

    def scan(self, string):
        """(results of the actions, the rest that no phrase matches)"""
        result = []
        i = 0
        match = self.scanner.scanner(string).match
        while True:
            m = match()
            if not m or m.end() == i:
                break
            i = m.end()
            action = self._actions[m.lastindex]
            if callable(action):
                self.match = m
                action = action(self, m.group())
            if action is not None:
                result.append(action)
        return result, string[i:]
