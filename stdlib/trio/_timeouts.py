"""Time limits and sleeping.

    with trio.move_on_after(5) as scope:
        await slow()
    if scope.cancelled_caught:
        print("gave up")

move_on_*() goes on after the block, fail_*() raises TooSlowError there.
"""

import math

from ._core import CancelScope, checkpoint, current_time, native_sleep_until, sleep_forever
from ._errors import TooSlowError

__all__ = ["fail_after", "fail_at", "move_on_after", "move_on_at", "sleep", "sleep_forever", "sleep_until"]


def move_on_at(deadline, *, shield=False):
    """A CancelScope with this deadline, on the clock of current_time()."""
    return CancelScope(deadline=deadline, shield=shield)


def move_on_after(seconds, *, shield=False):
    """A CancelScope that cancels seconds after it is entered."""
    return CancelScope(relative_deadline=seconds, shield=shield)


class _Fail:
    """The block is a cancel scope's; if that caught its own cancel, the block was too slow."""

    __slots__ = ("_scope",)

    def __init__(self, scope):
        self._scope = scope

    def __enter__(self):
        return self._scope.__enter__()

    def __exit__(self, exc_type, exc, tb):
        scope = self._scope
        done = scope.__exit__(exc_type, exc, tb)
        if scope.cancelled_caught:
            raise TooSlowError
        return done


def fail_at(deadline, *, shield=False):
    """As move_on_at(), and TooSlowError if it came to that."""
    return _Fail(CancelScope(deadline=deadline, shield=shield))


def fail_after(seconds, *, shield=False):
    """As move_on_after(), and TooSlowError if it came to that."""
    return _Fail(CancelScope(relative_deadline=seconds, shield=shield))


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


for _name in __all__:
    if _name != "sleep_forever":
        globals()[_name].__module__ = "trio"
del _name
