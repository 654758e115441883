"""Paths of this machine's file system; see pathlib."""

import io
import os
import sys
from errno import EBADF, ELOOP, ENOENT, ENOTDIR
from stat import S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISLNK, S_ISREG, S_ISSOCK

from pathlib._glob import select
from pathlib._pure import PurePath, PurePosixPath, UnsupportedOperation

_ABSENT = (ENOENT, ENOTDIR, EBADF, ELOOP)


class Path(PurePath):
    """A path that knows the file system. Making one makes a PosixPath."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        return object.__new__(PosixPath if cls is Path else cls)

    def __init__(self, *args, **kwargs):
        if kwargs:
            import warnings
            warnings._deprecated("pathlib.PurePath(**kwargs)", "support for supplying keyword arguments to pathlib.PurePath "
                                 "is deprecated and scheduled for removal in Python {remove}", remove=(3, 14))
        super().__init__(*args)

    @classmethod
    def cwd(cls):
        """Where the process is."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The user's own directory."""
        return cls("~").expanduser()

    @classmethod
    def from_uri(cls, uri):
        """The path of a file: URI."""
        if not uri.startswith("file:"):
            raise ValueError(f"URI does not start with 'file:': {uri!r}")
        path = uri[5:]
        if path[:3] == "///":
            path = path[2:]
        elif path[:12] == "//localhost/":
            path = path[11:]
        path = cls(os.fsdecode(_unquote(path)))
        if not path.is_absolute():
            raise ValueError(f"URI is not absolute: {uri!r}")
        return path

    # ---- asking ----

    def stat(self, *, follow_symlinks=True):
        """What the system knows about it."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """The same of a symbolic link itself."""
        return os.lstat(self)

    def _mode(self, follow_symlinks=True):
        """st_mode, 0 if there is nothing."""
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode
        except OSError as e:
            if e.errno not in _ABSENT:
                raise
        except ValueError:
            pass    # no path at all: an embedded null character
        return 0

    def exists(self, *, follow_symlinks=True):
        """Is there anything?"""
        return self._mode(follow_symlinks) != 0

    def is_dir(self, *, follow_symlinks=True):
        return S_ISDIR(self._mode(follow_symlinks))

    def is_file(self, *, follow_symlinks=True):
        return S_ISREG(self._mode(follow_symlinks))

    def is_symlink(self):
        return S_ISLNK(self._mode(False))

    def is_junction(self):
        """Something of Windows: no."""
        return False

    def is_mount(self):
        return os.path.ismount(self)

    def is_block_device(self):
        return S_ISBLK(self._mode())

    def is_char_device(self):
        return S_ISCHR(self._mode())

    def is_fifo(self):
        return S_ISFIFO(self._mode())

    def is_socket(self):
        return S_ISSOCK(self._mode())

    def samefile(self, other_path):
        """Is the other path the same file?"""
        mine = self.stat()
        other = other_path.stat() if isinstance(other_path, Path) else self.with_segments(other_path).stat()
        return os.path.samestat(mine, other)

    def owner(self, *, follow_symlinks=True):
        """The name of the user it belongs to."""
        try:
            import pwd
        except ImportError:
            raise UnsupportedOperation(f"{type(self).__name__}.owner() is unsupported on this system") from None
        return pwd.getpwuid(self.stat(follow_symlinks=follow_symlinks).st_uid).pw_name

    def group(self, *, follow_symlinks=True):
        """The name of the group it belongs to."""
        try:
            import grp
        except ImportError:
            raise UnsupportedOperation(f"{type(self).__name__}.group() is unsupported on this system") from None
        return grp.getgrgid(self.stat(follow_symlinks=follow_symlinks).st_gid).gr_name

    # ---- contents ----

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        """open(self, ...)"""
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        with self.open("rb", buffering=0) as f:
            return f.read()

    def read_text(self, encoding=None, errors=None, newline=None):
        with self.open("r", encoding=io.text_encoding(encoding), errors=errors, newline=newline) as f:
            return f.read()

    def write_bytes(self, data):
        view = memoryview(data)     # a str is refused before the file is emptied
        with self.open("wb") as f:
            return f.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        with self.open("w", encoding=io.text_encoding(encoding), errors=errors, newline=newline) as f:
            return f.write(data)

    def iterdir(self):
        """The paths in the directory, in no order."""
        names = os.listdir(self)
        return (self._child(name) for name in names)

    def _child(self, name):
        return self._with_tail(self._tail + [name])

    def glob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """The paths below this one that match."""
        return select(self, pattern, case_sensitive, recurse_symlinks)

    def rglob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """glob() with "**/" in front."""
        pattern = os.fspath(pattern)
        if self.with_segments(pattern).anchor:
            raise NotImplementedError("Non-relative patterns are unsupported")
        return select(self, "**/" + pattern, case_sensitive, recurse_symlinks)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        """os.walk() with paths: (path, names of directories, names of files)."""
        sys.audit("pathlib.Path.walk", self, on_error, follow_symlinks)
        pending = [self]
        while pending:
            path = pending.pop()
            if isinstance(path, tuple):
                yield path
                continue
            directories, files = [], []
            try:
                with os.scandir(path) as entries:
                    for entry in entries:
                        try:
                            is_dir = entry.is_dir(follow_symlinks=follow_symlinks)
                        except OSError:
                            is_dir = False
                        (directories if is_dir else files).append(entry.name)
            except OSError as e:
                if on_error is not None:
                    on_error(e)
                continue
            if top_down:
                yield path, directories, files
            else:
                pending.append((path, directories, files))
            pending += [path._child(name) for name in reversed(directories)]

    # ---- where it is ----

    def absolute(self):
        """From the root on; nothing is resolved."""
        if self.is_absolute():
            return self
        cwd = os.getcwd()
        return self.with_segments(cwd, self) if self._tail else self.with_segments(cwd)

    def resolve(self, strict=False):
        """Absolute, without symbolic links and ".."."""
        return self.with_segments(os.path.realpath(self, strict=strict))

    def expanduser(self):
        """With the home directory for a leading "~"."""
        if self.root or not self._tail or self._tail[0][:1] != "~":
            return self
        home = os.path.expanduser(self._tail[0])
        if home[:1] == "~":
            raise RuntimeError("Could not determine home directory.")
        return self.with_segments(home, *self._tail[1:])

    def readlink(self):
        """Where the symbolic link leads."""
        return self.with_segments(os.readlink(self))

    # ---- changing ----

    def touch(self, mode=0o666, exist_ok=True):
        """Make an empty file, or set the time of the one that is there."""
        if exist_ok:
            try:
                os.utime(self, None)
                return
            except OSError:
                pass    # not there, most likely: open() says why it can't be
        flags = os.O_CREAT | os.O_WRONLY
        if not exist_ok:
            flags |= os.O_EXCL
        os.close(os.open(self, flags, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Make a directory; parents: and those above it, with the usual mode."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Remove a file or link."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        os.rmdir(self)

    def rename(self, target):
        """Give it another path, and return that."""
        os.rename(self, target)
        return self.with_segments(target)

    def replace(self, target):
        """The same; what is there is replaced."""
        os.replace(self, target)
        return self.with_segments(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this a symbolic link to target."""
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Make this another name of target."""
        os.link(target, self)


def _unquote(text):
    """The bytes that a URI's text stands for."""
    head, *rest = os.fsencode(text).split(b"%")
    for part in rest:
        try:
            head += bytes((int(part[:2], 16),)) + part[2:]
        except ValueError:
            head += b"%" + part
    return head


class PosixPath(Path, PurePosixPath):
    """A path of this machine."""

    __slots__ = ()
