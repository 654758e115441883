"""Signals while a loop runs.

Ctrl-C cancels everything once, with the reason "signal", and run() raises KeyboardInterrupt when all is done.  A second one is raised in
the code that runs, a third one ends the process.  SIGQUIT and SIGUSR1 print what every task waits for, and the program goes on.

A signal for which the program has a handler is left alone.
"""

import _skein

_REPORTS = "SIGQUIT", "SIGUSR1"


def _module():
    try:
        import _signal
    except ImportError:  # a host without signals
        return None
    return _signal


class Signals:
    """Context manager: our handlers, where nobody else has any."""

    def __init__(self, loop):
        self.loop = loop
        self.interrupts = 0
        self.signal = _module()
        self.installed = []

    def __enter__(self):
        signal = self.signal
        if signal is not None:
            try:
                self._take(signal.SIGINT, signal.default_int_handler, self._interrupted)
                for name in _REPORTS:
                    self._take(getattr(signal, name), signal.SIG_DFL, _skein.report_tasks)
            except (ValueError, PermissionError):  # not the main thread, or the host has the signals
                pass
        return self

    def _take(self, number, usual, handler):
        if self.signal.getsignal(number) == usual:
            self.signal.signal(number, handler)
            self.installed.append((number, usual, handler))

    def _interrupted(self, number, frame):
        self.interrupts += 1
        if self.interrupts == 1:
            _skein.cancel_root(self.loop, "signal", "Ctrl-C")
            self.loop.wake()
        elif self.interrupts == 2:
            raise KeyboardInterrupt
        else:
            self.signal.signal(number, self.signal.SIG_DFL)
            self.signal.raise_signal(number)

    def __exit__(self, *exc):
        for number, usual, handler in self.installed:
            if self.signal.getsignal(number) == handler:
                self.signal.signal(number, usual)


def somebody_listens():
    """Whether the program has a handler for a signal other than Ctrl-C: it may wake a task, so waiting is no deadlock."""
    signal = _module()
    for number in range(1, signal.NSIG):
        try:
            handler = signal.getsignal(number)
        except ValueError:
            continue
        if number != signal.SIGINT and callable(handler) and handler is not _skein.report_tasks:
            return True
    return False
