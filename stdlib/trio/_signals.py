"""Signals as an async iterator.

    with trio.open_signal_receiver(signal.SIGHUP, signal.SIGTERM) as signals:
        async for signum in signals:
            ...
"""

import signal
import threading
from contextlib import contextmanager

from ._core import cancel_shielded_checkpoint, raise_if_cancelled, running_engine
from ._errors import BusyResourceError
from ._parking import ParkingLot

__all__ = ["open_signal_receiver"]


class _SignalQueue:
    """Each signal once, however often it came, in order of arrival."""

    def __init__(self):
        self._pending = {}
        self._lot = ParkingLot()
        self._closed = False

    def _arrived(self, signum):
        if self._closed:
            signal.raise_signal(signum)  # nobody here any more: whoever has the signal now shall get it
            return
        self._pending[signum] = None
        self._lot.unpark()

    def _redeliver(self):
        self._closed = True
        while self._pending:
            signum = next(iter(self._pending))
            del self._pending[signum]
            if signal.getsignal(signum) is not signal.SIG_IGN:
                signal.raise_signal(signum)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self._closed:
            raise RuntimeError("open_signal_receiver block already exited")
        if self._lot:
            raise BusyResourceError("another task is already waiting for these signals")
        raise_if_cancelled()
        if not self._pending:
            engine = running_engine()
            engine.hold(1)  # a signal can always come: waiting for it is no deadlock
            try:
                await self._lot.park()
            finally:
                engine.hold(-1)
        else:
            await cancel_shielded_checkpoint()
        signum = next(iter(self._pending))
        del self._pending[signum]
        return signum


@contextmanager
def open_signal_receiver(*signals):
    """While the block runs, these signals don't do what they usually do: they come out of the iterator."""
    if not signals:
        raise TypeError("No signals were provided")
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("Sorry, open_signal_receiver is only possible when running in Python interpreter main thread")
    engine = running_engine()
    if engine is None:
        raise RuntimeError("must be called from async context")
    queue = _SignalQueue()

    def handler(signum, frame):
        engine.call_soon_threadsafe(queue._arrived, signum)

    before = {}
    try:
        for signum in set(signals):
            before[signum] = signal.signal(signum, handler)
        yield queue
    finally:
        for signum, old in before.items():
            signal.signal(signum, old)
        queue._redeliver()
