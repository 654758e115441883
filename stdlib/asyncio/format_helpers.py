"""How callbacks and their arguments are shown, and where they come from."""

import sys


def _get_function_source(func):
    """(file, line) of a Python function, also behind wrappers and partials; None: not known."""
    import functools
    import types
    while True:
        if hasattr(func, "__wrapped__"):
            func = func.__wrapped__
        elif isinstance(func, (functools.partial, functools.partialmethod)):
            func = func.func
        else:
            break
    if not isinstance(func, types.FunctionType):
        return None
    code = func.__code__
    return code.co_filename, code.co_firstlineno


def _format_callback_source(func, args, *, debug=False):
    text = _format_callback(func, args, None, debug=debug)
    source = _get_function_source(func)
    return f"{text} at {source[0]}:{source[1]}" if source else text


def _format_args_and_kwargs(args, kwargs, *, debug=False):
    """"(1, 'x', key=2)"; without debug the values are not looked at."""
    if not debug:
        return "()"
    from reprlib import repr as short
    items = [short(arg) for arg in args]
    items += [f"{key}={short(value)}" for key, value in (kwargs or {}).items()]
    return f"({', '.join(items)})"


def _format_callback(func, args, kwargs, *, debug=False, suffix=""):
    import functools
    while isinstance(func, functools.partial):
        suffix = _format_args_and_kwargs(args, kwargs, debug=debug) + suffix
        func, args, kwargs = func.func, func.args, func.keywords
    name = getattr(func, "__qualname__", None) or getattr(func, "__name__", None) or repr(func)
    return name + _format_args_and_kwargs(args, kwargs, debug=debug) + suffix


def extract_stack(f=None, limit=None):
    """The stack as a StackSummary, innermost frame last; without source lines until somebody prints it."""
    import traceback
    from .constants import DEBUG_STACK_DEPTH
    if f is None:
        f = sys._getframe(1)
    stack = traceback.StackSummary.extract(traceback.walk_stack(f), limit=limit or DEBUG_STACK_DEPTH,
                                           lookup_lines=False)
    stack.reverse()
    return stack


# -- Handles: the natives call these for their repr() -------------------------------------------------------------

def _handle_repr_info(handle):
    info = [type(handle).__name__]
    if handle._cancelled:
        info.append("cancelled")
    when = getattr(handle, "_when", None)
    if when is not None:
        info.append(f"when={when}")
    if handle._callback is not None:
        info.append(_format_callback_source(handle._callback, handle._args, debug=handle._loop.get_debug()))
    source = handle._source_traceback
    if source:
        info.append(f"created at {source[-1][0]}:{source[-1][1]}")
    return info


def _handle_repr(handle):
    return f"<{' '.join(_handle_repr_info(handle))}>"


def _handle_error(handle, error):
    """What the exception handler is told of a callback that raised."""
    text = _format_callback_source(handle._callback, handle._args)
    context = {"message": f"Exception in callback {text}", "exception": error, "handle": handle}
    if handle._source_traceback:
        context["source_traceback"] = handle._source_traceback
    return context
