"""The exceptions of the trio face that are its own.

Cancelled is not here: it belongs to the engine, and all three faces share it.
"""

__all__ = ["BrokenResourceError", "BusyResourceError", "ClosedResourceError", "EndOfChannel", "RunFinishedError", "TooSlowError",
           "TrioDeprecationWarning", "TrioInternalError", "WouldBlock"]


class TrioInternalError(Exception):
    """The run itself went wrong, or a system task raised: nothing the program did in its own tasks."""


class RunFinishedError(RuntimeError):
    """A run was asked for something after it had ended."""


class WouldBlock(Exception):
    """A *_nowait() method would have had to wait."""


class TooSlowError(Exception):
    """fail_after() or fail_at() ran out of time."""


class BusyResourceError(Exception):
    """Another task is using the resource in a way that allows one at a time."""


class ClosedResourceError(Exception):
    """The resource was closed on this side, by us."""


class BrokenResourceError(Exception):
    """The resource is unusable through no act of ours: the peer has gone, say."""


class EndOfChannel(Exception):
    """No value can come any more: every sender has closed."""


class TrioDeprecationWarning(FutureWarning):
    """Something in the API is about to go."""


for _name in __all__:
    globals()[_name].__module__ = "trio"
del _name
