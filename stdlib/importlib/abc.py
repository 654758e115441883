"""Abstract classes of loaders and finders, for isinstance() and for documentation."""

import abc

__all__ = ["Finder", "InspectLoader", "Loader", "MetaPathFinder", "PathEntryFinder", "ResourceLoader", "SourceLoader"]


class Loader(metaclass=abc.ABCMeta):
    """Makes and runs a module."""

    def create_module(self, spec):
        return None

    def load_module(self, fullname):
        raise ImportError


class Finder(metaclass=abc.ABCMeta):
    """Finds modules."""


class MetaPathFinder(Finder):
    """A finder for sys.meta_path."""

    def invalidate_caches(self):
        pass


class PathEntryFinder(Finder):
    """A finder for one entry of sys.path."""

    def invalidate_caches(self):
        pass


class ResourceLoader(Loader):
    """A loader that can read data files."""


class InspectLoader(Loader):
    """A loader that can tell what it would load."""

    def is_package(self, fullname):
        raise ImportError

    def get_source(self, fullname):
        raise ImportError


class SourceLoader(ResourceLoader, InspectLoader):
    """A loader of source files."""
