"""Warnings: messages to the programmer that do not stop the program.

    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as log:
    ...     warnings.simplefilter("always")
    ...     warnings.warn("old", DeprecationWarning)
    >>> str(log[0].message)
    'old'

Each warning goes through `filters`, first match wins, to one of the actions
"error", "ignore", "always", "all", "default", "module", "once".
"""

__all__ = [
    "warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
    "catch_warnings", "deprecated",
]

import sys


# ---- showing ------------------------------------------------------------------

class WarningMessage:
    """One issued warning, as showwarning and record=True see it."""

    _WARNING_DETAILS = ("message", "category", "filename", "lineno", "file", "line", "source")

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (f"{{message : {self.message!r}, category : {self._category_name!r}, "
                f"filename : {self.filename!r}, lineno : {self.lineno}, line : {self.line!r}}}")

    def __repr__(self):
        return f"<{type(self).__qualname__} {self}>"


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to a file, sys.stderr by default. Programs may replace this."""
    _showwarnmsg_impl(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning. Programs may replace this."""
    return _formatwarnmsg_impl(WarningMessage(message, category, filename, lineno, None, line))


def _showwarnmsg_impl(msg):
    file = msg.file
    if file is None:
        file = sys.stderr
        if file is None:
            return      # no stderr: the warning is lost
    text = _formatwarnmsg(msg)
    try:
        file.write(text)
    except OSError:
        pass            # the stream is closed or full: nothing to be done


def _formatwarnmsg_impl(msg):
    category = msg.category.__name__
    text = f"{msg.filename}:{msg.lineno}: {category}: {msg.message}\n"

    line = msg.line
    if line is None:
        try:
            import linecache
            line = linecache.getline(msg.filename, msg.lineno)
        except Exception:
            line = None     # at shutdown nothing may be imported any more
    if line:
        text += f"  {line.strip()}\n"
    if msg.source is not None:
        text += _allocation_note(msg)
    return text


def _allocation_note(msg):
    """Where the object that a ResourceWarning speaks of was made, if that is known."""
    try:
        import tracemalloc
    except ImportError:
        tracing, tb = False, None
        suggest = msg.category.__name__ == "ResourceWarning"
        if suggest:
            return f"{msg.category.__name__}: Enable tracemalloc to get the object allocation traceback\n"
        return ""
    except Exception:
        return ""
    tracing = tracemalloc.is_tracing()
    try:
        tb = tracemalloc.get_object_traceback(msg.source)
    except Exception:
        tb = None
    if tb is None:
        if not tracing and msg.category.__name__ == "ResourceWarning":
            return f"{msg.category.__name__}: Enable tracemalloc to get the object allocation traceback\n"
        return ""
    text = "Object allocated at (most recent call last):\n"
    for frame in tb:
        text += f'  File "{frame.filename}", lineno {frame.lineno}\n'
        try:
            import linecache
            line = linecache.getline(frame.filename, frame.lineno)
        except Exception:
            line = None
        if line:
            text += f"    {line.strip()}\n"
    return text


_showwarning_orig = showwarning
_formatwarning_orig = formatwarning


def _showwarnmsg(msg):
    """Show a warning through whatever showwarning() is now."""
    try:
        show = showwarning
    except NameError:
        pass
    else:
        if show is not _showwarning_orig:
            if not callable(show):
                raise TypeError("warnings.showwarning() must be set to a function or method")
            show(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)
            return
    _showwarnmsg_impl(msg)


def _formatwarnmsg(msg):
    """Format a warning through whatever formatwarning() is now."""
    try:
        format = formatwarning
    except NameError:
        pass
    else:
        if format is not _formatwarning_orig:
            return format(msg.message, msg.category, msg.filename, msg.lineno, msg.line)
    return _formatwarnmsg_impl(msg)


# ---- filters --------------------------------------------------------------------

