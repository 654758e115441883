"""Between tasks and threads: to_thread.run_sync() and from_thread.run().

    async def main():
        data = await trio.to_thread.run_sync(read_it)       # the task waits, others run

    def read_it():
        trio.from_thread.run(trio.sleep, 1)                  # in the thread: a piece of work for the task that waits

A thread can't be stopped from outside.  So by default a cancelled run_sync() waits all the same, and the thread may ask
from_thread.check_cancelled(); with abandon_on_cancel=True the task goes on and what the thread makes of it is dropped.
"""

import contextvars
import threading
from collections import deque

from ._core import CancelScope, Cancelled, call_async, current_task, open_nursery, park, raise_if_cancelled, reschedule, running_engine, spawn
from ._errors import RunFinishedError
from ._limiter import CapacityLimiter
from ._run import _runs, this_run
from ._workers import _Error, _Value, start_thread_soon

__all__ = ["current_default_thread_limiter", "from_thread_check_cancelled", "from_thread_run", "from_thread_run_sync", "to_thread_run_sync"]

DEFAULT_THREADS = 40
_here = threading.local()  # .job in worker threads


def current_default_thread_limiter():
    """The limiter of run_sync() calls that name none: 40 threads, one limiter per run."""
    variables = this_run().variables
    limiter = variables.get("threads")
    if limiter is None:
        limiter = variables["threads"] = CapacityLimiter(DEFAULT_THREADS)
    return limiter


