"""to_thread(): a blocking function in a thread, awaited."""

import contextvars

import _tasks

__all__ = ["to_thread"]

_executor = None


def _threads():
    global _executor
    if _executor is None:
        from concurrent.futures import ThreadPoolExecutor
        _executor = ThreadPoolExecutor(thread_name_prefix="skein")
    return _executor


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

    def work():
        value = error = None
        try:
            value = context.run(fn, *args, **kwargs)
        except BaseException as e:
            error = e
        try:
            loop.call_soon_threadsafe(back, value, error)
        except RuntimeError:  # the run is over; only an abandoned thread gets here
            pass

    loop.hold(1)
    try:
        _threads().submit(work)
    except BaseException:
        loop.hold(-1)
        raise
    return await _tasks.park(give_up)
