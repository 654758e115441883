"""trio.socket: the socket module with methods that wait as tasks do.

    sock = trio.socket.socket()
    await sock.connect(("127.0.0.1", 80))
    await sock.send(b"...")

Constants, errors and helpers are the socket module's own.
"""

import socket as _stdlib
from socket import *  # noqa: F403
from socket import SOCK_STREAM

import _uv

from ._core import cancel_shielded_checkpoint, checkpoint, raise_if_cancelled

_HIDDEN = {"create_connection", "create_server", "fromfd", "fromshare", "getaddrinfo", "getdefaulttimeout", "getfqdn", "gethostbyaddr",
           "gethostbyname", "gethostbyname_ex", "getnameinfo", "getprotobyname", "getservbyname", "has_dualstack_ipv6",
           "recv_fds", "send_fds", "setdefaulttimeout", "socket", "socketpair", "SocketIO", "timeout"}
for _name in dir(_stdlib):
    if _name[:1] != "_" and _name not in _HIDDEN and (_name.isupper() or _name in _stdlib.__all__):
        globals()[_name] = getattr(_stdlib, _name)
for _name in _HIDDEN:
    globals().pop(_name, None)
del _name

_resolver = None
_factory = None


def set_custom_hostname_resolver(hostname_resolver):
    """Names are asked of this trio.abc.HostnameResolver from now on; returns the one before (None: the system's)."""
    global _resolver
    old, _resolver = _resolver, hostname_resolver
    return old


def set_custom_socket_factory(socket_factory):
    """Sockets are made by this trio.abc.SocketFactory from now on; returns the one before."""
    global _factory
    old, _factory = _factory, socket_factory
    return old


async def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """As socket.getaddrinfo()."""
    raise_if_cancelled()
    if _resolver is not None:
        return await _resolver.getaddrinfo(host, port, family, type, proto, flags)
    return await _uv.getaddrinfo(host, port, family, type, proto, flags)


async def getnameinfo(sockaddr, flags):
    """As socket.getnameinfo()."""
    if _resolver is not None:
        return await _resolver.getnameinfo(sockaddr, flags)
    return await _uv.getnameinfo(sockaddr, flags)


def from_stdlib_socket(sock):
    """A trio socket around an ordinary one, which becomes non-blocking."""
    return SocketType._around(sock)