_ACTIONS = ("error", "ignore", "always", "all", "default", "module", "once")


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Add a filter; message and module are regular expressions, matched at the start."""
    if action not in {"error", "ignore", "always", "all", "default", "module", "once"}:
        raise ValueError(f"invalid action: {action!r}")
    if not isinstance(message, str):
        raise TypeError("message must be a string")
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError("category must be a Warning subclass")
    if not isinstance(module, str):
        raise TypeError("module must be a string")
    if not isinstance(lineno, int):
        raise TypeError("lineno must be an int")
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")
    if message or module:
        import re
        message = re.compile(message, re.I) if message else None
        module = re.compile(module) if module else None
    else:
        message = module = None
    _add_filter(action, message, category, module, lineno, append=append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Add a filter that matches every message and module."""
    if action not in {"error", "ignore", "always", "all", "default", "module", "once"}:
        raise ValueError(f"invalid action: {action!r}")
    if not isinstance(lineno, int):
        raise TypeError("lineno must be an int")
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")
    _add_filter(action, None, category, None, lineno, append=append)


def _add_filter(*item, append):
    """Put a filter in front (or behind); an equal one does not stand twice."""
    if append:
        if item not in filters:
            filters.append(item)
    else:
        try:
            filters.remove(item)
        except ValueError:
            pass
        filters.insert(0, item)
    _filters_mutated()


def resetwarnings():
    """Remove all filters."""
    filters[:] = []
    _filters_mutated()


class _OptionError(Exception):
    """A bad -W option."""


def _processoptions(args):
    """Take the -W options of the command line."""
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as msg:
            print("Invalid -W option ignored:", msg, file=sys.stderr)


def _setoption(arg):
    """action:message:category:module:line, any of them empty."""
    parts = arg.split(":")
    if len(parts) > 5:
        raise _OptionError(f"too many fields (max 5): {arg!r}")
    while len(parts) < 5:
        parts.append("")
    action, message, category, module, lineno = [s.strip() for s in parts]
    action = _getaction(action)
    category = _getcategory(category)
    if message or module:
        import re
    if message:
        message = re.escape(message)
    if module:
        module = re.escape(module) + r"\Z"
    if lineno:
        try:
            lineno = int(lineno)
            if lineno < 0:
                raise ValueError
        except (ValueError, OverflowError):
            raise _OptionError(f"invalid lineno {lineno!r}") from None
    else:
        lineno = 0
    try:
        filterwarnings(action, message, category, module, lineno)
    except TypeError as error:
        raise _OptionError(str(error)) from None


def _getaction(action):
    if not action:
        return "default"
    for name in ("default", "always", "all", "ignore", "module", "once", "error"):
        if name.startswith(action):
            return name
    raise _OptionError(f"invalid action: {action!r}")


def _getcategory(category):
    if not category:
        return Warning
    if "." not in category:
        import builtins as m
        klass = category
    else:
        module, _, klass = category.rpartition(".")
        try:
            m = __import__(module, None, None, [klass])
        except ImportError:
            raise _OptionError(f"invalid module name: {module!r}") from None
    try:
        cat = getattr(m, klass)
    except AttributeError:
        raise _OptionError(f"unknown warning category: {category!r}") from None
    if not issubclass(cat, Warning):
        raise _OptionError(f"invalid warning category: {category!r}")
    return cat


# ---- issuing ------------------------------------------------------------------------

def _is_internal_frame(frame):
    """Frames of the import system are not counted by stacklevel."""
    filename = frame.f_code.co_filename
    return "importlib" in filename and "_bootstrap" in filename


