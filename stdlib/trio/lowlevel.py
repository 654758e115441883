"""trio.lowlevel: what libraries build on: tasks, parking, tokens, checkpoints."""

import enum
from dataclasses import dataclass

from . import _run
from ._core import cancel_shielded_checkpoint, checkpoint, checkpoint_if_cancelled, current_task, park, reschedule as _reschedule, running_engine
from ._errors import RunFinishedError
from ._parking import ParkingLot, ParkingLotStatistics, add_parking_lot_breaker, remove_parking_lot_breaker
from ._task import Task

__all__ = ["Abort", "FdStream", "ParkingLot", "ParkingLotStatistics", "RunStatistics", "RunVar", "RunVarToken", "Task", "TrioToken",
           "UnboundedQueue", "UnboundedQueueStatistics", "add_instrument", "add_parking_lot_breaker", "cancel_shielded_checkpoint",
           "checkpoint", "checkpoint_if_cancelled", "current_clock", "current_root_task", "current_statistics", "current_task",
           "current_trio_token", "currently_ki_protected", "disable_ki_protection", "enable_ki_protection", "in_trio_run",
           "in_trio_task", "notify_closing", "open_process", "remove_instrument", "remove_parking_lot_breaker", "reschedule",
           "spawn_system_task", "start_thread_soon", "wait_readable", "wait_task_rescheduled", "wait_writable"]


# ---- sleeping and waking ---------------------------------------------------------------------------------------------


class Abort(enum.Enum):
    """An abort function's answer: has the wait been undone?"""

    SUCCEEDED = 1
    FAILED = 2


async def wait_task_rescheduled(abort_fn):
    """Sleep until reschedule(task).  When the task is cancelled, abort_fn(raise_cancel) is called, once; if it answers
    Abort.SUCCEEDED the wait ends with Cancelled, if FAILED it goes on and whoever wakes the task may call raise_cancel."""

    def abort(task):
        answer = abort_fn(_raise_cancel)
        if answer is Abort.SUCCEEDED:
            return True
        if answer is Abort.FAILED:
            return False
        raise TypeError(f"abort function must return Abort enum, not {answer!r}")

    return await park(abort)


def _raise_cancel():
    from ._core import raise_if_cancelled
    raise_if_cancelled()


def reschedule(task, next_send=None):
    """Wake a task that sleeps in wait_task_rescheduled(): next_send is an object with unwrap() (outcome.Value, outcome.Error), or None."""
    if next_send is None:
        _reschedule(task)
        return
    try:
        value = next_send.unwrap()
    except BaseException as exc:
        _reschedule(task, None, exc)
    else:
        _reschedule(task, value)


# ---- who and where ---------------------------------------------------------------------------------------------------


def in_trio_run():
    """True inside a run, also in its callbacks."""
    return running_engine() in _run._runs


def in_trio_task():
    """True inside a task of a run."""
    import _tasks
    return in_trio_run() and _tasks.current_task() is not None


def current_root_task():
    """The task above all others; None before it is there."""
    return _run.this_run().root_task


def current_clock():
    """The clock that was given to run(), or the default one."""
    run = _run.this_run()
    if run.clock is None:
        from ._clock import SystemClock
        run.clock = SystemClock()
    return run.clock


@dataclass(frozen=True, slots=True)
class RunStatistics:
    tasks_living: int
    tasks_runnable: int
    seconds_to_next_deadline: float
    run_sync_soon_queue_size: int
    io_statistics: object = None


def current_statistics():
    """Numbers about the run."""
    run = _run.this_run()
    engine = run.engine
    ahead = engine.next_timer
    return RunStatistics(tasks_living=engine.task_count, tasks_runnable=engine.ready_count,
                         seconds_to_next_deadline=float("inf") if ahead is None else ahead - engine.time(), run_sync_soon_queue_size=0)


def spawn_system_task(async_fn, *args, name=None, context=None):
    """A task that belongs to the run, not to a nursery: it is cancelled when main has ended, and if it raises, run() raises TrioInternalError."""
    return _run.this_run().spawn_system(async_fn, args, name, context)


# ---- tokens -----------------------------------------------------------------------------------------------------------


class TrioToken:
    """A handle on a run that any thread may hold."""

    __slots__ = ("_run", "_pending", "__weakref__")

    def __init__(self, *args, **kwargs):
        raise TypeError("trio.lowlevel.TrioToken has no public constructor")

    @classmethod
    def _of(cls, run):
        if run.token is None:
            run.token = token = cls.__new__(cls)
            token._run = run
            token._pending = {}
        return run.token

    def run_sync_soon(self, sync_fn, *args, idempotent=False):
        """Have the run call sync_fn(*args) soon; from any thread.  With idempotent=True, equal calls that still wait are one."""
        run = self._run
        if run.finished:
            raise RunFinishedError("run() has exited")
        if idempotent:
            if (sync_fn, args) in self._pending:
                return
            self._pending[sync_fn, args] = None
        run.engine.call_soon_threadsafe(self._call, sync_fn, args, idempotent)

    def _call(self, sync_fn, args, idempotent):
        if idempotent:
            self._pending.pop((sync_fn, args), None)
        try:
            sync_fn(*args)
        except BaseException as exc:
            self._run.spawn_system(_raise, (exc,), "<TrioToken.run_sync_soon task>", None)


