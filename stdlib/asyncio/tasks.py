"""Tasks: the native class, and the functions that wait for several of them."""

__all__ = ("Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for",
           "as_completed", "sleep", "gather", "shield", "ensure_future", "run_coroutine_threadsafe", "current_task",
           "all_tasks", "create_eager_task_factory", "eager_task_factory", "_register_task", "_unregister_task",
           "_enter_task", "_leave_task")

from _aio import sleep
import _tasks
from _tasks import Countdown, Task, _enter_task, _leave_task, _swap_current_task, create_task, current_task, outcomes
from _weakref import ref

from . import coroutines, events, exceptions, futures, queues, timeouts
from .coroutines import _CoroutineType

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

# Whom a Countdown tells of: the last future, the first that failed or was cancelled, the first error, the first.
_LAST, _FIRST_FAILED, _FIRST_ERROR, _FIRST = range(4)

# Tasks of other makes, which their constructors register: id -> weak reference. The engine knows its own.
_foreign_tasks = {}


def _register_task(task):
    if not isinstance(task, Task):
        key = id(task)
        _foreign_tasks[key] = ref(task, lambda _: _foreign_tasks.pop(key, None))


def _unregister_task(task):
    _foreign_tasks.pop(id(task), None)


def all_tasks(loop=None):
    """The unfinished tasks of the loop, as a set."""
    if loop is None:
        loop = events.get_running_loop()
    found = _tasks.all_tasks(loop)
    for reference in list(_foreign_tasks.values()):
        task = reference()
        if task is not None and not task.done() and futures._get_loop(task) is loop:
            found.add(task)
    return found


# There is one implementation; where CPython has its other one, these names stand for it.
_PyTask = Task
_py_current_task = current_task
_py_register_task = _register_task
_py_unregister_task = _unregister_task
_py_enter_task = _enter_task
_py_leave_task = _leave_task
_py_swap_current_task = _swap_current_task


def create_eager_task_factory(custom_task_constructor):
    """A task factory whose tasks run up to their first wait when they are made."""
    def factory(loop, coro, *, name=None, context=None):
        return custom_task_constructor(coro, loop=loop, name=name, context=context, eager_start=True)
    return factory


eager_task_factory = create_eager_task_factory(Task)


