"""What is wrong with something that should be an async function: called by the natives when the call gave no coroutine."""

import inspect

__all__ = ["coroutine_or_error"]

_MISSING = object()


def _looks_foreign(value):
    # A future of asyncio, a Deferred ...
    return hasattr(value, "_asyncio_future_blocking") or type(value).__name__ in ("Future", "Deferred")


def coroutine_or_error(async_fn, result=_MISSING):
    """result is what async_fn() gave; without it, async_fn can't be called.  Returns a coroutine or raises TypeError."""
    if result is _MISSING:
        if inspect.iscoroutine(async_fn):
            async_fn.close()
            raise TypeError(f"Trio was expecting an async function, but instead it got a coroutine object {async_fn!r}\n\n"
                            "Hand over the function and its arguments, without calling it:\n\n"
                            "  nursery.start_soon(fn(x))   # wrong\n  nursery.start_soon(fn, x)   # right\n")
        if _looks_foreign(async_fn):
            raise TypeError(f"Trio was expecting an async function, but instead it got {async_fn!r} - "
                            "is it from a library for asyncio or another system?")
        raise TypeError(f"Trio was expecting an async function, but instead it got {async_fn!r}")
    if inspect.isawaitable(result) and hasattr(result, "send"):
        return result
    if _looks_foreign(result):
        raise TypeError(f"Trio got unexpected {result!r} - is it from a library for asyncio or another system?")
    if inspect.isasyncgen(result):
        raise TypeError(f"start_soon expected an async function but got an async generator {result!r}")
    raise TypeError(f"Trio expected an async function, but {async_fn!r} appears to be synchronous")
