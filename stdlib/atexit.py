"""Functions that are called when the program ends, the last registered first.

    >>> import atexit
    >>> _ = atexit.register(print, "bye")
    >>> atexit.unregister(print)
"""

import sys
from types import SimpleNamespace as _Record

_callbacks = []


def register(func, /, *args, **kwargs):
    """Have func(*args, **kwargs) called at the end; return func, so that this is a decorator too."""
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _callbacks.append((func, args, kwargs))
    return func


def unregister(func, /):
    """Forget every registration of func."""
    _callbacks[:] = [entry for entry in _callbacks if entry[0] != func]


def _run_exitfuncs():
    """Call and forget everything. What a callback raises is reported, and the next one has its turn."""
    while _callbacks:
        func, args, kwargs = _callbacks.pop()
        try:
            func(*args, **kwargs)
        except BaseException as error:
            sys.unraisablehook(_Record(
                exc_type=type(error), exc_value=error, exc_traceback=error.__traceback__, object=None,
                err_msg=f"Exception ignored in atexit callback {func!r}"))


def _clear():
    _callbacks.clear()


def _ncallbacks():
    return len(_callbacks)
