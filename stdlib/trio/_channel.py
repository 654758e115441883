"""Memory channels: values from task to task, with a bounded buffer between.

    send, receive = trio.open_memory_channel(0)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(produce, send)       # await send.send(x) ... await send.aclose()
        async for value in receive:             # ends when the last sender has closed
            ...

With room 0 a send waits until somebody receives.  Both ends can be cloned; a side is closed when all its clones are.
Invariants: receivers wait only while nothing is buffered and no sender waits; senders wait only while the buffer is full.
A cancelled send has sent nothing, a cancelled receive has received nothing.
"""

import math
from collections import deque
from dataclasses import dataclass

from . import abc
from ._core import cancel_shielded_checkpoint, checkpoint, current_task, park, raise_if_cancelled, reschedule
from ._errors import BrokenResourceError, ClosedResourceError, EndOfChannel, WouldBlock

__all__ = ["MemoryChannelStatistics", "MemoryReceiveChannel", "MemorySendChannel", "open_memory_channel"]


@dataclass(frozen=True, slots=True)
class MemoryChannelStatistics:
    current_buffer_used: int
    max_buffer_size: int | float
    open_send_channels: int
    open_receive_channels: int
    tasks_waiting_send: int
    tasks_waiting_receive: int


class _State:
    """What both ends share."""

    __slots__ = ("max_buffer_size", "data", "senders", "receivers", "sending", "receiving")

    def __init__(self, max_buffer_size):
        self.max_buffer_size = max_buffer_size
        self.data = deque()
        self.senders = self.receivers = 0  # open ends of each side
        self.sending = {}                  # waiting task -> (its end, value), in order of arrival
        self.receiving = {}                # waiting task -> its end

    def leave_sending(self, task):
        del self.sending[task]
        return True

    def leave_receiving(self, task):
        del self.receiving[task]
        return True

    def statistics(self):
        return MemoryChannelStatistics(current_buffer_used=len(self.data), max_buffer_size=self.max_buffer_size,
                                       open_send_channels=self.senders, open_receive_channels=self.receivers,
                                       tasks_waiting_send=len(self.sending), tasks_waiting_receive=len(self.receiving))


class _OpenMemoryChannel:
    """open_memory_channel(n), and open_memory_channel[T](n) for type checkers."""

    __name__ = __qualname__ = "open_memory_channel"
    __module__ = "trio"

    def __call__(self, max_buffer_size):
        if max_buffer_size != math.inf and not isinstance(max_buffer_size, int):
            raise TypeError("max_buffer_size must be an integer or math.inf")
        if max_buffer_size < 0:
            raise ValueError("max_buffer_size must be >= 0")
        state = _State(max_buffer_size)
        return MemorySendChannel._open(state), MemoryReceiveChannel._open(state)

    def __getitem__(self, _):
        return self

    def __repr__(self):
        return "<function open_memory_channel>"


open_memory_channel = _OpenMemoryChannel()


class _End:
    """What sending and receiving ends have in common."""

    __slots__ = ("_state", "_closed", "__weakref__")

    def __init__(self, *args, **kwargs):
        raise TypeError(f"trio.{type(self).__qualname__} has no public constructor")

    @classmethod
    def _open(cls, state):
        end = cls.__new__(cls)
        end._state = state
        end._closed = False
        end._count(1)
        return end

    def __repr__(self):
        return f"<{'closed' if self._closed else 'open'} {type(self).__qualname__} at {id(self):#x} of channel {id(self._state):#x}>"

    def statistics(self):
        return self._state.statistics()

    def clone(self):
        """Another end of the same side; the side is open until both are closed."""
        if self._closed:
            raise ClosedResourceError
        return self._open(self._state)

    async def aclose(self):
        self.close()
        await checkpoint()

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, tb):
        self.close()


class MemorySendChannel(_End, abc.SendChannel):
    """The end that values go into."""

    __slots__ = ()

    def _count(self, n):
        self._state.senders += n

    def _put(self, value):
        # True: sent.  False: no room.
        state = self._state
        if self._closed:
            raise ClosedResourceError
        if not state.receivers:
            raise BrokenResourceError
        if state.receiving:
            for task in state.receiving:
                break
            del state.receiving[task]
            reschedule(task, value)
            return True
        if len(state.data) < state.max_buffer_size:
            state.data.append(value)
            return True
        return False

    def send_nowait(self, value):
        """Send, or raise WouldBlock when nobody waits for a value and the buffer is full."""
        if not self._put(value):
            raise WouldBlock

    async def send(self, value):
        """Send, waiting for room if need be.  A checkpoint."""
        raise_if_cancelled()
        if self._put(value):
            await cancel_shielded_checkpoint()
            return
        state = self._state
        state.sending[current_task()] = (self, value)
        await park(state.leave_sending)

    def close(self):
        """No more values from this end; tasks that wait in its send() get ClosedResourceError."""
        if self._closed:
            return
        self._closed = True
        state = self._state
        for task in [task for task, (end, _) in state.sending.items() if end is self]:
            del state.sending[task]
            reschedule(task, None, ClosedResourceError())
        state.senders -= 1
        if not state.senders:
            receiving, state.receiving = state.receiving, {}
            for task in receiving:
                reschedule(task, None, EndOfChannel())


class MemoryReceiveChannel(_End, abc.ReceiveChannel):
    """The end that values come out of.  `async for` receives until the end of the channel."""

    __slots__ = ()

    def _count(self, n):
        self._state.receivers += n

    def _get(self):
        # (value,), or None when nothing is there yet.
        state = self._state
        if self._closed:
            raise ClosedResourceError
        data = state.data
        if state.sending:
            # Who waited longest to send comes next in the buffer; with room 0 its value goes straight through.
            for task in state.sending:
                break
            data.append(state.sending.pop(task)[1])
            reschedule(task)
        if data:
            return (data.popleft(),)
        if not state.senders:
            raise EndOfChannel
        return None

    def receive_nowait(self):
        """The next value, or raise WouldBlock."""
        got = self._get()
        if got is None:
            raise WouldBlock
        return got[0]

    async def receive(self):
        """The next value, waited for if need be.  A checkpoint."""
        raise_if_cancelled()
        got = self._get()
        if got is not None:
            await cancel_shielded_checkpoint()
            return got[0]
        state = self._state
        state.receiving[current_task()] = self
        return await park(state.leave_receiving)

    def close(self):
        """Nothing is received here any more.  When the last receiver closes, what is buffered is lost and senders get BrokenResourceError."""
        if self._closed:
            return
        self._closed = True
        state = self._state
        for task in [task for task, end in state.receiving.items() if end is self]:
            del state.receiving[task]
            reschedule(task, None, ClosedResourceError())
        state.receivers -= 1
        if not state.receivers:
            sending, state.sending = state.sending, {}
            for task in sending:
                reschedule(task, None, BrokenResourceError())
            state.data.clear()


for _class in (MemorySendChannel, MemoryReceiveChannel, MemoryChannelStatistics):
    _class.__module__ = "trio"
del _class
