"""A stand-in for asyncio: one coroutine at a time, run to its end. No tasks, no clock."""
import types
import unittest


class CancelledError(BaseException):
    pass


class InvalidStateError(Exception):
    pass


TimeoutError = TimeoutError


def iscoroutine(obj):
    return isinstance(obj, types.CoroutineType)


def iscoroutinefunction(func):
    import inspect
    return inspect.iscoroutinefunction(func)


@types.coroutine
def _pause():
    yield


async def sleep(delay, result=None):
    await _pause()
    return result


def run(main, *, debug=None, loop_factory=None):
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


class _Loop:
    def __init__(self):
        self.closed = False

    def run_until_complete(self, coro):
        return _drive(coro)

    async def shutdown_asyncgens(self):
        pass

    def set_debug(self, enabled):
        pass

    def get_debug(self):
        return False

    def is_closed(self):
        return self.closed

    def close(self):
        self.closed = True


def _drive(coro):
    if not iscoroutine(coro):
        raise ValueError(f"a coroutine was expected, got {coro!r}")
    try:
        while True:
            coro.send(None)
    except StopIteration as end:
        return end.value


class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        self._loop = _Loop()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def get_loop(self):
        return self._loop

    def run(self, coro, *, context=None):
        return context.run(_drive, coro) if context is not None else _drive(coro)

    def close(self):
        self._loop.close()


class _Policy:
    def __init__(self):
        self._loop = _Loop()

    def get_event_loop(self):
        return self._loop

    def set_event_loop(self, loop):
        self._loop = loop

    def new_event_loop(self):
        return _Loop()


_policy = _Policy()


def get_event_loop_policy():
    return _policy


def set_event_loop_policy(policy):
    pass


def get_event_loop():
    return _policy.get_event_loop()


def new_event_loop():
    return _Loop()


def set_event_loop(loop):
    _policy.set_event_loop(loop)


class Lock:
    async def __aenter__(self):
        await _pause()

    async def __aexit__(self, *exc):
        pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name == "tasks":
        raise AttributeError(name)
    raise unittest.SkipTest(f"needs asyncio.{name}")
