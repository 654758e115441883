"""The logger "asyncio". The package logging is imported when the first record is written, not before."""


class _LazyLogger:
    """Hands every attribute of the real logger through."""

    def __getattr__(self, name):
        try:
            from logging import getLogger
        except ImportError:
            return getattr(_stderr, name)
        return getattr(getLogger("asyncio"), name)


class _StderrLogger:
    """Where the library was built without logging: what is a warning or worse goes to stderr."""

    level = 30

    def setLevel(self, level):
        self.level = level

    def isEnabledFor(self, level):
        return level >= self.level

    def log(self, level, msg, *args, exc_info=None, **kwargs):
        if not self.isEnabledFor(level):
            return
        import sys
        import traceback
        print(msg % args if args else msg, file=sys.stderr)
        if exc_info:
            error = exc_info[1] if isinstance(exc_info, tuple) else sys.exception()
            traceback.print_exception(error)

    def debug(self, msg, *args, **kwargs):
        self.log(10, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(20, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(30, msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        self.log(40, msg, *args, **kwargs)


_stderr = _StderrLogger()
logger = _LazyLogger()