def _next_external_frame(frame, skip_file_prefixes=()):
    frame = frame.f_back
    while frame is not None and (_is_internal_frame(frame)
                                 or skip_file_prefixes and frame.f_code.co_filename.startswith(skip_file_prefixes)):
        frame = frame.f_back
    return frame


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Issue a warning, or raise it: what the filters say.

    stacklevel 2 blames the caller, and so on; frames of files that start with
    one of skip_file_prefixes are passed over.
    """
    if isinstance(message, Warning):
        category = message.__class__
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    if not isinstance(skip_file_prefixes, tuple):
        raise TypeError("skip_file_prefixes must be a tuple of strs.")
    if skip_file_prefixes:
        stacklevel = max(2, stacklevel)

    try:
        if stacklevel <= 1 or _is_internal_frame(sys._getframe(1)):
            frame = sys._getframe(stacklevel)
        else:
            frame = sys._getframe(1)
            for _ in range(stacklevel - 1):
                frame = _next_external_frame(frame, skip_file_prefixes)
                if frame is None:
                    raise ValueError
    except ValueError:
        globals = sys.__dict__
        filename = "<sys>"
        lineno = 0
    else:
        globals = frame.f_globals
        filename = frame.f_code.co_filename
        lineno = frame.f_lineno
    module = globals.get("__name__", "<string>")
    registry = globals.setdefault("__warningregistry__", {})
    warn_explicit(message, category, filename, lineno, module, registry, globals, source)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Issue a warning about a given place.

    registry remembers which warnings of a module were shown, for the actions
    "default", "module" and "once".
    """
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get("version", 0) != _filters_version:
        registry.clear()
        registry["version"] = _filters_version
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return

    for item in filters:
        action, msg, cat, mod, ln = item
        # Module names that are str, not patterns, come from the defaults below.
        if ((msg is None or msg.match(text)) and issubclass(category, cat)
                and (mod is None or (mod == module if isinstance(mod, str) else mod.match(module))) and (ln == 0 or lineno == ln)):
            break
    else:
        action = defaultaction
    if action == "ignore":
        return

    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        oncekey = (text, category)
        if onceregistry.get(oncekey):
            return
        onceregistry[oncekey] = 1
    elif action in ("always", "all"):
        pass
    elif action == "module":
        registry[key] = 1
        altkey = (text, category, 0)
        if registry.get(altkey):
            return
        registry[altkey] = 1
    elif action == "default":
        registry[key] = 1
    else:
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n {item}")

    # Get the source now: the module may be gone when the warning is shown.
    import linecache
    linecache.getlines(filename, module_globals)
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


class catch_warnings:
    """Restores filters and showwarning at the end of the block.

    record=True gives a list that collects the warnings instead of showing
    them; action and the rest are those of simplefilter().
    """

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = []
        if self._record:
            args.append("record=True")
        if self._module is not sys.modules["warnings"]:
            args.append(f"module={self._module!r}")
        return f"{type(self).__name__}({', '.join(args)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        self._filters = self._module.filters
        self._module.filters = self._filters[:]
        self._module._filters_mutated()
        self._showwarning = self._module.showwarning
        self._showwarnmsg_impl = self._module._showwarnmsg_impl
        log = None
        if self._record:
            log = []
            self._module._showwarnmsg_impl = log.append
            # A showwarning() of the program's must not swallow them.
            self._module.showwarning = self._module._showwarning_orig
        if self._filter is not None:
            self._module.simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        self._module.filters = self._filters
        self._module._filters_mutated()
        self._module.showwarning = self._showwarning
        self._module._showwarnmsg_impl = self._showwarnmsg_impl


class deprecated:
    """Decorator: using the class or function warns with the given message.

        @deprecated("use spam() instead")
        def ham(): ...

    category=None only leaves the mark `__deprecated__` for type checkers.
    """

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(f"Expected an object of type str for 'message', not {type(message).__name__!r}")
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        msg, category, stacklevel = self.message, self.category, self.stacklevel
        if category is None:
            arg.__deprecated__ = msg
            return arg
        if isinstance(arg, type):
            return _deprecated_class(arg, msg, category, stacklevel)
        if callable(arg):
            return _deprecated_callable(arg, msg, category, stacklevel)
        raise TypeError(f"@deprecated decorator with non-None category must be applied to a class or callable, "
                        f"not {arg!r}")