async def _wrap_awaitable(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    """A task for a coroutine or awaitable; a future is returned as it is."""
    if type(coro_or_future) is _CoroutineType:
        return _start(coro_or_future, loop)
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not futures._get_loop(coro_or_future):
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    if coroutines.iscoroutine(coro_or_future):
        coro = coro_or_future
    elif coroutines._isawaitable(coro_or_future):
        coro = _wrap_awaitable(coro_or_future)
    else:
        raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
    return _start(coro, loop)


def _start(coro, loop):
    try:
        if loop is None:
            loop = events.get_event_loop()
        return loop.create_task(coro)
    except RuntimeError:
        coro.close()        # nobody can run it any more: no warning that it was never awaited
        raise


# -- Waiting for several ----------------------------------------------------------------------------------------------

def _release_waiter(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """(done, pending): two sets, when the condition return_when is met or the time is over. Nothing is cancelled."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    members = dict.fromkeys(fs)     # a set that keeps the order
    if any(not isinstance(f, futures.Future) and coroutines.iscoroutine(f) for f in members):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(members, timeout, return_when, events.get_running_loop())


async def _wait(fs, timeout, return_when, loop):
    assert fs, "Set of Futures is empty."
    waiter = loop.create_future()

    def enough(f):
        if timer is not None:
            timer.cancel()
        _release_waiter(waiter)

    mode = _LAST if return_when == ALL_COMPLETED else _FIRST if return_when == FIRST_COMPLETED else _FIRST_ERROR
    countdown = Countdown(enough, mode)
    timer = None if timeout is None else loop.call_later(timeout, _release_waiter, waiter)
    countdown.watch(fs)
    done, pending = set(), set()
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for f in fs:
            if f.done():
                done.add(f)
            else:
                pending.add(f)
                f.remove_done_callback(countdown)
    return done, pending


async def _cancel_and_wait(fut):
    """Cancels fut and waits until it has ended; its result is not looked at."""
    waiter = events.get_running_loop().create_future()

    def on_done(f):
        _release_waiter(waiter)

    fut.add_done_callback(on_done)
    try:
        fut.cancel()
        await waiter
    finally:
        fut.remove_done_callback(on_done)


async def wait_for(fut, timeout):
    """The result of fut; TimeoutError, after cancelling it, when it takes longer."""
    if timeout is None or timeout > 0:
        async with timeouts.timeout(timeout):
            return await fut
    fut = ensure_future(fut)
    if fut.done():
        return fut.result()
    await _cancel_and_wait(fut)
    try:
        return fut.result()
    except exceptions.CancelledError as exc:
        raise TimeoutError from exc


class _AsCompletedIterator:
    """Gives, as `async for`, the futures themselves, as `for`, coroutines to await; both in order of completion."""

    def __init__(self, aws, timeout):
        self._done = queues.Queue()
        self._timer = None
        loop = events.get_event_loop()
        todo = {ensure_future(aw, loop=loop): None for aw in dict.fromkeys(aws)}
        for f in todo:
            f.add_done_callback(self._on_done)
        if todo and timeout is not None:
            self._timer = loop.call_later(timeout, self._on_timeout)
        self._todo = todo
        self._left = len(todo)

    def __aiter__(self):
        return self

    def __iter__(self):
        return self

    async def __anext__(self):
        if not self._left:
            raise StopAsyncIteration
        assert self._left > 0
        self._left -= 1
        return await self._next_done()

    def __next__(self):
        if not self._left:
            raise StopIteration
        assert self._left > 0
        self._left -= 1
        return self._next_done(resolve=True)

    def _on_timeout(self):
        for f in self._todo:
            f.remove_done_callback(self._on_done)
            self._done.put_nowait(None)
        self._todo.clear()

    def _on_done(self, f):
        if f not in self._todo:
            return
        del self._todo[f]
        self._done.put_nowait(f)
        if not self._todo and self._timer is not None:
            self._timer.cancel()

    async def _next_done(self, resolve=False):
        f = await self._done.get()
        if f is None:
            raise TimeoutError
        return f.result() if resolve else f


def as_completed(fs, *, timeout=None):
    """See _AsCompletedIterator. Whatever isn't done after timeout seconds comes as TimeoutError."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expects an iterable of awaitables, not {type(fs).__name__}")
    return _AsCompletedIterator(fs, timeout)


# -- gather and shield --------------------------------------------------------------------------------------------------

class _GatheringFuture(futures.Future):
    """What gather() returns: cancelling it cancels the children, and it ends when they have."""

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        accepted = [child.cancel(msg=msg) for child in self._children]
        if any(accepted):
            # Even if they all end otherwise, this ends cancelled.
            self._cancel_requested = True
            return True
        return False


def _outcome(child):
    """The result or error of a finished child that only looks like a future, as a value; outcomes() calls it."""
    if child.cancelled():
        message = child._cancel_message
        return exceptions.CancelledError("" if message is None else message)
    error = child.exception()
    return child.result() if error is None else error


def _children(args):
    """The futures for gather()'s arguments; the same coroutine twice is one task."""
    made = {}
    repeated = len(set(args)) < len(args)
    children = []
    loop = start = None
    for arg in args:
        if repeated and arg in made:
            children.append(made[arg])
            continue
        if loop is not None and type(arg) is _CoroutineType:
            child = start(arg)
            child._log_destroy_pending = False
        else:
            child = ensure_future(arg, loop=loop)
            if child is not arg:
                child._log_destroy_pending = False
            if loop is None:
                loop = futures._get_loop(child)
                start = create_task if loop is events._get_running_loop() else loop.create_task
        if repeated:
            made[arg] = child
        children.append(child)
    return children, list(made.values()) if repeated else children, loop


def gather(*coros_or_futures, return_exceptions=False):
    """A future for the list of all results, in the order of the arguments.

    The first error ends it (the others go on), or with return_exceptions stands in the list.
    """
    if not coros_or_futures:
        outer = events.get_event_loop().create_future()
        outer.set_result([])
        return outer
    children, distinct, loop = _children(coros_or_futures)
    outer = _GatheringFuture(children, loop=loop)

    def decided(child):
        if outer.done():
            return
        if not return_exceptions:
            error = child._make_cancelled_error() if child.cancelled() else child.exception()
            if error is not None:
                outer.set_exception(error)
                return
        if outer._cancel_requested:
            outer.set_exception(children[-1]._make_cancelled_error())      # the last argument's, as CPython has it
        else:
            outer.set_result(outcomes(children))

    Countdown(decided, _LAST if return_exceptions else _FIRST_FAILED).watch(distinct, False)
    return outer


def shield(arg):
    """Awaiting it is awaiting arg, but cancelling the wait does not cancel arg."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def inner_done(inner):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()       # seen: nobody else will look
        elif inner.cancelled():
            outer.cancel()
        elif (error := inner.exception()) is not None:
            outer.set_exception(error)
        else:
            outer.set_result(inner.result())

    def outer_done(outer):
        if not inner.done():
            inner.remove_done_callback(inner_done)

    inner.add_done_callback(inner_done)
    outer.add_done_callback(outer_done)
    return outer


def run_coroutine_threadsafe(coro, loop):
    """Called in another thread than the loop's: runs coro there; a concurrent.futures.Future for its result."""
    if not coroutines.iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    import concurrent.futures
    future = concurrent.futures.Future()

    def start():
        try:
            futures._chain_future(ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            if future.set_running_or_notify_cancel():
                future.set_exception(exc)
            raise

    loop.call_soon_threadsafe(start)
    return future
