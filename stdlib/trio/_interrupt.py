"""Ctrl-C during a run.

The first SIGINT becomes a KeyboardInterrupt: at once if it meets the program's own code, else (the run is waiting, or the
program asked for it with restrict_keyboard_interrupt_to_checkpoints) in the main task, where that waits.  A second one that
comes before the first was received is raised wherever it finds the program.
Nothing is installed when the program has a SIGINT handler of its own, or when the run is not in the main thread.
"""

import _tasks

__all__ = ["install"]


def install(run):
    """Take SIGINT over for this run; returns the function that gives it back."""
    try:
        import signal
        import threading
    except ImportError:
        return _nothing
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return _nothing

    def handler(signum, frame):
        task = _tasks.current_task(run.engine) if run.main_task is not None else None
        if run.interrupted or (task is not None and not run.restrict_interrupt):
            run.interrupted = False
            raise KeyboardInterrupt
        run.interrupted = True
        run.engine.call_soon_threadsafe(deliver, run)

    try:
        signal.signal(signal.SIGINT, handler)
    except PermissionError:     # the program gave its signals up
        return _nothing

    def restore():
        if signal.getsignal(signal.SIGINT) is handler:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    return restore


def deliver(run):
    """In the loop: the main task's wait ends with KeyboardInterrupt, if it can be ended; else its next one will."""
    if not run.interrupted or run.main_task is None or run.main_task.done():
        return
    if _tasks.interrupt(run.main_task, KeyboardInterrupt()):
        run.interrupted = False
    else:
        run.engine.call_later(0.001, deliver, run)


def _nothing():
    pass
