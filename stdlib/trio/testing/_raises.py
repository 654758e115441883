"""RaisesGroup: expect a group of exceptions of a certain shape.

    with RaisesGroup(ValueError, RaisesGroup(OSError)):
        raise ExceptionGroup("", [ValueError(), ExceptionGroup("", [OSError()])])
"""

import re

__all__ = ["Matcher", "RaisesExc", "RaisesGroup"]


def _name(expected):
    return expected.__name__ if isinstance(expected, type) else repr(expected)


def _text(exc):
    return "\n".join([str(exc), *getattr(exc, "__notes__", ())])


class ExceptionInfo:
    """What the with statement binds: the exception, once it is there."""

    def __init__(self):
        self._value = None

    @property
    def value(self):
        if self._value is None:
            raise AssertionError(".value can only be used after the context manager exits")
        return self._value

    @property
    def type(self):
        return type(self.value)

    @property
    def tb(self):
        return self.value.__traceback__


class _Expectation:
    fail_reason = None

    def __init__(self, match, check):
        self.match = re.compile(match) if isinstance(match, str) else match
        self.check = check
        self._info = ExceptionInfo()

    def _fails_text_or_check(self, exc):
        if self.match is not None and not self.match.search(_text(exc)):
            return f"Regex pattern {self.match.pattern!r} did not match {_text(exc)!r}"
        if self.check is not None and not self.check(exc):
            return f"check {self.check!r} was not true"
        return None

    def matches(self, exception):
        """Whether the exception is as expected; fail_reason tells why not."""
        self.fail_reason = self._why_not(exception)
        return self.fail_reason is None

    def __enter__(self):
        return self._info

    def __exit__(self, exc_type, exc, tb):
        __tracebackhide__ = True
        if exc is None:
            raise AssertionError(f"DID NOT RAISE any exception, expected {self.expected_type()}")
        if not self.matches(exc):
            raise AssertionError(f"Raised exception did not match: {self.fail_reason}") from exc
        self._info._value = exc
        return True


class Matcher(_Expectation):
    """One exception: by type, by a pattern in its text, by a function."""

    def __init__(self, exception_type=None, match=None, check=None):
        if exception_type is None and match is None and check is None:
            raise ValueError("You must specify at least one parameter to match on.")
        if exception_type is not None and not (isinstance(exception_type, type) and issubclass(exception_type, BaseException)):
            raise TypeError(f"exception_type {exception_type} must be a subclass of BaseException")
        super().__init__(match, check)
        self.exception_type = exception_type

    def __repr__(self):
        parts = [] if self.exception_type is None else [self.exception_type.__name__]
        if self.match is not None:
            parts.append(f"match={self.match.pattern!r}")
        if self.check is not None:
            parts.append(f"check={self.check!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def expected_type(self):
        return "BaseException" if self.exception_type is None else self.exception_type.__name__

    def _why_not(self, exc):
        if self.exception_type is not None and not isinstance(exc, self.exception_type):
            return f"{exc!r} is not an instance of {self.exception_type.__name__!r}"
        return self._fails_text_or_check(exc)


class RaisesExc(Matcher):
    """Matcher under its newer name."""


class RaisesGroup(_Expectation):
    """A group whose members match, in any order."""

    def __init__(self, *exceptions, allow_unwrapped=False, flatten_subgroups=False, match=None, check=None):
        if not exceptions:
            raise TypeError("at least one expected exception is needed")
        for expected in exceptions:
            self._judge(expected)
        if allow_unwrapped and len(exceptions) > 1:
            raise ValueError("You cannot specify multiple exceptions with `allow_unwrapped=True.`")
        if allow_unwrapped and isinstance(exceptions[0], RaisesGroup):
            raise ValueError("`allow_unwrapped=True` has no effect when expecting a `RaisesGroup`.")
        if allow_unwrapped and (match is not None or check is not None):
            raise ValueError("`allow_unwrapped=True` bypasses the `match` and `check` parameters if the exception is unwrapped.")
        if flatten_subgroups and any(isinstance(e, RaisesGroup) for e in exceptions):
            raise ValueError("You cannot specify a nested structure inside a RaisesGroup with `flatten_subgroups=True`.")
        super().__init__(match, check)
        self.expected_exceptions = exceptions
        self.allow_unwrapped = allow_unwrapped
        self.flatten_subgroups = flatten_subgroups
        self.is_baseexceptiongroup = any(self._is_base(e) for e in exceptions)

    @staticmethod
    def _judge(expected):
        if isinstance(expected, _Expectation):
            return
        if not isinstance(expected, type):
            raise TypeError(f"Invalid argument {expected!r} must be exception type, Matcher, or RaisesGroup.")
        if not issubclass(expected, BaseException):
            raise ValueError(f"expected exception must be a BaseException type, not {expected.__name__}")

    @staticmethod
    def _is_base(expected):
        if isinstance(expected, RaisesGroup):
            return expected.is_baseexceptiongroup
        cls = expected.exception_type if isinstance(expected, Matcher) else expected
        return cls is not None and not issubclass(cls, Exception)

    def __repr__(self):
        return f"RaisesGroup({', '.join(_name(e) for e in self.expected_exceptions)})"

    def expected_type(self):
        return f"{'Base' if self.is_baseexceptiongroup else ''}ExceptionGroup({', '.join(_name(e) for e in self.expected_exceptions)})"

    def _leaves(self, group):
        for member in group.exceptions:
            if self.flatten_subgroups and isinstance(member, BaseExceptionGroup):
                yield from self._leaves(member)
            else:
                yield member

    @staticmethod
    def _matches_one(expected, exc):
        return expected.matches(exc) if isinstance(expected, _Expectation) else isinstance(exc, expected)

    def _why_not(self, exc):
        if not isinstance(exc, BaseExceptionGroup if self.is_baseexceptiongroup else ExceptionGroup):
            if not isinstance(exc, BaseExceptionGroup) and self.allow_unwrapped and self._matches_one(self.expected_exceptions[0], exc):
                return None
            return f"{exc!r} is not an exception group" if not isinstance(exc, BaseExceptionGroup) else f"{exc!r} is not an ExceptionGroup"
        failed = self._fails_text_or_check(exc)
        if failed is not None:
            return failed
        actual = list(self._leaves(exc))
        if len(actual) != len(self.expected_exceptions):
            return f"{len(actual)} exceptions in the group, {len(self.expected_exceptions)} expected"
        if not self._pair(actual):
            return f"the exceptions {actual!r} can't be paired with {self!r}"
        return None

    def _pair(self, actual):
        # Bipartite matching by augmenting paths: each expectation takes an exception of its own.
        fits = [[i for i, exc in enumerate(actual) if self._matches_one(e, exc)] for e in self.expected_exceptions]
        taken = {}

        def place(expectation, seen):
            for i in fits[expectation]:
                if i not in seen:
                    seen.add(i)
                    if i not in taken or place(taken[i], seen):
                        taken[i] = expectation
                        return True
            return False

        return all(place(e, set()) for e in range(len(self.expected_exceptions)))
