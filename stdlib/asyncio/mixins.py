"""What objects that belong to one event loop share."""

from _tasks import get_running_loop


class _LoopBoundMixin:
    """Bound to the loop of the first call that had to wait."""

    _loop = None

    def _get_loop(self):
        loop = get_running_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise RuntimeError(f"{self!r} is bound to a different event loop")
        return loop
