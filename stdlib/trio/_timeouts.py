"""Time limits and sleeping.

    with trio.move_on_after(5) as scope:
        await slow()
    if scope.cancelled_caught:
        print("gave up")

move_on_*() goes on after the block, fail_*() raises TooSlowError there.
"""

from _skein import fail_after as _fail_after, fail_at as _fail_at, move_on_after as _move_on_after, move_on_at
from _skein import sleep as _sleep, sleep_forever, sleep_until

from ._core import checkpoint
from ._errors import TooSlowError

__all__ = ["fail_after", "fail_at", "move_on_after", "move_on_at", "sleep", "sleep_forever", "sleep_until"]


def _wrong(seconds):
    if seconds != seconds:
        raise ValueError("`seconds` must not be NaN")
    raise ValueError("`seconds` must be non-negative")


def move_on_after(seconds, *, shield=False):
    """A CancelScope that cancels so many seconds after it is entered."""
    if not seconds >= 0:
        _wrong(seconds)
    return _move_on_after(seconds, shield=shield)


def fail_after(seconds, *, shield=False):
    """As move_on_after(), and TooSlowError if it came to that."""
    if not seconds >= 0:
        _wrong(seconds)
    return _fail_after(seconds, shield=shield, error=TooSlowError)


def fail_at(deadline, *, shield=False):
    """As move_on_at(), and TooSlowError if it came to that."""
    return _fail_at(deadline, shield=shield, error=TooSlowError)


def sleep(seconds):
    """To be awaited: sleep for so long; sleep(0) is a checkpoint."""
    if seconds > 0:
        return _sleep(seconds)
    if seconds != 0:
        _wrong(seconds)
    return checkpoint()


for _function in (fail_after, fail_at, move_on_after, sleep):
    _function.__module__ = "trio"
del _function
