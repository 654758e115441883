"""Connections that we open: loop.create_connection() and its relatives."""

import os
import socket
from functools import partial

from ._net import ensure_resolved, refuse_ssl
from ._net_transports import _SelectorSocketTransport
from .log import logger


async def make_transport(loop, sock, protocol_factory):
    """(transport, protocol) for a connected socket; connection_made() has been called."""
    sock.setblocking(False)
    protocol = protocol_factory()
    waiter = loop.create_future()
    transport = _SelectorSocketTransport(loop, sock, protocol, waiter)
    try:
        await waiter
    except:
        transport.close()
        raise
    return transport, protocol


def _bind_one_of(sock, family, candidates, errors):
    for candidate_family, _, _, _, address in candidates:
        if candidate_family != family:
            continue
        try:
            sock.bind(address)
            return
        except OSError as exc:
            errors.append(OSError(exc.errno, f"error while attempting to bind on address {address!r}: {str(exc).lower()}"))
    if errors:
        raise errors.pop()
    raise OSError(f"no matching local address with {family=} found")


async def _connect_one(loop, all_errors, info, local_infos):
    errors = []
    all_errors.append(errors)
    family, kind, proto, _, address = info
    sock = None
    try:
        sock = socket.socket(family, kind, proto)
        sock.setblocking(False)
        if local_infos is not None:
            _bind_one_of(sock, family, local_infos, errors)
        await loop.sock_connect(sock, address)
        return sock
    except BaseException as exc:
        if isinstance(exc, OSError):
            errors.append(exc)
        if sock is not None:
            sock.close()
        raise
    finally:
        errors = all_errors = None


def _interleave(infos, first_count):
    """Families take turns, after first_count addresses of the first one."""
    by_family = {}
    for info in infos:
        by_family.setdefault(info[0], []).append(info)
    queues = list(by_family.values())
    result = queues[0][:first_count - 1]
    queues[0] = queues[0][first_count - 1:]
    for place in range(max(map(len, queues))):
        result += [queue[place] for queue in queues if place < len(queue)]
    return result


def _raise_errors(all_errors, as_group):
    errors = [exc for some in all_errors for exc in some]
    try:
        if as_group:
            raise ExceptionGroup("create_connection failed", errors)
        if len({str(exc) for exc in errors}) == 1:
            raise errors[0]
        raise OSError(f"Multiple exceptions: {', '.join(map(str, errors))}")
    finally:
        errors = all_errors = None


async def _connect_any(loop, infos, local_infos, delay, as_group):
    errors = []
    if delay is None:
        for info in infos:
            try:
                return await _connect_one(loop, errors, info, local_infos)
            except OSError:
                continue
    else:
        from .staggered import staggered_race
        attempts = [partial(_connect_one, loop, errors, info, local_infos) for info in infos]
        sock, _, _ = await staggered_race(attempts, delay, loop=loop)
        if sock is not None:
            return sock
    _raise_errors(errors, as_group)


async def create_connection(loop, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None,
                            local_addr=None, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
                            happy_eyeballs_delay=None, interleave=None, all_errors=False):
    if server_hostname is not None and not ssl:
        raise ValueError("server_hostname is only meaningful with ssl")
    refuse_ssl(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    if host is not None or port is not None:
        if sock is not None:
            raise ValueError("host/port and sock can not be specified at the same time")
        where = dict(family=family, type=socket.SOCK_STREAM, proto=proto, flags=flags)
        infos = await ensure_resolved(loop, (host, port), **where)
        local_infos = None if local_addr is None else await ensure_resolved(loop, local_addr, **where)
        if not infos or local_infos == []:
            raise OSError("getaddrinfo() returned empty list")
        if happy_eyeballs_delay is not None and interleave is None:
            interleave = 1
        if interleave:
            infos = _interleave(infos, interleave)
        sock = await _connect_any(loop, infos, local_infos, happy_eyeballs_delay, all_errors)
    elif sock is None:
        raise ValueError("host and port was not specified and no sock specified")
    elif sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")
    transport, protocol = await make_transport(loop, sock, protocol_factory)
    if loop.get_debug():
        logger.debug("%r connected to %s:%r: (%r, %r)", transport.get_extra_info("socket"), host, port, transport, protocol)
    return transport, protocol


async def create_unix_connection(loop, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
    if server_hostname is not None and not ssl:
        raise ValueError("server_hostname is only meaningful with ssl")
    refuse_ssl(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    if path is not None:
        if sock is not None:
            raise ValueError("path and sock can not be specified at the same time")
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
        try:
            sock.setblocking(False)
            await loop.sock_connect(sock, os.fspath(path))
        except:
            sock.close()
            raise
    else:
        if sock is None:
            raise ValueError("no path and sock were specified")
        if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
            raise ValueError(f"A UNIX Domain Stream Socket was expected, got {sock!r}")
    return await make_transport(loop, sock, protocol_factory)


async def connect_accepted_socket(loop, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None,
                                  ssl_shutdown_timeout=None):
    if sock.type != socket.SOCK_STREAM:
        raise ValueError(f"A Stream Socket was expected, got {sock!r}")
    refuse_ssl(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
    return await make_transport(loop, sock, protocol_factory)
