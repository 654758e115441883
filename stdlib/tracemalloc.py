"""Tracing of memory allocations, which this interpreter does not do: it is never tracing.

    >>> import tracemalloc
    >>> tracemalloc.is_tracing(), tracemalloc.get_traced_memory()
    (False, (0, 0))
"""

__all__ = ["start", "stop", "is_tracing", "get_traced_memory", "reset_peak", "clear_traces", "get_traceback_limit",
           "get_tracemalloc_memory", "get_object_traceback", "take_snapshot"]


def start(nframe=1, /):
    """Refused."""
    raise NotImplementedError("tracemalloc.start(): this interpreter can't trace memory allocations")


def stop():
    """Nothing to stop."""


def is_tracing():
    return False


def get_traced_memory():
    return 0, 0


def reset_peak():
    """Nothing to reset."""


def clear_traces():
    """Nothing to clear."""


def get_traceback_limit():
    return 1


def get_tracemalloc_memory():
    return 0


def get_object_traceback(obj):
    """Nobody knows where it was made."""
    return None


def take_snapshot():
    raise RuntimeError("the tracemalloc module must be tracing memory allocations to take a snapshot")
