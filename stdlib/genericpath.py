"""Questions about paths that do not depend on how paths are written.

    >>> import genericpath
    >>> genericpath.commonprefix(["/usr/lib", "/usr/local"])
    '/usr/l'
"""

__all__ = [
    "commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdevdrive", "isdir", "isfile",
    "isjunction", "islink", "lexists", "samefile", "sameopenfile", "samestat", "ALLOW_MISSING",
]

import os
import stat


class _AllowMissing:
    """Says to realpath(strict=) that the end of the path need not exist."""

    def __repr__(self):
        return "os.path.ALLOW_MISSING"

    def __reduce__(self):
        return "ALLOW_MISSING"


ALLOW_MISSING = _AllowMissing()


def _mode(path, stat_function):
    """The mode of what is there; 0 if nothing is."""
    try:
        return stat_function(path).st_mode
    except (OSError, ValueError):
        return 0


def exists(path):
    """Whether the path leads to something; False for a broken symbolic link."""
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True


def lexists(path):
    """Whether there is something, be it a broken symbolic link."""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def isfile(path):
    """Whether the path leads to a regular file."""
    return stat.S_ISREG(_mode(path, os.stat))


def isdir(s):
    """Whether the path leads to a directory."""
    return stat.S_ISDIR(_mode(s, os.stat))


def islink(path):
    """Whether the path is a symbolic link."""
    try:
        st = os.lstat(path)
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISLNK(st.st_mode)


def isjunction(path):
    """Junctions are a thing of Windows."""
    os.fspath(path)
    return False


def isdevdrive(path):
    """Dev drives are a thing of Windows."""
    os.fspath(path)
    return False


def getsize(filename):
    """The size of a file in bytes."""
    return os.stat(filename).st_size


def getmtime(filename):
    """When the file was last modified."""
    return os.stat(filename).st_mtime


def getatime(filename):
    """When the file was last read."""
    return os.stat(filename).st_atime


def getctime(filename):
    """When the file's metadata last changed."""
    return os.stat(filename).st_ctime


def commonprefix(m):
    """The longest common beginning of all, letter by letter."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    first, last = min(m), max(m)
    for i, c in enumerate(first):
        if c != last[i]:
            return first[:i]
    return first


def samestat(s1, s2):
    """Whether two stat results are of the same file."""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Whether two paths lead to the same file."""
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    """Whether two file descriptors are of the same file."""
    return samestat(os.fstat(fp1), os.fstat(fp2))


def _splitext(p, sep, altsep, extsep):
    """(root, extension); dots at the start of the last component do not count."""
    last_sep = p.rfind(sep)
    if altsep:
        last_sep = max(last_sep, p.rfind(altsep))
    dot = p.rfind(extsep)
    if dot > last_sep:
        i = last_sep + 1
        while i < dot:
            if p[i:i + 1] != extsep:
                return p[:dot], p[dot:]
            i += 1
    return p, p[:0]


def _check_arg_types(funcname, *args):
    """Explain the TypeError that mixing str and bytes has caused."""
    hasstr = hasbytes = False
    for s in args:
        if isinstance(s, str):
            hasstr = True
        elif isinstance(s, bytes):
            hasbytes = True
        else:
            raise TypeError(f"{funcname}() argument must be str, bytes, or os.PathLike object, "
                            f"not {s.__class__.__name__!r}") from None
    if hasstr and hasbytes:
        raise TypeError("Can't mix strings and bytes in path components") from None
