"""The interface of event loops, the policy that makes them, and the loop that runs now.

A loop object of asyncio is a thin Python owner around one native engine (`_tasks.Loop`), found in its attribute
`_engine`. An engine that another face started (`skein.run`, `trio.run`, top-level await) gets its owner from `_adopt`
when somebody asks for the running loop.
"""

__all__ = ("AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle",
           "get_event_loop_policy", "set_event_loop_policy", "get_event_loop", "set_event_loop", "new_event_loop",
           "get_child_watcher", "set_child_watcher", "_set_running_loop", "get_running_loop", "_get_running_loop")

import sys

from _tasks import Handle, TimerHandle, _get_running_loop, _set_running_loop, get_running_loop


# -- Interfaces ---------------------------------------------------------------------------------------------------

def _refuse(cls, plain, coroutines=""):
    """Gives cls methods that raise NotImplementedError."""
    def declare(name, method):
        method.__name__ = name
        method.__qualname__ = f"{cls.__name__}.{name}"
        setattr(cls, name, method)

    def one(name):
        def method(self, *args, **kwargs):
            raise NotImplementedError
        declare(name, method)

    def one_async(name):
        async def method(self, *args, **kwargs):
            raise NotImplementedError
        declare(name, method)

    for name in plain.split():
        one(name)
    for name in coroutines.split():
        one_async(name)


class AbstractServer:
    """What create_server() returns."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


_refuse(AbstractServer, "close close_clients abort_clients get_loop is_serving",
        "start_serving serve_forever wait_closed")


class AbstractEventLoop:
    """All that an event loop can be asked for."""

    def call_soon(self, callback, *args, context=None):
        return self.call_later(0, callback, *args, context=context)


_refuse(AbstractEventLoop, """
    run_forever run_until_complete stop is_running is_closed close _timer_handle_cancelled
    call_later call_at time create_future create_task call_soon_threadsafe run_in_executor set_default_executor
    add_reader remove_reader add_writer remove_writer add_signal_handler remove_signal_handler
    set_task_factory get_task_factory get_exception_handler set_exception_handler default_exception_handler
    call_exception_handler get_debug set_debug""", """
    shutdown_asyncgens shutdown_default_executor getaddrinfo getnameinfo create_connection create_server sendfile
    start_tls create_unix_connection create_unix_server connect_accepted_socket create_datagram_endpoint
    connect_read_pipe connect_write_pipe subprocess_shell subprocess_exec sock_recv sock_recv_into sock_recvfrom
    sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile""")


class AbstractEventLoopPolicy:
    """Decides which loop belongs to a context, and makes loops."""


_refuse(AbstractEventLoopPolicy, "get_event_loop set_event_loop new_event_loop get_child_watcher set_child_watcher")


# -- The policy ---------------------------------------------------------------------------------------------------

class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """One loop per thread; the main thread's is made when it is first asked for (with a warning)."""

    _loop_factory = None

    def __init__(self):
        self._main = _Place()
        self._others = None

    @property
    def _local(self):
        if _in_main_thread():
            return self._main
        if self._others is None:
            import threading
            self._others = threading.local()
        if not hasattr(self._others, "place"):
            self._others.place = _Place()
        return self._others.place

    def get_event_loop(self):
        place = self._local
        if place._loop is None and not place._set_called and _in_main_thread():
            import warnings
            warnings.warn("There is no current event loop", DeprecationWarning, stacklevel=_level_outside())
            self.set_event_loop(self.new_event_loop())
        if place._loop is None:
            import threading
            raise RuntimeError(f"There is no current event loop in thread {threading.current_thread().name!r}.")
        return place._loop

    def set_event_loop(self, loop):
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError("loop must be an instance of AbstractEventLoop or None, "
                            f"not '{type(loop).__name__}'")
        place = self._local
        place._set_called = True
        place._loop = loop

    def new_event_loop(self):
        return self._loop_factory()


class _Place:
    _loop = None
    _set_called = False


def _in_main_thread():
    # Whoever is in another thread came there through threading, or through _thread and then counts as main.
    threading = sys.modules.get("threading")
    return threading is None or threading.current_thread() is threading.main_thread()


def _level_outside():
    """The warn() level, seen from our caller, of the innermost frame that is not this package's."""
    level, frame = 2, sys._getframe(2)
    while frame is not None:
        module = frame.f_globals.get("__name__") or ""
        if module != "asyncio" and not module.startswith("asyncio."):
            break
        level += 1
        frame = frame.f_back
    return level


_event_loop_policy = None


def get_event_loop_policy():
    global _event_loop_policy
    if _event_loop_policy is None:
        from .unix_events import DefaultEventLoopPolicy
        _event_loop_policy = DefaultEventLoopPolicy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """None brings the default policy back."""
    global _event_loop_policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError("policy must be an instance of AbstractEventLoopPolicy or None, "
                        f"not '{type(policy).__name__}'")
    _event_loop_policy = policy


def get_event_loop():
    """The running loop; where none runs, what the policy says."""
    loop = _get_running_loop()
    return loop if loop is not None else get_event_loop_policy().get_event_loop()


def set_event_loop(loop):
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    return get_event_loop_policy().new_event_loop()


def get_child_watcher():
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    return get_event_loop_policy().set_child_watcher(watcher)


# -- Engines of other faces ---------------------------------------------------------------------------------------

def _adopt(engine):
    """The event loop object for an engine that runs without one. The native get_running_loop() calls this once per engine."""
    from .unix_events import _UnixSelectorEventLoop
    return _UnixSelectorEventLoop(_engine=engine)
