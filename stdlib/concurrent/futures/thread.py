"""A pool of threads.

Workers take calls from one queue. None in the queue says "look whether it is
time to go"; who goes puts it back for the next. At the end of the program,
before threads are waited for, all pools are told that it is.
"""

import itertools
import os
import queue
import threading
import types
import weakref

import _tasks

from concurrent.futures import _base

_workers = weakref.WeakKeyDictionary()   # thread -> queue of its pool
_shutdown = False
_shutdown_lock = threading.Lock()


def _python_exit():
    global _shutdown
    with _shutdown_lock:
        _shutdown = True
    workers = list(_workers.items())
    for _, calls in workers:
        calls.put(None)
    for thread, _ in workers:
        thread.join()


threading._register_atexit(_python_exit)


class _Call:
    """One call that was submitted."""

    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs

    def run(self):
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.fn(*self.args, **self.kwargs)
        except BaseException as error:
            self.future.set_exception(error)
            self = None  # the traceback shows this frame: it shall not hold the future
        else:
            self.future.set_result(result)

    __class_getitem__ = classmethod(types.GenericAlias)


class BrokenThreadPool(_base.BrokenExecutor):
    """A thread could not be initialized."""


def _work(pool_reference, calls, initializer, initargs):
    """What a worker does."""
    _tasks.pool(1, 0)
    try:
        _work_until_told(pool_reference, calls, initializer, initargs)
    finally:
        _tasks.pool(-1, 0)


def _work_until_told(pool_reference, calls, initializer, initargs):
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base._log("Exception in initializer:")
            pool = pool_reference()
            if pool is not None:
                pool._initializer_failed()
            return
    while True:
        try:
            call = calls.get_nowait()
        except queue.Empty:
            pool = pool_reference()
            if pool is not None:
                pool._idle_semaphore.release()
            del pool
            call = calls.get()
        if call is not None:
            call.run()
            del call
            _tasks.pool(0, -1)
            continue
        pool = pool_reference()
        # The program ends, or the pool was shut down, or nobody has it any more.
        if _shutdown or pool is None or pool._shutdown:
            if pool is not None:
                pool._shutdown = True
            calls.put(None)
            return
        del pool


class ThreadPoolExecutor(_base.Executor):
    """Runs functions in at most max_workers threads, which are started as they are needed."""

    _counter = itertools.count().__next__

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if max_workers is None:
            max_workers = min(32, (os.cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._work_queue = queue.SimpleQueue()
        self._idle_semaphore = threading.Semaphore(0)
        self._threads = set()
        self._broken = False
        self._shutdown = False
        self._shutdown_lock = threading.Lock()
        self._thread_name_prefix = thread_name_prefix or f"ThreadPoolExecutor-{self._counter()}"
        self._initializer = initializer
        self._initargs = initargs

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _shutdown_lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if _shutdown:
                raise RuntimeError("cannot schedule new futures after interpreter shutdown")
            future = _base.Future()
            _tasks.pool(0, 1)
            self._work_queue.put(_Call(future, fn, args, kwargs))
            self._adjust_thread_count()
            return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def _adjust_thread_count(self):
        """Start a worker if none is idle and there may be more."""
        if self._idle_semaphore.acquire(timeout=0):
            return
        count = len(self._threads)
        if count >= self._max_workers:
            return
        calls = self._work_queue
        reference = weakref.ref(self, lambda _: calls.put(None))
        thread = threading.Thread(name=f"{self._thread_name_prefix or self}_{count}", target=_work,
                                  args=(reference, calls, self._initializer, self._initargs))
        thread.start()
        self._threads.add(thread)
        _workers[thread] = calls

    def _drain(self, what):
        """Take all calls out of the queue; what(future) says what becomes of them."""
        while True:
            try:
                call = self._work_queue.get_nowait()
            except queue.Empty:
                return
            if call is not None:
                _tasks.pool(0, -1)
                what(call.future)

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = "A thread initializer failed, the thread pool is not usable anymore"
            self._drain(lambda future: future.set_exception(BrokenThreadPool(self._broken)))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                self._drain(lambda future: future.cancel())
            self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    shutdown.__doc__ = _base.Executor.shutdown.__doc__
