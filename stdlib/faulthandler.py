"""Tracebacks on request. What needs a handler for crashes or a watchdog thread is refused.

    >>> import faulthandler
    >>> faulthandler.is_enabled()
    False
"""

import sys


def _refuse(what):
    raise NotImplementedError(f"faulthandler.{what}(): this interpreter has no handler for fatal errors")


def dump_traceback(file=None, all_threads=True):
    """Write where the program is, the innermost call first."""
    file = sys.stderr if file is None else file
    lines = ["Current thread (most recent call first):\n" if all_threads else "Stack (most recent call first):\n"]
    frame = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        lines.append(f'  File "{code.co_filename}", line {frame.f_lineno} in {code.co_name}\n')
        frame = frame.f_back
    text = "".join(lines)
    if isinstance(file, int):
        import os
        os.write(file, text.encode("ascii", "backslashreplace"))
    else:
        file.write(text)


def is_enabled():
    return False


def enable(file=None, all_threads=True):
    _refuse("enable")


def disable():
    """False: it was not enabled."""
    return False


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    _refuse("dump_traceback_later")


def cancel_dump_traceback_later():
    """Nothing to cancel."""


def register(signum, file=None, all_threads=True, chain=False):
    _refuse("register")


def unregister(signum, /):
    """False: it was not registered."""
    return False
