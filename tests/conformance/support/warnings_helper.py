"""test.support.warnings_helper: which warnings a piece of code gives."""
import contextlib
import functools
import re
import sys
import warnings

from . import gc_collect


def import_deprecated(name):
    import importlib
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module(name)


def check_syntax_warning(test, statement, errtext="", *, lineno=1, offset=None):
    """Compiling warns exactly once; with warnings as errors it is a SyntaxError at the same place."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always", SyntaxWarning)
        compile(statement, "<testcase>", "exec")
    test.assertEqual(len(seen), 1, seen)
    warning, = seen
    test.assertTrue(issubclass(warning.category, SyntaxWarning), warning.category)
    if errtext:
        test.assertRegex(str(warning.message), errtext)
    test.assertEqual(warning.filename, "<testcase>")
    test.assertIsNotNone(warning.lineno)
    if lineno is not None:
        test.assertEqual(warning.lineno, lineno)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("error", SyntaxWarning)
        from . import check_syntax_error
        check_syntax_error(test, statement, errtext, lineno=lineno, offset=offset)
    test.assertEqual(seen, [])


def ignore_warnings(*, category):
    def decorate(test):
        @functools.wraps(test)
        def wrapper(self, *args, **kwargs):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", category=category)
                return test(self, *args, **kwargs)
        return wrapper
    return decorate


class WarningsRecorder:
    """The warnings seen so far; attributes are those of the last one."""

    def __init__(self, seen):
        self._seen, self._from = seen, 0

    def __getattr__(self, name):
        if len(self._seen) > self._from:
            return getattr(self._seen[-1], name)
        if name in warnings.WarningMessage._WARNING_DETAILS:
            return None
        raise AttributeError(f"{self!r} has no attribute {name!r}")

    @property
    def warnings(self):
        return self._seen[self._from:]

    def reset(self):
        self._from = len(self._seen)


@contextlib.contextmanager
def check_warnings(*filters, **kwargs):
    """Every (text, category) must be matched by a warning, and no warning may be left over."""
    quiet = kwargs.get("quiet")
    if not filters:
        filters = (("", Warning),)
        if quiet is None:
            quiet = True
    registry = sys._getframe(2).f_globals.get("__warningregistry__")
    if registry:
        registry.clear()
    with warnings.catch_warnings(record=True) as seen:
        sys.modules["warnings"].simplefilter("always")
        yield WarningsRecorder(seen)
    left, missing = list(seen), []
    for text, category in filters:
        found = [w for w in left if issubclass(w.category, category) and re.match(text, str(w.message), re.I)]
        left = [w for w in left if w not in found]
        if not found and not quiet:
            missing.append((text, category.__name__))
    if left:
        raise AssertionError("unhandled warning %s" % left[0])
    if missing:
        raise AssertionError("filter (%r, %s) did not catch any warning" % missing[0])


@contextlib.contextmanager
def check_no_warnings(testcase, message="", category=Warning, force_gc=False):
    with warnings.catch_warnings(record=True) as seen:
        warnings.filterwarnings("always", message=message, category=category)
        yield
        if force_gc:
            gc_collect()
    testcase.assertEqual(seen, [])


@contextlib.contextmanager
def check_no_resource_warning(testcase):
    with check_no_warnings(testcase, category=ResourceWarning, force_gc=True):
        yield


@contextlib.contextmanager
def save_restore_warnings_filters():
    old = warnings.filters[:]
    try:
        yield
    finally:
        warnings.filters[:] = old
