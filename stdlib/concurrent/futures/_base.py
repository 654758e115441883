"""Futures, waiting for several of them, and what executors have in common."""

import collections
import sys
import threading
import time
import types

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

PENDING = "PENDING"
RUNNING = "RUNNING"
CANCELLED = "CANCELLED"                            # by cancel(); its executor has not noticed yet
CANCELLED_AND_NOTIFIED = "CANCELLED_AND_NOTIFIED"
FINISHED = "FINISHED"

_DONE = (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)
_CANCELLED = (CANCELLED, CANCELLED_AND_NOTIFIED)
_WORDS = {PENDING: "pending", RUNNING: "running", CANCELLED: "cancelled", CANCELLED_AND_NOTIFIED: "cancelled",
          FINISHED: "finished"}


class Error(Exception):
    """What futures raise."""


class CancelledError(Error):
    """The future was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """The future is not in a state that allows this."""


class BrokenExecutor(RuntimeError):
    """The executor cannot run anything any more."""


class Future:
    """A result to come."""

    def __init__(self):
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = None
        self._exception = None
        self._waiters = []          # of wait() and as_completed()
        self._done_callbacks = []

    def __repr__(self):
        with self._condition:
            text = f"<{type(self).__name__} at {id(self):#x} state={_WORDS[self._state]}"
            if self._state == FINISHED:
                if self._exception:
                    return f"{text} raised {type(self._exception).__name__}>"
                return f"{text} returned {type(self._result).__name__}>"
            return text + ">"

    # ---- for who waits -----------------------------------------------------------

    def cancel(self):
        """Cancel it, unless it runs or is done; whether it is cancelled now."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state in _CANCELLED:
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._invoke_callbacks()
        return True

    def cancelled(self):
        with self._condition:
            return self._state in _CANCELLED

    def running(self):
        with self._condition:
            return self._state == RUNNING

    def done(self):
        """Whether it is cancelled or finished."""
        with self._condition:
            return self._state in _DONE

    def _await(self, timeout):
        """With the lock: wait until it is done."""
        if self._state not in _DONE:
            self._condition.wait(timeout)
        if self._state in _CANCELLED:
            raise CancelledError()
        if self._state != FINISHED:
            raise TimeoutError()

    def result(self, timeout=None):
        """The result; waits for it, at most timeout seconds. Raises what the call raised."""
        try:
            with self._condition:
                self._await(timeout)
                if self._exception:
                    raise self._exception
                return self._result
        finally:
            self = None  # the exception's traceback shall not hold the future that holds it

    def exception(self, timeout=None):
        """What the call raised, None if nothing; waits like result()."""
        with self._condition:
            self._await(timeout)
            return self._exception

    def add_done_callback(self, fn):
        """Have fn(future) called when it is done; at once if it is."""
        with self._condition:
            if self._state not in _DONE:
                self._done_callbacks.append(fn)
                return
        self._call_back(fn)

    def _invoke_callbacks(self):
        for fn in self._done_callbacks:
            self._call_back(fn)

    def _call_back(self, fn):
        try:
            fn(self)
        except Exception:
            _log(f"exception calling callback for {self!r}")

    # ---- for who works -------------------------------------------------------------

    def set_running_or_notify_cancel(self):
        """The work begins: False if it was cancelled before."""
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                self._tell_waiters()
                return False
            if self._state == PENDING:
                self._state = RUNNING
                return True
            _log(f"Future {id(self)} in unexpected state: {self._state}", False)
            raise RuntimeError("Future in unexpected state")

    def _tell_waiters(self):
        for waiter in self._waiters:
            waiter.add(self)

    def _finish(self, result, exception):
        with self._condition:
            if self._state in _DONE:
                raise InvalidStateError(f"{self._state}: {self!r}")
            self._result = result
            self._exception = exception
            self._state = FINISHED
            self._tell_waiters()
            self._condition.notify_all()
        self._invoke_callbacks()

    def set_result(self, result):
        """The work is done."""
        self._finish(result, None)

    def set_exception(self, exception):
        """The work failed."""
        self._finish(None, exception)

    __class_getitem__ = classmethod(types.GenericAlias)


def _log(message, with_exception=True):
    """As logging does without a configuration: what nobody is there to hear goes to stderr."""
    try:
        import logging
    except ImportError:
        print(message, file=sys.stderr)
        if with_exception:
            import traceback
            traceback.print_exc()
        return
    logging.getLogger("concurrent.futures").log(
        logging.ERROR if with_exception else logging.CRITICAL, message, exc_info=with_exception)


