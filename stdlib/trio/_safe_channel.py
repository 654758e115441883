"""@as_safe_channel: an async generator as a channel, so that it may use nurseries and timeouts around its yields.

    @trio.as_safe_channel
    async def ticks():
        with trio.move_on_after(60):        # would be wrong in a bare generator
            while True:
                yield await next_tick()

    async with ticks() as channel:
        async for tick in channel:
            ...

The generator runs in a task of its own.  It goes on to its next yield only when the next value is asked for, as in a plain
loop over it, and is closed when the block is left.
"""

import sys
from functools import wraps

from . import abc
from ._channel import open_memory_channel
from ._core import Cancelled, open_nursery
from ._errors import BrokenResourceError
from ._sync import Semaphore

__all__ = ["as_safe_channel"]


class _Receiver(abc.ReceiveChannel):
    """Each receive() lets the generator take one step."""

    def __init__(self, channel, steps):
        self._channel = channel
        self._steps = steps

    async def receive(self):
        self._steps.release()
        return await self._channel.receive()

    async def aclose(self):
        await self._channel.aclose()

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc, tb):
        self._channel.close()


async def _close(generator):
    # A nursery that the generator has open puts the GeneratorExit into its group: it is nobody's error.
    try:
        await generator.aclose()
    except BaseExceptionGroup as group:
        rest = group.split(GeneratorExit)[1]
        if rest is not None:
            raise rest from None


async def _pump(generator, channel, steps, task_status):
    # Values go out one by one; whatever ends this, the generator is closed here, in the task that ran it.
    try:
        with channel:
            task_status.started()
            try:
                await steps.acquire()
                async for value in generator:
                    try:
                        await channel.send(value)
                    except BrokenResourceError:
                        break  # the block was left
                    await steps.acquire()
            finally:
                await _close(generator)
    finally:
        del generator


class _SafeChannel:
    """What a call of the decorated function gives: for `async with`."""

    def __init__(self, fn, args, kwargs):
        self._call = fn, args, kwargs

    async def __aenter__(self):
        fn, args, kwargs = self._call
        send, receive = open_memory_channel(0)
        steps = Semaphore(0)
        generator = fn(*args, **kwargs)
        sys.allow_scope_yield(generator)  # it has a task to itself: what it opens stays open there
        self._nursery = open_nursery()
        await self._nursery.__aenter__()
        try:
            await self._nursery.start(self._start, generator, send, steps)
        except BaseException as exc:
            if not await self._nursery.__aexit__(type(exc), exc, exc.__traceback__):
                raise
            raise
        self._receiver = _Receiver(receive, steps)
        return self._receiver

    @staticmethod
    async def _start(generator, send, steps, *, task_status):
        await _pump(generator, send, steps, task_status)

    async def __aexit__(self, exc_type, exc, tb):
        self._receiver.__exit__(exc_type, exc, tb)
        self._nursery.cancel_scope.cancel(reason="the block over the channel was left")
        try:
            return await self._nursery.__aexit__(exc_type, exc, tb)
        except BaseExceptionGroup as group:
            single = _single(group)
            if single is None:
                raise RuntimeError("the generator raised while it was being closed, and so did the block: both are in the group below") from group
            if single is exc or (isinstance(single, Cancelled) and isinstance(exc, Cancelled)):
                return False
            context = single.__context__
            try:
                raise single
            finally:
                single.__context__ = context  # not the group it was taken from


def _leaves(group):
    for exc in group.exceptions:
        if isinstance(exc, BaseExceptionGroup):
            yield from _leaves(exc)
        else:
            yield exc


def _single(group):
    # The one error in the group; a Cancelled if it holds nothing else; None: there are several errors.
    leaves = list(_leaves(group))
    errors = [exc for exc in leaves if not isinstance(exc, Cancelled)]
    if len(errors) > 1:
        return None
    return errors[0] if errors else leaves[0]


def as_safe_channel(fn):
    """Decorator for async generator functions."""

    @wraps(fn)
    def channel(*args, **kwargs):
        return _SafeChannel(fn, args, kwargs)

    return channel


as_safe_channel.__module__ = "trio"
