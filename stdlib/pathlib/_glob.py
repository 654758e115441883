"""Path.glob(): patterns against directories; see pathlib.

A pattern is a list of components. Each turns the paths found so far into those one step further: a name, "..", a name
with wildcards, or "**", all directories below.
"""

import os

from pathlib._pure import _component_regex

_MAGIC = frozenset("*?[")


def select(root, pattern, case_sensitive, recurse_symlinks):
    """An iterator over the paths below root that match."""
    text = os.fspath(pattern)
    path = root.with_segments(text)
    if path.anchor:
        raise NotImplementedError("Non-relative patterns are unsupported")
    if not path.parts:
        raise ValueError(f"Unacceptable pattern: {path!r}")
    parts = list(path._tail)
    if text.endswith("/"):
        parts.append("")        # directories only
    return _walk(root, parts, case_sensitive, recurse_symlinks)


def _walk(root, parts, case_sensitive, recurse_symlinks):
    paths = iter((root,))
    several = parts.count("**") > 1
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        if part == "**":
            if i and parts[i - 1] == "**":
                continue        # the same as one
            if not last and all(p == "**" for p in parts[i:]):
                last = True
            paths = _descendants(paths, recurse_symlinks, last)
        elif part == "":
            paths = (p for p in paths if p.is_dir())
        elif part == ".." or (case_sensitive is not False and not _MAGIC & set(part)):
            paths = _named(paths, part)
        else:
            paths = _matching(paths, _component_regex(part, case_sensitive is not False), last)
    return _once(paths) if several else paths


def _once(paths):
    seen = set()
    for path in paths:
        if path not in seen:
            seen.add(path)
            yield path


def _named(paths, name):
    for path in paths:
        child = path._child(name)
        if os.path.lexists(child) if name != ".." else path.is_dir():
            yield child


def _entries(path):
    try:
        with os.scandir(path) as entries:
            return list(entries)
    except OSError:
        return []


def _is_dir(entry, follow_symlinks=True):
    try:
        return entry.is_dir(follow_symlinks=follow_symlinks)
    except OSError:
        return False


def _matching(paths, match, last):
    for path in paths:
        for entry in _entries(path):
            if match(entry.name) and (last or _is_dir(entry)):
                yield path._child(entry.name)


def _descendants(paths, follow_symlinks, files_too):
    """The paths themselves and all directories below, at the end of a pattern the files as well."""
    for start in paths:
        yield start
        pending = [start]
        while pending:
            path = pending.pop()
            deeper = []
            for entry in _entries(path):
                if _is_dir(entry, follow_symlinks):
                    child = path._child(entry.name)
                    deeper.append(child)
                    yield child
                elif files_too:
                    yield path._child(entry.name)
            pending += reversed(deeper)
