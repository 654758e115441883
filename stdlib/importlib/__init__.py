"""Importing from a program: by name, again, or step by step.

    >>> import importlib
    >>> importlib.import_module("json").loads("[1]")
    [1]

The machinery itself is native; see importlib.util and importlib.machinery.
"""

import sys

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

from builtins import __import__


def import_module(name, package=None):
    """Import a module; a name with leading dots is relative to package."""
    if name.startswith("."):
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        from importlib.util import resolve_name
        name = resolve_name(name, package)
    __import__(name)
    return sys.modules[name]


def reload(module):
    """Run a module's code again in its old namespace."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError("reload() argument must be a module") from None
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    from importlib import util
    spec = util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
    spec.loader.exec_module(module)
    return sys.modules[name]


def invalidate_caches():
    """Nothing to do: directories are looked at anew for every import."""
