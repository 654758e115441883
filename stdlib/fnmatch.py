"""Shell patterns for file names: * ? [seq] [!seq].

    >>> import fnmatch
    >>> fnmatch.fnmatch("notes.txt", "*.txt")
    True
"""

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]

import functools
import os
import posixpath
import re


def fnmatch(name, pat):
    """Whether name matches, with the system's idea of upper and lower case."""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


@functools.lru_cache(maxsize=32768, typed=True)
def _compile_pattern(pat):
    if isinstance(pat, bytes):
        res = translate(str(pat, "ISO-8859-1")).encode("ISO-8859-1")
    else:
        res = translate(pat)
    return re.compile(res).match


def filter(names, pat):
    """Those names that match."""
    match = _compile_pattern(os.path.normcase(pat))
    if os.path is posixpath:
        return [name for name in names if match(name)]
    return [name for name in names if match(os.path.normcase(name))]


def fnmatchcase(name, pat):
    """Whether name matches; case matters."""
    return _compile_pattern(pat)(name) is not None


_STAR = object()


def translate(pat):
    """The pattern as a regular expression."""
    parts = []
    i, n = 0, len(pat)
    while i < n:
        c = pat[i]
        i += 1
        if c == "*":
            if not parts or parts[-1] is not _STAR:     # several in a row are one
                parts.append(_STAR)
        elif c == "?":
            parts.append(".")
        elif c == "[":
            end = _set_end(pat, i)
            if end < 0:
                parts.append("\\[")
            else:
                parts.append(_set(pat, i, end))
                i = end + 1
        else:
            parts.append(re.escape(c))
    return _join(parts)


def _set_end(pat, i):
    """The index of the ] that closes the set whose contents start at i, or -1."""
    j = i
    if pat[j:j + 1] == "!":
        j += 1
    if pat[j:j + 1] == "]":
        j += 1      # at the start it stands for itself
    return pat.find("]", j)


def _set(pat, i, end):
    stuff = pat[i:end]
    if "-" not in stuff:
        stuff = stuff.replace("\\", r"\\")
    else:
        stuff = _ranges(pat, i, end)
    if not stuff:
        return "(?!)"       # nothing: an empty range
    if stuff == "!":
        return "."          # anything: not an empty range
    # Set operations of regular expressions are not meant.
    stuff = re.sub(r"([&~|])", r"\\\1", stuff)
    if stuff[0] == "!":
        stuff = "^" + stuff[1:]
    elif stuff[0] in ("^", "["):
        stuff = "\\" + stuff
    return f"[{stuff}]"


def _ranges(pat, i, end):
    """The contents of a set with hyphens; ranges that run backwards are dropped."""
    chunks = []
    k = i + 2 if pat[i] == "!" else i + 1
    while True:
        k = pat.find("-", k, end)
        if k < 0:
            break
        chunks.append(pat[i:k])
        i = k + 1
        k += 3
    chunk = pat[i:end]
    if chunk:
        chunks.append(chunk)
    else:
        chunks[-1] += "-"
    for k in range(len(chunks) - 1, 0, -1):
        if chunks[k - 1][-1] > chunks[k][0]:
            chunks[k - 1] = chunks[k - 1][:-1] + chunks[k][1:]
            del chunks[k]
    return "-".join(s.replace("\\", r"\\").replace("-", r"\-") for s in chunks)


def _join(parts):
    """The parts as one expression; text after a star is found without going back for it later."""
    result = []
    i, n = 0, len(parts)
    while i < n and parts[i] is not _STAR:
        result.append(parts[i])
        i += 1
    while i < n:
        i += 1      # over the star
        fixed = []
        while i < n and parts[i] is not _STAR:
            fixed.append(parts[i])
            i += 1
        fixed = "".join(fixed)
        if i == n:
            result.append(".*")
            result.append(fixed)
        else:
            # The first place where it fits is as good as any: an atomic group.
            result.append(f"(?>.*?{fixed})")
    return rf"(?s:{''.join(result)})\Z"
