"""test.support.threading_helper: Skein has no threads, so what needs them is skipped."""
import contextlib
import functools
import unittest

can_start_thread = False


def requires_working_threading(*, module=False):
    if can_start_thread:
        return lambda test: test
    if module:
        raise unittest.SkipTest("needs threads")
    return unittest.skip("needs threads")


def threading_setup():
    return ()


def threading_cleanup(*original):
    pass


def reap_threads(test):
    @functools.wraps(test)
    def wrapper(*args):
        return test(*args)
    return wrapper


def join_thread(thread, timeout=None):
    thread.join(timeout)


@contextlib.contextmanager
def start_threads(threads, unlock=None):
    raise unittest.SkipTest("needs threads")
    yield


@contextlib.contextmanager
def wait_threads_exit(timeout=None):
    yield


class catch_threading_exception:
    def __enter__(self):
        self.exc_type = self.exc_value = self.exc_traceback = self.thread = None
        return self

    def __exit__(self, *exc):
        pass
