"""Datagrams: loop.create_datagram_endpoint() and its transport."""

import os
import socket
import stat
from collections import deque

import _uv

from . import constants, events, transports
from ._net import ensure_resolved
from .futures import _set_result_unless_cancelled
from .log import logger
from .trsock import TransportSocket

_HEADER = 8         # what a datagram in the buffer counts beside its data


class _SelectorDatagramTransport(transports._FlowControlMixin, transports.DatagramTransport):

    __module__ = "asyncio.selector_events"
    max_size = 256 * 1024

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(extra, loop)
        self._extra["socket"] = TransportSocket(sock)
        for name, ask in ("sockname", sock.getsockname), ("peername", sock.getpeername):
            try:
                self._extra[name] = ask()
            except OSError:
                self._extra[name] = None
        self._sock = sock
        self._sock_fd = sock.fileno()
        self._protocol = protocol
        self._address = address
        self._buffer = deque()              # (data, address) that could not be sent yet
        self._buffer_size = 0
        self._conn_lost = 0
        self._closing = False
        loop.call_soon(protocol.connection_made, self)
        loop.call_soon(self._start_reading)
        if waiter is not None:
            loop.call_soon(_set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        facts = [self.__class__.__name__]
        if self._sock is None:
            facts.append("closed")
        elif self._closing:
            facts.append("closing")
        facts.append(f"fd={self._sock_fd}")
        if self._loop is not None and not self._loop.is_closed():
            reading, writing = _uv.reader_of(self._loop, self._sock_fd), _uv.writer_of(self._loop, self._sock_fd)
            facts.append(f"read={'polling' if reading else 'idle'}")
            facts.append(f"write=<{'polling' if writing else 'idle'}, bufsize={self._buffer_size}>")
        return f"<{' '.join(facts)}>"

    def _watch(self, add, callback):
        add(self._loop, self._sock_fd, events.Handle(callback, (), self._loop, None))

    def _start_reading(self):
        if not self._closing:
            self._watch(_uv.add_reader, self._read_ready)

    def _read_ready(self):
        if self._conn_lost:
            return
        try:
            data, address = self._sock.recvfrom(self.max_size)
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as exc:
            self._protocol.error_received(exc)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, "Fatal read error on datagram transport")
        else:
            self._protocol.datagram_received(data, address)

    def get_write_buffer_size(self):
        return self._buffer_size

    def sendto(self, data, addr=None):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if self._address:
            if addr not in (None, self._address):
                raise ValueError(f"Invalid address: must be None or {self._address}")
            addr = self._address
        if self._conn_lost and self._address:
            if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning("socket.send() raised exception.")
            self._conn_lost += 1
            return
        if not self._buffer:
            if self._send(data, addr):
                return
            self._watch(_uv.add_writer, self._write_ready)
        self._buffer.append((bytes(data), addr))
        self._buffer_size += len(data) + _HEADER
        self._maybe_pause_protocol()

    def _send(self, data, addr):
        """False: not now. What goes wrong is told to the protocol, and the datagram is gone."""
        try:
            if self._extra["peername"]:
                self._sock.send(data)
            else:
                self._sock.sendto(data, addr)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as exc:
            self._protocol.error_received(exc)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, "Fatal write error on datagram transport")
        return True

    def _write_ready(self):
        while self._buffer and self._send(*self._buffer[0]):
            if not self._buffer:            # the protocol has aborted us
                return
            data, _ = self._buffer.popleft()
            self._buffer_size -= len(data) + _HEADER
        self._maybe_resume_protocol()
        if not self._buffer:
            _uv.remove_writer(self._loop, self._sock_fd)
            if self._closing:
                self._call_connection_lost(None)

    # -- The end --------------------------------------------------------------------------------------------------

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closing

    def close(self):
        if self._closing:
            return
        self._closing = True
        _uv.remove_reader(self._loop, self._sock_fd)
        if not self._buffer:
            self._conn_lost += 1
            self._loop.call_soon(self._call_connection_lost, None)

    def abort(self):
        self._force_close(None)

    def _force_close(self, exc):
        if self._conn_lost:
            return
        if self._buffer:
            self._buffer.clear()
            self._buffer_size = 0
            _uv.remove_writer(self._loop, self._sock_fd)
        if not self._closing:
            self._closing = True
            _uv.remove_reader(self._loop, self._sock_fd)
        self._conn_lost += 1
        self._loop.call_soon(self._call_connection_lost, exc)

    def _fatal_error(self, exc, message):
        if isinstance(exc, OSError):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            self._loop.call_exception_handler({"message": message, "exception": exc, "transport": self,
                                               "protocol": self._protocol})
        self._force_close(exc)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._sock.close()
            self._sock = None
            self._protocol = None
            self._loop = None

    def __del__(self):
        if self._sock is not None:
            from warnings import warn
            warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()


