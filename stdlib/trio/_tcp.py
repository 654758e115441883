"""Clients and servers over TCP and Unix sockets.

    await trio.serve_tcp(echo, 12345)                         # in one program
    stream = await trio.open_tcp_stream("localhost", 12345)   # in another
"""

import errno

from . import socket as tsocket
from ._core import open_nursery
from ._socket_stream import SocketListener, SocketStream
from ._status import TASK_STATUS_IGNORED
from ._sync import Event
from ._timeouts import move_on_after, sleep

__all__ = ["open_tcp_listeners", "open_tcp_stream", "open_unix_socket", "serve_listeners", "serve_tcp"]

DEFAULT_BACKLOG = 65535  # the system takes as many as it allows
PAUSE_AFTER_EMFILE = 0.100
_TOO_MANY_FILES = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS}


# ---- connecting -----------------------------------------------------------------------------------------------------------


def _where(host, port):
    host = host.decode("ascii") if isinstance(host, bytes) else host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _alternate(targets):
    # The first address stays first; the second is of another family, if there is one (RFC 8305).
    for i in range(1, len(targets)):
        if targets[i][0] != targets[0][0]:
            targets.insert(1, targets.pop(i))
            break
    return targets


async def open_tcp_stream(host, port, *, happy_eyeballs_delay=0.25, local_address=None):
    """Connect to host:port; a SocketStream.

    All addresses of the host are tried, each a little after the one before or as soon as that has failed; the first
    connection wins and the other attempts are dropped.
    """
    if host is None:
        raise ValueError("host cannot be None")
    if not isinstance(port, int):
        raise TypeError(f"port must be int, not {port!r}")
    delay = 0.25 if happy_eyeballs_delay is None else happy_eyeballs_delay
    targets = await tsocket.getaddrinfo(host, port, type=tsocket.SOCK_STREAM)
    if not targets:
        raise OSError(f"no results found for hostname lookup: {_where(host, port)}")
    race = _Race(_alternate(targets), delay, local_address)
    async with open_nursery() as nursery:
        nursery.start_soon(race.attempt, nursery, 0)
    if race.winner is None:
        problem = OSError(f"all attempts to connect to {_where(host, port)} failed")
        cause = race.errors[0] if len(race.errors) == 1 else ExceptionGroup("multiple connection attempts failed", race.errors)
        raise problem from cause
    return SocketStream(race.winner)


class _Race:
    def __init__(self, targets, delay, local_address):
        self.targets = targets
        self.delay = delay
        self.local_address = local_address
        self.winner = None
        self.errors = []

    async def attempt(self, nursery, n):
        # Start the next attempt when this one has failed, or has taken too long.
        failed = Event()
        if n + 1 < len(self.targets):
            nursery.start_soon(self.later, nursery, n + 1, failed)
        family, type_, proto, _, address = self.targets[n]
        sock = tsocket.socket(family, type_, proto)
        try:
            if self.local_address is not None:
                await self.bind_locally(sock, family)
            await sock.connect(address)
        except OSError as exc:
            sock.close()
            self.errors.append(exc)
            failed.set()
        except BaseException:
            sock.close()
            raise
        else:
            if self.winner is None:
                self.winner = sock
                nursery.cancel_scope.cancel(reason="another attempt to connect has won")
            else:
                sock.close()

    async def later(self, nursery, n, failed):
        with move_on_after(self.delay):
            await failed.wait()
        await self.attempt(nursery, n)

    async def bind_locally(self, sock, family):
        try:
            await sock.bind((self.local_address, 0))
        except OSError:
            raise OSError(f"local_address={self.local_address!r} is incompatible with remote address family {family!r}") from None


async def open_unix_socket(filename):
    """Connect to a Unix socket; a SocketStream."""
    sock = tsocket.socket(tsocket.AF_UNIX, tsocket.SOCK_STREAM)
    try:
        await sock.connect(filename)
    except BaseException:
        sock.close()
        raise
    return SocketStream(sock)


# ---- listening ------------------------------------------------------------------------------------------------------------


def _backlog(value):
    if value is None or value == float("inf"):
        return DEFAULT_BACKLOG
    if not isinstance(value, int):
        raise TypeError(f"backlog must be an int or None, not {value!r}")
    return min(value, DEFAULT_BACKLOG)


async def open_tcp_listeners(port, *, host=None, backlog=None):
    """Listen on the port, on all addresses of host (None: of this machine); a list of SocketListeners."""
    if not isinstance(port, int):
        raise TypeError(f"port must be an int, not {port!r}")
    backlog = _backlog(backlog)
    listeners = []
    unsupported = []
    try:
        for family, type_, proto, _, address in await tsocket.getaddrinfo(host, port, type=tsocket.SOCK_STREAM, flags=tsocket.AI_PASSIVE):
            try:
                sock = tsocket.socket(family, type_, proto)
            except OSError as exc:
                if exc.errno != errno.EAFNOSUPPORT:
                    raise
                unsupported.append(exc)
                continue
            try:
                sock.setsockopt(tsocket.SOL_SOCKET, tsocket.SO_REUSEADDR, 1)
                if family == tsocket.AF_INET6:
                    sock.setsockopt(tsocket.IPPROTO_IPV6, tsocket.IPV6_V6ONLY, 1)
                await sock.bind(address)
                sock.listen(backlog)
                listeners.append(SocketListener(sock))
            except BaseException:
                sock.close()
                raise
    except BaseException:
        for listener in listeners:
            listener.socket.close()
        raise
    if unsupported and not listeners:
        problem = OSError(errno.EAFNOSUPPORT, "This system doesn't support any of the kinds of socket that that address could use")
        raise problem from ExceptionGroup(problem.strerror, unsupported)
    return listeners


async def _run_handler(stream, handler):
    try:
        await handler(stream)
    finally:
        from ._generic import aclose_forcefully
        await aclose_forcefully(stream)


def _report(text):
    try:
        import logging
    except ImportError:
        import sys
        print(f"trio.serve_listeners: {text}", file=sys.stderr)
    else:
        logging.getLogger("trio.serve_listeners").error("%s", text)


async def _serve_one(listener, nursery, handler):
    async with listener:
        while True:
            try:
                stream = await listener.accept()
            except OSError as exc:
                if exc.errno not in _TOO_MANY_FILES:
                    raise
                _report(f"accept returned {errno.errorcode[exc.errno]} ({exc}); retrying in {PAUSE_AFTER_EMFILE} seconds")
                await sleep(PAUSE_AFTER_EMFILE)
            else:
                nursery.start_soon(_run_handler, stream, handler)


async def serve_listeners(handler, listeners, *, handler_nursery=None, task_status=TASK_STATUS_IGNORED):
    """For ever: accept connections on all the listeners, each handled by handler(stream) in a task of its own."""
    async with open_nursery() as nursery:
        if handler_nursery is None:
            handler_nursery = nursery
        for listener in listeners:
            nursery.start_soon(_serve_one, listener, handler_nursery, handler)
        task_status.started(listeners)


async def serve_tcp(handler, port, *, host=None, backlog=None, handler_nursery=None, task_status=TASK_STATUS_IGNORED):
    """Listen on a TCP port and serve what connects; nursery.start() gives the listeners once they are open."""
    listeners = await open_tcp_listeners(port, host=host, backlog=backlog)
    await serve_listeners(handler, listeners, handler_nursery=handler_nursery, task_status=task_status)
