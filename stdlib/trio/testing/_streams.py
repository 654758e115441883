"""Streams in memory, for testing protocols without sockets.

    client, server = memory_stream_pair()
"""

import operator

from .._core import checkpoint
from .._errors import BrokenResourceError, BusyResourceError, ClosedResourceError, WouldBlock
from .._generic import StapledStream
from .._sync import Event
from ..abc import ReceiveStream, SendStream

__all__ = ["MemoryReceiveStream", "MemorySendStream", "lockstep_stream_one_way_pair", "lockstep_stream_pair",
           "memory_stream_one_way_pair", "memory_stream_pair", "memory_stream_pump"]


class _Busy:
    """One task at a time, or BusyResourceError."""

    def __init__(self, what):
        self._what = what
        self._held = False

    def __enter__(self):
        if self._held:
            raise BusyResourceError(f"another task is already {self._what}")
        self._held = True

    def __exit__(self, exc_type, exc, tb):
        self._held = False


class _Bytes:
    """Bytes on their way, without bounds."""

    def __init__(self):
        self._data = bytearray()
        self._closed = False
        self._wakeup = Event()
        self._busy = _Busy("using this stream")

    def _changed(self):
        self._wakeup.set()
        self._wakeup = Event()

    def close(self):
        self._closed = True
        self._changed()

    def close_and_wipe(self):
        self._data = bytearray()
        self.close()

    def put(self, data):
        if self._closed:
            raise ClosedResourceError("virtual connection closed")
        self._data += data
        self._changed()

    def _take(self, max_bytes):
        if max_bytes is None:
            max_bytes = len(self._data)
        taken = self._data[:max_bytes]
        del self._data[:max_bytes]
        return taken

    def get_nowait(self, max_bytes=None):
        with self._busy:
            if max_bytes is not None:
                max_bytes = operator.index(max_bytes)
                if max_bytes < 1:
                    raise ValueError("max_bytes must be >= 1")
            if not self._closed and not self._data:
                raise WouldBlock
            return self._take(max_bytes)

    async def get(self, max_bytes=None):
        with self._busy:
            if max_bytes is not None:
                max_bytes = operator.index(max_bytes)
                if max_bytes < 1:
                    raise ValueError("max_bytes must be >= 1")
            while not self._closed and not self._data:
                await self._wakeup.wait()
            return self._take(max_bytes)


async def _call(hook):
    if hook is not None:
        await hook()


class MemorySendStream(SendStream):
    """Keeps what is sent until somebody takes it with get_data().

    The hooks (an async, an async and a plain function, or None) are called within the methods they are named for.
    """

    def __init__(self, send_all_hook=None, wait_send_all_might_not_block_hook=None, close_hook=None):
        self._busy = _Busy("using this stream")
        self._outgoing = _Bytes()
        self.send_all_hook = send_all_hook
        self.wait_send_all_might_not_block_hook = wait_send_all_might_not_block_hook
        self.close_hook = close_hook

    async def send_all(self, data):
        with self._busy:
            await checkpoint()
            self._outgoing.put(data)
            await _call(self.send_all_hook)

    async def wait_send_all_might_not_block(self):
        with self._busy:
            await checkpoint()
            self._outgoing.put(b"")  # a closed stream says so
            await _call(self.wait_send_all_might_not_block_hook)

    def close(self):
        self._outgoing.close()
        if self.close_hook is not None:
            self.close_hook()

    async def aclose(self):
        self.close()
        await checkpoint()

    async def get_data(self, max_bytes=None):
        """What was sent, waited for if nothing is there; b"" after the stream was closed."""
        return await self._outgoing.get(max_bytes)

    def get_data_nowait(self, max_bytes=None):
        """The same, or WouldBlock."""
        return self._outgoing.get_nowait(max_bytes)


class MemoryReceiveStream(ReceiveStream):
    """Gives what was put into it with put_data()."""

    def __init__(self, receive_some_hook=None, close_hook=None):
        self._busy = _Busy("using this stream")
        self._incoming = _Bytes()
        self._closed = False
        self.receive_some_hook = receive_some_hook
        self.close_hook = close_hook

    async def receive_some(self, max_bytes=None):
        with self._busy:
            await checkpoint()
            if self._closed:
                raise ClosedResourceError
            await _call(self.receive_some_hook)
            data = await self._incoming.get(max_bytes)
            if self._closed:
                raise ClosedResourceError
            return data

    def close(self):
        self._closed = True
        self._incoming.close_and_wipe()
        if self.close_hook is not None:
            self.close_hook()

    async def aclose(self):
        self.close()
        await checkpoint()

    def put_data(self, data):
        """To be received."""
        self._incoming.put(data)

    def put_eof(self):
        """To be received after everything else: the end."""
        self._incoming.close()


