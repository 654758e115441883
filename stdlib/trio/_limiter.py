"""CapacityLimiter: at most so many borrowers at a time, and each of them once.

    limiter = trio.CapacityLimiter(2)
    async with limiter:
        ...                     # at most two tasks are here

A borrower is the running task, or any hashable object with the *_on_behalf_of() methods.
"""

import math
from dataclasses import dataclass

from ._core import cancel_shielded_checkpoint, current_task, raise_if_cancelled
from ._errors import WouldBlock
from ._parking import ParkingLot
from ._sync import _AsyncContext

__all__ = ["CapacityLimiter", "CapacityLimiterStatistics"]


@dataclass(frozen=True, slots=True)
class CapacityLimiterStatistics:
    borrowed_tokens: int
    total_tokens: int | float
    borrowers: list
    tasks_waiting: int


class CapacityLimiter(_AsyncContext):
    """Tokens that are borrowed and given back."""

    __slots__ = ("_lot", "_borrowers", "_pending", "_total", "__weakref__")

    def __init__(self, total_tokens):
        self._lot = ParkingLot()
        self._borrowers = {}
        self._pending = {}  # sleeping task -> on whose behalf
        self._total = 0
        self.total_tokens = total_tokens

    def __repr__(self):
        return f"<trio.CapacityLimiter at {id(self):#x}, {self.borrowed_tokens}/{self._total} with {len(self._lot)} waiting>"

    @property
    def total_tokens(self):
        """How many there are; may be changed at any time, also below what is lent out."""
        return self._total

    @total_tokens.setter
    def total_tokens(self, value):
        if not isinstance(value, int) and value != math.inf:
            raise TypeError("total_tokens must be an int or math.inf")
        if value < 0:
            raise ValueError("total_tokens must be >= 0")
        self._total = value
        self._wake()

    @property
    def borrowed_tokens(self):
        return len(self._borrowers)

    @property
    def available_tokens(self):
        """Negative when more is lent than there now is."""
        return self._total - len(self._borrowers)

    def _wake(self):
        free = self._total - len(self._borrowers)
        if free > 0 and self._lot._parked:
            for task in self._lot.unpark(count=free):
                self._borrowers[self._pending.pop(task)] = None

    def _take(self, borrower):
        if borrower in self._borrowers:
            raise RuntimeError("this borrower is already holding one of this CapacityLimiter's tokens")
        if len(self._borrowers) < self._total and not self._lot._parked:
            self._borrowers[borrower] = None
            return True
        return False

    def acquire_nowait(self):
        self.acquire_on_behalf_of_nowait(current_task())

    def acquire_on_behalf_of_nowait(self, borrower):
        if not self._take(borrower):
            raise WouldBlock

    async def acquire(self):
        await self.acquire_on_behalf_of(current_task())

    async def acquire_on_behalf_of(self, borrower):
        raise_if_cancelled()
        if self._take(borrower):
            try:
                await cancel_shielded_checkpoint()
            except BaseException:
                self.release_on_behalf_of(borrower)
                raise
            return
        task = current_task()
        self._pending[task] = borrower
        try:
            await self._lot.park()
        except BaseException:
            self._pending.pop(task, None)
            raise

    def release(self):
        self.release_on_behalf_of(current_task())

    def release_on_behalf_of(self, borrower):
        if borrower not in self._borrowers:
            raise RuntimeError("this borrower isn't holding any of this CapacityLimiter's tokens")
        del self._borrowers[borrower]
        self._wake()

    def statistics(self):
        return CapacityLimiterStatistics(borrowed_tokens=len(self._borrowers), total_tokens=self._total,
                                         borrowers=list(self._borrowers), tasks_waiting=len(self._lot))


for _name in __all__:
    globals()[_name].__module__ = "trio"
del _name
