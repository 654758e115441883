"""@stream: an async generator that runs in a task of its own.

A generator that holds a task group or a cancel scope open while it is suspended hides it from its consumer.  As a stream it never is:
it has its own task, hands its items over one at a time, and ends with the block that uses it.

    @stream
    async def messages(url):
        async with TaskGroup() as tg:
            ...
            yield message

    async with messages(url) as items:
        async for message in items:
            ...
"""

import functools
import sys

from _skein import BrokenResourceError, ClosedResourceError, EndOfChannel, TaskGroup, channel

__all__ = ["stream"]


class _Stream:
    """What a call of a stream function gives; entered once."""

    def __init__(self, generator, name):
        self._generator = generator
        self._name = name
        self._group = self._items = None

    def __aiter__(self):
        raise TypeError(f"'{self._name}' is a stream: write 'async with {self._name}(...) as items' and iterate over items")

    async def __aenter__(self):
        if self._group is not None:
            raise RuntimeError(f"the stream '{self._name}' was entered already")
        self._group = TaskGroup(name=self._name)
        await self._group.__aenter__()
        requests, wanted = channel(0)
        given, items = channel(0)
        self._items = _Items(requests, items)
        self._group.create_task(_pump(self._generator, wanted, given), name=self._name)
        return self._items

    async def __aexit__(self, kind, error, traceback):
        self._items.close()
        try:
            swallow = await self._group.__aexit__(kind, error, traceback)
        except BaseExceptionGroup as group:
            # The body's error came first and is known to the caller: alone, it goes on as it is.
            if error is not None and len(group.exceptions) == 1 and group.exceptions[0] is error:
                return False
            raise
        return swallow


class _Items:
    """The consumer's end: asking for an item lets the generator run until its next yield."""

    def __init__(self, requests, items):
        self._requests, self._received = requests, items

    def __aiter__(self):
        return self

    async def __anext__(self):
        try:
            await self._requests.send(None)
            return await self._received.receive()
        except (BrokenResourceError, EndOfChannel, ClosedResourceError):
            raise StopAsyncIteration from None

    def close(self):
        self._requests.close()
        self._received.close()


async def _pump(generator, wanted, given):
    sys.allow_scope_yield(generator)
    try:
        with wanted, given:
            async for _ in wanted:
                try:
                    item = await anext(generator)
                except StopAsyncIteration:
                    return
                try:
                    await given.send(item)
                except BrokenResourceError:
                    return
    finally:
        await generator.aclose()


def stream(fn):
    """Makes a stream function of an async generator function."""
    @functools.wraps(fn)
    def call(*args, **kwargs):
        return _Stream(fn(*args, **kwargs), fn.__name__)
    return call
