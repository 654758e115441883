"""Futures in words."""

__all__ = ()

_PENDING = "PENDING"
_CANCELLED = "CANCELLED"
_FINISHED = "FINISHED"


def isfuture(obj):
    """A Future, or something that looks like one: its class has _asyncio_future_blocking, and it isn't None."""
    return hasattr(obj.__class__, "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


def _format_callbacks(cb):
    """"cb=[f()]" of a list of (function, context); a long one is cut in the middle."""
    from .format_helpers import _format_callback_source
    shown = [_format_callback_source(entry[0], ()) for entry in (cb if len(cb) <= 2 else (cb[0], cb[-1]))]
    if len(cb) > 2:
        shown.insert(1, f"<{len(cb) - 2} more>")
    return f"cb=[{', '.join(shown)}]"


def _future_repr_info(future):
    info = [future._state.lower()]
    if future._state == _FINISHED:
        if future._exception is not None:
            info.append(f"exception={future._exception!r}")
        else:
            from reprlib import repr as short
            info.append(f"result={short(future._result)}")
    if future._callbacks:
        info.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        last = future._source_traceback[-1]
        info.append(f"created at {last[0]}:{last[1]}")
    return info


def _future_repr(future):
    """The natives look this name up for each repr(): reprlib is imported by the first."""
    global _future_repr
    from reprlib import recursive_repr

    @recursive_repr()
    def _future_repr(future):
        return f"<{type(future).__name__} {' '.join(_future_repr_info(future))}>"

    return _future_repr(future)
