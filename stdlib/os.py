"""The operating system: files, directories, processes, the environment.

    >>> import os
    >>> os.path.basename(os.path.join(os.getcwd(), "x"))
    'x'

The calls themselves are natives of the module posix, taken over as they are.
"""

import abc
import sys
import stat as st

from _collections_abc import Mapping, MutableMapping

__all__ = [
    "altsep", "curdir", "pardir", "sep", "pathsep", "linesep", "defpath", "name", "path", "devnull", "SEEK_SET",
    "SEEK_CUR", "SEEK_END", "fsencode", "fsdecode", "get_exec_path", "fdopen", "extsep",
]


def _exists(name):
    return name in globals()


def _get_exports_list(module):
    """The public names of a module."""
    try:
        return list(module.__all__)
    except AttributeError:
        return [entry for entry in dir(module) if entry[0] != "_"]


name = "posix"
linesep = "\n"

from posix import *
import posix
import posixpath as path
from _scandir import DirEntry, scandir

__all__.extend(_get_exports_list(posix))

try:
    from posix import _exit
    __all__.append("_exit")
except ImportError:
    pass

sys.modules["os.path"] = path
from os.path import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2

# Which functions take a file descriptor, a directory descriptor, follow_symlinks=.
supports_fd = {globals()[entry] for entry in ("chdir", "chmod", "listdir", "scandir", "stat", "truncate", "utime")
               if _exists(entry)}
supports_dir_fd = set()
supports_effective_ids = set()
supports_follow_symlinks = {globals()[entry] for entry in ("stat",) if _exists(entry)}


# ---- directories -----------------------------------------------------------------

def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and those above it that are missing."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass    # somebody else was faster
        here = bytes(curdir, "ASCII") if isinstance(tail, bytes) else curdir
        if tail == here:
            return      # "new/." is there now
    try:
        mkdir(name, mode)
    except OSError:
        # Not only FileExistsError: the system may give other reasons first.
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a directory and then those above it as long as they are empty."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename; make directories for the new name, remove emptied ones of the old."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


__all__.extend(["makedirs", "removedirs", "renames"])


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Iterate over (directory, its directories, its other files) of a tree.

    Top down, the caller may change the list of directories to steer the walk.
    """

    stack = [fspath(top)]
    while stack:
        top = stack.pop()
        if isinstance(top, tuple):
            yield top       # bottom up: its directories are done
            continue
        dirs, nondirs, walk_into = [], [], []
        try:
            entries = _entries(top)
        except OSError as error:
            if onerror is not None:
                onerror(error)
            continue
        for entry_name, is_dir, is_link in entries:
            (dirs if is_dir else nondirs).append(entry_name)
            if is_dir and not topdown and (followlinks or not is_link):
                walk_into.append(path.join(top, entry_name))
        if topdown:
            yield top, dirs, nondirs
            for dirname in reversed(dirs):
                new_path = path.join(top, dirname)
                # The caller may have put a link in the place of a directory meanwhile.
                if followlinks or not path.islink(new_path):
                    stack.append(new_path)
        else:
            stack.append((top, dirs, nondirs))
            stack.extend(reversed(walk_into))


def _entries(top):
    """[(name, is a directory, is a symbolic link)] of a directory."""
    result = []
    with scandir(top) as it:
        for entry in it:
            try:
                is_dir = entry.is_dir()
            except OSError:
                is_dir = False
            try:
                is_link = entry.is_symlink()
            except OSError:
                is_link = False
            result.append((entry.name, is_dir, is_link))
    return result


__all__.append("walk")


# ---- the environment -------------------------------------------------------------------

class _Environ(MutableMapping):
    """The environment as a mapping of str (or bytes); changes go to the process too."""

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self.encodekey = encodekey
        self.decodekey = decodekey
        self.encodevalue = encodevalue
        self.decodevalue = decodevalue
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key = self.encodekey(key)
        value = self.encodevalue(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encodedkey = self.encodekey(key)
        unsetenv(encodedkey)
        try:
            del self._data[encodedkey]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        # Over a copy: other code may change the environment meanwhile.
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        items = ", ".join(f"{self.decodekey(key)!r}: {self.decodevalue(value)!r}"
                          for key, value in self._data.items())
        return f"environ({{{items}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(other)
        new.update(self)
        return new


def _make_environ():
    def encode(value):
        if not isinstance(value, str):
            raise TypeError(f"str expected, not {type(value).__name__}")
        return value.encode("utf-8", "surrogateescape")

    def decode(value):
        return value.decode("utf-8", "surrogateescape")

    return _Environ(posix.environ, encode, decode, encode, decode)


environ = _make_environ()


def getenv(key, default=None):
    """An environment variable, or default."""
    return environ.get(key, default)


supports_bytes_environ = True


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError(f"bytes expected, not {type(value).__name__}")
    return value


environb = _Environ(environ._data, _check_bytes, bytes, _check_bytes, bytes)


def getenvb(key, default=None):
    """The same for bytes."""
    return environb.get(key, default)


__all__.extend(["getenv", "supports_bytes_environ", "environb", "getenvb"])


def get_exec_path(env=None):
    """The directories in which programs are searched."""
    if env is None:
        env = environ
    path_list = env.get("PATH")
    try:
        path_listb = env.get(b"PATH")
    except TypeError:
        path_listb = None
    if path_listb is not None:
        if path_list is not None:
            raise ValueError("env cannot contain 'PATH' and b'PATH' keys")
        path_list = fsdecode(path_listb)
    return (defpath if path_list is None else path_list).split(pathsep)


# ---- names as str and bytes -------------------------------------------------------------------

def fsencode(filename):
    """A path as bytes; bytes that str could not show come back as they were."""
    filename = fspath(filename)
    if isinstance(filename, str):
        return filename.encode("utf-8", "surrogateescape")
    return filename


def fsdecode(filename):
    """A path as str."""
    filename = fspath(filename)
    if isinstance(filename, bytes):
        return filename.decode("utf-8", "surrogateescape")
    return filename


if not _exists("fspath"):
    def fspath(path):
        """str and bytes as they are; for other objects what __fspath__() gives."""
        if isinstance(path, (str, bytes)):
            return path
        path_type = type(path)
        try:
            path_repr = path_type.__fspath__(path)
        except AttributeError:
            if hasattr(path_type, "__fspath__"):
                raise
            raise TypeError(f"expected str, bytes or os.PathLike object, not {path_type.__name__}") from None
        if isinstance(path_repr, (str, bytes)):
            return path_repr
        raise TypeError(f"expected {path_type.__name__}.__fspath__() to return str or bytes, "
                        f"not {type(path_repr).__name__}")

    __all__.append("fspath")


if not _exists("getcwdb"):
    def getcwdb():
        """The current directory as bytes."""
        return fsencode(getcwd())

    __all__.append("getcwdb")


class PathLike(abc.ABC):
    """What has __fspath__()."""

    __slots__ = ()

    @abc.abstractmethod
    def __fspath__(self):
        """The path as str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return any("__fspath__" in base.__dict__ for base in subclass.__mro__) or NotImplemented
        return NotImplemented

    __class_getitem__ = classmethod(type(list[int]))