# ---- several at once --------------------------------------------------------------

class _Waiter:
    """Gets futures as they are done; |event| is set when that is enough."""

    def __init__(self, enough):
        self.lock = threading.Lock()
        self.event = threading.Event()
        self.finished = []
        self.enough = enough

    def add(self, future):
        with self.lock:
            self.finished.append(future)
            if self.enough(future):
                self.event.set()

    def take(self):
        with self.lock:
            finished, self.finished = self.finished, []
            self.event.clear()
        return finished


class _Locked:
    """Holds the locks of several futures, taken in one order by everybody."""

    def __init__(self, futures):
        self.futures = sorted(futures, key=id)

    def __enter__(self):
        for future in self.futures:
            future._condition.acquire()

    def __exit__(self, *exc_info):
        for future in self.futures:
            future._condition.release()


def _is_over(future):
    """Done, and its executor knows."""
    return future._state in (CANCELLED_AND_NOTIFIED, FINISHED)


def _failed(future):
    return future._state == FINISHED and future._exception is not None


DoneAndNotDoneFutures = collections.namedtuple("DoneAndNotDoneFutures", "done not_done")


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures: until all are done, or the first, or the first that failed. Returns (done, not_done)."""
    fs = set(fs)
    with _Locked(fs):
        done = {f for f in fs if _is_over(f)}
        not_done = fs - done
        if return_when == FIRST_COMPLETED and done:
            return DoneAndNotDoneFutures(done, not_done)
        if return_when == FIRST_EXCEPTION and any(f for f in done if not f.cancelled() and f.exception() is not None):
            return DoneAndNotDoneFutures(done, not_done)
        if not not_done:
            return DoneAndNotDoneFutures(done, not_done)
        left = len(not_done)

        def enough(future):
            nonlocal left
            left -= 1
            if return_when == FIRST_COMPLETED:
                return True
            return left == 0 or (return_when == FIRST_EXCEPTION and _failed(future))

        if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
            raise ValueError(f"Invalid return condition: {return_when!r}")
        waiter = _Waiter(enough)
        for f in not_done:
            f._waiters.append(waiter)
    waiter.event.wait(timeout)
    for f in not_done:
        with f._condition:
            f._waiters.remove(waiter)
    done.update(waiter.finished)
    return DoneAndNotDoneFutures(done, fs - done)


def as_completed(fs, timeout=None):
    """An iterator over futures in the order in which they are done."""
    end = None if timeout is None else timeout + time.monotonic()
    fs = set(fs)
    total = len(fs)
    with _Locked(fs):
        finished = [f for f in fs if _is_over(f)]
        pending = fs.difference(finished)
        waiter = _Waiter(lambda future: True)
        for f in fs:
            f._waiters.append(waiter)
    try:
        while True:
            while finished:
                future = finished.pop()
                fs.discard(future)
                with future._condition:
                    future._waiters.remove(waiter)
                yield future
                del future
            if not pending:
                return
            left = None
            if end is not None:
                left = end - time.monotonic()
                if left < 0:
                    raise TimeoutError(f"{len(pending)} (of {total}) futures unfinished")
            waiter.event.wait(left)
            finished = waiter.take()
            pending.difference_update(finished)
            finished.reverse()
    finally:
        for f in fs:
            with f._condition:
                f._waiters.remove(waiter)


# ---- executors --------------------------------------------------------------------

class Executor:
    """Runs functions somewhere."""

    def submit(self, fn, /, *args, **kwargs):
        """Have fn(...) called; returns its future."""
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """Like map(), but the calls go on at the same time; results come in order."""
        end = None if timeout is None else timeout + time.monotonic()
        futures = [self.submit(fn, *args) for args in zip(*iterables)]
        futures.reverse()

        def results():
            try:
                while futures:
                    # The future leaves the list before its result is out: nobody else need hold that.
                    left = None if end is None else end - time.monotonic()
                    yield _result_or_cancel(futures.pop(), left)
            finally:
                for future in futures:
                    future.cancel()

        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        """No more calls; with wait, return when those that were submitted are done."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


def _result_or_cancel(future, timeout=None):
    try:
        try:
            return future.result(timeout)
        finally:
            future.cancel()
    finally:
        del future
