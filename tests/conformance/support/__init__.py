"""test.support for Skein: the names CPython's own test files take from their support package.

Written from the files' use of each name.  What speaks of CPython's insides (reference counts, object
sizes, C recursion) skips the test or answers with a harmless value.
"""
import contextlib
import functools
import io
import os
import re
import sys
import types
import unittest

__all__ = []

verbose = 1
use_resources = None
max_memuse = 0
real_max_memuse = 0
junit_xml_list = None
failfast = False

is_jython = is_emscripten = is_wasi = is_android = is_apple = is_apple_mobile = False
is_s390x = False
Py_DEBUG = False
Py_GIL_DISABLED = False
Py_TRACE_REFS = False
MISSING_C_DOCSTRINGS = False
HAVE_DOCSTRINGS = True
has_fork_support = hasattr(os, "fork")
has_subprocess_support = False
has_socket_support = False
has_strftime_extensions = True

LOOPBACK_TIMEOUT = 10.0
INTERNET_TIMEOUT = 60.0
SHORT_TIMEOUT = 30.0
LONG_TIMEOUT = 300.0

_1M = 1024 * 1024
_1G = 1024 * _1M
_2G = 2 * _1G
_4G = 4 * _1G
MAX_Py_ssize_t = sys.maxsize
NHASHBITS = sys.hash_info.width if hasattr(sys, "hash_info") else 64
PGO = False

REPO_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STDLIB_DIR = REPO_ROOT
TEST_SUPPORT_DIR = os.path.dirname(os.path.abspath(__file__))
TEST_HOME_DIR = os.path.dirname(TEST_SUPPORT_DIR)
TEST_DATA_DIR = os.path.join(TEST_HOME_DIR, "data")
unix_shell = "/bin/sh"


class Error(Exception):
    """Something in the test run itself went wrong."""


class TestFailed(Error):
    def __init__(self, msg="", *args, stats=None):
        self.msg = msg
        self.stats = stats
        super().__init__(msg, *args)

    def __str__(self):
        return self.msg


class TestFailedWithDetails(TestFailed):
    def __init__(self, msg, errors, failures, stats=None):
        self.errors, self.failures = errors, failures
        super().__init__(msg, errors, failures, stats=stats)


class TestDidNotRun(Error):
    pass


class ResourceDenied(unittest.SkipTest):
    pass


# -- Which implementation is this? ------------------------------------------------------------------

def _implementation_guards(guards):
    if not guards:
        return {"cpython": True}, False
    wanted = list(guards.values())[0]
    assert all(v == wanted for v in guards.values())
    return guards, not wanted


def check_impl_detail(**guards):
    guards, otherwise = _implementation_guards(guards)
    return guards.get(sys.implementation.name, otherwise)


def impl_detail(msg=None, **guards):
    if check_impl_detail(**guards):
        return lambda test: test
    if msg is None:
        names, otherwise = _implementation_guards(guards)
        msg = "implementation detail {} {}".format(
            "not available on" if otherwise else "specific to", " or ".join(sorted(names)))
    return unittest.skip(msg)


def cpython_only(test):
    return impl_detail(cpython=True)(test)


def _always(test):
    return test


def _skipper(condition, reason):
    return unittest.skip(reason) if condition else _always


requires_IEEE_754 = _always
requires_docstrings = _always
requires_zlib = lambda reason="requires zlib": _skipper(True, reason)
requires_gzip = requires_bz2 = requires_lzma = requires_zlib
requires_gil_enabled = lambda msg="needs the GIL enabled": _always
requires_specialization = unittest.skip("specific to CPython's interpreter")
no_tracing = cpython_only
refcount_test = cpython_only
bigaddrspacetest = unittest.skip("needs a huge address space")
skip_if_buggy_ucrt_strfptime = _always
skip_if_pgo_task = _always
skip_emscripten_stack_overflow = lambda: _always
skip_wasi_stack_overflow = lambda: _always
skip_on_s390x = _always


