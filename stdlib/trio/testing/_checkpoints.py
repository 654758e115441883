"""Does a piece of code give other tasks a turn?"""

from contextlib import contextmanager

from .._core import current_task, running_engine

__all__ = ["assert_checkpoints", "assert_no_checkpoints"]


@contextmanager
def _assert(expected):
    # A callback queued now runs before this task does again, so it tells whether the task was away.
    current_task()
    happened = []
    handle = running_engine().call_soon(happened.append, True)
    try:
        yield
        if expected and not happened:
            raise AssertionError("assert_checkpoints block did not yield!")
    finally:
        handle.cancel()
        if not expected and happened:
            raise AssertionError("assert_no_checkpoints block yielded!")


def assert_checkpoints():
    """AssertionError unless the block lets others run at least once (or raises)."""
    return _assert(True)


def assert_no_checkpoints():
    """AssertionError if the block lets others run."""
    return _assert(False)
