"""The one place where the trio package meets the engine's natives: everything else imports from here.

A run (trio.run) is an engine loop of the face 'trio'; tasks, cancel scopes and nurseries are the engine's own objects.
"""

import _tasks
from _skein import CancelScope, current_effective_deadline, sleep_forever
from _tasks import Cancelled, Loop, reschedule, running_engine
from _tasks import cancel_shielded_checkpoint, checkpoint, checkpoint_if_cancelled, park, raise_if_cancelled, wait_idle
from _trio import Nursery, call_async, child_nurseries, open_nursery, spawn

__all__ = ["CancelScope", "Cancelled", "Loop", "Nursery", "call_async", "cancel_shielded_checkpoint", "checkpoint",
           "checkpoint_if_cancelled", "child_nurseries", "current_effective_deadline", "current_task", "current_time",
           "open_nursery", "park", "raise_if_cancelled", "reschedule", "running_engine", "sleep_forever",
           "spawn", "wait_idle"]


def _outside():
    raise RuntimeError("must be called from async context")


def current_task():
    """The running task."""
    task = _tasks.current_task() if running_engine() is not None else None
    if task is None:
        _outside()
    return task


def current_time():
    """Now, on the clock of the run."""
    engine = running_engine()
    if engine is None:
        _outside()
    return engine.time()