def anticipate_failure(condition):
    return unittest.expectedFailure if condition else _always


def skip_if_sanitizer(reason=None, **kinds):
    return _always


def check_sanitizer(**kinds):
    return False


def requires_subprocess():
    return _skipper(not has_subprocess_support, "needs subprocess")


def requires_fork():
    return _skipper(not has_fork_support, "needs os.fork")


def requires_working_socket(*, module=False):
    if module:
        return None     # files of coroutine tests ask for sockets because CPython's event loop needs one
    return unittest.skip("needs sockets")


def requires_debug_ranges(reason="needs position information"):
    return _always


def has_no_debug_ranges():
    return False


def requires_limited_api(test):
    return unittest.skip("needs the C API")(test)


def requires_mac_ver(*version):
    return _always


def is_resource_enabled(resource):
    return use_resources is None or resource in use_resources


def requires(resource, msg=None):
    if not is_resource_enabled(resource):
        raise ResourceDenied(msg or f"Use of the {resource!r} resource not enabled")


def requires_resource(resource):
    return _always if is_resource_enabled(resource) else unittest.skip(f"resource {resource!r} is not enabled")


def bigmemtest(size, memuse, dry_run=True):
    """Runs the test once, with a small size in place of gigabytes."""
    def decorate(test):
        @functools.wraps(test)
        def wrapper(self):
            if not dry_run:
                raise unittest.SkipTest("not enough memory")
            return test(self, 5147)
        wrapper.size, wrapper.memuse = size, memuse
        return wrapper
    return decorate


def get_attribute(obj, name):
    try:
        return getattr(obj, name)
    except AttributeError:
        raise unittest.SkipTest(f"object {obj!r} has no attribute {name!r}")


# -- Streams -----------------------------------------------------------------------------------------

@contextlib.contextmanager
def captured_output(stream_name):
    old = getattr(sys, stream_name)
    setattr(sys, stream_name, io.StringIO())
    try:
        yield getattr(sys, stream_name)
    finally:
        setattr(sys, stream_name, old)


def captured_stdout():
    return captured_output("stdout")


def captured_stderr():
    return captured_output("stderr")


def captured_stdin():
    return captured_output("stdin")


def print_warning(msg):
    print("Warning --", msg, file=sys.__stderr__)


def force_not_colorized(test):
    @functools.wraps(test)
    def wrapper(*args, **kwargs):
        with no_color():
            return test(*args, **kwargs)
    return wrapper


force_colorized = force_not_colorized_test_class = _always


@contextlib.contextmanager
def no_color():
    yield


def flush_std_streams():
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


# -- Swapping things in and out ----------------------------------------------------------------------

_missing = object()


@contextlib.contextmanager
def swap_attr(obj, name, value):
    old = getattr(obj, name, _missing)
    setattr(obj, name, value)
    try:
        yield None if old is _missing else old
    finally:
        if old is not _missing:
            setattr(obj, name, old)
        elif hasattr(obj, name):
            delattr(obj, name)


@contextlib.contextmanager
def swap_item(mapping, key, value):
    old = mapping[key] if key in mapping else _missing
    mapping[key] = value
    try:
        yield None if old is _missing else old
    finally:
        if old is not _missing:
            mapping[key] = old
        elif key in mapping:
            del mapping[key]


def patch(test, obj, name, value):
    getattr(obj, name)
    old = getattr(obj, name)
    test.addCleanup(setattr, obj, name, old)
    setattr(obj, name, value)


def run_with_locale(catstr, *locales):
    return _always


def run_with_tz(tz):
    def decorate(test):
        @functools.wraps(test)
        def wrapper(*args, **kwargs):
            import time
            if not hasattr(time, "tzset"):
                raise unittest.SkipTest("tzset required")
            old = os.environ.get("TZ")
            os.environ["TZ"] = tz
            time.tzset()
            try:
                return test(*args, **kwargs)
            finally:
                if old is None:
                    del os.environ["TZ"]
                else:
                    os.environ["TZ"] = old
                time.tzset()
        return wrapper
    return decorate


