"""Servers: sockets that listen, and the connections that came through them."""

import errno
import os
import socket
import stat
from weakref import WeakSet

import _uv

from . import events, tasks
from ._net import ensure_resolved, refuse_ssl
from ._net_transports import _SelectorSocketTransport
from .exceptions import CancelledError
from .log import logger
from .trsock import TransportSocket

_ACCEPT_RETRY_DELAY = 1


class Server(events.AbstractServer):

    __module__ = "asyncio.base_events"

    def __init__(self, loop, sockets, protocol_factory, ssl_context=None, backlog=100, ssl_handshake_timeout=None,
                 ssl_shutdown_timeout=None):
        self._loop = loop
        self._sockets = sockets
        self._clients = WeakSet()
        self._waiters = []              # None once it is closed and all connections are gone
        self._protocol_factory = protocol_factory
        self._backlog = backlog
        self._serving = False
        self._serving_forever_fut = None
        self._unix_paths = []           # (path, inode): removed at the end if they are still ours

    def __repr__(self):
        return f"<{self.__class__.__name__} sockets={self.sockets!r}>"

    def _attach(self, transport):
        assert self._sockets is not None
        self._clients.add(transport)

    def _detach(self, transport):
        self._clients.discard(transport)
        if not self._clients and self._sockets is None:
            self._wake()

    def _wake(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters or ():
            if not waiter.done():
                waiter.set_result(None)

    def _start_serving(self):
        if self._serving:
            return
        self._serving = True
        for sock in self._sockets:
            sock.listen(self._backlog)
            self._listen(sock)

    def _listen(self, sock):
        _uv.add_reader(self._loop, sock.fileno(), events.Handle(self._accept, (sock,), self._loop, None))

    def _accept(self, sock):
        """Takes what has queued up, at most a backlog of it."""
        for _ in range(self._backlog + 1):
            try:
                fd, address = sock._accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as exc:
                if exc.errno not in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    raise
                # No resources: listening on would only make this loop spin.
                self._loop.call_exception_handler({"message": "socket.accept() out of system resource", "exception": exc,
                                                   "socket": TransportSocket(sock)})
                _uv.remove_reader(self._loop, sock.fileno())
                self._loop.call_later(_ACCEPT_RETRY_DELAY, self._listen_again, sock)
                return
            self._connected(socket.socket(sock.family, sock.type, sock.proto, fileno=fd), address)

    def _listen_again(self, sock):
        if self._serving:
            self._listen(sock)

    def _connected(self, connection, address):
        protocol = None
        try:
            connection.setblocking(False)
            protocol = self._protocol_factory()
            _SelectorSocketTransport(self._loop, connection, protocol, None, {"peername": address}, self)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            connection.close()
            if self._loop.get_debug():
                context = {"message": "Error on transport creation for incoming connection", "exception": exc}
                if protocol is not None:
                    context["protocol"] = protocol
                self._loop.call_exception_handler(context)

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    @property
    def sockets(self):
        return () if self._sockets is None else tuple(map(TransportSocket, self._sockets))

    def close(self):
        """Stop listening; connections go on."""
        sockets, self._sockets = self._sockets, None
        if sockets is None:
            return
        for sock in sockets:
            if not self._loop.is_closed():
                _uv.remove_reader(self._loop, sock.fileno())
            sock.close()
        for path, inode in self._unix_paths:
            _remove_ours(path, inode)
        self._serving = False
        future = self._serving_forever_fut
        if future is not None and not future.done():
            future.cancel()
            self._serving_forever_fut = None
        if not self._clients:
            self._wake()

    def close_clients(self):
        for transport in self._clients.copy():
            transport.close()

    def abort_clients(self):
        for transport in self._clients.copy():
            transport.abort()

    async def start_serving(self):
        self._start_serving()
        await tasks.sleep(0)            # whoever gets the server finds it listening

    async def serve_forever(self):
        if self._serving_forever_fut is not None:
            raise RuntimeError(f"server {self!r} is already being awaited on serve_forever()")
        if self._sockets is None:
            raise RuntimeError(f"server {self!r} is closed")
        self._start_serving()
        self._serving_forever_fut = self._loop.create_future()
        try:
            await self._serving_forever_fut
        except CancelledError:
            try:
                self.close()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._serving_forever_fut = None

    async def wait_closed(self):
        """Wait until it is closed and the last connection is gone."""
        if self._waiters is None:
            return
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        await waiter


async def _start(loop, server, start_serving):
    if start_serving:
        await server.start_serving()
    if loop.get_debug():
        logger.info("%r is serving", server)
    return server


# -- TCP --------------------------------------------------------------------------------------------------------------

async def _resolve(loop, host, port, family, flags):
    infos = await ensure_resolved(loop, (host, port), family=family, type=socket.SOCK_STREAM, flags=flags)
    if not infos:
        raise OSError(f"getaddrinfo({host!r}) returned empty list")
    return infos


def _hosts(host):
    if host == "":
        return [None]
    if host is None or isinstance(host, (str, bytes)) or not hasattr(host, "__iter__"):
        return [host]
    return list(host)


def _bound_socket(info, reuse_address, reuse_port, keep_alive):
    """A socket bound to the address, or None when the address is not one of ours."""
    family, kind, proto, _, address = info
    try:
        sock = socket.socket(family, kind, proto)
    except OSError:
        return None                     # such as IPv6 where there is none
    try:
        if reuse_address:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
        if reuse_port:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, True)
        if keep_alive:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, True)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
        sock.bind(address)
        return sock
    except OSError as exc:
        sock.close()
        if exc.errno == errno.EADDRNOTAVAIL:
            return None
        raise OSError(exc.errno, f"error while attempting to bind on address {address!r}: {str(exc).lower()}") from None


