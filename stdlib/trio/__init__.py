"""Trio's API on the engine of this runtime: tasks in nurseries, level-triggered cancel scopes.

    import trio

    async def child(n):
        await trio.sleep(n)
        print("slept", n)

    async def main():
        with trio.move_on_after(5):
            async with trio.open_nursery() as nursery:
                for n in range(3):
                    nursery.start_soon(child, n)

    trio.run(main)

Tasks, nurseries and scopes are the engine's own objects (_core.py is the seam); what is here is the face.  Sockets,
processes, files and threads are imported when they are first asked for.
"""

from . import abc
from ._channel import MemoryReceiveChannel, MemorySendChannel, open_memory_channel
from ._core import Cancelled, CancelScope, Nursery, current_effective_deadline, current_time, open_nursery
from ._errors import (
    BrokenResourceError, BusyResourceError, ClosedResourceError, EndOfChannel, RunFinishedError, TooSlowError,
    TrioDeprecationWarning, TrioInternalError, WouldBlock,
)
from ._generic import StapledStream, aclose_forcefully
from ._limiter import CapacityLimiter, CapacityLimiterStatistics
from ._run import run
from ._safe_channel import as_safe_channel
from ._status import TASK_STATUS_IGNORED, TaskStatus
from ._sync import Condition, ConditionStatistics, Event, EventStatistics, Lock, LockStatistics, Semaphore, StrictFIFOLock
from ._timeouts import fail_after, fail_at, move_on_after, move_on_at, sleep, sleep_forever, sleep_until

__version__ = "0.34.0"

# name -> module that has it
_LATER = {
    "Path": "_path", "PosixPath": "_path", "open_file": "_files", "wrap_file": "_files",
    "Process": "_process", "run_process": "_process",
    "SocketListener": "_socket_stream", "SocketStream": "_socket_stream",
    "open_tcp_listeners": "_tcp", "open_tcp_stream": "_tcp", "open_unix_socket": "_tcp", "serve_listeners": "_tcp", "serve_tcp": "_tcp",
    "open_signal_receiver": "_signals",
}
_MODULES = ("from_thread", "lowlevel", "socket", "testing", "to_thread")
_MISSING = ("DTLSChannel", "DTLSChannelStatistics", "DTLSEndpoint", "NeedHandshakeError", "SSLListener", "SSLStream",
            "open_ssl_over_tcp_listeners", "open_ssl_over_tcp_stream", "serve_ssl_over_tcp")


def __getattr__(name):
    if name == "MemoryChannelStatistics":
        from skein import ChannelStatistics
        return ChannelStatistics
    if name in _LATER:
        from importlib import import_module
        value = getattr(import_module(f"trio.{_LATER[name]}"), name)
        globals()[name] = value
        return value
    if name in _MODULES:
        from importlib import import_module
        return import_module(f"trio.{name}")
    if name in _MISSING:
        raise NotImplementedError(f"trio.{name}: there is no ssl in this runtime")
    raise AttributeError(f"module 'trio' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *_LATER, *_MODULES])


__all__ = ["BrokenResourceError", "BusyResourceError", "CancelScope", "Cancelled", "CapacityLimiter", "CapacityLimiterStatistics",
           "ClosedResourceError", "Condition", "ConditionStatistics", "EndOfChannel", "Event", "EventStatistics", "Lock",
           "LockStatistics", "MemoryChannelStatistics", "MemoryReceiveChannel", "MemorySendChannel", "Nursery", "Path", "PosixPath",
           "Process", "RunFinishedError", "Semaphore", "SocketListener", "SocketStream", "StapledStream", "StrictFIFOLock",
           "TASK_STATUS_IGNORED", "TaskStatus", "TooSlowError", "TrioDeprecationWarning", "TrioInternalError", "WouldBlock", "abc",
           "aclose_forcefully", "as_safe_channel", "current_effective_deadline", "current_time", "fail_after", "fail_at",
           "from_thread", "lowlevel", "move_on_after", "move_on_at", "open_file", "open_memory_channel", "open_nursery",
           "open_signal_receiver", "open_tcp_listeners", "open_tcp_stream", "open_unix_socket", "run", "run_process",
           "serve_listeners", "serve_tcp", "sleep", "sleep_forever", "sleep_until", "socket", "testing", "to_thread", "wrap_file"]
