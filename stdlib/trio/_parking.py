"""ParkingLot: a queue of sleeping tasks, the one building block of the locks, events and conditions.

    lot = ParkingLot()
    await lot.park()        # in one task: sleep
    lot.unpark()            # in another: wake who came first

Waking is fair: first come, first served.  A task that is cancelled while it is parked leaves the queue at once, in
constant time, because the queue is a dict in order of arrival.
"""

import math
from dataclasses import dataclass

from ._core import current_task, park, reschedule
from ._errors import BrokenResourceError

__all__ = ["ParkingLot", "ParkingLotStatistics", "add_parking_lot_breaker", "remove_parking_lot_breaker"]


@dataclass(frozen=True, slots=True)
class ParkingLotStatistics:
    tasks_waiting: int


def _leave(task):
    # The abort function of every park: the task may meanwhile stand in another lot than it came to (repark).
    del task.custom_sleep_data._parked[task]
    return True


class ParkingLot:
    """Tasks sleep here until somebody wakes them."""

    __slots__ = ("_parked", "broken_by", "__weakref__")

    def __init__(self):
        self._parked = {}
        self.broken_by = []

    def __len__(self):
        return len(self._parked)

    def __bool__(self):
        return bool(self._parked)

    async def park(self):
        """Sleep until unpark() picks this task.  A checkpoint."""
        if self.broken_by:
            raise BrokenResourceError(f"Attempted to park in parking lot broken by {self.broken_by}")
        task = current_task()
        self._parked[task] = None
        task.custom_sleep_data = self
        await park(_leave)

    def unpark(self, *, count=1):
        """Wake the first count tasks (math.inf: all of them) and return them as a list."""
        parked = self._parked
        if not parked:
            return []
        tasks = _first(parked, count)
        for task in tasks:
            del parked[task]
            reschedule(task)
        return tasks

    def unpark_all(self):
        """Wake everybody."""
        return self.unpark(count=math.inf)

    def repark(self, new_lot, *, count=1):
        """Move the first count tasks to the end of another lot; they sleep on."""
        if not isinstance(new_lot, ParkingLot):
            raise TypeError("new_lot must be a ParkingLot")
        for task in _first(self._parked, count):
            del self._parked[task]
            new_lot._parked[task] = None
            task.custom_sleep_data = new_lot

    def repark_all(self, new_lot):
        """Move everybody to another lot."""
        self.repark(new_lot, count=math.inf)

    def break_lot(self, task=None):
        """Everybody who sleeps here, now or later, gets BrokenResourceError: task (default: the running one) will never wake them."""
        if task is None:
            task = current_task()
        if self.broken_by:
            if task not in self.broken_by:
                self.broken_by.append(task)
            return
        self.broken_by.append(task)
        for sleeper in list(self._parked):
            del self._parked[sleeper]
            reschedule(sleeper, None, BrokenResourceError(f"Parking lot broken by {task}"))

    def statistics(self):
        return ParkingLotStatistics(tasks_waiting=len(self._parked))


def _first(parked, count):
    if count == 1:
        for task in parked:
            return [task]
        return []
    if count >= len(parked):
        return list(parked)
    tasks = []
    for task in parked:
        if len(tasks) >= count:
            break
        tasks.append(task)
    return tasks


# ---- lots that break when a task ends --------------------------------------------------------------------------------

_breakers = {}  # (task, lot) -> the callback that stands on the task; a lot added twice has a count


def add_parking_lot_breaker(task, lot):
    """When task ends, lot breaks."""
    if task.done():
        raise BrokenResourceError(f"Attempted to add already exited task {task} as lot breaker.")
    entry = _breakers.get((task, lot))
    if entry is not None:
        entry[1] += 1
        return

    def end(_, lot=lot, task=task):
        _breakers.pop((task, lot), None)
        lot.break_lot(task)

    _breakers[task, lot] = [end, 1]
    task.add_done_callback(end)


def remove_parking_lot_breaker(task, lot):
    """Undo add_parking_lot_breaker()."""
    entry = _breakers.get((task, lot))
    if entry is None:
        raise RuntimeError("Attempted to remove task as breaker for a lot it is not registered for")
    entry[1] -= 1
    if not entry[1]:
        del _breakers[task, lot]
        task.remove_done_callback(entry[0])
