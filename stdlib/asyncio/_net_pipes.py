"""Pipes: transports for one direction."""

import os
import stat

from ._net_transports import _Transport
from .log import logger


class _PipeTransport(_Transport):
    """What both directions share."""

    __module__ = "asyncio.unix_events"

    def __init__(self, loop, pipe, protocol, extra, kinds, complaint):
        fd = pipe.fileno()
        mode = os.fstat(fd).st_mode
        if not any(kind(mode) for kind in kinds):
            raise ValueError(complaint)
        self._kind = mode
        _Transport.__init__(self, loop, fd, pipe, protocol, False, extra)
        self._extra["pipe"] = pipe
        os.set_blocking(fd, False)

    @property
    def _pipe(self):
        return self._sock

    def __repr__(self):
        facts = [self.__class__.__name__]
        if self._sock is None:
            facts.append("closed")
        elif self._closing:
            facts.append("closing")
        facts.append(f"fd={self._sock_fd}")
        if self._sock is not None:
            polling = any(self._watched())
            facts.append("polling" if polling else "idle")
            facts += self._buffer_facts()
        elif self._sock is None:
            facts.append("closed")
        return f"<{' '.join(facts)}>"

    def _buffer_facts(self):
        return []


class _UnixReadPipeTransport(_PipeTransport):

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(loop, pipe, protocol, extra, (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR),
                         "Pipe transport is for pipes/sockets only.")
        self._start(waiter)

    def _read_eof(self):
        loop = self._loop
        if loop.get_debug():
            logger.info("%r was closed by peer", self)
        loop.call_soon(self._protocol.eof_received)
        self.close()


class _UnixWritePipeTransport(_PipeTransport):

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(loop, pipe, protocol, extra, (stat.S_ISCHR, stat.S_ISFIFO, stat.S_ISSOCK),
                         "Pipe transport is only for pipes, sockets and character devices")
        # A pipe whose other end is closed becomes readable (or broken): that is how we hear of it.
        self._start(waiter, read=not stat.S_ISCHR(self._kind))

    def set_protocol(self, protocol):
        super().set_protocol(protocol)
        self._buffered = True           # "data" comes as a call of _read_into_buffer

    def _buffer_facts(self):
        return [f"bufsize={self.get_write_buffer_size()}"]

    def _read_into_buffer(self):
        if self._loop.get_debug():
            logger.info("%r was closed by peer", self)
        self._force_close(BrokenPipeError() if self.get_write_buffer_size() else None)

    def _too_late(self):
        logger.warning("pipe closed by peer or os.write(pipe, data) raised exception.")

    def can_write_eof(self):
        return True

    def write_eof(self):
        self.close()


async def _connect(loop, protocol_factory, pipe, cls, name):
    protocol = protocol_factory()
    waiter = loop.create_future()
    transport = cls(loop, pipe, protocol, waiter)
    try:
        await waiter
    except:
        transport.close()
        raise
    if loop.get_debug():
        logger.debug("%s pipe %r connected: (%r, %r)", name, pipe.fileno(), transport, protocol)
    return transport, protocol


async def connect_read_pipe(loop, protocol_factory, pipe):
    return await _connect(loop, protocol_factory, pipe, _UnixReadPipeTransport, "Read")


async def connect_write_pipe(loop, protocol_factory, pipe):
    return await _connect(loop, protocol_factory, pipe, _UnixWritePipeTransport, "Write")
