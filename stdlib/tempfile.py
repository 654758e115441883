"""Temporary files and directories.

    >>> import tempfile, os
    >>> with tempfile.TemporaryDirectory() as d:
    ...     os.path.isdir(d)
    True
"""

__all__ = [
    "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp",
    "mktemp", "TMP_MAX", "gettempprefix", "tempdir", "gettempdir", "gettempprefixb", "gettempdirb", "template",
]

import io as _io
import os as _os

TMP_MAX = 10000         # so many names are tried
template = "tmp"
tempdir = None          # may be set by programs


class _RandomNames:
    """Names of eight letters, digits and underscores, without end."""

    characters = "abcdefghijklmnopqrstuvwxyz0123456789_"

    def __iter__(self):
        return self

    def __next__(self):
        letters = self.characters
        return "".join(letters[byte % len(letters)] for byte in _os.urandom(8))


_RandomNameSequence = _RandomNames


def _candidate_dirs():
    dirs = [_os.getenv(name) for name in ("TMPDIR", "TEMP", "TMP")]
    dirs = [d for d in dirs if d] + ["/tmp", "/var/tmp", "/usr/tmp"]
    try:
        dirs.append(_os.getcwd())
    except (AttributeError, OSError):
        dirs.append(_os.curdir)
    return dirs


def _find_dir():
    dirs = _candidate_dirs()
    for directory in dirs:
        if _os.path.isdir(directory) and _os.access(directory, _os.W_OK | _os.X_OK):
            return _os.path.abspath(directory)
    raise FileNotFoundError(2, f"No usable temporary directory found in {dirs}")


def gettempprefix():
    """The beginning of the names."""
    return _os.fsdecode(template)


def gettempprefixb():
    """The same as bytes."""
    return _os.fsencode(template)


def gettempdir():
    """The directory for temporary files."""
    global tempdir
    if tempdir is None:
        tempdir = _find_dir()
    return _os.fsdecode(tempdir)


def gettempdirb():
    """The same as bytes."""
    return _os.fsencode(gettempdir())


def _sanitize_params(prefix, suffix, dir):
    """Defaults for what is None, all of the same type: str, or bytes if one of them is."""
    kinds = {type(_os.fspath(arg)) for arg in (prefix, suffix, dir) if arg is not None}
    if len(kinds) > 1:
        raise TypeError("Can't mix bytes and non-bytes in path components.")
    as_bytes = kinds == {bytes}
    if suffix is None:
        suffix = b"" if as_bytes else ""
    if prefix is None:
        prefix = gettempprefixb() if as_bytes else gettempprefix()
    if dir is None:
        dir = gettempdirb() if as_bytes else gettempdir()
    return prefix, suffix, dir, as_bytes


def _attempt(prefix, suffix, dir, as_bytes, create):
    """create(path) with one random name after the other, until one did not exist."""
    names = _RandomNames()
    for _ in range(TMP_MAX):
        name = next(names)
        if as_bytes:
            name = _os.fsencode(name)
        path = _os.path.abspath(_os.path.join(dir, prefix + name + suffix))
        try:
            return create(path), path
        except FileExistsError:
            continue
    raise FileExistsError(17, "No usable temporary file name found")


def _open_new(path, flags):
    return _os.open(path, flags, 0o600)


_FLAGS = _os.O_RDWR | _os.O_CREAT | _os.O_EXCL | getattr(_os, "O_NOFOLLOW", 0) | getattr(_os, "O_CLOEXEC", 0)


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Create a file that only this user can open; returns (descriptor, path)."""
    prefix, suffix, dir, as_bytes = _sanitize_params(prefix, suffix, dir)
    return _attempt(prefix, suffix, dir, as_bytes, lambda path: _open_new(path, _FLAGS))


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Create a directory that only this user can enter; returns its path."""
    prefix, suffix, dir, as_bytes = _sanitize_params(prefix, suffix, dir)
    _, path = _attempt(prefix, suffix, dir, as_bytes, lambda path: _os.mkdir(path, 0o700))
    return path


