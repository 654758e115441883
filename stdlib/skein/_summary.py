"""What an uncaught group of tasks' errors comes down to: one line per leaf, under the tree.

    2 errors:
      ValueError: x, in task Task-1/boomer at demo.py:9: the first error
      OSError: cleanup, in task Task-1/w at demo.py:4: while cancelled because task 'boomer' raised ValueError('x')
"""

import sys

from _skein import origin


def _wanted():
    options = getattr(sys, "_xoptions", {})
    if "group-summary" in options:
        return True
    if options.get("tb", "native") != "native":
        return False    # what is written instead of the native text says all this
    try:
        return sys.stderr.isatty()
    except Exception:
        return False


def _leaves(group):
    stack = [group]
    while stack:
        error = stack.pop()
        if isinstance(error, BaseExceptionGroup):
            stack.extend(reversed(error.exceptions))
        else:
            yield error


def _text(error):
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}.{kind.__qualname__}"
    try:
        words = str(error)
    except Exception:
        words = "<its text could not be made>"
    return f"{name}: {words}" if words else name


def _place(error):
    trace = error.__traceback__
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


def _why(where, first):
    path, number, reason = where
    if number == first:
        return "the first error"
    if reason is None:
        return "on its own"
    return f"while cancelled because {reason.reason}" if reason.reason else f"while cancelled ({reason.source})"


def summary(group):
    """The text, or None when it is not wanted or the errors are not from tasks."""
    if not _wanted():
        return None
    leaves = [(error, origin(error)) for error in _leaves(group)]
    numbers = [where[1] for _, where in leaves if where]
    if not numbers:
        return None
    first = min(numbers)
    lines = [f"{len(leaves)} error{'s' if len(leaves) != 1 else ''}:"]
    for error, where in leaves:
        line = "  " + _text(error).replace("\n", "\n    ")
        if where:
            line += f", in task {where[0]}{_place(error)}: {_why(where, first)}"
        lines.append(line)
    return "\n".join(lines) + "\n"