class _Borrower:
    """Stands for the thread in the limiter."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<ThreadPlaceholder {self.name!r}>"


class _Job:
    """One run_sync(): the task that waits (the host) and the thread that works for it."""

    __slots__ = ("run", "task", "abandon", "limiter", "borrower", "inbox", "parked", "cancelled", "abandoned")

    def __init__(self, run, task, abandon, limiter, borrower):
        self.run = run
        self.task = task
        self.abandon = abandon
        self.limiter = limiter
        self.borrower = borrower
        self.inbox = deque()      # _Request objects, in the end an outcome
        self.parked = False       # the host sleeps until something is in the inbox
        self.cancelled = False    # the host was cancelled
        self.abandoned = False    # the host has gone

    # ---- in the thread

    def work(self, sync_fn, args):
        _here.job = self
        try:
            result = sync_fn(*args)
        finally:
            del _here.job
        if hasattr(result, "__await__") and hasattr(result, "send"):
            result.close()
            raise TypeError(f"Trio expected a synchronous function, but {sync_fn!r} appears to be asynchronous")
        return result

    def deliver(self, outcome):
        _post(self.run, self.finished, outcome)

    # ---- in the loop

    def finished(self, outcome):
        self.run.engine.hold(-1)
        self.limiter.release_on_behalf_of(self.borrower)
        self.receive(outcome)

    def receive(self, message):
        if self.abandoned:
            return
        self.inbox.append(message)
        if self.parked:
            self.parked = False
            reschedule(self.task)

    # ---- in the host

    async def wait(self):
        while True:
            if not self.inbox:
                self.parked = True
                await park(self.abort)
            message = self.inbox.popleft()
            if not isinstance(message, _Request):
                return message.unwrap()
            await message.answer()

    def abort(self, task):
        self.cancelled = True
        if self.abandon:
            self.parked = False
            self.abandoned = True
        return self.abandon


async def to_thread_run_sync(sync_fn, *args, thread_name=None, abandon_on_cancel=False, limiter=None):
    """Run sync_fn(*args) in a worker thread; return what it returns."""
    raise_if_cancelled()
    run = this_run()
    if limiter is None:
        limiter = current_default_thread_limiter()
    if thread_name is None:
        thread_name = f"{getattr(sync_fn, '__name__', None)} from {current_task().name}"
    borrower = _Borrower(thread_name)
    job = _Job(run, current_task(), bool(abandon_on_cancel), limiter, borrower)
    context = contextvars.copy_context()
    await limiter.acquire_on_behalf_of(borrower)
    try:
        start_thread_soon(lambda: context.run(job.work, sync_fn, args), job.deliver, thread_name)
    except BaseException:
        limiter.release_on_behalf_of(borrower)
        raise
    run.engine.hold(1)
    return await job.wait()


# ---- from a thread to its task ------------------------------------------------------------------------------------------


class _Request:
    """Something a thread wants done in the run, and waits for."""

    def __init__(self, fn, args):
        self.fn = fn
        self.args = args
        self.context = contextvars.copy_context()
        self.done = threading.Lock()
        self.done.acquire()
        self.outcome = None

    def finish(self, outcome):
        self.outcome = outcome
        self.done.release()

    def result(self):
        self.done.acquire()
        outcome, self.outcome = self.outcome, None
        return outcome.unwrap()

    async def answer_in_task(self):
        await self.answer()


class _SyncRequest(_Request):
    async def answer(self):
        self.answer_now()

    def answer_now(self):
        try:
            result = self.context.run(self.fn, *self.args)
            if hasattr(result, "__await__") and hasattr(result, "send"):
                result.close()
                raise TypeError(f"Trio expected a synchronous function, but {self.fn!r} appears to be asynchronous")
        except BaseException as exc:
            self.finish(_Error(exc))
        else:
            self.finish(_Value(result))


class _AsyncRequest(_Request):
    async def answer(self):
        # A child of the host, so that its context can be the thread's: the host's cancel is the child's.
        async with open_nursery() as nursery:
            spawn(nursery, self._run(), self.fn, self.context)

    async def _run(self):
        try:
            result = await call_async(self.fn, *self.args)
        except BaseException as exc:
            self.finish(_Error(exc))
        else:
            self.finish(_Value(result))


def _post(run, fn, *args):
    # False: nobody will ever run it.
    if run.finished:
        return False
    try:
        run.engine.call_soon_threadsafe(fn, *args)
    except RuntimeError:
        return False
    return True


def _ask(request, token):
    if running_engine() in _runs:
        raise RuntimeError("this is a blocking function; call it from a thread")
    job = getattr(_here, "job", None)
    if token is not None:
        run, job = token._run, None
    elif job is None:
        raise RuntimeError("this thread wasn't created by Trio, pass kwarg trio_token=...")
    else:
        run = job.run
    if job is not None and not job.abandon:
        posted = _post(run, job.receive, request)
    elif isinstance(request, _SyncRequest):
        posted = _post(run, request.answer_now)
    else:
        posted = _post(run, _spawn_answer, run, request)
    if not posted:
        raise RunFinishedError("The Trio run has finished.")
    return request.result()


def _spawn_answer(run, request):
    try:
        run.spawn_system(request.answer_in_task, (), request.fn, request.context)
    except RuntimeError:
        request.finish(_Error(RunFinishedError("The Trio run has finished.")))


def from_thread_run(afn, *args, trio_token=None):
    """In a thread: run an async function in the run and wait for it."""
    return _ask(_AsyncRequest(afn, args), trio_token)


def from_thread_run_sync(fn, *args, trio_token=None):
    """In a thread: run a plain function in the run's thread and wait for it."""
    return _ask(_SyncRequest(fn, args), trio_token)


def from_thread_check_cancelled():
    """In a thread of to_thread.run_sync(): raise Cancelled if the task that waits for it was cancelled."""
    job = getattr(_here, "job", None)
    if job is None:
        raise RuntimeError("this thread wasn't created by Trio, pass kwarg trio_token=...")
    if job.abandoned:
        raise from_thread_run(_make_cancelled)
    if job.cancelled:
        from_thread_run_sync(raise_if_cancelled)


async def _make_cancelled():
    with CancelScope() as scope:
        scope.cancel(reason="the task that waited for the thread has gone")
        try:
            raise_if_cancelled()
        except Cancelled as exc:
            return exc