def mktemp(suffix="", prefix=template, dir=None):
    """A name that is not in use now; somebody else may take it. mkstemp() is better."""
    if dir is None:
        dir = gettempdir()

    def check(path):
        if _os.path.lexists(path):
            raise FileExistsError

    return _attempt(prefix, suffix, dir, False, check)[1]


class _TemporaryFileWrapper:
    """A file that is removed when it is closed (or at the end of the with block)."""

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file = file
        self.name = name
        self.delete = delete
        self._delete_on_close = delete_on_close
        self._removed = False

    def __getattr__(self, name):
        return getattr(self.__dict__["file"], name)

    def _remove(self):
        if not self._removed:
            self._removed = True
            try:
                _os.unlink(self.name)
            except FileNotFoundError:
                if self._delete_on_close:
                    raise

    def close(self):
        self.file.close()
        if self.delete and self._delete_on_close:
            self._remove()

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        result = self.file.__exit__(exc, value, tb)
        if self.delete:
            self._remove()
        return result

    def __iter__(self):
        yield from self.file

    def __del__(self):
        if "file" in self.__dict__ and not self.file.closed:
            self.file.close()
            if self.delete:
                try:
                    self._remove()
                except OSError:
                    pass

    def __repr__(self):
        return f"<{type(self).__name__} file={self.file!r}>"


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, *, errors=None, delete_on_close=True):
    """An open file with a name, removed when closed."""
    fd, name = mkstemp(suffix, prefix, dir)
    try:
        file = _io.open(fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors)
        return _TemporaryFileWrapper(file, name, delete, delete_on_close)
    except:
        _os.close(fd)
        _os.unlink(name)
        raise


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
                  errors=None):
    """An open file that has no name any more: it is gone when closed."""
    fd, name = mkstemp(suffix, prefix, dir)
    try:
        _os.unlink(name)
        return _io.open(fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors)
    except:
        _os.close(fd)
        raise


class SpooledTemporaryFile:
    """In memory until it is larger than max_size, or until rollover() or fileno()."""

    _rolled = False

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                 dir=None, *, errors=None):
        if "b" in mode:
            self._file = _io.BytesIO()
        else:
            self._file = _io.TextIOWrapper(_io.BytesIO(), encoding=_io.text_encoding(encoding), errors=errors,
                                           newline=newline)
        self._max_size = max_size
        self._args = dict(mode=mode, buffering=buffering, suffix=suffix, prefix=prefix, encoding=encoding,
                          newline=newline, dir=dir, errors=errors)

    def rollover(self):
        """Go on with a file on disk."""
        if self._rolled:
            return
        file = self._file
        position = file.tell()
        newfile = TemporaryFile(**self._args)
        if hasattr(newfile, "buffer"):
            file.flush()
            newfile.buffer.write(file.buffer.getvalue())
        else:
            newfile.write(file.getvalue())
        newfile.seek(position, 0)
        self._file = newfile
        self._rolled = True

    def _check(self):
        if not self._rolled and self._max_size and self._file.tell() > self._max_size:
            self.rollover()

    def write(self, s):
        result = self._file.write(s)
        self._check()
        return result

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    def truncate(self, size=None):
        if size is not None and size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, exc, value, tb):
        self._file.close()

    def __iter__(self):
        return iter(self._file)

    def __getattr__(self, name):
        return getattr(self.__dict__["_file"], name)


class TemporaryDirectory:
    """A directory that is removed, with everything in it, at the end."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        import weakref
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._delete = delete
        try:
            self._finalizer = weakref.finalize(self, self._cleanup, self.name,
                                               f"Implicitly cleaning up {self!r}", delete)
        except ImportError:
            self._finalizer = None

    @staticmethod
    def _cleanup(name, warn_message, delete):
        if delete:
            import shutil
            import warnings
            shutil.rmtree(name, ignore_errors=True)
            warnings.warn(warn_message, ResourceWarning)

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        """Remove it now."""
        if self._finalizer is not None:
            self._finalizer.detach()
        if _os.path.exists(self.name):
            import shutil
            shutil.rmtree(self.name, ignore_errors=self._ignore_cleanup_errors)
