"""The logger "asyncio". The package logging is imported when the first record is written, not before."""


class _LazyLogger:
    """Hands every attribute of the real logger through."""

    def __getattr__(self, name):
        import logging
        return getattr(logging.getLogger("asyncio"), name)

    def __repr__(self):
        return repr(self.__getattr__("__repr__").__self__)


logger = _LazyLogger()
