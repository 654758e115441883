"""Help for tests of programs with tasks: a clock that jumps, checks for errors and groups of errors, a check for leaked tasks.

    def test_gives_up():
        clock = VirtualClock()
        with raises(TimeoutError):
            skein.run(fetch, "slow", clock=clock)    # takes no real time
        assert clock.current_time() == 30
"""

import re

__all__ = ["Expected", "RaisesGroup", "VirtualClock", "no_leaked_tasks", "raises", "unwrap_one"]


class VirtualClock:
    """A clock for run(clock=...): when every task waits, the time jumps to the next moment at which something is due.

    With autojump=False it moves by jump() only.
    """

    def __init__(self, start=0.0, *, autojump=True):
        self._now = float(start)
        self.autojump = autojump

    def __repr__(self):
        return f"<VirtualClock at {self._now} seconds>"

    def current_time(self):
        return self._now

    def jump(self, seconds):
        if seconds < 0:
            raise ValueError("time can't go backwards")
        self._now += seconds

    def idle(self, seconds):
        """The loop has nothing to do for so long (None: for ever); True: time has moved."""
        if seconds is None or not self.autojump:
            return False
        self._now += seconds
        return True


def unwrap_one(error):
    """The only leaf of a group, through all levels; any other exception, or a group with several leaves, as it is."""
    leaf = error
    while isinstance(leaf, BaseExceptionGroup):
        if len(leaf.exceptions) != 1:
            return error
        leaf = leaf.exceptions[0]
    return leaf


class Expected:
    """An expectation of one exception: its class, a pattern its text matches, a check it passes."""

    def __init__(self, kind=None, *, match=None, check=None):
        if kind is None and match is None and check is None:
            raise ValueError("nothing is expected: give a class, match= or check=")
        self.kind, self.match, self.check = kind, match, check

    def __repr__(self):
        parts = []
        if self.kind is not None:
            names = [k.__name__ for k in self.kind] if isinstance(self.kind, tuple) else [self.kind.__name__]
            parts.append(" | ".join(names))
        if self.match is not None:
            parts.append(f"match={self.match!r}")
        if self.check is not None:
            parts.append(f"check={self.check!r}")
        return f"Expected({', '.join(parts)})"

    def matches(self, error):
        return self.why_not(error) is None

    def why_not(self, error):
        """None if the exception is as expected; else what is wrong with it."""
        if self.kind is not None and not isinstance(error, self.kind):
            return f"{error!r} is no {self!r}"
        if self.match is not None and not re.search(self.match, _text(error)):
            return f"{self.match!r} does not match {_text(error)!r}"
        if self.check is not None and not self.check(error):
            return f"{self.check!r} refused {error!r}"
        return None


def _text(error):
    return "\n".join([str(error), *getattr(error, "__notes__", ())])


class _Raises:
    """The context manager: what was raised is in |value| afterwards."""

    def __init__(self, expected):
        self.expected = expected
        self.value = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if error is None:
            raise AssertionError(f"nothing was raised, expected {self.expected!r}")
        why = self.expected.why_not(error)
        if why is None:
            self.value = error
            return True
        if isinstance(error, Exception):
            raise AssertionError(why) from error
        return False


def raises(kind, *, match=None, check=None):
    """with raises(ValueError, match="pattern") as info: ...   A group is no ValueError: see RaisesGroup."""
    return _Raises(Expected(kind, match=match, check=check))


class RaisesGroup(_Raises):
    """Expects a group whose members are exactly these, in any order: classes, Expected or RaisesGroup objects.

    with RaisesGroup(ValueError, Expected(OSError, match="gone")): ...

    match, check: of the group itself.  flatten: members of inner groups count as members.  allow_unwrapped: with a single
    expectation, the bare exception will do.
    """

    def __init__(self, *expected, match=None, check=None, flatten=False, allow_unwrapped=False):
        if not expected:
            raise ValueError("at least one member must be expected")
        if allow_unwrapped and len(expected) > 1:
            raise ValueError("allow_unwrapped goes with a single expectation")
        self.members = [e if hasattr(e, "why_not") else Expected(e) for e in expected]
        self.match, self.check, self.flatten, self.allow_unwrapped = match, check, flatten, allow_unwrapped
        super().__init__(self)

    def __repr__(self):
        return f"RaisesGroup({', '.join(map(repr, self.members))})"

    def matches(self, error):
        return self.why_not(error) is None

    def why_not(self, error):
        if not isinstance(error, BaseExceptionGroup):
            if self.allow_unwrapped and self.members[0].matches(error):
                return None
            return f"{error!r} is no group"
        if self.match is not None and not re.search(self.match, "\n".join([error.message, *getattr(error, "__notes__", ())])):
            return f"{self.match!r} does not match the group's message {error.message!r}"
        actual = list(_leaves(error)) if self.flatten else list(error.exceptions)
        found = _assign(self.members, actual)
        missing = [m for i, m in enumerate(self.members) if i not in found]
        extra = [e for i, e in enumerate(actual) if i not in found.values()]
        if missing or extra:
            parts = []
            if missing:
                parts.append("not raised: " + ", ".join(map(repr, missing)))
            if extra:
                parts.append("not expected: " + ", ".join(map(repr, extra)))
            return "; ".join(parts)
        if self.check is not None and not self.check(error):
            return f"{self.check!r} refused {error!r}"
        return None


def _leaves(group):
    stack = [group]
    while stack:
        error = stack.pop()
        if isinstance(error, BaseExceptionGroup):
            stack.extend(reversed(error.exceptions))
        else:
            yield error


def _assign(expected, actual):
    """The largest matching of expectations to exceptions: {index of expectation: index of exception}.

    Taking the first that fits is not enough: Expected(OSError) may take what only Expected(ConnectionError) could have... had it waited.
    """
    fits = [[j for j, error in enumerate(actual) if e.matches(error)] for e in expected]
    taken = {}

    def place(i, tried):
        for j in fits[i]:
            if j in tried:
                continue
            tried.add(j)
            if j not in taken or place(taken[j], tried):
                taken[j] = i
                return True
        return False

    for i in range(len(expected)):
        place(i, set())
    return {i: j for j, i in taken.items()}


class no_leaked_tasks:
    """async with no_leaked_tasks(): ...   AssertionError if tasks that were born inside are still there at the end."""

    async def __aenter__(self):
        import _tasks
        self._before = set(map(id, _tasks.running_engine().all_tasks()))
        return self

    async def __aexit__(self, kind, error, traceback):
        import _tasks
        leaked = [t.get_name() for t in _tasks.running_engine().all_tasks() if id(t) not in self._before]
        if leaked and error is None:
            raise AssertionError(f"tasks left behind: {', '.join(leaked)}")
