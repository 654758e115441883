"""trio.lowlevel.FdStream: a pipe's or terminal's descriptor as a Stream."""

import errno
import os

import _uv

from . import abc
from ._core import checkpoint
from ._errors import BrokenResourceError, BusyResourceError, ClosedResourceError
from ._io import notify_closing

__all__ = ["FdStream"]

RECEIVE_SIZE = 65536


class FdStream(abc.Stream):
    """Owns the descriptor, which becomes non-blocking and is closed with the stream."""

    def __init__(self, fd):
        if not isinstance(fd, int):
            raise TypeError("file descriptor must be an int")
        self._fd = fd
        self._was_blocking = os.get_blocking(fd)
        os.set_blocking(fd, False)
        self._sending = self._receiving = False

    def fileno(self):
        """The descriptor; -1 once closed."""
        return self._fd

    def _error(self, exc):
        if self._fd == -1 or exc.errno == errno.EBADF:
            return ClosedResourceError("file was already closed")
        return BrokenResourceError(str(exc))

    async def send_all(self, data):
        if self._sending:
            raise BusyResourceError("another task is using this stream for send")
        if self._fd == -1:
            raise ClosedResourceError("file was already closed")
        self._sending = True
        try:
            await _uv.write_all(self._fd, data)
        except OSError as exc:
            raise self._error(exc) from exc
        finally:
            self._sending = False

    async def wait_send_all_might_not_block(self):
        if self._sending:
            raise BusyResourceError("another task is using this stream for send")
        if self._fd == -1:
            raise ClosedResourceError("file was already closed")
        self._sending = True
        try:
            await _uv.wait_writable(self._fd)
        except OSError as exc:
            raise self._error(exc) from exc
        finally:
            self._sending = False

    async def receive_some(self, max_bytes=None):
        if self._receiving:
            raise BusyResourceError("another task is using this stream for receive")
        if max_bytes is None:
            max_bytes = RECEIVE_SIZE
        elif not isinstance(max_bytes, int):
            raise TypeError("max_bytes must be integer >= 1")
        elif max_bytes < 1:
            raise ValueError("max_bytes must be integer >= 1")
        if self._fd == -1:
            await checkpoint()
            raise ClosedResourceError("file was already closed")
        self._receiving = True
        try:
            return await _uv.read(self._fd, max_bytes)
        except OSError as exc:
            raise self._error(exc) from exc
        finally:
            self._receiving = False

    def close(self):
        fd, self._fd = self._fd, -1
        if fd == -1:
            return
        notify_closing(fd)
        if self._was_blocking:
            os.set_blocking(fd, True)  # others may share the open file
        os.close(fd)

    async def aclose(self):
        self.close()
        await checkpoint()


FdStream.__module__ = "trio.lowlevel"
