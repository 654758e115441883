"""Event, Lock, StrictFIFOLock, Semaphore, Condition.

    lock = trio.Lock()
    async with lock:
        ...

Each acquisition is a checkpoint, also when it need not wait.  Release hands over: whoever waited longest owns the thing
before anybody else can try, so nobody is overtaken.
"""

from dataclasses import dataclass

from _skein import Event as _Event

from ._core import CancelScope, cancel_shielded_checkpoint, current_task, raise_if_cancelled, reschedule
from ._errors import BrokenResourceError, WouldBlock
from ._parking import ParkingLot

__all__ = ["Condition", "ConditionStatistics", "Event", "EventStatistics", "Lock", "LockStatistics", "Semaphore", "StrictFIFOLock"]


class _AsyncContext:
    """`async with` means acquire() and release()."""

    __slots__ = ()

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


# ---- Event --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventStatistics:
    tasks_waiting: int


class Event(_Event):
    """A flag that goes up once (set()); tasks can wait for that (wait(), a checkpoint in any case)."""

    __slots__ = ()

    def statistics(self):
        return EventStatistics(tasks_waiting=self.tasks_waiting)


# ---- Lock ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LockStatistics:
    locked: bool
    owner: object
    tasks_waiting: int


class Lock(_AsyncContext):
    """One task at a time.  Only the owner may release it, and no task can own it twice."""

    __slots__ = ("_lot", "_owner", "_watched", "__weakref__")

    def __init__(self):
        self._lot = ParkingLot()
        self._owner = None
        self._watched = None  # the owner on whose end somebody relies

    def __repr__(self):
        state = "locked" if self.locked() else "unlocked"
        waiting = f" with {len(self._lot)} waiters" if self._lot else ""
        return f"<{state} {type(self).__module__.partition('.')[0]}.{type(self).__qualname__} object at {id(self):#x}{waiting}>"

    def locked(self):
        return self._owner is not None

    def _take(self, task):
        # True: it is ours now.  A waiter that was handed the lock owns it although it has not run yet, so nobody slips in.
        owner = self._owner
        if owner is None:
            self._owner = task
            return True
        if owner is task:
            raise RuntimeError("attempt to re-acquire an already held Lock")
        return False

    def acquire_nowait(self):
        if not self._take(current_task()):
            raise WouldBlock

    async def acquire(self):
        raise_if_cancelled()
        task = current_task()
        if self._take(task):
            try:
                await cancel_shielded_checkpoint()
            except BaseException:  # thrown in by hand: the caller does not hold it
                self.release()
                raise
            return
        self._watch_owner()
        await self._lot.park()

    def release(self):
        if self._owner is not current_task():
            raise RuntimeError("can't release a Lock you don't own")
        self._unwatch()
        if self._lot._parked:
            self._owner = self._lot.unpark()[0]
            if self._lot._parked:
                self._watch_owner()
        else:
            self._owner = None

    # An owner that ends without releasing would leave the others asleep for ever.  Only when somebody waits is there
    # anything to watch, so a free lock costs nothing.

    def _watch_owner(self):
        owner = self._owner
        if owner.done():
            raise BrokenResourceError(f"Owner of this lock exited without releasing: {owner}")
        if self._watched is not owner:
            self._unwatch()
            self._watched = owner
            owner.add_done_callback(self._owner_ended)

    def _unwatch(self):
        if self._watched is not None:
            self._watched.remove_done_callback(self._owner_ended)
            self._watched = None

    def _owner_ended(self, task):
        self._watched = None
        if self._owner is not task:
            return
        for sleeper in list(self._lot._parked):
            del self._lot._parked[sleeper]
            reschedule(sleeper, None, BrokenResourceError(f"Owner of this lock exited without releasing: {task}"))

    def statistics(self):
        return LockStatistics(locked=self.locked(), owner=self._owner, tasks_waiting=len(self._lot))


class StrictFIFOLock(Lock):
    """A Lock whose order of service is part of its promise (Lock's is the same here, but need not stay so)."""

    __slots__ = ()


# ---- Semaphore ----------------------------------------------------------------------------------------------------------


class Semaphore(_AsyncContext):
    """A number that acquire() lowers, waiting while it is 0, and release() raises."""

    __slots__ = ("_lot", "_value", "_max_value", "__weakref__")

    def __init__(self, initial_value, *, max_value=None):
        if not isinstance(initial_value, int):
            raise TypeError("initial_value must be an int")
        if initial_value < 0:
            raise ValueError("initial value must be >= 0")
        if max_value is not None:
            if not isinstance(max_value, int):
                raise TypeError("max_value must be None or an int")
            if max_value < initial_value:
                raise ValueError("max_values must be >= initial_value")
        self._lot = ParkingLot()
        self._value = initial_value
        self._max_value = max_value

    def __repr__(self):
        most = "" if self._max_value is None else f", max_value={self._max_value}"
        return f"<trio.Semaphore({self._value}{most}) at {id(self):#x}>"

    @property
    def value(self):
        return self._value

    @property
    def max_value(self):
        return self._max_value

    def acquire_nowait(self):
        if not self._value:
            raise WouldBlock
        self._value -= 1

    async def acquire(self):
        raise_if_cancelled()
        if self._value:
            self._value -= 1
            await cancel_shielded_checkpoint()
        else:
            await self._lot.park()

    def release(self):
        if self._lot._parked:
            self._lot.unpark()  # the unit goes straight to who waited longest
        elif self._max_value is not None and self._value == self._max_value:
            raise ValueError("semaphore released too many times")
        else:
            self._value += 1

    def statistics(self):
        return self._lot.statistics()


# ---- Condition ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConditionStatistics:
    tasks_waiting: int
    lock_statistics: LockStatistics


class Condition(_AsyncContext):
    """A Lock whose owner may sleep until another owner says that something has changed."""

    __slots__ = ("_lock", "_lot", "__weakref__")

    def __init__(self, lock=None):
        if lock is None:
            lock = Lock()
        if type(lock) is not Lock:
            raise TypeError("lock must be a trio.Lock")
        self._lock = lock
        self._lot = ParkingLot()

    def locked(self):
        return self._lock.locked()

    def acquire_nowait(self):
        return self._lock.acquire_nowait()

    async def acquire(self):
        await self._lock.acquire()

    def release(self):
        self._lock.release()

    async def wait(self):
        """Release the lock, sleep until notified, and return with the lock held again, whatever happens meanwhile."""
        if self._lock._owner is not current_task():
            raise RuntimeError("must hold the lock to wait")
        self._lock.release()
        # notify() moves the sleeper to the lock's own lot, so that waking up means owning the lock.
        try:
            await self._lot.park()
        except BaseException:
            with CancelScope(shield=True):
                await self.acquire()
            raise

    def notify(self, n=1):
        """Wake n of those who wait."""
        lock = self._lock
        if lock._owner is not current_task():
            raise RuntimeError("must hold the lock to notify")
        if self._lot._parked and n > 0:
            self._lot.repark(lock._lot, count=n)
            lock._watch_owner()

    def notify_all(self):
        self.notify(len(self._lot))

    def statistics(self):
        return ConditionStatistics(tasks_waiting=len(self._lot), lock_statistics=self._lock.statistics())


for _name in __all__:
    globals()[_name].__module__ = "trio"
del _name
