"""A queue of events, each at its time.

    >>> import sched, time
    >>> s = sched.scheduler(time.monotonic, time.sleep)
    >>> _ = s.enter(0.01, 1, print, ("later",)); _ = s.enter(0, 1, print, ("now",))
    >>> s.run()
    now
    later
"""

__all__ = ["scheduler"]

import heapq
import time
from collections import namedtuple
from itertools import count

try:
    from threading import RLock
except ImportError:
    class RLock:
        """Without threads nothing has to be locked."""

        def __enter__(self):
            return self

        def __exit__(self, *exc_info):
            pass


_Event = namedtuple("Event", "time, priority, sequence, action, argument, kwargs")


class Event(_Event):
    """When, how important (1 before 2), and what to call."""

    __slots__ = ()

    def __eq__(self, other):
        return (self.time, self.priority, self.sequence) == (other.time, other.priority, other.sequence)

    def __lt__(self, other):
        return (self.time, self.priority, self.sequence) < (other.time, other.priority, other.sequence)

    def __le__(self, other):
        return (self.time, self.priority, self.sequence) <= (other.time, other.priority, other.sequence)

    def __gt__(self, other):
        return (self.time, self.priority, self.sequence) > (other.time, other.priority, other.sequence)

    def __ge__(self, other):
        return (self.time, self.priority, self.sequence) >= (other.time, other.priority, other.sequence)

    __hash__ = _Event.__hash__


_sentinel = object()


class scheduler:
    """timefunc() says what time it is, delayfunc(n) waits n units of it."""

    def __init__(self, timefunc=time.monotonic, delayfunc=time.sleep):
        self._queue = []
        self._lock = RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc
        self._sequence_generator = count()

    def enterabs(self, time, priority, action, argument=(), kwargs=_sentinel):
        """Add an event at a point in time; returns it, for cancel()."""
        if kwargs is _sentinel:
            kwargs = {}
        with self._lock:
            event = Event(time, priority, next(self._sequence_generator), action, argument, kwargs)
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_sentinel):
        """Add an event so much later than now."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Remove an event; ValueError if it is not in the queue."""
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        """Whether there are no events."""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Call the events when they are due, until there are none.

        blocking=False: only those that are due now; returns how long the next
        one is away.
        """
        while True:
            with self._lock:
                if not self._queue:
                    break
                event = self._queue[0]
                now = self.timefunc()
                delay = event.time > now
                if not delay:
                    heapq.heappop(self._queue)
            if delay:
                if not blocking:
                    return event.time - now
                self.delayfunc(event.time - now)
            else:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)       # let others run

    @property
    def queue(self):
        """The events in the order in which they will happen."""
        with self._lock:
            events = self._queue[:]
        return list(map(heapq.heappop, [events] * len(events)))
