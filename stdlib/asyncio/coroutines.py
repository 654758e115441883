"""What counts as a coroutine, and how one is shown."""

__all__ = ("iscoroutinefunction", "iscoroutine")

import types
from _collections_abc import Coroutine

# unittest.mock puts it on its stand-ins for async functions.
_is_coroutine = object()
_COROUTINE_TYPES = (types.CoroutineType, Coroutine)
_iscoroutine_typecache = set()


def _is_debug_mode():
    import os
    import sys
    return sys.flags.dev_mode or (not sys.flags.ignore_environment and bool(os.environ.get("PYTHONASYNCIODEBUG")))


def iscoroutinefunction(func):
    """True for a function whose call gives a coroutine."""
    import inspect
    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


def iscoroutine(obj):
    """True for a coroutine object; a plain generator is none."""
    cls = type(obj)
    if cls is types.CoroutineType or cls in _iscoroutine_typecache:
        return True
    if not isinstance(obj, _COROUTINE_TYPES):
        return False
    if len(_iscoroutine_typecache) < 100:   # else a program that makes classes all the time would fill it
        _iscoroutine_typecache.add(cls)
    return True


def _isawaitable(obj):
    """Whether `await obj` can work."""
    if iscoroutine(obj) or hasattr(type(obj), "__await__"):
        return True
    code = getattr(obj, "gi_code", None)
    return isinstance(obj, types.GeneratorType) and bool(code.co_flags & 0x100)     # made by types.coroutine


def _name_of(coro):
    for attribute in ("__qualname__", "__name__"):
        name = getattr(coro, attribute, None)
        if name:
            return f"{name}()"
    return f"<{type(coro).__name__} without __name__>()"


def _is_running(coro):
    running = getattr(coro, "cr_running", None)
    return getattr(coro, "gi_running", False) if running is None else running


def _format_coroutine(coro):
    """"f() running at FILE:LINE", "f() done, defined at ...", or without a place what is known."""
    assert iscoroutine(coro)
    code = getattr(coro, "cr_code", None) or getattr(coro, "gi_code", None)
    name = _name_of(coro)
    if not code:
        return f"{name} running" if _is_running(coro) else name
    frame = getattr(coro, "gi_frame", None) or getattr(coro, "cr_frame", None)
    file = code.co_filename or "<empty co_filename>"
    if frame is not None:
        return f"{name} running at {file}:{frame.f_lineno}"
    return f"{name} done, defined at {file}:{code.co_firstlineno}"
