"""File names by pattern: *, ?, [seq], and ** for directories at any depth.

    >>> import glob
    >>> glob.glob("/etc/host[a-z]*")[:0]
    []
"""

__all__ = ["escape", "glob", "iglob", "has_magic", "translate"]

import fnmatch
import itertools
import os

_MAGIC = "*?["


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """The paths that match, in no particular order."""
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive,
                      include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """The same one by one."""
    root_dir = pathname[:0] if root_dir is None else os.fspath(root_dir)
    if dir_fd is not None:
        raise NotImplementedError("dir_fd unavailable on this platform")
    found = _iglob(pathname, root_dir, recursive, False, include_hidden)
    if not pathname or recursive and _is_recursive(pathname[:2]):
        # `**` alone also means the directory itself, by an empty name.
        first = next(found, None)
        if first:
            found = itertools.chain((first,), found)
    return found


def _iglob(pathname, root_dir, recursive, dironly, include_hidden):
    dirname, basename = os.path.split(pathname)
    if not has_magic(pathname):
        assert not dironly
        full = os.path.join(root_dir, pathname)
        if basename:
            if os.path.lexists(full):
                yield pathname
        elif os.path.isdir(os.path.join(root_dir, dirname)):
            yield pathname      # "dir/" only matches directories
        return
    if not dirname:
        if recursive and _is_recursive(basename):
            yield from _below(root_dir, basename, dironly, include_hidden)
        else:
            yield from _matching(root_dir, basename, dironly, include_hidden)
        return
    if dirname != pathname and has_magic(dirname):
        dirs = _iglob(dirname, root_dir, recursive, True, include_hidden)
    else:
        dirs = [dirname]
    for directory in dirs:
        full = os.path.join(root_dir, directory)
        if not has_magic(basename):
            names = _literal(full, basename)
        elif recursive and _is_recursive(basename):
            names = _below(full, basename, dironly, include_hidden)
        else:
            names = _matching(full, basename, dironly, include_hidden)
        for name in names:
            yield os.path.join(directory, name)


def _matching(dirname, pattern, dironly, include_hidden):
    names = _listdir(dirname, dironly)
    if include_hidden or not _ishidden(pattern):
        if not (include_hidden or _ishidden(pattern)):
            names = [name for name in names if not _ishidden(name)]
    return fnmatch.filter(names, pattern)


def _literal(dirname, basename):
    if basename:
        return [basename] if os.path.lexists(os.path.join(dirname, basename)) else []
    return [basename] if os.path.isdir(dirname) else []


def _below(dirname, pattern, dironly, include_hidden):
    """The directory itself, as an empty name, and everything below it."""
    if not dirname or os.path.isdir(dirname):
        yield pattern[:0]
    yield from _rlistdir(dirname, dironly, include_hidden)


def _rlistdir(dirname, dironly, include_hidden):
    for name in _listdir(dirname, dironly):
        if include_hidden or not _ishidden(name):
            yield name
            path = os.path.join(dirname, name) if dirname else name
            for below in _rlistdir(path, dironly, include_hidden):
                yield os.path.join(name, below)


def _listdir(dirname, dironly):
    here = dirname or (os.fsencode(os.curdir) if isinstance(dirname, bytes) else os.curdir)
    try:
        with os.scandir(here) as entries:
            names = []
            for entry in entries:
                try:
                    if not dironly or entry.is_dir():
                        names.append(entry.name)
                except OSError:
                    pass
            return names
    except OSError:
        return []


def has_magic(s):
    """Whether it is a pattern at all."""
    if isinstance(s, bytes):
        return any(char.encode() in s for char in _MAGIC)
    return any(char in s for char in _MAGIC)


def _ishidden(path):
    return path[:1] in (".", b".")


def _is_recursive(pattern):
    return pattern in ("**", b"**")


def escape(pathname):
    """Put what is special in brackets, so that it stands for itself."""
    drive, pathname = os.path.splitdrive(pathname)
    if isinstance(pathname, bytes):
        return drive + b"".join(b"[%c]" % c if chr(c) in _MAGIC else bytes([c]) for c in pathname)
    return drive + "".join(f"[{c}]" if c in _MAGIC else c for c in pathname)


def translate(pat, *, recursive=False, include_hidden=False, seps=None):
    """The pattern for whole paths as a regular expression."""
    import re
    if not seps:
        seps = (os.path.sep, os.path.altsep) if os.path.altsep else os.path.sep
    escaped_seps = "".join(map(re.escape, seps))
    any_sep = f"[{escaped_seps}]" if len(seps) > 1 else escaped_seps
    not_sep = f"[^{escaped_seps}]"
    if include_hidden:
        one_last_segment = f"{not_sep}+"
        one_segment = f"{one_last_segment}{any_sep}"
        any_segments = f"(?:.+{any_sep})?"
        any_last_segments = ".*"
    else:
        one_last_segment = f"[^{escaped_seps}.]{not_sep}*"
        one_segment = f"{one_last_segment}{any_sep}"
        any_segments = f"(?:{one_segment})*"
        any_last_segments = f"{any_segments}(?:{one_last_segment})?"
    results = []
    parts = re.split(any_sep, pat)
    last_part_idx = len(parts) - 1
    for idx, part in enumerate(parts):
        if part == "*":
            results.append(one_segment if idx < last_part_idx else one_last_segment)
        elif recursive and part == "**":
            if idx < last_part_idx:
                if parts[idx + 1] != "**":
                    results.append(any_segments)
            else:
                results.append(any_last_segments)
        else:
            if part:
                if not include_hidden and part[0] in "*?":
                    results.append(r"(?!\.)")
                body = fnmatch.translate(part)[4:-3]
                results.append(body.replace(".*", f"{not_sep}*").replace("(?>.*?", f"(?>{not_sep}*?"))
            if idx < last_part_idx:
                results.append(any_sep)
    return rf"(?s:{''.join(results)})\Z"
