"""run(): an engine loop from its first task to its last.

The run is over when its main task is; what was left behind in it (asyncio.create_task) is cancelled then and waited for, and async
generators that were not run to their end are closed.

Signals while it lasts: _signals.py.
"""

import sys

import _skein
import _tasks

from skein._signals import Signals


class _AsyncGenerators:
    """The async generators of a run that are not at their end."""

    def __init__(self, loop):
        self.loop = loop
        self.live = {}
        self.before = None

    def __enter__(self):
        self.before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=self.begun, finalizer=self.lost)
        return self

    def __exit__(self, *exc):
        sys.set_asyncgen_hooks(self.before.firstiter, self.before.finalizer)

    def begun(self, generator):
        import weakref
        key = id(generator)
        self.live[key] = weakref.ref(generator, lambda ref: self.live.pop(key, None))

    def lost(self, generator):
        self.live.pop(id(generator), None)
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(_tasks.spawn, self.loop, _close(generator))

    def close_all(self):
        generators = [g for ref in self.live.values() if (g := ref()) is not None]
        self.live.clear()
        if generators:
            _until_done(self.loop, _tasks.spawn(self.loop, _close(*generators)))


async def _close(*generators):
    for generator in generators:
        try:
            await generator.aclose()
        except (Exception, _tasks.CancelledError) as error:
            if not isinstance(error, _tasks.CancelledError):
                hook = sys.unraisablehook
                hook(_Unraisable(error, generator))


class _Unraisable:
    """What sys.unraisablehook wants to know."""

    def __init__(self, error, culprit):
        self.exc_type, self.exc_value, self.exc_traceback = type(error), error, error.__traceback__
        self.err_msg, self.object = "Exception ignored while closing", culprit


def _until_done(loop, *tasks):
    left = len(tasks)

    def done(task):
        nonlocal left
        left -= 1
        if not left:
            loop.stop()

    for task in tasks:
        task.add_done_callback(done)
    loop.run()


def _leave_nothing(loop):
    """Cancels and joins the tasks that outlived the main one."""
    if rest := loop.all_tasks():
        _skein.cancel_root(loop, "shutdown", "the run is over")
        _until_done(loop, *rest)
        for task in rest:
            if not task.cancelled() and (error := task.exception()) is not None:
                sys.unraisablehook(_Unraisable(error, task))


def _drive(coroutine, clock, name):
    loop = _tasks.Loop("skein")
    if clock is not None:
        loop.set_clock(clock)
    signals = Signals(loop)
    with signals, _AsyncGenerators(loop) as generators:
        try:
            main = _tasks.spawn(loop, coroutine, None, None, name)
            try:
                _until_done(loop, main)
            finally:
                if main.done() and not main.cancelled():
                    main.exception()  # looked at, also when it left the loop by itself
                _leave_nothing(loop)
                generators.close_all()
        finally:
            loop.close()
    if signals.interrupts and main.cancelled():
        raise KeyboardInterrupt
    return main


def run(main, /, *args, clock=None, name=None):
    """Runs an async function with its arguments, or a coroutine, to its end; gives its result or raises its error.

    clock: an object with current_time() and idle(), such as skein.testing.VirtualClock, in place of real time.
    """
    if _tasks.running_engine() is not None:
        if hasattr(main, "close"):
            main.close()
        raise RuntimeError("run() cannot be called from a running task")
    coroutine = main(*args) if callable(main) else main
    if not hasattr(coroutine, "send"):
        raise TypeError(f"run() needs an async function or a coroutine, got {main!r}")
    if args and coroutine is main:
        raise TypeError("arguments go with an async function, not with a coroutine")
    return _drive(coroutine, clock, name).result()


def _run_main(coroutine):
    """The body of a program that awaits at the top; gives its task, so that its error comes without our lines."""
    return _drive(coroutine, None, None)
