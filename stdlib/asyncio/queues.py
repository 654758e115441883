"""Queues between tasks. The plain one is native and calls _init, _get and _put where a subclass has its own."""

__all__ = ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty", "QueueShutDown")

from _aio import Queue, QueueEmpty, QueueFull, QueueShutDown
from _heapq import heappop as _heappop, heappush as _heappush


class PriorityQueue(Queue):
    """Gives the smallest item first; items are commonly tuples (priority, data)."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        _heappush(self._queue, item)

    def _get(self):
        return _heappop(self._queue)


class LifoQueue(Queue):
    """Gives the newest item first."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        self._queue.append(item)

    def _get(self):
        return self._queue.pop()
