"""Sequencer: steps of several tasks in a given order."""

from collections import defaultdict
from contextlib import asynccontextmanager

from .._core import Cancelled
from .._sync import Event

__all__ = ["Sequencer"]


class Sequencer:
    """`async with seq(n)` runs its block when block n - 1 has ended, whatever task that is in.

        async with seq(0): ...      # in one task
        async with seq(1): ...      # in another
    """

    def __init__(self):
        self._ready = defaultdict(Event)
        self._used = set()
        self._broken = False

    @asynccontextmanager
    async def __call__(self, position):
        if position in self._used:
            raise RuntimeError(f"Attempted to reuse sequence point {position}")
        if self._broken:
            raise RuntimeError("sequence broken!")
        self._used.add(position)
        if position:
            try:
                await self._ready[position].wait()
            except Cancelled:
                self._broken = True
                for event in self._ready.values():
                    event.set()
                raise RuntimeError("Sequencer wait cancelled -- sequence broken") from None
            if self._broken:
                raise RuntimeError("sequence broken!")
        try:
            yield
        finally:
            self._ready[position + 1].set()
