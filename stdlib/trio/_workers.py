"""Threads to run plain functions in, kept for a while and used again.

A worker that has been idle for ten seconds ends.  deliver(result) is called in the worker, with a function that returns what
the job returned or raises what it raised.
"""

import threading
from itertools import count

import _tasks

__all__ = ["active_thread_count", "start_thread_soon", "wait_all_threads_completed"]

IDLE_SECONDS = 10

_idle = []
_names = count()
_active = 0
_active_lock = threading.Lock()
_all_done = []  # callables that want to know when no job runs any more


class _Worker:
    def __init__(self):
        self.job = None
        self.wake = threading.Lock()
        self.wake.acquire()
        self.name = f"Trio thread {next(_names)}"
        self.thread = threading.Thread(target=self.work, name=self.name, daemon=True)
        self.thread.start()

    def work(self):
        _tasks.pool(1, 0)
        while True:
            if self.wake.acquire(timeout=IDLE_SECONDS):
                self.do_job()
                _tasks.pool(0, -1)
                continue
            try:
                _idle.remove(self)
            except ValueError:
                continue  # somebody has just picked this worker: the job is coming
            _tasks.pool(-1, 0)
            return

    def do_job(self):
        (fn, deliver, name), self.job = self.job, None
        if name is not None:
            self.thread.name = name
        try:
            value = fn()
        except BaseException as exc:
            outcome = _Error(exc)
        else:
            outcome = _Value(value)
        if name is not None:
            self.thread.name = self.name
        del fn
        _idle.append(self)
        _count(-1)
        try:
            deliver(outcome)
        except BaseException:
            import sys
            sys.excepthook(*sys.exc_info())


class _Value:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def unwrap(self):
        return self.value


class _Error:
    __slots__ = ("error",)

    def __init__(self, error):
        self.error = error

    def unwrap(self):
        error = self.error
        try:
            raise error
        finally:
            del error, self.error  # no cycle through the traceback


def _count(n):
    global _active
    with _active_lock:
        _active += n
        told = [] if _active else _all_done[:]
        if told:
            _all_done.clear()
    for tell in told:
        tell()


def start_thread_soon(fn, deliver, name=None):
    """Run fn() in a worker thread, then deliver(outcome) there; outcome.unwrap() gives what fn() gave."""
    try:
        worker = _idle.pop()
    except IndexError:
        worker = _Worker()
    worker.job = (fn, deliver, name)
    _count(1)
    _tasks.pool(0, 1)
    worker.wake.release()


def active_thread_count():
    """How many jobs run in worker threads now."""
    return _active


async def wait_all_threads_completed():
    """Wait until no job runs in a worker thread."""
    from ._core import checkpoint
    from ._run import this_run
    from ._sync import Event
    await checkpoint()
    while active_thread_count():
        done = Event()
        engine = this_run().engine
        with _active_lock:
            if not _active:
                return
            _all_done.append(lambda: engine.call_soon_threadsafe(done.set))
        engine.hold(1)
        try:
            await done.wait()
        finally:
            engine.hold(-1)
