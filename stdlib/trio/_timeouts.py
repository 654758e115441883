"""Time limits and sleeping.

    with trio.move_on_after(5) as scope:
        await slow()
    if scope.cancelled_caught:
        print("gave up")

move_on_*() goes on after the block, fail_*() raises TooSlowError there.
"""

import math

from _skein import fail_after as _fail_after, fail_at as _fail_at, move_on_after, move_on_at

from ._core import checkpoint, current_time, native_sleep_until, sleep_forever
from ._errors import TooSlowError

__all__ = ["fail_after", "fail_at", "move_on_after", "move_on_at", "sleep", "sleep_forever", "sleep_until"]


def fail_at(deadline, *, shield=False):
    """As move_on_at(), and TooSlowError if it came to that."""
    return _fail_at(deadline, shield=shield, error=TooSlowError)


def fail_after(seconds, *, shield=False):
    """As move_on_after(), and TooSlowError if it came to that."""
    return _fail_after(seconds, shield=shield, error=TooSlowError)


async def sleep_until(deadline):
    """Sleep until current_time() is deadline; a checkpoint even if that is past."""
    if math.isnan(deadline):
        raise ValueError("deadline must not be NaN")
    await native_sleep_until(deadline)


async def sleep(seconds):
    """Sleep for so long; sleep(0) is a checkpoint."""
    if seconds == 0:
        await checkpoint()
    elif seconds > 0:
        await native_sleep_until(current_time() + seconds)
    elif seconds != seconds:
        raise ValueError("`seconds` must not be NaN")
    else:
        raise ValueError("`seconds` must be non-negative")


for _function in (fail_after, fail_at, sleep, sleep_until):
    _function.__module__ = "trio"
del _function
