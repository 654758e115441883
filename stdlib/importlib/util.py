"""Finding, making and loading modules one step at a time.

    spec = importlib.util.spec_from_file_location("plugin", "/path/plugin.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
"""

import sys
from types import ModuleType

from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder, SourceFileLoader

__all__ = ["cache_from_source", "find_spec", "module_from_spec", "resolve_name", "source_from_cache",
           "spec_from_file_location", "spec_from_loader"]


def resolve_name(name, package):
    """The absolute form of a relative module name."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    level = len(name) - len(name.lstrip("."))
    parts = package.rsplit(".", level - 1)
    if len(parts) < level:
        raise ImportError("attempted relative import beyond top-level package")
    base, rest = parts[0], name[level:]
    return f"{base}.{rest}" if rest else base


def find_spec(name, package=None):
    """The spec of a module, or None; parents of a dotted name are imported."""
    fullname = resolve_name(name, package) if name.startswith(".") else name
    module = sys.modules.get(fullname, sys)
    if module is None:
        return None
    if module is not sys or fullname == "sys":
        spec = getattr(module, "__spec__", None)
        if isinstance(spec, ModuleSpec):
            return spec
    path = None
    parent = fullname.rpartition(".")[0]
    if parent:
        try:
            path = __import__(parent, fromlist=["__path__"]).__path__
        except AttributeError as e:
            raise ModuleNotFoundError(f"__path__ attribute not found on {parent!r} while trying to find {fullname!r}",
                                      name=fullname) from e
    for finder in (BuiltinImporter, PathFinder, FrozenImporter):
        spec = finder.find_spec(fullname, path)
        if spec is not None:
            return spec
    return None


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """A spec for a loader."""
    if is_package is None and hasattr(loader, "is_package"):
        try:
            is_package = loader.is_package(name)
        except ImportError:
            is_package = None
    return ModuleSpec(name, loader, origin=origin, is_package=bool(is_package))


_unset = object()


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_unset):
    """A spec for a source file."""
    if location is None:
        location = loader.get_filename(name) if hasattr(loader, "get_filename") else "<unknown>"
    location = str(location)
    if loader is None:
        if not location.endswith(".py"):
            return None
        loader = SourceFileLoader(name, location)
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if submodule_search_locations is not _unset:
        spec.submodule_search_locations = submodule_search_locations
    elif getattr(loader, "is_package", None) and loader.is_package(name):
        spec.submodule_search_locations = [location.rpartition("/")[0]]
    return spec


def module_from_spec(spec):
    """A new module as the spec plans it; not run yet."""
    module = None
    if hasattr(spec.loader, "create_module"):
        module = spec.loader.create_module(spec)
    if module is None:
        module = ModuleType(spec.name)
    module.__name__ = spec.name
    module.__loader__ = spec.loader
    module.__package__ = spec.parent
    module.__spec__ = spec
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
    return module


def cache_from_source(path, debug_override=None, *, optimization=None):
    """There are no compiled files."""
    raise NotImplementedError("sys.implementation.cache_tag is None")


def source_from_cache(path):
    """There are no compiled files."""
    raise NotImplementedError("sys.implementation.cache_tag is None")
