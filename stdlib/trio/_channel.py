"""Memory channels: values from task to task, with a bounded buffer between.

    send, receive = trio.open_memory_channel(0)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(produce, send)       # await send.send(x) ... await send.aclose()
        async for value in receive:             # ends when the last sender has closed
            ...

With room 0 a send waits until somebody receives.  Both ends can be cloned; a side is closed when all its clones are.  A
cancelled send has sent nothing, a cancelled receive has received nothing.  The ends are the engine's own.
"""

from _skein import ReceiveEnd as MemoryReceiveChannel, SendEnd as MemorySendChannel, channel

from . import abc

__all__ = ["MemoryReceiveChannel", "MemorySendChannel", "open_memory_channel"]

abc.SendChannel.register(MemorySendChannel)
abc.ReceiveChannel.register(MemoryReceiveChannel)


class _OpenMemoryChannel:
    """open_memory_channel(n): (send, receive) over a buffer of n values; math.inf is no limit.
    open_memory_channel[T](n) is the same, for type checkers."""

    __name__ = __qualname__ = "open_memory_channel"
    __module__ = "trio"

    __call__ = staticmethod(channel)

    def __getitem__(self, _):
        return channel

    def __repr__(self):
        return "<function open_memory_channel>"


open_memory_channel = _OpenMemoryChannel()
