"""trio.testing: tools for testing code that uses trio.

    from trio.testing import MockClock, wait_all_tasks_blocked
    trio.run(main, clock=MockClock(autojump_threshold=0))      # an hour's sleep takes no time
"""

from .._core import wait_idle as _wait_idle
from ._checkpoints import assert_checkpoints, assert_no_checkpoints
from ._clock import MockClock
from ._raises import Matcher, RaisesExc, RaisesGroup
from ._sequencer import Sequencer
from ._streams import (
    MemoryReceiveStream, MemorySendStream, lockstep_stream_one_way_pair, lockstep_stream_pair, memory_stream_one_way_pair,
    memory_stream_pair, memory_stream_pump,
)
from ._trio_test import trio_test

__all__ = ["Matcher", "MemoryReceiveStream", "MemorySendStream", "MockClock", "RaisesExc", "RaisesGroup", "Sequencer",
           "active_thread_count", "assert_checkpoints", "assert_no_checkpoints", "lockstep_stream_one_way_pair",
           "lockstep_stream_pair", "memory_stream_one_way_pair", "memory_stream_pair", "memory_stream_pump",
           "open_stream_to_socket_listener", "trio_test", "wait_all_tasks_blocked", "wait_all_threads_completed"]


async def wait_all_tasks_blocked(cushion=0.0):
    """Wait until no other task can run, and that for cushion seconds.

    Who asks for the smallest cushion goes on first.
    """
    await _wait_idle(cushion)


# imported when asked for: they need threads, sockets
_LATER = {"active_thread_count": "trio._workers", "wait_all_threads_completed": "trio._workers",
          "open_stream_to_socket_listener": "trio.testing._network"}


def __getattr__(name):
    if name in _LATER:
        from importlib import import_module
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
