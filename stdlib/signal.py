"""Signals: what the operating system tells a process, handled by Python functions in the main thread.

    >>> import signal
    >>> came = []
    >>> before = signal.signal(signal.SIGUSR1, lambda number, frame: came.append(signal.Signals(number).name))
    >>> signal.raise_signal(signal.SIGUSR1); came
    ['SIGUSR1']
"""

import _signal
from enum import IntEnum as _IntEnum
from _signal import (ITIMER_PROF, ITIMER_REAL, ITIMER_VIRTUAL, NSIG, ItimerError, alarm, default_int_handler, getitimer, pause,
                     pthread_kill, raise_signal, set_wakeup_fd, setitimer, siginterrupt, strsignal)


def _numbers(test):
    return {name: value for name, value in vars(_signal).items() if test(name)}


Signals = _IntEnum("Signals", _numbers(lambda name: name.startswith("SIG") and not name.startswith("SIG_")), module=__name__)
Handlers = _IntEnum("Handlers", _numbers(lambda name: name in ("SIG_DFL", "SIG_IGN")), module=__name__)
Sigmasks = _IntEnum("Sigmasks", _numbers(lambda name: name in ("SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK")), module=__name__)
globals().update(Signals.__members__)
globals().update(Handlers.__members__)
globals().update(Sigmasks.__members__)


def _named(value, names):
    """The member of the enumeration, or the value itself when it has none."""
    try:
        return names(value)
    except (ValueError, TypeError):
        return value


def _plain(value):
    return int(value) if isinstance(value, Handlers) else value


def signal(signalnum, handler):
    """Set the action for a signal: SIG_DFL, SIG_IGN or a function of (number, frame); gives the one before."""
    return _named(_signal.signal(int(signalnum), _plain(handler)), Handlers)


def getsignal(signalnum):
    """The current action: SIG_DFL, SIG_IGN, a function, or None when it was not set by Python."""
    return _named(_signal.getsignal(int(signalnum)), Handlers)


def pthread_sigmask(how, mask):
    """Change which signals this thread blocks; gives the set of those it blocked."""
    return {_named(number, Signals) for number in _signal.pthread_sigmask(how, mask)}


def sigpending():
    """The signals that came while they were blocked."""
    return {_named(number, Signals) for number in _signal.sigpending()}


def sigwait(sigset):
    """Wait for one of the signals, which should be blocked."""
    return _named(_signal.sigwait(sigset), Signals)


def valid_signals():
    """All signals there are here."""
    return {_named(number, Signals) for number in _signal.valid_signals()}
