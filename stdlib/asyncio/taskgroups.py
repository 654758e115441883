"""TaskGroup: tasks that are joined together. Native; see vm/task/async_group.c."""

__all__ = ("TaskGroup",)

from _aio import TaskGroup
