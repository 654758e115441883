"""trio.Path: a pathlib path whose methods that touch the disk run in threads."""

import os
import pathlib
from functools import partial

from ._files import wrap_file
from .to_thread import run_sync

__all__ = ["Path", "PosixPath"]

_PURE = ("as_posix", "as_uri", "is_absolute", "is_relative_to", "is_reserved", "match", "full_match", "relative_to")
_PURE_PATHS = ("joinpath", "with_name", "with_segments", "with_stem", "with_suffix")
_PURE_VALUES = ("anchor", "drive", "name", "parts", "root", "stem", "suffix", "suffixes")
_DISK = ("chmod", "exists", "group", "hardlink_to", "is_block_device", "is_char_device", "is_dir", "is_fifo", "is_file", "is_junction",
         "is_mount", "is_socket", "is_symlink", "lchmod", "lstat", "mkdir", "owner", "read_bytes", "read_text", "rmdir", "samefile",
         "stat", "symlink_to", "touch", "unlink", "write_bytes", "write_text")
_DISK_PATHS = ("absolute", "expanduser", "readlink", "rename", "replace", "resolve")
_DISK_MANY = ("glob", "iterdir", "rglob")


class Path:
    """An async pathlib.Path.  Names, parts and joins are plain methods; what asks the disk is awaited.

        if await trio.Path("~").expanduser().exists(): ...
    """

    __slots__ = ("_wrapped", "__weakref__")

    def __new__(cls, *args):
        self = object.__new__(PosixPath if cls is Path else cls)
        self._wrapped = pathlib.Path(*(a._wrapped if isinstance(a, Path) else a for a in args))
        return self

    @classmethod
    async def cwd(cls):
        return cls(await run_sync(pathlib.Path.cwd))

    @classmethod
    async def home(cls):
        return cls(await run_sync(pathlib.Path.home))

    def __repr__(self):
        return f"trio.Path({str(self)!r})"

    def __str__(self):
        return str(self._wrapped)

    def __bytes__(self):
        return bytes(self._wrapped)

    def __fspath__(self):
        return os.fspath(self._wrapped)

    def __hash__(self):
        return hash(self._wrapped)

    def __eq__(self, other):
        return self._wrapped == _plain(other) if isinstance(other, (Path, pathlib.PurePath)) else NotImplemented

    def __lt__(self, other):
        return self._wrapped < _plain(other)

    def __le__(self, other):
        return self._wrapped <= _plain(other)

    def __gt__(self, other):
        return self._wrapped > _plain(other)

    def __ge__(self, other):
        return self._wrapped >= _plain(other)

    def __truediv__(self, other):
        return type(self)(self._wrapped / _plain(other))

    def __rtruediv__(self, other):
        return type(self)(_plain(other) / self._wrapped)

    @property
    def parent(self):
        return type(self)(self._wrapped.parent)

    @property
    def parents(self):
        return tuple(type(self)(p) for p in self._wrapped.parents)

    async def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        """As pathlib's; the file comes wrapped."""
        return wrap_file(await run_sync(self._wrapped.open, mode, buffering, encoding, errors, newline))


class PosixPath(Path):
    """What Path() makes here."""

    __slots__ = ()


def _plain(value):
    return value._wrapped if isinstance(value, Path) else value


def _plain_all(args):
    return [_plain(a) for a in args]


def _define(name, make):
    fn = make(name)
    fn.__name__ = name
    fn.__qualname__ = f"Path.{name}"
    setattr(Path, name, fn)


def _pure(name):
    def method(self, *args, **kwargs):
        return getattr(self._wrapped, name)(*_plain_all(args), **kwargs)
    return method


def _pure_path(name):
    def method(self, *args, **kwargs):
        return type(self)(getattr(self._wrapped, name)(*_plain_all(args), **kwargs))
    return method


def _disk(name):
    async def method(self, *args, **kwargs):
        return await run_sync(partial(getattr(self._wrapped, name), *_plain_all(args), **kwargs))
    return method


def _disk_path(name):
    async def method(self, *args, **kwargs):
        result = await run_sync(partial(getattr(self._wrapped, name), *_plain_all(args), **kwargs))
        return type(self)(result)
    return method


def _disk_many(name):
    async def method(self, *args, **kwargs):
        found = await run_sync(lambda: list(getattr(self._wrapped, name)(*_plain_all(args), **kwargs)))
        return iter([type(self)(p) for p in found])
    return method


for _names, _make in ((_PURE, _pure), (_PURE_PATHS, _pure_path), (_DISK, _disk), (_DISK_PATHS, _disk_path), (_DISK_MANY, _disk_many)):
    for _name in _names:
        if hasattr(pathlib.Path, _name):
            _define(_name, _make)
for _name in _PURE_VALUES:
    setattr(Path, _name, property(lambda self, _name=_name: getattr(self._wrapped, _name)))
del _names, _make, _name
Path.__module__ = PosixPath.__module__ = "trio"