async def _raise(exc):
    raise exc


def current_trio_token():
    """The token of this run."""
    return TrioToken._of(_run.this_run())


# ---- variables of a run ---------------------------------------------------------------------------------------------


class RunVarToken:
    """What RunVar.set() gives, for reset()."""

    __slots__ = ("_var", "previous_value", "redeemed")

    _no_value = object()

    def __init__(self, var, previous_value):
        self._var = var
        self.previous_value = previous_value
        self.redeemed = False


class RunVar:
    """A variable with one value per run."""

    __slots__ = ("_name", "_default")

    _NO_DEFAULT = object()

    def __init__(self, name, default=_NO_DEFAULT):
        self._name = name
        self._default = default

    def __class_getitem__(cls, _):
        return cls

    def __repr__(self):
        return f"<RunVar name={self._name!r}>"

    def get(self, default=_NO_DEFAULT):
        """The value; else the default given here; else the variable's own; else LookupError."""
        try:
            return _run.this_run().variables[self]
        except RuntimeError:
            raise RuntimeError("Cannot be used outside of a run context") from None
        except KeyError:
            for value in (default, self._default):
                if value is not self._NO_DEFAULT:
                    return value
            raise LookupError(self) from None

    def set(self, value):
        try:
            variables = _run.this_run().variables
        except RuntimeError:
            raise RuntimeError("Cannot be used outside of a run context") from None
        token = RunVarToken(self, variables.get(self, RunVarToken._no_value))
        variables[self] = value
        return token

    def reset(self, token):
        """Back to what it was when set() gave the token."""
        if token is None:
            raise TypeError("token must not be none")
        if token.redeemed:
            raise ValueError("token has already been used")
        if token._var is not self:
            raise ValueError("token is not for us")
        try:
            variables = _run.this_run().variables
        except RuntimeError:
            raise RuntimeError("Cannot be used outside of a run context") from None
        if token.previous_value is RunVarToken._no_value:
            variables.pop(self, None)
        else:
            variables[self] = token.previous_value
        token.redeemed = True


# ---- a queue without bounds -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnboundedQueueStatistics:
    qsize: int
    tasks_waiting: int


class UnboundedQueue:
    """Puts never wait; gets take everything there is, as a list."""

    __slots__ = ("_lot", "_data", "_can_get")

    def __init__(self):
        self._lot = ParkingLot()
        self._data = []
        self._can_get = False

    def __class_getitem__(cls, _):
        return cls

    def __repr__(self):
        return f"<UnboundedQueue holding {len(self._data)} items>"

    def qsize(self):
        return len(self._data)

    def empty(self):
        return not self._data

    def put_nowait(self, obj):
        if not self._data:
            if self._lot:
                self._lot.unpark(count=1)
            else:
                self._can_get = True
        self._data.append(obj)

    def get_batch_nowait(self):
        from ._errors import WouldBlock
        if not self._can_get:
            raise WouldBlock
        return self._take()

    async def get_batch(self):
        await checkpoint_if_cancelled()
        if not self._can_get:
            await self._lot.park()
            return self._take()
        try:
            return self._take()
        finally:
            await cancel_shielded_checkpoint()

    def _take(self):
        data, self._data = self._data, []
        self._can_get = False
        return data

    def statistics(self):
        return UnboundedQueueStatistics(qsize=len(self._data), tasks_waiting=self._lot.statistics().tasks_waiting)

    def __aiter__(self):
        return self

    async def __anext__(self):
        return await self.get_batch()


# ---- keyboard interrupts, instruments ----------------------------------------------------------------------------------


def currently_ki_protected():
    """Whether KeyboardInterrupt is held back from this code: never, unless the run restricts it to checkpoints."""
    return in_trio_run() and _run.this_run().restrict_interrupt


def enable_ki_protection(fn):
    """Marks code that KeyboardInterrupt should not hit.  The engine's own code needs no mark; for others it changes nothing here."""
    return fn


def disable_ki_protection(fn):
    """The opposite of enable_ki_protection()."""
    return fn


def add_instrument(instrument):
    raise NotImplementedError("instruments are not called by this runtime")


def remove_instrument(instrument):
    raise KeyError(instrument)


# name -> module of the package that has it, imported when asked for
_LATER = {"FdStream": "_fd_stream", "notify_closing": "_io", "open_process": "_process", "start_thread_soon": "_workers",
          "wait_readable": "_io", "wait_writable": "_io"}


def __getattr__(name):
    if name in _LATER:
        from importlib import import_module
        return getattr(import_module(f"trio.{_LATER[name]}"), name)
    if name in ("start_guest_run", "permanently_detach_coroutine_object", "temporarily_detach_coroutine_object",
                "reattach_detached_coroutine_object"):
        raise NotImplementedError(f"trio.lowlevel.{name} is not supported by this runtime")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
