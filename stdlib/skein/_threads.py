"""to_thread(): a blocking function in a thread, awaited."""

import contextvars
import threading

import _tasks

__all__ = ["to_thread"]

IDLE_SECONDS = 10

_idle = []


class _Worker:
    """A thread that runs one job after the other and ends when it has had none for a while."""

    def __init__(self):
        self.job = None
        self.wake = threading.Lock()
        self.wake.acquire()
        threading.Thread(target=self.work, name="skein worker", daemon=True).start()

    def give(self, job):
        _tasks.pool(0, 1)
        self.job = job
        self.wake.release()

    def work(self):
        _tasks.pool(1, 0)
        while True:
            if self.wake.acquire(timeout=IDLE_SECONDS):
                job, self.job = self.job, None
                job(self)
                del job
                _tasks.pool(0, -1)
                continue
            try:
                _idle.remove(self)
            except ValueError:
                continue  # it was chosen just now: the job is coming
            _tasks.pool(-1, 0)
            return


async def to_thread(fn, /, *args, abandon_on_cancel=False, **kwargs):
    """Runs fn(*args, **kwargs) in a thread with a copy of the context; gives its result or raises its error.

    A thread cannot be stopped: a cancel waits for it and its outcome is kept, unless abandon_on_cancel, which lets the thread run
    on alone.
    """
    await _tasks.checkpoint_if_cancelled()
    loop, task = _tasks.running_engine(), _tasks.current_task()
    context = contextvars.copy_context()
    abandoned = False

    def give_up(task):
        nonlocal abandoned
        abandoned = abandon_on_cancel
        return abandoned

    def back(value, error):
        loop.hold(-1)
        if not abandoned:
            _tasks.reschedule(task, value, error)

    def work(worker):
        value = error = None
        try:
            value = context.run(fn, *args, **kwargs)
        except BaseException as e:
            error = e
        _idle.append(worker)
        try:
            loop.call_soon_threadsafe(back, value, error)
        except RuntimeError:  # the run is over; only an abandoned thread gets here
            pass

    loop.hold(1)
    try:
        (_idle.pop() if _idle else _Worker()).give(work)
    except BaseException:
        loop.hold(-1)
        raise
    return await _tasks.park(give_up)