# -- The loop's method ------------------------------------------------------------------------------------------------

def _remove_stale_socket(path):
    try:
        if stat.S_ISSOCK(os.stat(path).st_mode):
            os.remove(path)
    except FileNotFoundError:
        pass
    except OSError as exc:
        logger.error("Unable to check or remove stale UNIX socket %r: %r", path, exc)


async def _address_pairs(loop, local_addr, remote_addr, family, proto, flags):
    """What to try in turn: ((family, proto), (local address, remote address))."""
    if not (local_addr or remote_addr):
        if family == 0:
            raise ValueError("unexpected address family")
        return [((family, proto), (None, None))]
    if family == socket.AF_UNIX:
        for addr in local_addr, remote_addr:
            if addr is not None and not isinstance(addr, str):
                raise TypeError("string is expected")
        if local_addr and local_addr[0] != "\0":
            _remove_stale_socket(local_addr)
        return [((family, proto), (local_addr, remote_addr))]
    found = {}
    for place, addr in enumerate((local_addr, remote_addr)):
        if addr is None:
            continue
        if not (isinstance(addr, tuple) and len(addr) == 2):
            raise TypeError("2-tuple is expected")
        infos = await ensure_resolved(loop, addr, family=family, type=socket.SOCK_DGRAM, proto=proto, flags=flags)
        if not infos:
            raise OSError("getaddrinfo() returned empty list")
        for known, _, protocol, _, address in infos:
            found.setdefault((known, protocol), [None, None])[place] = address
    pairs = [(key, pair) for key, pair in found.items()
             if not ((local_addr and pair[0] is None) or (remote_addr and pair[1] is None))]
    if not pairs:
        raise ValueError("can not get address information")
    return pairs


async def _open_socket(loop, key, pair, has_local, has_remote, reuse_port, allow_broadcast):
    family, proto = key
    sock = socket.socket(family=family, type=socket.SOCK_DGRAM, proto=proto)
    try:
        if reuse_port:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if allow_broadcast:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        sock.setblocking(False)
        if has_local:
            sock.bind(pair[0])
        if has_remote and not allow_broadcast:
            await loop.sock_connect(sock, pair[1])
        return sock
    except:
        sock.close()
        raise


async def create_datagram_endpoint(loop, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0,
                                   reuse_port=None, allow_broadcast=None, sock=None):
    remote = None
    if sock is not None:
        if sock.type == socket.SOCK_STREAM:
            raise ValueError(f"A datagram socket was expected, got {sock!r}")
        options = dict(local_addr=local_addr, remote_addr=remote_addr, family=family, proto=proto, flags=flags,
                       reuse_port=reuse_port, allow_broadcast=allow_broadcast)
        problems = ", ".join(f"{k}={v}" for k, v in options.items() if v)
        if problems:
            raise ValueError(f"socket modifier keyword arguments can not be used when sock is specified. ({problems})")
        sock.setblocking(False)
    else:
        errors = []
        for key, pair in await _address_pairs(loop, local_addr, remote_addr, family, proto, flags):
            try:
                sock = await _open_socket(loop, key, pair, bool(local_addr), bool(remote_addr), reuse_port, allow_broadcast)
            except OSError as exc:
                errors.append(exc)
            else:
                remote = pair[1] if remote_addr else None
                break
        else:
            raise errors[0]
    protocol = protocol_factory()
    waiter = loop.create_future()
    transport = _SelectorDatagramTransport(loop, sock, protocol, remote, waiter)
    if loop.get_debug():
        logger.debug("Datagram endpoint local_addr=%r remote_addr=%r created: (%r, %r)", local_addr, remote_addr, transport, protocol)
    try:
        await waiter
    except:
        transport.close()
        raise
    return transport, protocol
