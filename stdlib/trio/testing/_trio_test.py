"""@trio_test: an async test function that a test runner can call."""

from functools import wraps

from .. import abc
from .._run import run

__all__ = ["trio_test"]


def trio_test(fn):
    """Calls of the function run it in a trio run; an argument that is a Clock becomes the run's clock."""

    @wraps(fn)
    def call(**kwargs):
        __tracebackhide__ = True
        clocks = [value for value in kwargs.values() if isinstance(value, abc.Clock)]
        if len(clocks) > 1:
            raise ValueError("too many clocks spoil the broth!")

        async def main():
            return await fn(**kwargs)

        main.__qualname__ = getattr(fn, "__qualname__", main.__qualname__)
        return run(main, clock=clocks[0] if clocks else None)

    return call
