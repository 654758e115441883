"""Paths as POSIX writes them; users know this module as os.path.

    >>> import os.path
    >>> os.path.join("usr", "lib"), os.path.splitext("notes.tar.gz")
    ('usr/lib', ('notes.tar', '.gz'))
"""

__all__ = [
    "normcase", "isabs", "join", "splitdrive", "splitroot", "split", "splitext", "basename", "dirname",
    "commonprefix", "getsize", "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir",
    "isfile", "ismount", "isreserved", "expanduser", "expandvars", "normpath", "abspath", "samefile",
    "sameopenfile", "samestat", "curdir", "pardir", "sep", "pathsep", "defpath", "altsep", "extsep", "devnull",
    "realpath", "supports_unicode_filenames", "relpath", "commonpath", "isjunction", "isdevdrive",
]

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False

import os
import sys
import stat
import genericpath
from genericpath import *
from genericpath import ALLOW_MISSING


def _get_sep(path):
    return b"/" if isinstance(path, bytes) else "/"


def normcase(s):
    """Case matters here: the path as it is."""
    return os.fspath(s)


def isabs(s):
    """Whether the path is absolute."""
    s = os.fspath(s)
    return s.startswith(_get_sep(s))


def join(a, *p):
    """Put components together; an absolute one starts afresh."""
    a = os.fspath(a)
    sep = _get_sep(a)
    path = a
    try:
        for b in p:
            b = os.fspath(b)
            if b.startswith(sep) or not path:
                path = b
            elif path.endswith(sep):
                path += b
            else:
                path += sep + b
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types("join", a, *p)
        raise
    return path


def split(p):
    """(everything before the last slash, what comes after)"""
    p = os.fspath(p)
    sep = _get_sep(p)
    i = p.rfind(sep) + 1
    head, tail = p[:i], p[i:]
    if head and head != sep * len(head):
        head = head.rstrip(sep)
    return head, tail


def splitext(p):
    """(root, extension): 'a.b/c.txt' is ('a.b/c', '.txt')."""
    p = os.fspath(p)
    if isinstance(p, bytes):
        return genericpath._splitext(p, b"/", None, b".")
    return genericpath._splitext(p, "/", None, ".")


def splitdrive(p):
    """('', path): there are no drives here."""
    p = os.fspath(p)
    return p[:0], p


def splitroot(p):
    """(drive, root, rest): the root is '', '/' or, for exactly two slashes, '//'."""
    p = os.fspath(p)
    sep = _get_sep(p)
    empty = p[:0]
    if p[:1] != sep:
        return empty, empty, p
    if p[1:2] != sep or p[2:3] == sep:
        return empty, sep, p[1:]
    return empty, p[:2], p[2:]


def basename(p):
    """The last component."""
    p = os.fspath(p)
    return p[p.rfind(_get_sep(p)) + 1:]


def dirname(p):
    """All but the last component."""
    return split(p)[0]


def isreserved(path):
    """Reserved names are a thing of Windows."""
    os.fspath(path)
    return False


def ismount(path):
    """Whether another file system is mounted here."""
    try:
        s1 = os.lstat(path)
    except (OSError, ValueError):
        return False
    if stat.S_ISLNK(s1.st_mode):
        return False
    path = os.fspath(path)
    parent = join(path, b".." if isinstance(path, bytes) else "..")
    try:
        s2 = os.lstat(parent)
    except OSError:
        parent = realpath(parent)
        try:
            s2 = os.lstat(parent)
        except OSError:
            return False
    return s1.st_dev != s2.st_dev or s1.st_ino == s2.st_ino


def expanduser(path):
    """Replace a leading ~ by the home directory ($HOME)."""
    path = os.fspath(path)
    tilde = b"~" if isinstance(path, bytes) else "~"
    if not path.startswith(tilde):
        return path
    sep = _get_sep(path)
    i = path.find(sep, 1)
    if i < 0:
        i = len(path)
    if i == 1:
        userhome = os.environ.get("HOME")
        if userhome is None:
            return path
    else:
        try:
            import pwd
            userhome = pwd.getpwnam(os.fsdecode(path[1:i])).pw_dir
        except (ImportError, KeyError):
            return path
    if isinstance(path, bytes):
        userhome = os.fsencode(userhome)
    userhome = userhome.rstrip(sep)
    return (userhome + path[i:]) or sep


