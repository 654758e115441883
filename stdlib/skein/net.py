"""Connections for the native face: TCP and Unix streams, listeners, datagrams, names.

    from skein import net

    async def echo(stream):
        async for chunk in stream:
            await stream.send(chunk)

    async with TaskGroup() as tg:
        listener = await net.listen("127.0.0.1", 0)
        tg.start_soon(net.serve, listener, echo, daemon=True)
        async with await net.connect("127.0.0.1", listener.port) as stream:
            await stream.send(b"hello")
            print(await stream.receive())

Every operation is a checkpoint. A receive that is cancelled has taken nothing; a send that is cancelled may have sent a part, so
the stream is closed then.
"""

import _uv
import socket as _socket

from _skein import Cancelled, ClosedResourceError, TaskGroup

__all__ = ["DatagramSocket", "EndOfStream", "Listener", "Stream", "connect", "connect_unix", "datagram_socket", "listen", "listen_unix",
           "resolve", "serve", "socket_pair"]

_CHUNK = 65536


class EndOfStream(EOFError):
    """The other end has closed before all that was asked for had come. partial: what came."""

    def __init__(self, partial, wanted):
        super().__init__(f"the stream ended after {len(partial)} bytes, {wanted} wanted")
        self.partial = partial


async def resolve(host, port, *, family=0, type=_socket.SOCK_STREAM, flags=0):
    """Addresses of a name: (family, type, proto, canonical name, address) as socket.getaddrinfo() has them."""
    return await _uv.getaddrinfo(host, port, family, type, 0, flags)


class _Resource:
    """Owns a socket."""

    def __init__(self, sock):
        sock.setblocking(False)
        self.socket = sock

    @property
    def local_address(self):
        return self.socket.getsockname()

    def fileno(self):
        return self.socket.fileno()

    @property
    def closed(self):
        return self.socket.fileno() < 0

    def _fd(self):
        fd = self.socket.fileno()
        if fd < 0:
            raise ClosedResourceError(f"this {type(self).__name__} is closed")
        return fd

    def close(self):
        """Close it; tasks that wait for it get ClosedResourceError."""
        fd = self.socket.fileno()
        if fd >= 0:
            _uv.closing(fd, ClosedResourceError(f"another task closed this {type(self).__name__}"))
            self.socket.close()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()


class Stream(_Resource):
    """A connection: bytes in both directions. One task may receive while another one sends."""

    def __init__(self, sock):
        super().__init__(sock)
        self._buffer = bytearray()
        if sock.family in (_socket.AF_INET, _socket.AF_INET6):
            sock.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)

    def __repr__(self):
        return f"<Stream {'closed' if self.closed else f'fd={self.fileno()}'}>"

    @property
    def peer_address(self):
        return self.socket.getpeername()

    async def receive(self, max_bytes=_CHUNK):
        """At least one and at most max_bytes bytes; b"" at the end."""
        if self._buffer:
            chunk = bytes(self._buffer[:max_bytes])
            del self._buffer[:max_bytes]
            return chunk
        return await _uv.recv(self._fd(), max_bytes)

    async def _more(self, wanted):
        chunk = await _uv.recv(self._fd(), _CHUNK)
        if not chunk:
            partial = bytes(self._buffer)
            self._buffer.clear()
            raise EndOfStream(partial, wanted)
        self._buffer += chunk

    async def receive_exactly(self, count):
        """count bytes; EndOfStream if there are not so many."""
        while len(self._buffer) < count:
            await self._more(count)
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    async def receive_until(self, separator=b"\n", max_bytes=1 << 20):
        """Up to and with the separator; EndOfStream if it does not come, ValueError if it is not in the first max_bytes."""
        start = 0
        while (at := self._buffer.find(separator, start)) < 0:
            start = max(0, len(self._buffer) - len(separator) + 1)
            if start > max_bytes:
                raise ValueError(f"no separator in {start} bytes")
            await self._more("a separator")
        data = bytes(self._buffer[:at + len(separator)])
        del self._buffer[:at + len(separator)]
        return data

    async def send(self, data):
        """Send all of data."""
        try:
            await _uv.send_all(self._fd(), data)
        except Cancelled:
            self.close()        # nobody knows how much has gone
            raise

    def send_eof(self):
        """No more will be sent; receiving goes on."""
        self.socket.shutdown(_socket.SHUT_WR)

    def __aiter__(self):
        return self

    async def __anext__(self):
        chunk = await self.receive()
        if not chunk:
            raise StopAsyncIteration
        return chunk


