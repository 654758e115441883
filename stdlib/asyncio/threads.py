"""Blocking functions in a thread, awaited."""

__all__ = ("to_thread",)

from . import events


async def to_thread(func, /, *args, **kwargs):
    """Run func(*args, **kwargs) in the default executor, in a copy of the current context; its result or error is ours."""
    import functools
    from _contextvars import copy_context
    loop = events.get_running_loop()
    context = copy_context()
    return await loop.run_in_executor(None, functools.partial(context.run, func, *args, **kwargs))
