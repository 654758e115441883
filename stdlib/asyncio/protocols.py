"""Base classes of protocols: what a transport calls."""

__all__ = ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol")


class BaseProtocol:
    """Calls that all protocols get: connection_made first, connection_lost last, both once."""

    __slots__ = ()

    def connection_made(self, transport):
        """The connection is there."""

    def connection_lost(self, exc):
        """It is gone: exc is None at a regular end."""

    def pause_writing(self):
        """The transport's buffer is above its high-water mark."""

    def resume_writing(self):
        """It is below its low-water mark again."""


class Protocol(BaseProtocol):
    """Of a stream. Between connection_made and connection_lost: data_received any number of times, eof_received at most once."""

    __slots__ = ()

    def data_received(self, data):
        """data: bytes, not empty."""

    def eof_received(self):
        """The other end will send no more. A true value keeps our end open."""


class BufferedProtocol(BaseProtocol):
    """Of a stream that is read into the protocol's own buffer."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """A writable buffer that isn't empty; sizehint -1: any size."""

    def buffer_updated(self, nbytes):
        """So many bytes have been put into it."""

    def eof_received(self):
        """As in Protocol."""


class DatagramProtocol(BaseProtocol):

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A datagram came from addr."""

    def error_received(self, exc):
        """Sending or receiving failed with an OSError."""


class SubprocessProtocol(BaseProtocol):

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The process has written to its descriptor fd (1 or 2)."""

    def pipe_connection_lost(self, fd, exc):
        """That pipe is closed."""

    def process_exited(self):
        """The process has ended."""


def _feed_data_to_buffered_proto(proto, data):
    """Gives data to a BufferedProtocol, in as many pieces as its buffers need."""
    data = memoryview(data)
    while len(data):
        buffer = proto.get_buffer(len(data))
        room = len(buffer)
        if not room:
            raise RuntimeError("get_buffer() returned an empty buffer")
        taken = min(room, len(data))
        buffer[:taken] = data[:taken]
        proto.buffer_updated(taken)
        data = data[taken:]
