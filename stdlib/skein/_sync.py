"""Semaphore and Condition: hand-over to the longest waiting task; every wait is a checkpoint."""

from collections import namedtuple

from _skein import CancelScope, Lock, ParkingLot, WouldBlock
from _tasks import checkpoint_if_cancelled, current_task

__all__ = ["ChannelStatistics", "Condition", "Semaphore"]

ChannelStatistics = namedtuple(
    "ChannelStatistics",
    "current_buffer_used max_buffer_size open_send_channels open_receive_channels tasks_waiting_send tasks_waiting_receive")


class Semaphore:
    """A number of tokens; acquire() takes one and waits while there is none.

    >>> at_most_ten = Semaphore(10)
    >>> async def job():
    ...     async with at_most_ten:
    ...         ...
    """

    def __init__(self, initial_value, *, max_value=None):
        if not isinstance(initial_value, int):
            raise TypeError("initial_value must be an int")
        if initial_value < 0:
            raise ValueError("initial value must be >= 0")
        if max_value is not None and not isinstance(max_value, int):
            raise TypeError("max_value must be None or an int")
        if max_value is not None and max_value < initial_value:
            raise ValueError("max_value must be >= initial_value")
        self._lot = ParkingLot()
        self._value = initial_value
        self._max_value = max_value

    def __repr__(self):
        most = "" if self._max_value is None else f", max_value={self._max_value}"
        return f"<{type(self).__name__}({self._value}{most}) at {id(self):#x}>"

    @property
    def value(self):
        return self._value

    @property
    def max_value(self):
        return self._max_value

    @property
    def tasks_waiting(self):
        return len(self._lot)

    def acquire_nowait(self):
        """Takes a token, or raises WouldBlock."""
        if not self._value:
            raise WouldBlock
        self._value -= 1

    async def acquire(self):
        """Takes a token; waits until it is this task's turn to have one."""
        await checkpoint_if_cancelled()
        if self._value:
            self._value -= 1
        else:
            await self._lot.park(pass_on=True)  # release() gives its token to who it lets go

    def release(self):
        """Gives a token back, to the task that has waited longest if one waits."""
        if self._lot:
            self._lot.unpark()
        elif self._max_value is not None and self._value == self._max_value:
            raise ValueError("semaphore released too many times")
        else:
            self._value += 1

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, *exc):
        self.release()


class Condition:
    """A lock with a place to wait until another task says that something changed."""

    def __init__(self, lock=None):
        if lock is not None and type(lock) is not Lock:
            raise TypeError("lock must be a skein.Lock")
        self._lock = Lock() if lock is None else lock
        self._lot = ParkingLot()

    @property
    def tasks_waiting(self):
        return len(self._lot)

    def locked(self):
        return self._lock.locked()

    def acquire_nowait(self):
        return self._lock.acquire_nowait()

    async def acquire(self):
        await self._lock.acquire()

    def release(self):
        self._lock.release()

    async def __aenter__(self):
        await self._lock.acquire()

    async def __aexit__(self, *exc):
        self._lock.release()

    def _need_lock(self, what):
        if self._lock.owner is not current_task():
            raise RuntimeError(f"must hold the lock to {what}")

    async def wait(self):
        """Gives the lock up, waits for notify(), takes the lock again: also when the wait is cancelled."""
        self._need_lock("wait")
        await checkpoint_if_cancelled()
        self._lock.release()
        try:
            await self._lot.park(pass_on=True)
        finally:
            with CancelScope(shield=True):
                await self._lock.acquire()

    def notify(self, n=1):
        """Lets n of the waiting tasks go on, one after the other when they get the lock."""
        self._need_lock("notify")
        self._lot.unpark(count=n)

    def notify_all(self):
        """Lets all waiting tasks go on."""
        self._need_lock("notify")
        self._lot.unpark_all()
