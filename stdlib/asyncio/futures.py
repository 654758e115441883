"""Futures: the native class, and the ways between asyncio's futures and those of concurrent.futures."""

__all__ = ("Future", "wrap_future", "isfuture")

import sys

from _tasks import Future

from . import base_futures, events, exceptions

isfuture = base_futures.isfuture
_PENDING = base_futures._PENDING
_CANCELLED = base_futures._CANCELLED
_FINISHED = base_futures._FINISHED

# There is one implementation; where CPython has its other one, this name stands for it.
_PyFuture = Future


def _get_loop(fut):
    """The loop of a future, also of one that has only the old attribute."""
    try:
        get_loop = fut.get_loop
    except AttributeError:
        return fut._loop
    return get_loop()


def _set_result_unless_cancelled(fut, result):
    if not fut.cancelled():
        fut.set_result(result)


def _is_concurrent(future):
    """Without importing concurrent.futures: who has an instance has imported it."""
    module = sys.modules.get("concurrent.futures._base") or sys.modules.get("concurrent.futures")
    return module is not None and isinstance(future, module.Future)


def _convert_future_exc(exc):
    """concurrent.futures' own exceptions become ours."""
    module = sys.modules.get("concurrent.futures")
    if module is not None:
        if type(exc) is module.CancelledError:
            return exceptions.CancelledError(*exc.args).with_traceback(exc.__traceback__)
        if type(exc) is module.InvalidStateError:
            return exceptions.InvalidStateError(*exc.args).with_traceback(exc.__traceback__)
    return exc


def _set_concurrent_future_state(concurrent, source):
    """source, a finished future of ours, decides how concurrent ends."""
    assert source.done()
    if source.cancelled():
        concurrent.cancel()
    if not concurrent.set_running_or_notify_cancel():
        return
    error = source.exception()
    if error is not None:
        concurrent.set_exception(_convert_future_exc(error))
    else:
        concurrent.set_result(source.result())


def _copy_future_state(source, dest):
    """source, a finished future of any kind, decides how dest, one of ours, ends."""
    assert source.done()
    if dest.cancelled():
        return
    assert not dest.done()
    if source.cancelled():
        dest.cancel()
        return
    error = source.exception()
    if error is not None:
        dest.set_exception(_convert_future_exc(error))
    else:
        dest.set_result(source.result())


def _chain_future(source, destination):
    """destination ends as source does; cancelling destination cancels source. Either may be of either kind."""
    if not isfuture(source) and not _is_concurrent(source):
        raise TypeError("A future is required for source argument")
    if not isfuture(destination) and not _is_concurrent(destination):
        raise TypeError("A future is required for destination argument")
    source_loop = _get_loop(source) if isfuture(source) else None
    dest_loop = _get_loop(destination) if isfuture(destination) else None
    # A thread will finish the source: while it hasn't, a loop that has nothing to do is not stuck.
    engine = getattr(dest_loop, "_engine", None) if source_loop is None else None

    def set_state(future, other):
        if isfuture(future):
            _copy_future_state(other, future)
        else:
            _set_concurrent_future_state(future, other)

    def destination_done(destination):
        if destination.cancelled():
            if source_loop is None or source_loop is dest_loop:
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    def source_done(source):
        if engine is not None:
            engine.hold(-1)
        if destination.cancelled() and dest_loop is not None and dest_loop.is_closed():
            return
        if dest_loop is None or dest_loop is source_loop:
            set_state(destination, source)
        elif not dest_loop.is_closed():
            dest_loop.call_soon_threadsafe(set_state, destination, source)

    if engine is not None:
        engine.hold(1)
    destination.add_done_callback(destination_done)
    source.add_done_callback(source_done)


def wrap_future(future, *, loop=None):
    """A future of ours that ends as |future|, one of concurrent.futures, does."""
    if isfuture(future):
        return future
    assert _is_concurrent(future), f"concurrent.futures.Future is expected, got {future!r}"
    if loop is None:
        loop = events.get_event_loop()
    wrapped = loop.create_future()
    _chain_future(future, wrapped)
    return wrapped