@contextlib.contextmanager
def adjust_int_max_str_digits(limit):
    old = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(limit)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(old)


def setswitchinterval(interval):
    if hasattr(sys, "setswitchinterval"):
        sys.setswitchinterval(interval)


class SuppressCrashReport:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass


@contextlib.contextmanager
def suppress_immortalization(suppress=True):
    yield


def skip_if_suppress_immortalization():
    return _always


# -- Collector ---------------------------------------------------------------------------------------

def gc_collect():
    import gc
    for _ in range(3):
        gc.collect()


@contextlib.contextmanager
def disable_gc():
    import gc
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextlib.contextmanager
def gc_threshold(*args):
    import gc
    old = gc.get_threshold()
    gc.set_threshold(*args)
    try:
        yield
    finally:
        gc.set_threshold(*old)


def check_free_after_iterating(test, make_iter, cls, args=()):
    """An exhausted iterator lets go of what it walked over."""
    done = False

    class Watched(cls):
        def __del__(self):
            nonlocal done
            done = True
            with contextlib.suppress(StopIteration):
                next(it)

    it = make_iter(Watched(*args))
    test.assertRaises(StopIteration, next, it)
    gc_collect()
    test.assertTrue(done)


# -- Recursion ---------------------------------------------------------------------------------------

def get_c_recursion_limit():
    return 3000


def get_recursion_depth():
    depth, frame = 0, sys._getframe(1)
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth


def get_recursion_available():
    return sys.getrecursionlimit() - get_recursion_depth()


@contextlib.contextmanager
def set_recursion_limit(limit):
    old = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    try:
        yield
    finally:
        sys.setrecursionlimit(old)


def infinite_recursion(max_depth=None):
    return set_recursion_limit(get_recursion_depth() + max(max_depth or 100, 3))


def exceeds_recursion_limit():
    return get_c_recursion_limit() * 3


# -- Syntax ------------------------------------------------------------------------------------------

def check_syntax_error(test, statement, errtext="", *, lineno=None, offset=None):
    with test.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, "<test string>", "exec")
    error = caught.exception
    test.assertIsNotNone(error.lineno)
    if lineno is not None:
        test.assertEqual(error.lineno, lineno)
    test.assertIsNotNone(error.offset)
    if offset is not None:
        test.assertEqual(error.offset, offset)


def run_code(code, extra_names=None):
    namespace = {"__name__": "__main__"}
    if extra_names:
        namespace.update(extra_names)
    import textwrap
    exec(textwrap.dedent(code), namespace)
    return namespace


# -- Objects with opinions ---------------------------------------------------------------------------

class _AlwaysEq:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _NeverEq:
    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


@functools.total_ordering
class _Largest:
    def __eq__(self, other):
        return isinstance(other, _Largest)

    def __lt__(self, other):
        return False


@functools.total_ordering
class _Smallest:
    def __eq__(self, other):
        return isinstance(other, _Smallest)

    def __gt__(self, other):
        return False


ALWAYS_EQ, NEVER_EQ = _AlwaysEq(), _NeverEq()
LARGEST, SMALLEST = _Largest(), _Smallest()


class BrokenIter:
    """An iterator that raises where it is told to: when made, asked for its iterator, or stepped."""

    def __init__(self, init_raises=False, next_raises=False, iter_raises=False):
        if init_raises:
            1 / 0
        self.next_raises, self.iter_raises = next_raises, iter_raises

    def __next__(self):
        if self.next_raises:
            1 / 0

    def __iter__(self):
        if self.iter_raises:
            1 / 0
        return self


