"""Messages about what a program does, sorted by where they come from and how much they matter.

    >>> import logging, sys
    >>> logging.basicConfig(stream=sys.stdout, format="%(name)s: %(message)s", level=logging.INFO)
    >>> logging.getLogger("shop.till").info("%d coins", 3)
    shop.till: 3 coins
"""

__all__ = ["BASIC_FORMAT", "BufferingFormatter", "CRITICAL", "DEBUG", "ERROR", "FATAL", "FileHandler", "Filter", "Formatter",
           "Handler", "INFO", "LogRecord", "Logger", "LoggerAdapter", "NOTSET", "NullHandler", "StreamHandler", "WARN",
           "WARNING", "addLevelName", "basicConfig", "captureWarnings", "critical", "debug", "disable", "error", "exception",
           "fatal", "getLevelName", "getLogger", "getLoggerClass", "info", "log", "makeLogRecord", "setLoggerClass",
           "shutdown", "warn", "warning", "getLogRecordFactory", "setLogRecordFactory", "lastResort", "raiseExceptions",
           "getLevelNamesMapping", "getHandlerByName", "getHandlerNames"]

import atexit
import sys
import warnings

from logging._levels import *
from logging._levels import _checkLevel, _levelToName, _nameToLevel
from logging._records import *
from logging._records import _STYLES, _defaultFormatter, _startTime, check_style as _check_style
from logging._handlers import *
from logging._handlers import _StderrHandler, _defaultLastResort, _handlerList, _handlers, _lock, _removeHandlerRef
from logging._loggers import Logger, LoggerAdapter, Manager, PlaceHolder, RootLogger, getLoggerClass, root, setLoggerClass
from logging._loggers import _check_logger_class

# Set them to change what is recorded, and whether mistakes in logging are reported.
raiseExceptions = True
logThreads = True
logMultiprocessing = True
logProcesses = True
logAsyncioTasks = True


def getLogger(name=None):
    """The logger of that name; none: the root."""
    if not name or isinstance(name, str) and name == root.name:
        return root
    return Logger.manager.getLogger(name)


def basicConfig(*, force=False, encoding=None, errors="backslashreplace", handlers=None, stream=None, filename=None,
                filemode="a", format=None, datefmt=None, style="%", level=None, **unknown):
    """Give the root logger a handler and a format, unless it has one already."""
    with _lock:
        if force:
            for handler in root.handlers[:]:
                root.removeHandler(handler)
                handler.close()
        if root.handlers:
            return
        if handlers is None:
            if stream and filename:
                raise ValueError("'stream' and 'filename' should not be specified together")
            if filename:
                if "b" in filemode:
                    errors = None
                elif encoding is None:
                    encoding = "utf-8" if sys.flags.utf8_mode else None
                handlers = [FileHandler(filename, filemode, encoding=encoding, errors=errors)]
            else:
                handlers = [StreamHandler(stream)]
        elif stream or filename:
            raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
        default_format = _check_style(style)[1]
        formatter = Formatter(default_format if format is None else format, datefmt, style)
        for handler in handlers:
            if handler.formatter is None:
                handler.setFormatter(formatter)
            root.addHandler(handler)
        if level is not None:
            root.setLevel(level)
        if unknown:
            raise ValueError(f"Unrecognised argument(s): {', '.join(unknown)}")


# ---- the root logger's methods, which set up a handler first --------------------------------

def _ready():
    if not root.handlers:
        basicConfig()
    return root


def critical(msg, *args, **kwargs):
    _ready().critical(msg, *args, **kwargs)


def fatal(msg, *args, **kwargs):
    critical(msg, *args, **kwargs)


def error(msg, *args, **kwargs):
    _ready().error(msg, *args, **kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    error(msg, *args, exc_info=exc_info, **kwargs)


def warning(msg, *args, **kwargs):
    _ready().warning(msg, *args, **kwargs)


def warn(msg, *args, **kwargs):
    warnings.warn("The 'warn' function is deprecated, use 'warning' instead", DeprecationWarning, 2)
    warning(msg, *args, **kwargs)


def info(msg, *args, **kwargs):
    _ready().info(msg, *args, **kwargs)


def debug(msg, *args, **kwargs):
    _ready().debug(msg, *args, **kwargs)


def log(level, msg, *args, **kwargs):
    _ready().log(level, msg, *args, **kwargs)


def disable(level=CRITICAL):
    """Nobody logs anything up to this level."""
    root.manager.disable = level
    root.manager._clear_cache()


def currentframe():
    """The caller's frame."""
    return sys._getframe(1)


# ---- warnings ---------------------------------------------------------------------------------

_warnings_showwarning = None


def _showwarning(message, category, filename, lineno, file=None, line=None):
    if file is not None:
        if _warnings_showwarning is not None:
            _warnings_showwarning(message, category, filename, lineno, file, line)
        return
    logger = getLogger("py.warnings")
    if not logger.handlers:
        logger.addHandler(NullHandler())
    logger.warning(str(warnings.formatwarning(message, category, filename, lineno, line)))


def captureWarnings(capture):
    """Send warnings to the logger "py.warnings", or no longer."""
    global _warnings_showwarning
    if capture and _warnings_showwarning is None:
        _warnings_showwarning = warnings.showwarning
        warnings.showwarning = _showwarning
    elif not capture and _warnings_showwarning is not None:
        warnings.showwarning = _warnings_showwarning
        _warnings_showwarning = None


for _cls in (BufferingFormatter, FileHandler, Filter, Filterer, Formatter, Handler, LogRecord, Logger, LoggerAdapter, Manager,
             NullHandler, PercentStyle, PlaceHolder, RootLogger, StrFormatStyle, StreamHandler, StringTemplateStyle,
             _StderrHandler):
    _cls.__module__ = "logging"
del _cls
atexit.register(shutdown)