def _deprecated_class(cls, msg, category, stacklevel):
    """Warn when cls is instantiated or subclassed."""
    import functools
    from types import MethodType

    original_new = cls.__new__

    @functools.wraps(original_new)
    def __new__(klass, /, *args, **kwargs):
        if klass is cls:
            warn(msg, category=category, stacklevel=stacklevel + 1)
        if original_new is not object.__new__:
            return original_new(klass, *args, **kwargs)
        if klass.__init__ is object.__init__ and (args or kwargs):
            raise TypeError(f"{klass.__name__}() takes no arguments")
        return original_new(klass)

    cls.__new__ = staticmethod(__new__)

    original_init_subclass = cls.__init_subclass__
    if isinstance(original_init_subclass, MethodType):
        # Defined in the class (or a base) as a class method: keep it one.
        original_init_subclass = original_init_subclass.__func__

        @functools.wraps(original_init_subclass)
        def __init_subclass__(*args, **kwargs):
            warn(msg, category=category, stacklevel=stacklevel + 1)
            return original_init_subclass(*args, **kwargs)

        cls.__init_subclass__ = classmethod(__init_subclass__)
    else:
        @functools.wraps(original_init_subclass)
        def __init_subclass__(*args, **kwargs):
            warn(msg, category=category, stacklevel=stacklevel + 1)
            return original_init_subclass(*args, **kwargs)

        cls.__init_subclass__ = __init_subclass__

    cls.__deprecated__ = __new__.__deprecated__ = __init_subclass__.__deprecated__ = msg
    return cls


def _deprecated_callable(func, msg, category, stacklevel):
    """Warn when func is called."""
    import functools
    import inspect

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        warn(msg, category=category, stacklevel=stacklevel + 1)
        return func(*args, **kwargs)

    if inspect.iscoroutinefunction(func):
        wrapper = inspect.markcoroutinefunction(wrapper)
    func.__deprecated__ = wrapper.__deprecated__ = msg
    return wrapper


_DEPRECATED_MSG = "{name!r} is deprecated and slated for removal in Python {remove}"


def _deprecated(name, message=_DEPRECATED_MSG, *, remove, _version=sys.version_info):
    """Warn about a deprecated name of the library; RuntimeError once it is due for removal."""
    remove_formatted = f"{remove[0]}.{remove[1]}"
    if _version[:2] > remove or (_version[:2] == remove and _version[3] != "alpha"):
        raise RuntimeError(f"{name!r} was slated for removal after Python {remove_formatted} alpha")
    warn(message.format(name=name, remove=remove_formatted), DeprecationWarning, stacklevel=3)


def _warn_unawaited_coroutine(coro):
    """The interpreter calls this when a coroutine dies that nobody awaited."""
    lines = [f"coroutine '{coro.__qualname__}' was never awaited\n"]
    if coro.cr_origin is not None:
        import linecache
        import traceback
        lines.append("Coroutine created at (most recent call last)\n")
        summary = [(filename, lineno, funcname, linecache.getline(filename, lineno))
                   for filename, lineno, funcname in reversed(coro.cr_origin)]
        lines.append("".join(traceback.format_list(summary)))
    text = "".join(lines).rstrip("\n")
    site = sys._coroutine_site(coro)
    # It dies at some later collection: what helps is the place of the call, where it is known.
    filename, lineno, names = site or ("sys", 1, sys.__dict__)
    registry = names.setdefault("__warningregistry__", {})
    warn_explicit(text, RuntimeWarning, filename, lineno, names.get("__name__"), registry, names, coro)


# ---- state, shared with the native part if there is one ---------------------------------

try:
    from _warnings import _defaultaction, _filters_mutated, _onceregistry, filters, warn, warn_explicit
    defaultaction = _defaultaction
    onceregistry = _onceregistry
    _warnings_defaults = True
except ImportError:
    filters = []
    defaultaction = "default"
    onceregistry = {}
    _filters_version = 1

    def _filters_mutated():
        """Filters have changed: what the registries remember no longer holds."""
        global _filters_version
        _filters_version += 1

    _warnings_defaults = False

_processoptions(getattr(sys, "warnoptions", ()))

if not _warnings_defaults and not hasattr(sys, "gettotalrefcount"):
    _add_filter("default", None, DeprecationWarning, "__main__", 0, append=1)
    simplefilter("ignore", category=DeprecationWarning, append=1)
    simplefilter("ignore", category=PendingDeprecationWarning, append=1)
    simplefilter("ignore", category=ImportWarning, append=1)
    simplefilter("ignore", category=ResourceWarning, append=1)

del _warnings_defaults
