"""Queues: first in first out, last in first out, and by priority.

    >>> import queue
    >>> q = queue.PriorityQueue()
    >>> q.put((2, "b")); q.put((1, "a")); q.get()
    (1, 'a')
"""

__all__ = ["Empty", "Full", "ShutDown", "Queue", "PriorityQueue", "LifoQueue", "SimpleQueue"]

import types
from collections import deque
from heapq import heappop, heappush
from _thread import allocate_lock
from threading import Condition, Lock
from time import monotonic as time


class Empty(Exception):
    """There is nothing to get."""

    __module__ = "_queue"


class Full(Exception):
    """There is no room to put."""


class ShutDown(Exception):
    """The queue was shut down."""


class Queue:
    """First in, first out. maxsize 0: without limit."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = Lock()
        self.not_empty = Condition(self.mutex)
        self.not_full = Condition(self.mutex)
        self.all_tasks_done = Condition(self.mutex)
        self.unfinished_tasks = 0
        self.is_shutdown = False

    # ---- how items are kept: subclasses change this ---------------------------

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    # ---- counting ---------------------------------------------------------------

    def task_done(self):
        """An item that was got is dealt with; join() waits for all."""
        with self.all_tasks_done:
            unfinished = self.unfinished_tasks - 1
            if unfinished <= 0:
                if unfinished < 0:
                    raise ValueError("task_done() called too many times")
                self.all_tasks_done.notify_all()
            self.unfinished_tasks = unfinished

    def join(self):
        """Wait until all items are dealt with."""
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()

    def qsize(self):
        with self.mutex:
            return self._qsize()

    def empty(self):
        with self.mutex:
            return not self._qsize()

    def full(self):
        with self.mutex:
            return 0 < self.maxsize <= self._qsize()

    # ---- putting and getting --------------------------------------------------------

    def put(self, item, block=True, timeout=None):
        """Add an item; waits for room, at most timeout seconds if given."""
        with self.not_full:
            if self.is_shutdown:
                raise ShutDown
            if self.maxsize > 0:
                self._await_room(block, timeout)
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def _await_room(self, block, timeout):
        if not block:
            if self._qsize() >= self.maxsize:
                raise Full
        elif timeout is None:
            while self._qsize() >= self.maxsize:
                self.not_full.wait()
                if self.is_shutdown:
                    raise ShutDown
        elif timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        else:
            endtime = time() + timeout
            while self._qsize() >= self.maxsize:
                remaining = endtime - time()
                if remaining <= 0.0:
                    raise Full
                self.not_full.wait(remaining)
                if self.is_shutdown:
                    raise ShutDown

    def get(self, block=True, timeout=None):
        """Remove and return an item; waits for one, at most timeout seconds if given."""
        with self.not_empty:
            if self.is_shutdown and not self._qsize():
                raise ShutDown
            if not block:
                if not self._qsize():
                    raise Empty
            elif timeout is None:
                while not self._qsize():
                    self.not_empty.wait()
                    if self.is_shutdown and not self._qsize():
                        raise ShutDown
            elif timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            else:
                endtime = time() + timeout
                while not self._qsize():
                    remaining = endtime - time()
                    if remaining <= 0.0:
                        raise Empty
                    self.not_empty.wait(remaining)
                    if self.is_shutdown and not self._qsize():
                        raise ShutDown
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        """put() that does not wait: Full if there is no room."""
        return self.put(item, block=False)

    def get_nowait(self):
        """get() that does not wait: Empty if there is nothing."""
        return self.get(block=False)

    def shutdown(self, immediate=False):
        """No more put(); get() until it is empty, or with immediate not at all."""
        with self.mutex:
            self.is_shutdown = True
            if immediate:
                while self._qsize():
                    self._get()
                    if self.unfinished_tasks > 0:
                        self.unfinished_tasks -= 1
                self.all_tasks_done.notify_all()
            self.not_empty.notify_all()
            self.not_full.notify_all()

    __class_getitem__ = classmethod(types.GenericAlias)


class PriorityQueue(Queue):
    """The smallest item first."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        heappush(self.queue, item)

    def _get(self):
        return heappop(self.queue)


class LifoQueue(Queue):
    """Last in, first out."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop()


class SimpleQueue:
    """First in, first out, without limit and without counting.

    There is no lock: what is done to the two deques is done at once, so that put()
    may be called by a signal handler or a __del__ that comes in the middle of get().
    Each waiting thread sleeps on a lock of its own, which put() releases.
    """

    def __init__(self):
        self._queue = deque()
        self._waiting = deque()

    def put(self, item, block=True, timeout=None):
        """Add an item; never waits."""
        self._queue.append(item)
        self._wake()

    def _wake(self):
        try:
            first = self._waiting.popleft()
        except IndexError:
            return
        first.release()

    def get(self, block=True, timeout=None):
        """Remove and return an item; waits for one, at most timeout seconds if given."""
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        end = None if timeout is None else time() + timeout
        while True:
            try:
                return self._queue.popleft()
            except IndexError:
                pass
            if not block or not self._sleep(end):
                try:
                    return self._queue.popleft()
                except IndexError:
                    raise Empty from None

    def _sleep(self, end):
        """Wait for an item, until the time end; false when it is over."""
        left = -1 if end is None else end - time()
        if end is not None and left <= 0:
            return False
        mine = allocate_lock()
        mine.acquire()
        self._waiting.append(mine)
        woken = False
        try:
            if self._queue:  # put() came before this thread stood in the line
                return True
            woken = mine.acquire(timeout=left)
            return woken
        finally:
            if not woken:
                try:
                    self._waiting.remove(mine)
                except ValueError:
                    # put() has woken this one all the same: another may want the item.
                    if self._queue:
                        self._wake()

    def put_nowait(self, item):
        self.put(item)

    def get_nowait(self):
        return self.get(block=False)

    def empty(self):
        return not self._queue

    def qsize(self):
        return len(self._queue)

    __class_getitem__ = classmethod(types.GenericAlias)
