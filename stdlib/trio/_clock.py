"""The clock a run has when none was given: the engine's own, as an object."""

from . import abc
from ._core import current_time

__all__ = ["SystemClock"]


class SystemClock(abc.Clock):
    """Real time."""

    def start_clock(self):
        pass

    def current_time(self):
        return current_time()

    def deadline_to_sleep_time(self, deadline):
        return deadline - current_time()
