"""SocketStream and SocketListener: connections and those who make them, on trio sockets."""

import errno

import _uv

from . import abc
from . import socket as tsocket
from ._core import checkpoint
from ._errors import BrokenResourceError, BusyResourceError, ClosedResourceError

__all__ = ["SocketListener", "SocketStream"]

RECEIVE_SIZE = 65536
_CLOSED = {errno.EBADF, errno.ENOTSOCK}
# One connection that failed, not the listener: accept() goes on.
_IGNORED_BY_ACCEPT = {getattr(errno, name) for name in (
    "EPERM", "ECONNABORTED", "EPROTO", "ENETDOWN", "ENOPROTOOPT", "EHOSTDOWN", "ENONET", "EHOSTUNREACH", "EOPNOTSUPP", "ENETUNREACH",
    "ENOSR", "ESOCKTNOSUPPORT", "EPROTONOSUPPORT", "ETIMEDOUT", "ECONNRESET") if hasattr(errno, name)}


def _stream_error(exc):
    # What the socket's error means to the user of a stream.
    if isinstance(exc, OSError):
        if exc.errno in _CLOSED:
            return ClosedResourceError("this socket was already closed")
        return BrokenResourceError(f"socket connection broken: {exc}")
    return BusyResourceError("another task is already reading / writing this socket")


class SocketStream(abc.HalfCloseableStream):
    """A connected stream socket as a Stream."""

    def __init__(self, socket):
        if not isinstance(socket, tsocket.SocketType):
            raise TypeError("SocketStream requires a Trio socket object")
        if socket.type != tsocket.SOCK_STREAM:
            raise ValueError("SocketStream requires a SOCK_STREAM socket")
        self.socket = socket
        self._sock = socket._sock
        self._sending = False
        if socket.family != tsocket.AF_UNIX:
            try:
                self.setsockopt(tsocket.IPPROTO_TCP, tsocket.TCP_NODELAY, True)
            except OSError:
                pass

    def _start_sending(self):
        if self._sending:
            raise BusyResourceError("another task is currently sending data on this SocketStream")
        if self.socket._shut_wr:
            raise ClosedResourceError("can't send data after sending EOF")
        self._sending = True

    async def send_all(self, data):
        self._start_sending()
        try:
            if not len(data):
                if self._sock.fileno() == -1:
                    raise ClosedResourceError("socket was already closed")
                await checkpoint()
                return
            await _uv.send_all(self._sock.fileno(), data)
        except OSError as exc:
            raise _stream_error(exc) from exc
        finally:
            self._sending = False

    async def wait_send_all_might_not_block(self):
        self._start_sending()
        try:
            if self._sock.fileno() == -1:
                raise ClosedResourceError
            await _uv.wait_writable(self._sock.fileno())
        except OSError as exc:
            raise _stream_error(exc) from exc
        finally:
            self._sending = False

    async def send_eof(self):
        if self._sending:
            raise BusyResourceError("another task is currently sending data on this SocketStream")
        await checkpoint()
        if self.socket._shut_wr:
            return
        try:
            self.socket.shutdown(tsocket.SHUT_WR)
        except OSError as exc:
            raise _stream_error(exc) from exc

    async def receive_some(self, max_bytes=None):
        if max_bytes is None:
            max_bytes = RECEIVE_SIZE
        elif max_bytes < 1:
            raise ValueError("max_bytes must be >= 1")
        try:
            return await _uv.recv(self._sock.fileno(), max_bytes)
        except (OSError, RuntimeError) as exc:
            if isinstance(exc, RecursionError):
                raise
            raise _stream_error(exc) from exc

    async def aclose(self):
        self.socket.close()
        await checkpoint()

    def setsockopt(self, level, option, value, length=None):
        """As on a socket."""
        if length is None:
            if value is None:
                raise TypeError("invalid value for argument 'value', must not be None when specifying length")
            return self.socket.setsockopt(level, option, value)
        if value is not None:
            raise TypeError(f"invalid value for argument 'value': {value!r}, must be None when specifying optlen")
        return self.socket.setsockopt(level, option, value, length)

    def getsockopt(self, level, option, buffersize=0):
        """As on a socket."""
        if buffersize == 0:
            return self.socket.getsockopt(level, option)
        return self.socket.getsockopt(level, option, buffersize)


class SocketListener(abc.Listener):
    """A listening stream socket as a Listener."""

    def __init__(self, socket):
        if not isinstance(socket, tsocket.SocketType):
            raise TypeError("SocketListener requires a Trio socket object")
        if socket.type != tsocket.SOCK_STREAM:
            raise ValueError("SocketListener requires a SOCK_STREAM socket")
        try:
            listening = socket.getsockopt(tsocket.SOL_SOCKET, tsocket.SO_ACCEPTCONN)
        except OSError:
            listening = True  # the system can't say
        if not listening:
            raise ValueError("SocketListener requires a listening socket")
        self.socket = socket

    async def accept(self):
        """The next connection, as a SocketStream."""
        while True:
            try:
                sock, _ = await self.socket.accept()
            except OSError as exc:
                if exc.errno in _CLOSED:
                    raise ClosedResourceError from None
                if exc.errno not in _IGNORED_BY_ACCEPT:
                    raise
            except RuntimeError as exc:
                if isinstance(exc, RecursionError):
                    raise
                raise _stream_error(exc) from exc
            else:
                return SocketStream(sock)

    async def aclose(self):
        self.socket.close()
        await checkpoint()


SocketStream.__module__ = SocketListener.__module__ = "trio"
