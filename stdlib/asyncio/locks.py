"""Locks between tasks. Event, Lock and the semaphores are native; Condition and Barrier stand on them."""

__all__ = ("Lock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier")

from _aio import BoundedSemaphore, Event, Lock, Semaphore

from . import exceptions, mixins


class _ContextManagerMixin:
    """`async with` around acquire() and release()."""

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


class _Waiters(dict):
    """Futures in order of arrival; each can leave at once, wherever it stands."""

    def append(self, told):
        self[told] = None


class Condition(_ContextManagerMixin, mixins._LoopBoundMixin):
    """A lock, and tasks that wait for those who hold it to say that something has changed."""

    def __init__(self, lock=None):
        if lock is None:
            lock = Lock()
        self._lock = lock
        self.locked = lock.locked
        self.acquire = lock.acquire
        self.release = lock.release
        self._waiters = _Waiters()

    def __repr__(self):
        state = "locked" if self.locked() else "unlocked"
        if self._waiters:
            state += f", waiters:{len(self._waiters)}"
        return f"<{super().__repr__()[1:-1]} [{state}]>"

    async def wait(self):
        """Gives the lock away, waits for notify(), takes the lock again."""
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        told = self._get_loop().create_future()
        self.release()
        try:
            try:
                self._waiters.append(told)
                try:
                    await told
                    return True
                finally:
                    del self._waiters[told]
            finally:
                await self._take_back()
        except BaseException:
            # Cancelled, perhaps after we were told: then somebody else must hear of it. At worst one wakes for nothing.
            self._notify(1)
            raise

    async def _take_back(self):
        """The lock must be held when wait() ends, however often the task is cancelled meanwhile."""
        cancelled = None
        while True:
            try:
                await self.acquire()
                break
            except exceptions.CancelledError as exc:
                cancelled = exc
        if cancelled is not None:
            try:
                raise cancelled
            finally:
                cancelled = None    # no cycle through this frame

    async def wait_for(self, predicate):
        """Waits until predicate() is true; its value."""
        while not (value := predicate()):
            await self.wait()
        return value

    def notify(self, n=1):
        """Wakes at most n of the waiting tasks; they go on one by one when the lock is free."""
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._notify(n)

    def _notify(self, n):
        for told in self._waiters:
            if n <= 0:
                break
            if not told.done():
                told.set_result(False)
                n -= 1

    def notify_all(self):
        self.notify(len(self._waiters))


class Barrier(mixins._LoopBoundMixin):
    """Tasks wait until |parties| of them are there, and go on together. Can be used again and again."""

    def __init__(self, parties):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition()
        self._parties = parties
        self._state = "filling"     # then "draining"; "resetting" and "broken" by reset() and abort()
        self._count = 0             # tasks inside

    def __repr__(self):
        state = self._state
        if not self.broken:
            state += f", waiters:{self.n_waiting}/{self.parties}"
        return f"<{super().__repr__()[1:-1]} [{state}]>"

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, *args):
        pass

    async def wait(self):
        """Waits for the others. Each of them gets another number from 0 to parties - 1."""
        async with self._cond:
            await self._block()
            try:
                index = self._count
                self._count += 1
                if index + 1 == self._parties:
                    self._change("draining")
                else:
                    await self._wait()
                return index
            finally:
                self._count -= 1
                if self._count == 0 and self._state in ("resetting", "draining"):
                    self._change("filling")

    def _change(self, state):
        self._state = state
        self._cond.notify_all()

    async def _block(self):
        """Waits until the tasks of the last round have left."""
        await self._cond.wait_for(lambda: self._state not in ("draining", "resetting"))
        if self._state == "broken":
            raise exceptions.BrokenBarrierError("Barrier aborted")

    async def _wait(self):
        await self._cond.wait_for(lambda: self._state != "filling")
        if self._state in ("broken", "resetting"):
            raise exceptions.BrokenBarrierError("Abort or reset of barrier")

    async def reset(self):
        """Tasks that wait get BrokenBarrierError; the barrier is empty then."""
        async with self._cond:
            self._change("resetting" if self._count > 0 else "filling")

    async def abort(self):
        """Whoever waits or comes gets BrokenBarrierError, until reset()."""
        async with self._cond:
            self._change("broken")

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return self._count if self._state == "filling" else 0

    @property
    def broken(self):
        return self._state == "broken"
