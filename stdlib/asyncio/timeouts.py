"""Timeouts around a block. Native; see vm/task/async_timeout.c."""

__all__ = ("Timeout", "timeout", "timeout_at")

from _aio import Timeout, timeout, timeout_at
