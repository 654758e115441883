"""Small tools for any stream: closing at once, and one stream out of two halves."""

from . import abc
from ._core import CancelScope

__all__ = ["StapledStream", "aclose_forcefully"]


async def aclose_forcefully(resource):
    """Close without a graceful goodbye: aclose() under a cancel that is already there."""
    with CancelScope() as scope:
        scope.cancel(reason="cancelled during aclose_forcefully")
        await resource.aclose()


class StapledStream(abc.HalfCloseableStream):
    """A SendStream and a ReceiveStream that make a Stream together.

        both = trio.StapledStream(process.stdin, process.stdout)
    """

    def __init__(self, send_stream, receive_stream):
        self.send_stream = send_stream
        self.receive_stream = receive_stream

    def __repr__(self):
        return f"StapledStream(send_stream={self.send_stream!r}, receive_stream={self.receive_stream!r})"

    def __class_getitem__(cls, _):
        return cls

    async def send_all(self, data):
        await self.send_stream.send_all(data)

    async def wait_send_all_might_not_block(self):
        await self.send_stream.wait_send_all_might_not_block()

    async def send_eof(self):
        """End the sending half: with its own send_eof() if it has one, else by closing it."""
        end = getattr(self.send_stream, "send_eof", None)
        if end is None:
            await self.send_stream.aclose()
        else:
            await end()

    async def receive_some(self, max_bytes=None):
        return await self.receive_stream.receive_some(max_bytes)

    async def aclose(self):
        try:
            await self.send_stream.aclose()
        finally:
            await self.receive_stream.aclose()


StapledStream.__module__ = aclose_forcefully.__module__ = "trio"
