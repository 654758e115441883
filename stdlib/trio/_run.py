"""trio.run(): one run from its first task to its last.

    <init>                        the root task
      system nursery              helpers; what they raise is a TrioInternalError
        main nursery
          main                    the function given to run(); its result or error is run()'s own

When main ends, the system nursery is cancelled; then async generators that are still alive are closed, under a cancel; then
run() returns.  Each run has one _Run object, found through its engine loop.
"""

import contextvars
import sys
import weakref

import _tasks
from _tasks import DeadlockError

from . import _interrupt
from ._core import Cancelled, CancelScope, Loop, call_async, open_nursery, running_engine, spawn
from ._errors import TrioInternalError
from ._task import Task

__all__ = ["run"]

_runs = {}  # engine loop -> _Run, while it runs


def this_run():
    """The _Run of the run that this code belongs to."""
    engine = running_engine()
    run = _runs.get(engine) if engine is not None else None
    if run is None:
        raise RuntimeError("must be called from async context")
    return run


class _Run:
    """State of one run."""

    def __init__(self, async_fn, args, clock, restrict_interrupt):
        self.async_fn = async_fn
        self.args = args
        self.clock = clock
        self.restrict_interrupt = restrict_interrupt
        self.engine = Loop("trio")
        self.engine.task_class = Task
        self.root_task = self.main_task = self.system_nursery = None
        self.result = None
        self.error = None        # main's
        self.crash = None        # of a system task, or of <init>
        self.exit = None         # KeyboardInterrupt or SystemExit of a system task
        self.interrupted = False # a KeyboardInterrupt that nobody has received yet
        self.variables = {}      # RunVar values
        self.token = None
        self.system_context = None
        self.generators = weakref.WeakSet()
        self.finished = False

    # ---- tasks ------------------------------------------------------------------------------------------------------

    async def init(self):
        async with open_nursery() as self.system_nursery:
            begin = getattr(self.clock, "_begin", None)
            if begin is not None:
                begin(self.spawn_system_task)
            async with open_nursery() as nursery:
                try:
                    coro = call_async(self.async_fn, *self.args)
                except BaseException as exc:
                    self.error = exc
                else:
                    self.main_task = spawn(nursery, self.main(coro), self.async_fn)
            self.system_nursery.cancel_scope.cancel(reason="the main task has finished")
        await self.close_generators()

    async def main(self, coro):
        try:
            self.result = await coro
        except BaseException as exc:
            self.error = exc

    def spawn_system_task(self, async_fn, *args, name=None, context=None):
        return self.spawn_system(async_fn, args, name, context)

    def spawn_system(self, async_fn, args, name, context):
        coro = call_async(async_fn, *args)
        return spawn(self.system_nursery, self.system(coro), async_fn if name is None else name,
                     self.system_context.copy() if context is None else context)

    async def system(self, coro):
        # A system task that fails takes the run down, but not as if it were the program's own error.
        try:
            return await coro
        except (KeyboardInterrupt, SystemExit) as exc:
            self.exit = exc
            self.system_nursery.cancel_scope.cancel(reason="a system task has asked for the end")

    # ---- async generators -------------------------------------------------------------------------------------------

    def generator_born(self, generator):
        self.generators.add(generator)

    def generator_dropped(self, generator):
        # Nobody can iterate it any more: close it, in a task of its own under a cancel.
        self.generators.discard(generator)
        if self.finished or self.system_nursery is None:
            return
        self.engine.call_soon_threadsafe(self.spawn_closer, generator)

    def spawn_closer(self, generator):
        try:
            self.spawn_system(_close_generator, (generator,), f"close asyncgen {generator.__qualname__}", None)
        except RuntimeError:
            self.generators.add(generator)  # too late for a task: the end of the run closes it

    async def close_generators(self):
        while self.generators:
            batch = list(self.generators)
            self.generators.clear()
            for generator in batch:
                await _close_generator(generator)

    # ---- from start to end ------------------------------------------------------------------------------------------

    def drive(self):
        engine = self.engine
        self.system_context = contextvars.copy_context()
        if self.clock is not None:
            self.clock.start_clock()
            engine.set_clock(_ClockForEngine(self.clock))
        _runs[engine] = self
        hooks = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(self.generator_born, self.generator_dropped)
        restore = _interrupt.install(self)
        try:
            self.root_task = _tasks.spawn(engine, self.init(), None, None, "<init>")
            self.root_task.add_done_callback(self.root_ended)
            engine.run()
        except DeadlockError as exc:
            if self.error is not None and not _only_cancelled(self.error):
                raise exc from self.error  # what a task raised while the deadlock's cancel went through it
            raise
        finally:
            self.finished = True
            restore()
            sys.set_asyncgen_hooks(hooks.firstiter, hooks.finalizer)
            del _runs[engine]
            engine.close()
        return self.outcome()

    def root_ended(self, task):
        self.engine.stop()
        if task.cancelled():
            self.crash = RuntimeError("the root task was cancelled")
        else:
            self.crash = task.exception()

    def outcome(self):
        error, crash = self.error, self.crash
        if crash is not None:
            if error is not None and not _only_cancelled(error):
                crash = BaseExceptionGroup("a system task failed, and so did the main task", [crash, error])
            raise TrioInternalError("internal error in Trio - the run cannot go on") from crash
        if self.exit is not None:
            raise self.exit from error
        if self.interrupted:
            raise KeyboardInterrupt from error
        if error is not None:
            try:
                raise error
            finally:
                del error, crash, self.error
        return self.result


