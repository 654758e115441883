"""The exceptions of the package; those that the engine raises are its own classes."""

__all__ = ("BrokenBarrierError", "CancelledError", "InvalidStateError", "TimeoutError", "IncompleteReadError",
           "LimitOverrunError", "SendfileNotAvailableError")

from _tasks import CancelledError, InvalidStateError

TimeoutError = TimeoutError     # the builtin; the name is part of this module's interface


class SendfileNotAvailableError(RuntimeError):
    """This transport or file can't be sent by the system."""


class IncompleteReadError(EOFError):
    """The stream ended before as much as was wanted had come: `partial` holds what came, `expected` is what was wanted."""

    def __init__(self, partial, expected):
        wanted = "undefined" if expected is None else repr(expected)
        super().__init__(f"{len(partial)} bytes read on a total of {wanted} expected bytes")
        self.partial = partial
        self.expected = expected

    def __reduce__(self):
        return type(self), (self.partial, self.expected)


class LimitOverrunError(Exception):
    """The buffer reached its limit before the separator was found; `consumed` bytes of it are surely no part of one."""

    def __init__(self, message, consumed):
        super().__init__(message)
        self.consumed = consumed

    def __reduce__(self):
        return type(self), (self.args[0], self.consumed)


class BrokenBarrierError(RuntimeError):
    """The barrier was broken while, or before, a task waited at it."""
