"""Specs and loaders: what is known of a module before and while it is loaded."""

import _imp
import sys

__all__ = ["BuiltinImporter", "FrozenImporter", "ModuleSpec", "PathFinder", "SourceFileLoader", "SOURCE_SUFFIXES",
           "BYTECODE_SUFFIXES", "EXTENSION_SUFFIXES", "all_suffixes"]

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = []
EXTENSION_SUFFIXES = []


def all_suffixes():
    """Endings of files that hold modules."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES


class ModuleSpec:
    """The plan for a module: its name, loader, origin and, for packages, where to look for submodules."""

    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self._set_fileattr = False
        self._cached = None

    def __repr__(self):
        args = [f"name={self.name!r}", f"loader={self.loader!r}"]
        if self.origin is not None:
            args.append(f"origin={self.origin!r}")
        if self.submodule_search_locations is not None:
            args.append(f"submodule_search_locations={self.submodule_search_locations}")
        return f"{type(self).__name__}({', '.join(args)})"

    def __eq__(self, other):
        try:
            return (self.name == other.name and self.loader == other.loader and self.origin == other.origin
                    and self.submodule_search_locations == other.submodule_search_locations
                    and self.cached == other.cached and self.has_location == other.has_location)
        except AttributeError:
            return NotImplemented

    __hash__ = None

    @property
    def cached(self):
        return self._cached

    @cached.setter
    def cached(self, value):
        self._cached = value

    @property
    def parent(self):
        return self.name.rpartition(".")[0] if self.submodule_search_locations is None else self.name

    @property
    def has_location(self):
        return self._set_fileattr

    @has_location.setter
    def has_location(self, value):
        self._set_fileattr = bool(value)


class _Loader:
    """What the loaders share."""

    @classmethod
    def create_module(cls, spec):
        return None

    @classmethod
    def get_code(cls, fullname):
        return None

    @classmethod
    def get_source(cls, fullname):
        return None


class BuiltinImporter(_Loader):
    """Modules written in C."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        found = _imp.find(fullname)
        if found is None or found[0] != "builtin":
            return None
        return ModuleSpec(fullname, cls, origin="built-in")

    @classmethod
    def create_module(cls, spec):
        __import__(spec.name)
        return sys.modules[spec.name]

    @classmethod
    def exec_module(cls, module):
        pass

    @classmethod
    def is_package(cls, fullname):
        return False


class FrozenImporter(_Loader):
    """Modules that are part of the program."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        found = _imp.find(fullname, path)
        if found is None or found[0] != "frozen":
            return None
        return ModuleSpec(fullname, cls, origin="frozen", is_package=found[2])

    @classmethod
    def get_source(cls, fullname):
        return _imp.source(fullname)

    @classmethod
    def get_code(cls, fullname):
        return compile(_imp.source(fullname), f"<frozen {fullname}>", "exec", dont_inherit=True)

    @classmethod
    def exec_module(cls, module):
        exec(cls.get_code(module.__spec__.name), module.__dict__)

    @classmethod
    def is_package(cls, fullname):
        return _imp.find(fullname)[2]


class SourceFileLoader(_Loader):
    """A module in a source file."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def get_filename(self, fullname=None):
        return self.path

    def get_data(self, path):
        import io
        with io.open(path, "rb") as file:
            return file.read()

    def get_source(self, fullname=None):
        return self.get_data(self.path).decode("utf-8")

    def get_code(self, fullname=None):
        return compile(self.get_data(self.path), self.path, "exec", dont_inherit=True)

    def is_package(self, fullname=None):
        return self.path.rpartition("/")[2] == "__init__.py"

    def exec_module(self, module):
        exec(self.get_code(), module.__dict__)

    def load_module(self, fullname=None):
        from importlib import util
        spec = util.spec_from_file_location(self.name, self.path, loader=self)
        module = util.module_from_spec(spec)
        sys.modules[self.name] = module
        self.exec_module(module)
        return sys.modules[self.name]


class NamespaceLoader(_Loader):
    """A package without a file of its own."""

    def __init__(self, name, path, path_finder=None):
        self._path = path

    def is_package(self, fullname):
        return True

    def get_source(self, fullname):
        return ""

    def exec_module(self, module):
        pass


class PathFinder:
    """Modules on sys.path."""

    @classmethod
    def invalidate_caches(cls):
        pass

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        found = _imp.find(fullname, path)
        if found is None or found[0] not in ("source", "namespace"):
            return None
        kind, location, package = found
        if kind == "namespace":
            spec = ModuleSpec(fullname, NamespaceLoader(fullname, location), is_package=True)
            spec.submodule_search_locations = list(location)
            return spec
        from importlib import util
        return util.spec_from_file_location(fullname, location)
