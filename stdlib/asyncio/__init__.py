"""asyncio on Skein's own engine: tasks, futures, locks and timers are natives; this package is their Python face.

Nothing below is imported before somebody asks for it: `import asyncio` costs next to nothing, a name brings the
module that defines it.

    >>> async def main():
    ...     async with asyncio.timeout(1):
    ...         return await asyncio.gather(asyncio.sleep(0, "a"), asyncio.sleep(0, "b"))
    >>> asyncio.run(main())
    ['a', 'b']
"""

# Module -> the public names that live in it.
_HOMES = {
    "base_events": "BaseEventLoop",
    "_net": "Server",
    "coroutines": "iscoroutinefunction iscoroutine",
    "events": """AbstractEventLoopPolicy AbstractEventLoop AbstractServer Handle TimerHandle get_event_loop_policy
                 set_event_loop_policy get_event_loop set_event_loop new_event_loop get_child_watcher set_child_watcher
                 _set_running_loop get_running_loop _get_running_loop""",
    "exceptions": """BrokenBarrierError CancelledError InvalidStateError TimeoutError IncompleteReadError
                     LimitOverrunError SendfileNotAvailableError""",
    "futures": "Future wrap_future isfuture",
    "locks": "Lock Event Condition Semaphore BoundedSemaphore Barrier",
    "protocols": "BaseProtocol Protocol DatagramProtocol SubprocessProtocol BufferedProtocol",
    "queues": "Queue PriorityQueue LifoQueue QueueFull QueueEmpty QueueShutDown",
    "runners": "Runner run",
    "streams": """StreamReader StreamWriter StreamReaderProtocol open_connection start_server open_unix_connection
                  start_unix_server""",
    "subprocess": "create_subprocess_exec create_subprocess_shell",
    "taskgroups": "TaskGroup",
    "tasks": """Task create_task FIRST_COMPLETED FIRST_EXCEPTION ALL_COMPLETED wait wait_for as_completed sleep gather
                shield ensure_future run_coroutine_threadsafe current_task all_tasks create_eager_task_factory
                eager_task_factory _register_task _unregister_task _enter_task _leave_task""",
    "threads": "to_thread",
    "timeouts": "Timeout timeout timeout_at",
    "transports": """BaseTransport ReadTransport WriteTransport Transport DatagramTransport SubprocessTransport""",
    "unix_events": "SelectorEventLoop DefaultEventLoopPolicy EventLoop",
}
_PARTS = frozenset("""base_futures base_tasks constants format_helpers log mixins selector_events staggered""".split())
_home_of = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = tuple(_home_of)


def _import(module):
    return __import__(f"{__name__}.{module}", fromlist=("__name__",))


def __getattr__(name):
    module = _home_of.get(name)
    if module is not None:
        value = globals()[name] = getattr(_import(module), name)
        return value
    if name in _HOMES or name in _PARTS:
        return _import(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *_home_of, *_HOMES, *_PARTS})
