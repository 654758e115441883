"""Transports: the cold half in Python. Reading, writing and the write buffer are _uv.Transport's."""

import _uv
import socket

from . import protocols
from .futures import _set_result_unless_cancelled
from .log import logger
from .trsock import TransportSocket


class _Transport(_uv.Transport):
    """Of one descriptor: flow control, errors, the end."""

    _server = None

    def __init__(self, loop, fd, sock, protocol, is_socket, extra=None):
        _uv.Transport.__init__(self, loop, fd, sock, protocol, is_socket)
        self._extra = {} if extra is None else extra
        self.set_protocol(protocol)

    def _start(self, waiter, read=True):
        """The protocol hears of the connection in the next pass of the loop, data may come after that."""
        loop = self._loop
        loop.call_soon(self._protocol.connection_made, self)
        if read:
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
            reading, writing = self._watched()
            facts.append(f"read={'polling' if reading else 'idle'}")
            facts.append(f"write=<{'polling' if writing else 'idle'}, bufsize={self.get_write_buffer_size()}>")
        return f"<{' '.join(facts)}>"

    def get_extra_info(self, name, default=None):
        return self._extra.get(name, default)

    def set_protocol(self, protocol):
        self._protocol = protocol
        self._attach_reader(None)
        self._buffered = isinstance(protocol, protocols.BufferedProtocol)

    # -- Flow control ---------------------------------------------------------------------------------------------

    def set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = 64 * 1024 if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self._set_limits(high, low)

    def _pause_protocol(self):
        self._protocol_paused = True
        self._tell("pause_writing")

    def _resume_protocol(self):
        self._protocol_paused = False
        self._tell("resume_writing")

    def _tell(self, what):
        try:
            getattr(self._protocol, what)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({"message": f"protocol.{what}() failed", "exception": exc,
                                               "transport": self, "protocol": self._protocol})

    def _too_late(self):
        logger.warning("socket.send() raised exception.")

    def writelines(self, list_of_data):
        if self._eof:
            raise RuntimeError("Cannot call writelines() after write_eof()")
        self.write(b"".join(list_of_data))

    # -- Reading --------------------------------------------------------------------------------------------------

    def _read_into_buffer(self):
        protocol = self._protocol
        try:
            buffer = protocol.get_buffer(-1)
            if not len(buffer):
                raise RuntimeError("get_buffer() returned an empty buffer")
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, "Fatal error: protocol.get_buffer() call failed.")
            return
        try:
            count = self._sock.recv_into(buffer)
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, "Fatal read error on socket transport")
            return
        if not count:
            self._read_eof()
            return
        try:
            protocol.buffer_updated(count)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, "Fatal error: protocol.buffer_updated() call failed.")

    def _read_eof(self):
        if self._loop.get_debug():
            logger.debug("%r received EOF", self)
        try:
            keep_open = self._protocol.eof_received()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._fatal_error(exc, "Fatal error: protocol.eof_received() call failed.")
            return
        if keep_open:
            self._stop_reading()
        else:
            self.close()

    # -- The end --------------------------------------------------------------------------------------------------

    def close(self):
        if self._begin_close(False):
            self._loop.call_soon(self._call_connection_lost, None)

    def abort(self):
        self._force_close(None)

    def _force_close(self, exc):
        if self._begin_close(True):
            self._loop.call_soon(self._call_connection_lost, exc)

    def _fatal_error(self, exc, message="Fatal error on transport"):
        if isinstance(exc, OSError):
            if self._loop.get_debug():
                logger.debug("%r: %s", self, message, exc_info=True)
        else:
            self._loop.call_exception_handler({"message": message, "exception": exc, "transport": self,
                                               "protocol": self._protocol})
        self._force_close(exc)

    def _call_connection_lost(self, exc):
        sock = self._sock
        try:
            if self._protocol is not None:
                self._protocol.connection_lost(exc)
        finally:
            self._release()
            sock.close()
            server, self._server = self._server, None
            if server is not None:
                server._detach(self)

    def __del__(self):
        if self._sock is not None:
            from warnings import warn
            warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()
            if self._server is not None:
                self._server._detach(self)


class _SelectorSocketTransport(_Transport):

    __module__ = "asyncio.selector_events"
    _start_tls_compatible = False

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        _Transport.__init__(self, loop, sock.fileno(), sock, protocol, True, extra)
        info = self._extra
        info["socket"] = TransportSocket(sock)
        for name, ask in ("sockname", sock.getsockname), ("peername", sock.getpeername):
            if name not in info or name == "sockname":
                try:
                    info[name] = ask()
                except OSError:
                    info[name] = None
        if server is not None:
            self._server = server
            server._attach(self)
        if sock.family in (socket.AF_INET, socket.AF_INET6) and sock.type == socket.SOCK_STREAM:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._start(waiter)

    def can_write_eof(self):
        return True

    def write_eof(self):
        if self._closing or self._eof:
            return
        self._eof = True
        if not self.get_write_buffer_size():
            self._shut_down()

    def _shut_down(self):
        self._sock.shutdown(socket.SHUT_WR)
