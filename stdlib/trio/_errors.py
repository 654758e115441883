"""The exceptions of the trio face.

Those about channels, like Cancelled (in _core.py), are the engine's: all faces share them.
"""

from _skein import BrokenResourceError, ClosedResourceError, EndOfChannel, WouldBlock

__all__ = ["BrokenResourceError", "BusyResourceError", "ClosedResourceError", "EndOfChannel", "RunFinishedError", "TooSlowError",
           "TrioDeprecationWarning", "TrioInternalError", "WouldBlock"]


class TrioInternalError(Exception):
    """The run itself went wrong, or a system task raised: nothing the program did in its own tasks."""


class RunFinishedError(RuntimeError):
    """A run was asked for something after it had ended."""


class TooSlowError(Exception):
    """fail_after() or fail_at() ran out of time."""


class BusyResourceError(Exception):
    """Another task is using the resource in a way that allows one at a time."""


class TrioDeprecationWarning(FutureWarning):
    """Something in the API is about to go."""


for _class in (BusyResourceError, RunFinishedError, TooSlowError, TrioDeprecationWarning, TrioInternalError):
    _class.__module__ = "trio"
del _class