class Listener(_Resource):
    """A socket that connections come to: `async for stream in listener`."""

    def __repr__(self):
        return "<Listener closed>" if self.closed else f"<Listener {self.local_address!r}>"

    @property
    def port(self):
        return self.local_address[1]

    async def accept(self):
        fd, _ = await _uv.accept(self._fd())
        return Stream(_socket.socket(self.socket.family, self.socket.type, self.socket.proto, fileno=fd))

    def __aiter__(self):
        return self

    async def __anext__(self):
        return await self.accept()


class DatagramSocket(_Resource):
    """Sends and receives datagrams."""

    async def receive(self, max_bytes=_CHUNK):
        """(data, address of the sender)"""
        while True:
            await _uv.wait_readable(self._fd())
            try:
                return self.socket.recvfrom(max_bytes)
            except BlockingIOError:
                pass

    async def send(self, data, address):
        while True:
            try:
                return self.socket.sendto(data, address)
            except BlockingIOError:
                await _uv.wait_writable(self._fd())


# -- Making them ------------------------------------------------------------------------------------------------------

async def _connect(sock, address):
    try:
        sock.setblocking(False)
        await _uv.connect(sock.fileno(), sock.family, address)
        return Stream(sock)
    except BaseException:
        sock.close()
        raise


async def connect(host, port, *, local_address=None):
    """A Stream to host and port; the name's addresses are tried in turn."""
    errors = []
    for family, kind, proto, _, address in await resolve(host, port):
        sock = _socket.socket(family, kind, proto)
        try:
            if local_address is not None:
                sock.bind(local_address)
            return await _connect(sock, address)
        except OSError as exc:
            sock.close()
            errors.append(exc)
    if len(errors) == 1:
        raise errors[0]
    raise ExceptionGroup(f"no connection to {host}:{port}", errors)


async def connect_unix(path):
    return await _connect(_socket.socket(_socket.AF_UNIX), path)


def socket_pair():
    """Two Streams that are connected to each other."""
    a, b = _socket.socketpair()
    return Stream(a), Stream(b)


async def listen(host, port, *, backlog=128, reuse_port=False):
    """A Listener on host (None: all interfaces) and port (0: a free one)."""
    family, kind, proto, _, address = (await resolve(host, port, flags=_socket.AI_PASSIVE))[0]
    sock = _socket.socket(family, kind, proto)
    try:
        sock.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, 1)
        if reuse_port:
            sock.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEPORT, 1)
        sock.bind(address)
        sock.listen(backlog)
    except OSError:
        sock.close()
        raise
    return Listener(sock)


async def listen_unix(path, *, backlog=128):
    sock = _socket.socket(_socket.AF_UNIX)
    try:
        sock.bind(path)
        sock.listen(backlog)
    except OSError:
        sock.close()
        raise
    return Listener(sock)


async def datagram_socket(host=None, port=0):
    """A DatagramSocket bound to host and port."""
    family, kind, proto, _, address = (await resolve(host, port, type=_socket.SOCK_DGRAM, flags=_socket.AI_PASSIVE))[0]
    sock = _socket.socket(family, kind, proto)
    try:
        sock.bind(address)
    except OSError:
        sock.close()
        raise
    return DatagramSocket(sock)


async def serve(listener, handler, *, limit=None):
    """handler(stream) as a task for each connection, at most limit at a time; goes on until it is cancelled.

    The stream is closed when the handler ends. An error of a handler ends the server, as in any group.
    """
    async def handle(stream):
        async with stream:
            await handler(stream)

    async with listener, TaskGroup(limit=limit, name="serve") as group:
        async for stream in listener:
            group.start_soon(handle, stream)