async def create_server(loop, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC, flags=socket.AI_PASSIVE,
                        sock=None, backlog=100, ssl=None, reuse_address=None, reuse_port=None, keep_alive=None,
                        ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True):
    if isinstance(ssl, bool):
        raise TypeError("ssl argument must be an SSLContext or None")
    refuse_ssl(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    if host is not None or port is not None:
        if sock is not None:
            raise ValueError("host/port and sock can not be specified at the same time")
        found = [await _resolve(loop, each, port, family, flags) for each in _hosts(host)]
        infos = list(dict.fromkeys(info for some in found for info in some))
        sockets = []
        try:
            for info in infos:
                bound = _bound_socket(info, reuse_address in (None, True), reuse_port, keep_alive)
                if bound is not None:
                    sockets.append(bound)
            if not sockets:
                raise OSError(f"could not bind on any address out of {[info[4] for info in infos]!r}")
        except:
            for bound in sockets:
                bound.close()
            raise
    else:
        if sock is None:
            raise ValueError("Neither host/port nor sock were specified")
        if sock.type != socket.SOCK_STREAM:
            raise ValueError(f"A Stream Socket was expected, got {sock!r}")
        sockets = [sock]
    for sock in sockets:
        sock.setblocking(False)
    return await _start(loop, Server(loop, sockets, protocol_factory, None, backlog), start_serving)


# -- Unix sockets -----------------------------------------------------------------------------------------------------

def _remove_ours(path, inode):
    try:
        if os.stat(path).st_ino == inode:
            os.unlink(path)
    except FileNotFoundError:
        pass
    except OSError as exc:
        logger.error("Unable to clean up listening UNIX socket %r: %r", path, exc)


def _remove_stale(path):
    try:
        if stat.S_ISSOCK(os.stat(path).st_mode):
            os.remove(path)
    except FileNotFoundError:
        pass
    except OSError as exc:
        logger.error("Unable to check or remove stale UNIX socket %r: %r", path, exc)


def _bound_unix_socket(path):
    path = os.fspath(path)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    if path[:1] not in ("\0", b"\0"):
        _remove_stale(path)
    try:
        sock.bind(path)
    except OSError as exc:
        sock.close()
        if exc.errno == errno.EADDRINUSE:
            raise OSError(errno.EADDRINUSE, f"Address {path!r} is already in use") from None
        raise
    except:
        sock.close()
        raise
    return sock


async def create_unix_server(loop, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None,
                             ssl_shutdown_timeout=None, start_serving=True, cleanup_socket=True):
    if isinstance(ssl, bool):
        raise TypeError("ssl argument must be an SSLContext or None")
    refuse_ssl(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    if path is not None:
        if sock is not None:
            raise ValueError("path and sock can not be specified at the same time")
        sock = _bound_unix_socket(path)
    else:
        if sock is None:
            raise ValueError("path was not specified, and no sock specified")
        if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
            raise ValueError(f"A UNIX Domain Stream Socket was expected, got {sock!r}")
    sock.setblocking(False)
    server = Server(loop, [sock], protocol_factory, None, backlog)
    if cleanup_socket:
        name = sock.getsockname()
        if isinstance(name, str) and name:
            try:
                server._unix_paths.append((name, os.stat(name).st_ino))
            except FileNotFoundError:
                pass
    return await _start(loop, server, start_serving)