def expandvars(path):
    """Replace $name and ${name} by environment variables; unknown ones stay."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        return os.fsencode(_expandvars(os.fsdecode(path)))
    return _expandvars(path)


def _expandvars(path):
    result = []
    i = 0
    while True:
        j = path.find("$", i)
        if j < 0:
            break
        if path[j + 1:j + 2] == "{":
            end = path.find("}", j)
            name = path[j + 2:end] if end > 0 else None
            end += 1
        else:
            end = j + 1
            while end < len(path) and path[end].isascii() and (path[end].isalnum() or path[end] == "_"):
                end += 1
            name = path[j + 1:end]
        value = os.environ.get(name) if name else None
        if value is None:
            end = j + 1
            value = "$"
        result += (path[i:j], value)
        i = end
    result.append(path[i:])
    return "".join(result)


def normpath(path):
    """Without double slashes, '.' and resolvable '..'."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        sep, dot, dotdot = b"/", b".", b".."
    else:
        sep, dot, dotdot = "/", ".", ".."
    if not path:
        return dot
    _, root, path = splitroot(path)
    comps = []
    for comp in path.split(sep):
        if not comp or comp == dot:
            continue
        if comp != dotdot or (not root and not comps) or (comps and comps[-1] == dotdot):
            comps.append(comp)
        elif comps:
            comps.pop()
    return (root + sep.join(comps)) or dot


def abspath(path):
    """Absolute and normalized."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """The path without symbolic links; strict: all of it has to exist."""
    filename = os.fspath(filename)
    if isinstance(filename, bytes):
        sep, curdir, pardir, getcwd = b"/", b".", b"..", os.getcwdb
    else:
        sep, curdir, pardir, getcwd = "/", ".", "..", os.getcwd
    if strict is ALLOW_MISSING:
        ignored = FileNotFoundError
    elif strict:
        ignored = ()
    else:
        ignored = OSError

    # What is still to be walked, last component first. None marks the end of a
    # link whose path is the entry below it.
    rest = filename.split(sep)[::-1]
    path = sep if filename.startswith(sep) else getcwd()
    seen = {}       # link -> where it leads, None while it is being resolved
    while rest:
        name = rest.pop()
        if name is None:
            seen[rest.pop()] = path
            continue
        if not name or name == curdir:
            continue
        if name == pardir:
            path = path[:path.rindex(sep)] or sep
            continue
        newpath = path + name if path == sep else path + sep + name
        try:
            st = os.lstat(newpath)
            if not stat.S_ISLNK(st.st_mode):
                if strict and rest and not stat.S_ISDIR(st.st_mode):
                    import errno
                    raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), newpath)
                path = newpath
                continue
            if newpath in seen:
                target = seen[newpath]
                if target is not None:
                    path = target
                    continue
                # A link that leads to itself.
                if strict:
                    os.stat(newpath)    # raises the system's error
                path = newpath
                continue
            target = os.readlink(newpath)
        except ignored:
            path = newpath
            continue
        if target.startswith(sep):
            path = sep
        seen[newpath] = None
        rest.append(newpath)
        rest.append(None)
        rest.extend(target.split(sep)[::-1])
    return path


def relpath(path, start=None):
    """The way from start (the current directory) to path."""
    path = os.fspath(path)
    if not path:
        raise ValueError("no path specified")
    if isinstance(path, bytes):
        curdir, sep, pardir = b".", b"/", b".."
    else:
        curdir, sep, pardir = ".", "/", ".."
    start = curdir if start is None else os.fspath(start)
    try:
        start_list = [x for x in abspath(start).split(sep) if x]
        path_list = [x for x in abspath(path).split(sep) if x]
        i = len(commonprefix([start_list, path_list]))
        rel_list = [pardir] * (len(start_list) - i) + path_list[i:]
        return sep.join(rel_list) or curdir
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types("relpath", path, start)
        raise


def commonpath(paths):
    """The longest path that all paths begin with, component by component."""
    paths = tuple(map(os.fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    if isinstance(paths[0], bytes):
        sep, curdir = b"/", b"."
    else:
        sep, curdir = "/", "."
    try:
        split_paths = [path.split(sep) for path in paths]
        kinds = {p[:1] == sep for p in paths}
        if len(kinds) != 1:
            raise ValueError("Can't mix absolute and relative paths")
        split_paths = [[c for c in s if c and c != curdir] for s in split_paths]
        first, last = min(split_paths), max(split_paths)
        common = first
        for i, c in enumerate(first):
            if c != last[i]:
                common = first[:i]
                break
        prefix = sep if kinds.pop() else sep[:0]
        return prefix + sep.join(common)
    except (TypeError, AttributeError):
        genericpath._check_arg_types("commonpath", *paths)
        raise
