"""Descriptors and sockets of the program's own: add_reader and its like, loop.sock_*(), name resolution, sendfile."""

import _uv
import socket

from . import events
from ._net import ensure_resolved
from .exceptions import SendfileNotAvailableError


# -- Callbacks for descriptors ----------------------------------------------------------------------------------------

def check_no_transport(loop, fd):
    """A descriptor that belongs to a transport is not for others."""
    if not isinstance(fd, int):
        try:
            fd = int(fd.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f"Invalid file object: {fd!r}") from None
    for taker in _uv.reader_of(loop, fd), _uv.writer_of(loop, fd):
        if isinstance(taker, _uv.Transport):
            raise RuntimeError(f"File descriptor {fd!r} is used by transport {taker!r}")
    return fd


def _add(loop, fd, callback, args, add):
    loop._check_closed()
    handle = events.Handle(callback, args, loop, None)
    replaced = add(loop, check_no_transport(loop, fd), handle)
    if replaced is not None:
        replaced.cancel()


def add_reader(loop, fd, callback, *args):
    _add(loop, fd, callback, args, _uv.add_reader)


def add_writer(loop, fd, callback, *args):
    _add(loop, fd, callback, args, _uv.add_writer)


def _remove(loop, fd, remove):
    if loop.is_closed():
        return False
    handle = remove(loop, check_no_transport(loop, fd))
    if handle is None:
        return False
    handle.cancel()
    return True


def remove_reader(loop, fd):
    return _remove(loop, fd, _uv.remove_reader)


def remove_writer(loop, fd):
    return _remove(loop, fd, _uv.remove_writer)


# -- Names ------------------------------------------------------------------------------------------------------------

async def getaddrinfo(loop, host, port, *, family=0, type=0, proto=0, flags=0):
    return [(socket._intenum_converter(f, socket.AddressFamily), socket._intenum_converter(t, socket.SocketKind), p, name, address)
            for f, t, p, name, address in await _uv.getaddrinfo(host, port, family, type, proto, flags)]


async def getnameinfo(loop, sockaddr, flags=0):
    return await _uv.getnameinfo(sockaddr, flags)


# -- loop.sock_*() ----------------------------------------------------------------------------------------------------

def _check(loop, sock):
    if loop.get_debug() and sock.gettimeout() != 0:
        raise ValueError("the socket must be non-blocking")


async def _repeat(loop, sock, wait, operation, *args):
    """operation(*args), again whenever the socket is ready, until it need not block."""
    _check(loop, sock)
    while True:
        try:
            return operation(*args)
        except (BlockingIOError, InterruptedError):
            pass
        await wait(check_no_transport(loop, sock.fileno()))


async def sock_recv(loop, sock, nbytes):
    return await _repeat(loop, sock, _uv.wait_readable, sock.recv, nbytes)


async def sock_recv_into(loop, sock, buf):
    return await _repeat(loop, sock, _uv.wait_readable, sock.recv_into, buf)


async def sock_recvfrom(loop, sock, bufsize):
    return await _repeat(loop, sock, _uv.wait_readable, sock.recvfrom, bufsize)


async def sock_recvfrom_into(loop, sock, buf, nbytes=0):
    return await _repeat(loop, sock, _uv.wait_readable, sock.recvfrom_into, buf, nbytes or len(buf))


async def sock_sendall(loop, sock, data):
    view = memoryview(data).cast("B")
    sent = 0
    while True:
        sent += await _repeat(loop, sock, _uv.wait_writable, sock.send, view[sent:])
        if sent == len(view):
            return None


async def sock_sendto(loop, sock, data, address):
    return await _repeat(loop, sock, _uv.wait_writable, sock.sendto, data, address)


async def sock_connect(loop, sock, address):
    _check(loop, sock)
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        found = await ensure_resolved(loop, address, family=sock.family, type=sock.type, proto=sock.proto)
        address = found[0][4]
    try:
        sock.connect(address)
        return None
    except (BlockingIOError, InterruptedError):
        pass
    await _uv.wait_writable(check_no_transport(loop, sock.fileno()))
    error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if error:
        raise OSError(error, f"Connect call failed {address}")


async def sock_accept(loop, sock):
    connection, address = await _repeat(loop, sock, _uv.wait_readable, sock.accept)
    connection.setblocking(False)
    return connection, address


# -- Files ------------------------------------------------------------------------------------------------------------

def _check_sendfile(sock, file, offset, count):
    if "b" not in getattr(file, "mode", "b"):
        raise ValueError("file should be opened in binary mode")
    if sock.type != socket.SOCK_STREAM:
        raise ValueError("only SOCK_STREAM type sockets are supported")
    if count is not None:
        if not isinstance(count, int):
            raise TypeError(f"count must be a positive integer (got {count!r})")
        if count <= 0:
            raise ValueError(f"count must be a positive integer (got {count!r})")
    if not isinstance(offset, int):
        raise TypeError(f"offset must be a non-negative integer (got {offset!r})")
    if offset < 0:
        raise ValueError(f"offset must be a non-negative integer (got {offset!r})")


async def _send_blocks(loop, file, offset, count, send):
    if offset:
        file.seek(offset)
    total = 0
    try:
        while count is None or total < count:
            size = 16384 if count is None else min(count - total, 16384)
            block = await loop.run_in_executor(None, file.read, size)
            if not block:
                break
            await send(block)
            total += len(block)
        return total
    finally:
        if total and hasattr(file, "seek"):
            file.seek(offset + total)


async def sock_sendfile(loop, sock, file, offset=0, count=None, *, fallback=True):
    if sock.gettimeout() != 0:
        raise ValueError("the socket must be non-blocking")
    _check_sendfile(sock, file, offset, count)
    if not fallback:
        raise SendfileNotAvailableError("the system call sendfile is not used")
    return await _send_blocks(loop, file, offset, count, lambda block: sock_sendall(loop, sock, block))


async def sendfile(loop, transport, file, offset=0, count=None, *, fallback=True):
    if transport.is_closing():
        raise RuntimeError("Transport is closing")
    sock = transport.get_extra_info("socket")
    if sock is None or not isinstance(transport, _uv.Transport):
        raise RuntimeError(f"sendfile is not supported for transport {transport!r}")
    if not fallback:
        raise RuntimeError(f"fallback is disabled and native sendfile is not supported for transport {transport!r}")
    _check_sendfile(sock, file, offset, count)

    async def send(block):
        transport.write(block)
        while transport.get_write_buffer_size() > transport.get_write_buffer_limits()[1]:
            await _uv.wait_writable(duplicate.fileno())
        if transport.is_closing():
            raise ConnectionError("Connection closed by peer")

    # The transport itself may wait for the descriptor: we do so on a copy of it.
    with sock.dup() as duplicate:
        return await _send_blocks(loop, file, offset, count, send)


async def start_tls(loop, transport, protocol, sslcontext, **options):
    raise NotImplementedError("TLS connections are not supported: there is no module ssl")
