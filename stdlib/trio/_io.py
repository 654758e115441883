"""Waiting for descriptors."""

import _uv

from ._errors import BusyResourceError, ClosedResourceError

__all__ = ["notify_closing", "wait_readable", "wait_writable"]


def _number(fd):
    return fd if isinstance(fd, int) else fd.fileno()


async def _wait(native, fd):
    try:
        await native(_number(fd))
    except RuntimeError as exc:
        if isinstance(exc, RecursionError):
            raise
        raise BusyResourceError("another task is already reading / writing this fd") from None


async def wait_readable(fd):
    """Wait until the descriptor (or an object with fileno()) can be read."""
    await _wait(_uv.wait_readable, fd)


async def wait_writable(fd):
    """Wait until the descriptor (or an object with fileno()) can be written."""
    await _wait(_uv.wait_writable, fd)


def notify_closing(fd):
    """The descriptor is about to be closed: tasks that wait for it get ClosedResourceError.  Call it before the close."""
    from ._core import running_engine
    if running_engine() is not None:
        _uv.closing(_number(fd), ClosedResourceError("another task closed this fd"))
