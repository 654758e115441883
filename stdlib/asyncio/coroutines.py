"""What counts as a coroutine, and how one is shown."""

__all__ = ("iscoroutinefunction", "iscoroutine")

from _tasks import NativeCoroutine

# Programs put it on functions that return a coroutine.
_is_coroutine = object()


async def _nothing():
    pass

_sample = _nothing()
_CoroutineType = type(_sample)
_sample.close()
del _sample

_iscoroutine_typecache = {_CoroutineType, NativeCoroutine}


def __getattr__(name):
    if name == "_COROUTINE_TYPES":
        from _collections_abc import Coroutine
        return _CoroutineType, Coroutine
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _is_debug_mode():
    import sys
    if sys.flags.dev_mode or sys.flags.ignore_environment:
        return bool(sys.flags.dev_mode)
    os = sys.modules.get("os")
    if os is not None:
        return bool(os.environ.get("PYTHONASYNCIODEBUG"))
    import posix        # not worth importing os for
    return bool(posix.environ.get(b"PYTHONASYNCIODEBUG"))


def iscoroutinefunction(func):
    """True for a function whose call gives a coroutine."""
    import inspect
    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


def iscoroutine(obj):
    """True for a coroutine object; a plain generator is none."""
    cls = type(obj)
    if cls is _CoroutineType or cls in _iscoroutine_typecache:
        return True
    from _collections_abc import Coroutine
    if not isinstance(obj, Coroutine):
        return False
    if len(_iscoroutine_typecache) < 100:   # else a program that makes classes all the time would fill it
        _iscoroutine_typecache.add(cls)
    return True


def _isawaitable(obj):
    """Whether `await obj` can work."""
    if iscoroutine(obj) or hasattr(type(obj), "__await__"):
        return True
    code = getattr(obj, "gi_code", None)
    return type(obj).__name__ == "generator" and code is not None and bool(code.co_flags & 0x100)   # types.coroutine's


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
