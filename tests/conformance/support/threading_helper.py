"""A stand-in for test.support.threading_helper: starting threads in tests, and waiting until they are gone."""
import _thread
import contextlib
import functools
import threading
import time
import unittest

can_start_thread = True
PATIENCE = 30.0


def requires_working_threading(*, module=False):
    return None if module else lambda test: test


def _wait(condition, timeout=PATIENCE):
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def threading_setup():
    return _thread._count(), len(threading.enumerate())


def threading_cleanup(*original):
    _wait(lambda: (_thread._count(), len(threading.enumerate())) <= original, 5.0)


def reap_threads(test):
    @functools.wraps(test)
    def wrapper(*args):
        before = threading_setup()
        try:
            return test(*args)
        finally:
            threading_cleanup(*before)
    return wrapper


def join_thread(thread, timeout=PATIENCE):
    thread.join(timeout)
    if thread.is_alive():
        raise AssertionError(f"failed to join the thread in {timeout:.1f} seconds")


@contextlib.contextmanager
def start_threads(threads, unlock=None):
    threads = list(threads)
    started = []
    try:
        for thread in threads:
            thread.start()
            started.append(thread)
        yield
    finally:
        if unlock:
            unlock()
        for thread in started:
            join_thread(thread)


@contextlib.contextmanager
def wait_threads_exit(timeout=PATIENCE):
    before = _thread._count()
    yield
    if not _wait(lambda: _thread._count() <= before, timeout):
        raise AssertionError("threads did not end in time")


class catch_threading_exception:
    """What the last thread that failed told threading.excepthook."""

    def __enter__(self):
        self.exc_type = self.exc_value = self.exc_traceback = self.thread = None
        self._old = threading.excepthook
        threading.excepthook = self._hook
        return self

    def _hook(self, args):
        self.exc_type, self.exc_value, self.exc_traceback, self.thread = args

    def __exit__(self, *exc):
        threading.excepthook = self._old
        del self.exc_type, self.exc_value, self.exc_traceback, self.thread