def memory_stream_pump(memory_send_stream, memory_receive_stream, *, max_bytes=None):
    """Move what was sent into one stream to the other; False if there was nothing."""
    try:
        data = memory_send_stream.get_data_nowait(max_bytes)
    except WouldBlock:
        return False
    try:
        if not data:
            memory_receive_stream.put_eof()
        else:
            memory_receive_stream.put_data(data)
    except ClosedResourceError:
        raise BrokenResourceError("MemoryReceiveStream was closed") from None
    return True


def memory_stream_one_way_pair():
    """(send, receive), joined by an unlimited buffer."""
    send, receive = MemorySendStream(), MemoryReceiveStream()

    def pump():
        memory_stream_pump(send, receive)

    async def pump_async():
        pump()

    send.send_all_hook = pump_async
    send.close_hook = pump
    return send, receive


def _stapled(one_way):
    send1, receive1 = one_way()
    send2, receive2 = one_way()
    return StapledStream(send1, receive2), StapledStream(send2, receive1)


def memory_stream_pair():
    """Two streams, each the other's peer, with unlimited buffers."""
    return _stapled(memory_stream_one_way_pair)


# ---- without a buffer ---------------------------------------------------------------------------------------------------


class _Lockstep:
    """send_all() returns when the last of its bytes has been received."""

    def __init__(self):
        self._data = bytearray()
        self._sender_closed = self._receiver_closed = self._receiver_waiting = False
        self._wakeup = Event()
        self._send_busy = _Busy("sending")
        self._receive_busy = _Busy("receiving")

    def _changed(self):
        self._wakeup.set()
        self._wakeup = Event()

    async def _until(self, condition):
        while not condition():
            await self._wakeup.wait()
        await checkpoint()

    def close_sender(self):
        self._sender_closed = True
        self._changed()

    def close_receiver(self):
        self._receiver_closed = True
        self._changed()

    async def send_all(self, data):
        with self._send_busy:
            if self._sender_closed:
                raise ClosedResourceError
            if self._receiver_closed:
                raise BrokenResourceError
            self._data += data
            self._changed()
            await self._until(lambda: not self._data or self._sender_closed or self._receiver_closed)
            if self._sender_closed:
                raise ClosedResourceError
            if self._data and self._receiver_closed:
                raise BrokenResourceError

    async def wait_send_all_might_not_block(self):
        with self._send_busy:
            if self._sender_closed:
                raise ClosedResourceError
            if self._receiver_closed:
                await checkpoint()
                return
            await self._until(lambda: self._receiver_waiting or self._sender_closed or self._receiver_closed)
            if self._sender_closed:
                raise ClosedResourceError

    async def receive_some(self, max_bytes=None):
        with self._receive_busy:
            if max_bytes is not None:
                max_bytes = operator.index(max_bytes)
                if max_bytes < 1:
                    raise ValueError("max_bytes must be >= 1")
            if self._receiver_closed:
                raise ClosedResourceError
            self._receiver_waiting = True
            self._changed()
            try:
                await self._until(lambda: self._data or self._sender_closed or self._receiver_closed)
            finally:
                self._receiver_waiting = False
            if self._receiver_closed:
                raise ClosedResourceError
            if not self._data:
                return bytearray()
            got = self._data[:max_bytes]
            del self._data[:max_bytes]
            self._changed()
            return got


class _LockstepSend(SendStream):
    def __init__(self, state):
        self._state = state

    def close(self):
        self._state.close_sender()

    async def aclose(self):
        self.close()
        await checkpoint()

    async def send_all(self, data):
        await self._state.send_all(data)

    async def wait_send_all_might_not_block(self):
        await self._state.wait_send_all_might_not_block()


class _LockstepReceive(ReceiveStream):
    def __init__(self, state):
        self._state = state

    async def receive_some(self, max_bytes=None):
        return await self._state.receive_some(max_bytes)

    def close(self):
        self._state.close_receiver()

    async def aclose(self):
        self.close()
        await checkpoint()


def lockstep_stream_one_way_pair():
    """(send, receive) without a buffer between."""
    state = _Lockstep()
    return _LockstepSend(state), _LockstepReceive(state)


def lockstep_stream_pair():
    """Two streams, each the other's peer, without buffers."""
    return _stapled(lockstep_stream_one_way_pair)
