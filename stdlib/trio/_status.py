"""task_status for functions that may also be started without start().

    async def serve(*, task_status=trio.TASK_STATUS_IGNORED):
        ...
        task_status.started()
"""

__all__ = ["TASK_STATUS_IGNORED", "TaskStatus"]


class TaskStatus:
    """What start() hands to the function: its started(value) lets start() return.  For annotations: TaskStatus[int]."""

    def __class_getitem__(cls, _):
        return cls

    def started(self, value=None):
        raise NotImplementedError


class _Ignored(TaskStatus):
    def __repr__(self):
        return "TASK_STATUS_IGNORED"

    def started(self, value=None):
        pass


TASK_STATUS_IGNORED = _Ignored()
TaskStatus.__module__ = "trio"