class catch_unraisable_exception:
    """Records what sys.unraisablehook is told while the block runs."""

    def __enter__(self):
        self.unraisable = None
        self._old = getattr(sys, "unraisablehook", None)
        sys.unraisablehook = self._hook
        return self

    def _hook(self, unraisable):
        self.unraisable = unraisable

    def __exit__(self, *exc):
        sys.unraisablehook = self._old
        del self.unraisable


class CPUStopwatch:
    def __enter__(self):
        import time
        self.clock_info = types.SimpleNamespace(resolution=1e-9)
        self._clock = time.process_time
        self._start = self._clock()
        return self

    def __exit__(self, *exc):
        self.seconds = self._clock() - self._start


# -- Modules and types as a whole ---------------------------------------------------------------------

def check__all__(test_case, module, name_of_module=None, extra=(), not_exported=()):
    names = (module.__name__,) if name_of_module is None else (
        (name_of_module,) if isinstance(name_of_module, str) else name_of_module)
    expected = set(extra)
    for name in dir(module):
        if name.startswith("_") or name in not_exported:
            continue
        obj = getattr(module, name)
        if getattr(obj, "__module__", None) in names or (
                not hasattr(obj, "__module__") and not isinstance(obj, types.ModuleType)):
            expected.add(name)
    test_case.assertCountEqual(module.__all__, expected)


def check_disallow_instantiation(test, cls, *args, **kwargs):
    name = cls.__name__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__name__}"
    test.assertRaisesRegex(TypeError, "cannot create %s instances" % re.escape(repr(name)), cls, *args, **kwargs)


def iter_builtin_types():
    import builtins
    for obj in vars(builtins).values():
        if isinstance(obj, type):
            yield obj


def iter_slot_wrappers(cls):
    for name, value in vars(cls).items():
        if name.startswith("__") and name.endswith("__") and callable(value):
            yield name, value


def sortdict(d):
    return "{%s}" % ", ".join("%r: %r" % item for item in sorted(d.items()))


def findfile(name, subdir=None):
    if os.path.isabs(name):
        return name
    if subdir is not None:
        name = os.path.join(subdir, name)
    for place in [TEST_HOME_DIR] + sys.path:
        path = os.path.join(place, name)
        if os.path.exists(path):
            return path
    return name


def collision_stats(nbins, nballs):
    n, k = nbins, nballs
    mean = n - n * (1 - 1 / n) ** k
    return k - mean, (mean * (1 - mean / n)) ** 0.5


def check_sizeof(test, obj, size):
    raise unittest.SkipTest("object sizes are CPython's own")


def calcobjsize(fmt):
    return 0


calcvobjsize = calcobjsize


def late_deletion(obj):
    pass


def reap_children():
    pass


def maybe_get_event_loop_policy():
    import asyncio
    return getattr(asyncio.events, "_event_loop_policy", None)


def wait_process(pid, *, exitcode, timeout=None):
    _, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status) != exitcode:
        raise AssertionError(f"process {pid} ended with {status}, not {exitcode}")


def sleeping_retry(timeout, err_msg=None, /, *, init_delay=0.010, max_delay=1.0, error=True):
    import time
    delay = init_delay
    for _ in busy_retry(timeout, err_msg, error=error):
        yield
        time.sleep(delay)
        delay = min(delay * 2, max_delay)


def busy_retry(timeout, err_msg=None, /, *, error=True):
    import time
    deadline = time.monotonic() + timeout
    while True:
        yield
        if time.monotonic() >= deadline:
            break
    if error:
        raise AssertionError(err_msg or f"timeout ({timeout} seconds)")


def run_in_subinterp(code):
    raise unittest.SkipTest("CPython's subinterpreters")


@contextlib.contextmanager
def saved_signals():
    yield


def args_from_interpreter_flags():
    return []




def load_package_tests(pkg_dir, loader, standard_tests, pattern):
    tests = loader.discover(start_dir=pkg_dir, top_level_dir=REPO_ROOT, pattern=pattern or "test*")
    standard_tests.addTests(tests)
    return standard_tests