__all__.append("PathLike")


# ---- processes and files --------------------------------------------------------------------------

def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A file object for a file descriptor."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    import io
    if "b" not in mode:
        encoding = io.text_encoding(encoding)
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def execl(file, *args):
    """Become another program, with the given arguments."""
    execv(file, args)


def execle(file, *args):
    """The same; the last argument is the environment."""
    execve(file, args[:-1], args[-1])


def execvp(file, args):
    """Become another program, searched in $PATH."""
    _execvpe(file, args)


def execvpe(file, args, env):
    """The same with an environment."""
    _execvpe(file, args, env)


def _execvpe(file, args, env=None):
    run = (lambda f: execv(f, args)) if env is None else (lambda f: execve(f, args, env))
    if path.dirname(file):
        run(file)
        return
    saved = None
    for directory in map(fsencode, get_exec_path(env)):
        try:
            run(path.join(directory, fsencode(file)))
        except (FileNotFoundError, NotADirectoryError) as e:
            last = e
        except OSError as e:
            last = e
            saved = saved or e
    raise saved or last


def popen(cmd, mode="r", buffering=-1):
    """A pipe from or to a shell command; needs the module subprocess."""
    import subprocess
    if not isinstance(cmd, str):
        raise TypeError(f"invalid cmd type ({type(cmd)}, expected string)")
    if mode not in ("r", "w"):
        raise ValueError(f"invalid mode {mode!r}")
    if buffering == 0 or buffering is None:
        raise ValueError("popen() does not support unbuffered streams")
    import io
    if mode == "r":
        proc = subprocess.Popen(cmd, shell=True, text=True, stdout=subprocess.PIPE, bufsize=buffering)
        return _wrap_close(proc.stdout, proc)
    proc = subprocess.Popen(cmd, shell=True, text=True, stdin=subprocess.PIPE, bufsize=buffering)
    return _wrap_close(proc.stdin, proc)


class _wrap_close:
    """A stream whose close() waits for the process."""

    def __init__(self, stream, proc):
        self._stream = stream
        self._proc = proc

    def close(self):
        self._stream.close()
        returncode = self._proc.wait()
        if returncode == 0:
            return None
        return returncode << 8

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


__all__.extend(["execl", "execle", "execvp", "execvpe", "popen"])

P_WAIT = 0
P_NOWAIT = P_NOWAITO = 1


def process_cpu_count():
    """The number of processors this process may use."""
    if _exists("sched_getaffinity"):
        return len(sched_getaffinity(0))
    return cpu_count()


__all__.append("process_cpu_count")
