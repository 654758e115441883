"""Whether and how to colour what goes to a terminal.

    >>> import _colorize, io
    >>> _colorize.can_colorize(file=io.StringIO())
    False
"""

__all__ = ["ANSIColors", "NoColors", "can_colorize", "get_colors"]

import os
import sys

COLORIZE = True


class ANSIColors:
    RESET = "\x1b[0m"
    BOLD_GREEN = "\x1b[1;32m"
    BOLD_MAGENTA = "\x1b[1;35m"
    BOLD_RED = "\x1b[1;31m"
    GREEN = "\x1b[32m"
    GREY = "\x1b[90m"
    MAGENTA = "\x1b[35m"
    RED = "\x1b[31m"
    YELLOW = "\x1b[33m"


NoColors = ANSIColors()
for _name in dir(NoColors):
    if not _name.startswith("_"):
        setattr(NoColors, _name, "")


def get_colors(colorize=False):
    """The colour codes, or empty strings in their place."""
    return ANSIColors() if colorize or can_colorize() else NoColors


def can_colorize(file=None):
    """What the environment (PYTHON_COLORS, NO_COLOR, FORCE_COLOR, TERM) and the stream say."""
    if not sys.flags.ignore_environment:
        wish = os.environ.get("PYTHON_COLORS")
        if wish == "0":
            return False
        if wish == "1":
            return True
    if os.environ.get("NO_COLOR"):
        return False
    if not COLORIZE:
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("TERM") == "dumb":
        return False
    stream = sys.stderr if file is None else file
    if not hasattr(stream, "fileno"):
        return False
    try:
        return os.isatty(stream.fileno())
    except Exception:
        return stream.isatty()