async def _close_generator(generator):
    with CancelScope(shield=True) as scope:
        scope.cancel(reason="the async generator was left unfinished")
        try:
            await generator.aclose()
        except BaseException as exc:
            if isinstance(exc, (KeyboardInterrupt, SystemExit)):
                raise
            if not scope.cancel_called or not _only_cancelled(exc):
                _report(exc, generator)


def _only_cancelled(exc):
    if isinstance(exc, BaseExceptionGroup):
        return exc.split(Cancelled)[1] is None
    return isinstance(exc, Cancelled)


def _report(exc, generator):
    import traceback
    print(f"Exception ignored during finalization of async generator {generator!r}", file=sys.stderr)
    traceback.print_exception(exc)


class _ClockForEngine:
    """A trio.abc.Clock in the engine's terms: what time it is, and how long to wait when nothing is ready."""

    __slots__ = ("clock", "current_time", "idle")

    def __init__(self, clock):
        self.clock = clock
        self.current_time = clock.current_time
        self.idle = getattr(clock, "_idle", None) or self.wait

    def wait(self, seconds):
        # seconds on the clock; a number answers how long that really is, None that it is for ever.
        if seconds is None:
            return None
        real = self.clock.deadline_to_sleep_time(self.current_time() + seconds)
        return None if real == float("inf") else max(real, 0.0)


def run(async_fn, *args, clock=None, instruments=(), restrict_keyboard_interrupt_to_checkpoints=False, strict_exception_groups=True):
    """Run async_fn(*args) and everything it starts; return what it returns.

        async def main(name):
            await trio.sleep(1)
            return f"hello {name}"

        print(trio.run(main, "you"))

    clock is a trio.abc.Clock (testing.MockClock, say).  Instruments are accepted but not called: a warning says so.
    """
    if strict_exception_groups is False:
        raise NotImplementedError("strict_exception_groups=False is not supported: nurseries always raise groups")
    if running_engine() is not None:
        raise RuntimeError("Attempted to call run() from inside a run()")
    if instruments:
        import warnings
        warnings.warn("trio instruments are not called by this runtime", RuntimeWarning, stacklevel=2)
    return _Run(async_fn, args, clock, restrict_keyboard_interrupt_to_checkpoints).drive()


run.__module__ = "trio"