def fromfd(fd, family, type, proto=0):
    """A trio socket for a copy of the descriptor."""
    return from_stdlib_socket(_stdlib.fromfd(fd, family, type, proto))


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Two trio sockets, connected to each other."""
    left, right = _stdlib.socketpair(_stdlib.AF_UNIX if family is None else family, type, proto)
    return from_stdlib_socket(left), from_stdlib_socket(right)


def socket(family=_stdlib.AF_INET, type=SOCK_STREAM, proto=0, fileno=None):
    """A new trio socket."""
    if fileno is None and _factory is not None:
        return _factory.socket(family, type, proto)
    return from_stdlib_socket(_stdlib.socket(family, type, proto, fileno))


class SocketType:
    """A non-blocking socket whose methods wait for the running task only."""

    __slots__ = ("_sock", "_shut_wr", "__weakref__")

    def __init__(self):
        raise TypeError("SocketType is an abstract class; use trio.socket.socket if you want to construct a socket object")

    @classmethod
    def _around(cls, sock):
        if type(sock) is not _stdlib.socket:
            raise TypeError(f"expected object of type 'socket.socket', not {type(sock).__name__!r} instead")
        self = cls.__new__(cls)
        self._sock = sock
        self._shut_wr = False
        sock.setblocking(False)
        return self

    def __repr__(self):
        return repr(self._sock).replace("socket.socket", "trio.socket.socket", 1)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, tb):
        self.close()

    # ---- what needs no waiting ----------------------------------------------------------------------------------------

    @property
    def family(self):
        return self._sock.family

    @property
    def type(self):
        return self._sock.type

    @property
    def proto(self):
        return self._sock.proto

    @property
    def did_shutdown_SHUT_WR(self):
        """Whether shutdown() has ended the sending half."""
        return self._shut_wr

    def fileno(self):
        return self._sock.fileno()

    def getpeername(self):
        return self._sock.getpeername()

    def getsockname(self):
        return self._sock.getsockname()

    def getsockopt(self, *args):
        return self._sock.getsockopt(*args)

    def setsockopt(self, *args):
        return self._sock.setsockopt(*args)

    def listen(self, *args):
        return self._sock.listen(*args)

    def get_inheritable(self):
        return self._sock.get_inheritable()

    def set_inheritable(self, inheritable):
        self._sock.set_inheritable(inheritable)

    def detach(self):
        return self._sock.detach()

    def dup(self):
        return SocketType._around(self._sock.dup())

    def shutdown(self, how):
        self._sock.shutdown(how)
        if how in (_stdlib.SHUT_WR, _stdlib.SHUT_RDWR):
            self._shut_wr = True

    def close(self):
        """Close; tasks that wait in its methods get ClosedResourceError."""
        fd = self._sock.fileno()
        if fd != -1:
            from ._io import notify_closing
            notify_closing(fd)
            self._sock.close()

    def is_readable(self):
        """Whether recv() would return at once."""
        import select
        return bool(select.select([self._sock], [], [], 0)[0])

    # ---- addresses ------------------------------------------------------------------------------------------------------

    async def _resolve(self, address, *, local):
        # Names in an address become numbers; an address without any comes back as it is.
        if self.family not in (_stdlib.AF_INET, _stdlib.AF_INET6):
            await checkpoint()
            import os
            return os.fspath(address) if self.family == _stdlib.AF_UNIX and not isinstance(address, (str, bytes)) else address
        if not isinstance(address, tuple) or not 2 <= len(address) <= (2 if self.family == _stdlib.AF_INET else 4):
            raise ValueError("address should be a (host, port) tuple" if self.family == _stdlib.AF_INET
                             else "address should be a (host, port, [flowinfo, [scopeid]]) tuple")
        host, port, *rest = address
        if isinstance(port, int) and host is not None:
            try:
                _stdlib.inet_pton(self.family, host)
            except (OSError, TypeError):
                pass
            else:
                await checkpoint()
                return address
        if host == "":
            host = None
        if host == "<broadcast>":
            host = "255.255.255.255"
        flags = _stdlib.AI_PASSIVE if local and host is None else 0
        if self.family == _stdlib.AF_INET6 and not self.getsockopt(_stdlib.IPPROTO_IPV6, _stdlib.IPV6_V6ONLY):
            flags |= _stdlib.AI_V4MAPPED
        found = await getaddrinfo(host, port, self.family, self.type, self.proto, flags)
        return tuple(found[0][4][:2]) + tuple(rest) if rest else found[0][4]

    async def bind(self, address):
        self._sock.bind(await self._resolve(address, local=True))

    async def connect(self, address):
        """Connect; a socket whose connect() was cancelled is closed, for nobody can know how far it got."""
        address = await self._resolve(address, local=False)
        try:
            await _uv.connect(self._sock.fileno(), self.family, address)
        except OSError:
            raise
        except BaseException:
            self.close()
            raise

    async def accept(self):
        """(connection, its address)"""
        fd, address = await _uv.accept(self._sock.fileno())
        return SocketType._around(_stdlib.socket(self.family, self.type, self.proto, fileno=fd)), address

    # ---- bytes ------------------------------------------------------------------------------------------------------------

    async def _when_readable(self, fn, *args):
        return await _try(fn, args, _uv.wait_readable, self._sock)

    async def _when_writable(self, fn, *args):
        return await _try(fn, args, _uv.wait_writable, self._sock)

    async def recv(self, bufsize, flags=0):
        if flags:
            return await self._when_readable(self._sock.recv, bufsize, flags)
        return await _uv.recv(self._sock.fileno(), bufsize)

    async def recv_into(self, buffer, nbytes=0, flags=0):
        return await self._when_readable(self._sock.recv_into, buffer, nbytes, flags)

    async def recvfrom(self, bufsize, flags=0):
        return await self._when_readable(self._sock.recvfrom, bufsize, flags)

    async def recvfrom_into(self, buffer, nbytes=0, flags=0):
        return await self._when_readable(self._sock.recvfrom_into, buffer, nbytes, flags)

    async def recvmsg(self, *args):
        return await self._when_readable(self._sock.recvmsg, *args)

    async def recvmsg_into(self, *args):
        return await self._when_readable(self._sock.recvmsg_into, *args)

    async def send(self, data, flags=0):
        return await self._when_writable(self._sock.send, data, flags)

    async def sendto(self, *args):
        """sendto(data, address) or sendto(data, flags, address)"""
        *head, address = args
        address = await self._resolve(address, local=False)
        return await self._when_writable(self._sock.sendto, *head, address)

    async def sendmsg(self, buffers, ancdata=(), flags=0, address=None):
        if address is not None:
            address = await self._resolve(address, local=False)
        return await self._when_writable(self._sock.sendmsg, buffers, ancdata, flags, address)


async def _try(fn, args, wait, sock):
    raise_if_cancelled()
    try:
        result = fn(*args)
    except BlockingIOError:
        pass
    else:
        await cancel_shielded_checkpoint()
        return result
    while True:
        await wait(sock.fileno())
        try:
            return fn(*args)
        except BlockingIOError:
            pass
