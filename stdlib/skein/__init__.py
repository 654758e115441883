"""Tasks that are joined, cancelled and explained as a whole: the native face of the engine.

    import skein

    async def main():
        async with skein.TaskGroup() as tg:
            a = tg.create_task(fetch("a"))
            b = tg.start_soon(fetch, "b")
        return a.result() + b.result()

    skein.run(main)

In a program's own file `await` works at the top, and TaskGroup, CancelScope, Cancelled, stream and the error classes are there without an
import (not under -X portable).
"""

from _skein import (
    BrokenResourceError, Cancelled, CancelScope, ClosedResourceError, DeadlockError, EndOfChannel, Event, Lock, ParkingLot, ReceiveEnd,
    Reason, SendEnd, TaskCancelledError, TaskGroup, WouldBlock, YieldInTaskGroupError, channel, current_effective_deadline, current_time,
    fail_after, fail_at, move_on_after, move_on_at, sleep, sleep_forever, sleep_until, task_list, task_tree)
from _tasks import Task, current_task
from _tasks import checkpoint

from skein._run import run, _run_main

__all__ = [
    "BrokenResourceError", "Cancelled", "CancelScope", "ChannelStatistics", "ClosedResourceError", "Condition", "DeadlockError", "EndOfChannel",
    "Event", "Lock", "ParkingLot", "Reason", "ReceiveEnd", "Semaphore", "SendEnd", "Task", "TaskCancelledError", "TaskGroup", "WouldBlock",
    "YieldInTaskGroupError", "channel", "checkpoint", "current_effective_deadline", "current_task", "current_time", "fail_after", "fail_at",
    "move_on_after", "move_on_at", "run", "sleep", "sleep_forever", "sleep_until", "stream", "task_list", "task_tree", "timeout", "to_thread"]

timeout = fail_after

# What few programs need is read when it is asked for.
_LAZY = {
    "ChannelStatistics": "_sync", "Condition": "_sync", "Semaphore": "_sync", "stream": "_stream", "to_thread": "_threads"}


def __getattr__(name):
    home = _LAZY.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = __import__(f"skein.{home}", fromlist=(name,))
    value = globals()[name] = getattr(module, name)
    return value


def __dir__():
    return sorted(set(globals()) | set(__all__))
