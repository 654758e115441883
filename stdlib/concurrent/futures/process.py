"""Pools of processes: not there, since there is no multiprocessing."""

from concurrent.futures import _base


class BrokenProcessPool(_base.BrokenExecutor):
    """Never raised: there are no such pools."""


class ProcessPoolExecutor(_base.Executor):
    """Refuses to be made."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError("ProcessPoolExecutor: Skein has no multiprocessing; use ThreadPoolExecutor or subprocess")
