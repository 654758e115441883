"""Files whose methods run in threads.

    async with await trio.open_file("notes.txt") as f:
        async for line in f:
            ...
"""

import io
from functools import partial

from . import abc
from ._core import CancelScope, checkpoint
from .to_thread import run_sync

__all__ = ["AsyncIOWrapper", "open_file", "wrap_file"]

# What answers at once and what may wait for the disk.
_PLAIN = {"closed", "encoding", "errors", "fileno", "isatty", "newlines", "readable", "seekable", "writable", "buffer", "raw",
          "line_buffering", "closefd", "name", "mode", "getvalue", "getbuffer"}
_ASYNC = {"flush", "read", "read1", "readall", "readinto", "readline", "readlines", "seek", "tell", "truncate", "write", "writelines",
          "readinto1", "peek", "detach"}


class AsyncIOWrapper(abc.AsyncResource):
    """A file whose reading and writing methods are async."""

    def __init__(self, file):
        self._wrapped = file

    @property
    def wrapped(self):
        """The file itself."""
        return self._wrapped

    def __repr__(self):
        return f"<trio.AsyncIOWrapper of {self._wrapped!r}>"

    def __getattr__(self, name):
        if name in _PLAIN:
            return getattr(self._wrapped, name)
        if name in _ASYNC:
            method = getattr(self._wrapped, name)

            async def call(*args, **kwargs):
                return await run_sync(partial(method, *args, **kwargs))

            call.__name__ = name
            call.__qualname__ = f"AsyncIOWrapper.{name}"
            self.__dict__[name] = call
            return call
        raise AttributeError(name)

    def __dir__(self):
        there = set(super().__dir__())
        there.update(name for name in _PLAIN | _ASYNC if hasattr(self._wrapped, name))
        return sorted(there)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line

    async def detach(self):
        """As file.detach(); the result is wrapped again."""
        return wrap_file(await run_sync(self._wrapped.detach))

    async def aclose(self):
        """Close, also when cancelled."""
        with CancelScope(shield=True):
            await run_sync(self._wrapped.close)
        await checkpoint()


async def open_file(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """open() in a thread; the file comes wrapped."""
    return wrap_file(await run_sync(io.open, file, mode, buffering, encoding, errors, newline, closefd, opener))


def wrap_file(file):
    """An async face for an open file."""

    def has(name):
        return hasattr(file, name) and callable(getattr(file, name))

    if not (has("close") and (has("read") or has("write"))):
        raise TypeError(f"{file} does not implement required duck-file methods: close and (read or write)")
    return AsyncIOWrapper(file)
