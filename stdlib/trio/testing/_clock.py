"""MockClock: time that moves when a test says so."""

import math
import time

from .. import abc
from .._core import running_engine, wait_idle

__all__ = ["MockClock"]


class MockClock(abc.Clock):
    """Stands still, unless given a rate (seconds per real second) or told to jump.

    autojump_threshold: when all tasks have been blocked for so many real seconds, jump to the next deadline.  0 makes a
    program that only sleeps run at once; infinity (the default) never jumps.
    """

    def __init__(self, rate=0.0, autojump_threshold=math.inf):
        self._real_base = 0.0
        self._virtual_base = 0.0
        self._rate = 0.0
        self._real_clock = time.perf_counter
        self._spawn = None  # while a run uses this clock: how to start a system task
        self.rate = rate
        self.autojump_threshold = autojump_threshold

    def __repr__(self):
        return f"<MockClock, time={self.current_time():.7f}, rate={self._rate} @ {id(self):#x}>"

    @property
    def rate(self):
        return self._rate

    @rate.setter
    def rate(self, rate):
        if rate < 0:
            raise ValueError("rate must be >= 0")
        self._virtual_base = self.current_time()
        self._real_base = self._real_clock()
        self._rate = float(rate)

    @property
    def autojump_threshold(self):
        return self._threshold

    @autojump_threshold.setter
    def autojump_threshold(self, seconds):
        self._threshold = float(seconds)
        if self._spawn is not None and 0 < self._threshold < math.inf:
            self._spawn(self._jump_when_quiet, name="<autojump>")

    def start_clock(self):
        pass

    def current_time(self):
        if not self._rate:
            return self._virtual_base
        return self._virtual_base + self._rate * (self._real_clock() - self._real_base)

    def deadline_to_sleep_time(self, deadline):
        ahead = deadline - self.current_time()
        if ahead <= 0:
            return 0.0
        return ahead / self._rate if self._rate else math.inf

    def jump(self, seconds):
        """Move forward."""
        if seconds < 0:
            raise ValueError("time can't go backwards")
        self._virtual_base += seconds

    # ---- towards the engine -------------------------------------------------------------------------------------------

    def _idle(self, seconds):
        # The engine has nothing to run for so many virtual seconds (None: for ever).  True: time has moved; a number: real
        # seconds to wait; None: time stands still.
        if seconds is None:
            return None
        if self._threshold == 0:
            self.jump(seconds)
            return True
        return seconds / self._rate if self._rate else None

    def _begin(self, spawn_system_task):
        self._spawn = spawn_system_task
        if 0 < self._threshold < math.inf:
            self._spawn(self._jump_when_quiet, name="<autojump>")

    async def _jump_when_quiet(self):
        engine = running_engine()
        while 0 < self._threshold < math.inf:
            await wait_idle(self._threshold)
            ahead = engine.next_timer
            if ahead is not None and ahead > self._virtual_base:
                self.jump(ahead - self.current_time())
