"""The logger "asyncio". The package logging is imported when the first record is written, not before."""


class _LazyLogger:
    """Hands every attribute of the real logger through."""

    def __getattr__(self, name):
        from logging import getLogger
        return getattr(getLogger("asyncio"), name)


logger = _LazyLogger()
