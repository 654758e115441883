"""trio.lowlevel.Task: the engine's task with the attributes that Trio's has."""

import _tasks

from ._core import Nursery, child_nurseries

__all__ = ["Task"]


class Task(_tasks.Task):
    """A running async function."""

    custom_sleep_data = None  # whoever puts the task to sleep may keep something here

    def __init__(self, *args, **kwargs):
        raise TypeError("trio.lowlevel.Task has no public constructor")

    def __repr__(self):
        return f"<Task {self.get_name()!r} at {id(self):#x}>"

    @property
    def name(self):
        return self.get_name()

    @name.setter
    def name(self, value):
        self.set_name(value)

    @property
    def coro(self):
        return self.get_coro()

    @property
    def context(self):
        return self.get_context()

    @property
    def parent_nursery(self):
        """The nursery that joins this task; None for the root task, and until started() for a task of start()."""
        group = self.group
        return group if isinstance(group, Nursery) else None

    @property
    def eventual_parent_nursery(self):
        """Where a task of start() will belong; None otherwise."""
        return None

    @property
    def child_nurseries(self):
        """The nurseries this task has open, outermost first."""
        return child_nurseries(self)

    def iter_await_frames(self):
        """(frame, line) of each coroutine the task stands in, outermost first."""
        coro = self.get_coro()
        while coro is not None:
            for frame, inner in (("cr_frame", "cr_await"), ("gi_frame", "gi_yieldfrom"), ("ag_frame", "ag_await")):
                if hasattr(coro, frame):
                    found = getattr(coro, frame)
                    if found is None:
                        return
                    yield found, found.f_lineno
                    coro = getattr(coro, inner)
                    break
            else:
                return


Task.__module__ = "trio.lowlevel"
