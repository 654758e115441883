"""Paths as text: what needs no file system; see pathlib."""

import functools
import os
import posixpath
import re
from collections.abc import Sequence
from fnmatch import translate


class UnsupportedOperation(NotImplementedError):
    """This system can't do that."""


class _Parents(Sequence):
    """The logical ancestors of a path, the nearest first."""

    def __init__(self, path):
        self._path = path
        self._tail = path._tail

    def __len__(self):
        return len(self._tail)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return tuple(self[k] for k in range(*i.indices(len(self))))
        if i >= len(self) or i < -len(self):
            raise IndexError(i)
        if i < 0:
            i += len(self)
        return self._path._with_tail(self._tail[:-i - 1])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


@functools.lru_cache(512)
def _component_regex(pattern, case_sensitive):
    """A matcher for one component of a glob pattern."""
    return re.compile(translate(pattern), 0 if case_sensitive else re.IGNORECASE).match


def quote(data):
    """Bytes for a URI."""
    return "".join(chr(c) if chr(c).isascii() and (chr(c).isalnum() or chr(c) in "_.-~/") else f"%{c:02X}" for c in data)


class PurePath:
    """A path that is only looked at. Making one makes a PurePosixPath.

    A path is a root ("", "/" or "//") and a tail, a list of components without "." and empty ones; ".." stays, for what
    is above a symbolic link depends on the file system.
    """

    __slots__ = ("_raw_paths", "_root_", "_tail_", "_str_", "_hash_")
    parser = posixpath

    def __new__(cls, *args, **kwargs):
        return object.__new__(PurePosixPath if cls is PurePath else cls)

    def __init__(self, *args):
        paths = []
        for arg in args:
            if isinstance(arg, PurePath):
                paths.extend(arg._raw_paths)
                continue
            try:
                path = os.fspath(arg)
            except TypeError:
                path = arg
            if not isinstance(path, str):
                raise TypeError("argument should be a str or an os.PathLike object where __fspath__ returns a str, "
                                f"not {type(path).__name__!r}")
            paths.append(path)
        self._raw_paths = paths

    def with_segments(self, *pathsegments):
        """A path of the same kind; subclasses may pass on more."""
        return type(self)(*pathsegments)

    # ---- parts ----

    def _parse(self):
        text = posixpath.join(*self._raw_paths) if self._raw_paths else ""
        root = ""
        if text.startswith("/"):    # POSIX: exactly two slashes may mean something else than one
            root = "//" if text.startswith("//") and not text.startswith("///") else "/"
        self._root_ = root
        self._tail_ = [part for part in text.split("/") if part and part != "."]

    @property
    def _tail(self):
        try:
            return self._tail_
        except AttributeError:
            self._parse()
            return self._tail_

    @property
    def drive(self):
        """Windows' letter: none."""
        return ""

    @property
    def root(self):
        """"/" for absolute paths."""
        try:
            return self._root_
        except AttributeError:
            self._parse()
            return self._root_

    @property
    def anchor(self):
        """Drive and root."""
        return self.root

    @property
    def parts(self):
        """The root, if there is one, and the components."""
        tail = tuple(self._tail)
        return (self.root, *tail) if self.root else tail

    def _with_tail(self, tail):
        path = self.with_segments(self.root + "/".join(tail))
        path._root_, path._tail_ = self.root, list(tail)
        return path

    @property
    def parent(self):
        """The path without its last component."""
        return self._with_tail(self._tail[:-1]) if self._tail else self

    @property
    def parents(self):
        """All ancestors, the nearest first."""
        return _Parents(self)

    @property
    def name(self):
        """The last component, "" if there is none."""
        return self._tail[-1] if self._tail else ""

    @property
    def suffix(self):
        """The last extension with its dot."""
        name = self.name
        i = name.rfind(".")
        return name[i:] if 0 < i < len(name) - 1 else ""

    @property
    def suffixes(self):
        """All extensions."""
        name = self.name
        if name.endswith("."):
            return []
        return ["." + suffix for suffix in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        """The name without its last extension."""
        name = self.name
        i = name.rfind(".")
        return name[:i] if 0 < i < len(name) - 1 else name

    def with_name(self, name):
        """The same path with another name."""
        if not name or "/" in name or name == ".":
            raise ValueError(f"Invalid name {name!r}")
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self._with_tail(self._tail[:-1] + [name])

    def with_stem(self, stem):
        """The same path with another stem."""
        suffix = self.suffix
        if not suffix:
            return self.with_name(stem)
        if not stem:
            raise ValueError(f"{self!r} has a non-empty suffix")
        return self.with_name(stem + suffix)

    def with_suffix(self, suffix):
        """The same path with another extension, or none."""
        stem = self.stem
        if not stem:
            raise ValueError(f"{self!r} has an empty name")
        if suffix and not (suffix.startswith(".") and len(suffix) > 1):
            raise ValueError(f"Invalid suffix {suffix!r}")
        return self.with_name(stem + suffix)

    # ---- as text ----

    def __str__(self):
        try:
            return self._str_
        except AttributeError:
            self._str_ = text = self.root + "/".join(self._tail) or "."
            return text

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """The text with "/" between components."""
        return str(self)

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return f"{type(self).__name__}({self.as_posix()!r})"

    def as_uri(self):
        """The path as a file: URI."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return "file://" + quote(bytes(self))

    # ---- comparing ----

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return str(self) == str(other) and self.parser is other.parser

    def __hash__(self):
        try:
            return self._hash_
        except AttributeError:
            self._hash_ = hash(str(self))
            return self._hash_

    def _order(self):
        return str(self).split("/")

    def __lt__(self, other):
        if not isinstance(other, PurePath) or self.parser is not other.parser:
            return NotImplemented
        return self._order() < other._order()

    def __le__(self, other):
        if not isinstance(other, PurePath) or self.parser is not other.parser:
            return NotImplemented
        return self._order() <= other._order()

    def __gt__(self, other):
        if not isinstance(other, PurePath) or self.parser is not other.parser:
            return NotImplemented
        return self._order() > other._order()

    def __ge__(self, other):
        if not isinstance(other, PurePath) or self.parser is not other.parser:
            return NotImplemented
        return self._order() >= other._order()

    def __reduce__(self):
        return type(self), self.parts

    # ---- joining and taking apart ----

    def joinpath(self, *pathsegments):
        """This path, then those; an absolute one starts anew."""
        return self.with_segments(self, *pathsegments)

    def __truediv__(self, key):
        try:
            return self.with_segments(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    def relative_to(self, other, /, *_deprecated, walk_up=False):
        """The way from other to this path; walk_up: ".." may be needed for it."""
        other = self._other(other, _deprecated, "relative_to")
        for step, path in enumerate([other] + list(other.parents)):
            if path == self or path in self.parents:
                break
            if not walk_up:
                raise ValueError(f"{str(self)!r} is not in the subpath of {str(other)!r}")
            if path.name == "..":
                raise ValueError(f"'..' segment in {str(other)!r} cannot be walked")
        else:
            raise ValueError(f"{str(self)!r} and {str(other)!r} have different anchors")
        return self.with_segments(*[".."] * step + self._tail[len(path._tail):])

    def is_relative_to(self, other, /, *_deprecated):
        """Is this path other or below it?"""
        other = self._other(other, _deprecated, "is_relative_to")
        return other == self or other in self.parents

    def _other(self, other, more, method):
        if more:
            import warnings
            warnings._deprecated(f"pathlib.PurePath.{method}(*args)",
                                 "support for supplying more than one positional argument to pathlib.PurePath."
                                 f"{method}() is deprecated and scheduled for removal in Python 3.14", remove=(3, 14))
            return self.with_segments(other, *more)
        return other if isinstance(other, PurePath) else self.with_segments(other)

    def is_absolute(self):
        """Does it start with a root?"""
        return bool(self.root)

    def is_reserved(self):
        """A name that Windows keeps for itself: no."""
        import warnings
        warnings.warn("pathlib.PurePath.is_reserved() is deprecated and scheduled for removal in Python 3.15. "
                      "Use os.path.isreserved() to detect reserved paths on Windows.", DeprecationWarning, stacklevel=2)
        return False

    # ---- matching ----

    def _pattern(self, pattern):
        return pattern if isinstance(pattern, PurePath) else self.with_segments(pattern)

    def match(self, path_pattern, *, case_sensitive=None):
        """Does the end of the path (all of it, if the pattern is absolute) match? "**" is like "*" here."""
        pattern = self._pattern(path_pattern)
        case_sensitive = case_sensitive is None or case_sensitive
        parts, wanted = self.parts[::-1], pattern.parts[::-1]
        if not wanted:
            raise ValueError("empty pattern")
        if len(parts) < len(wanted) or len(parts) > len(wanted) and pattern.anchor:
            return False
        return all(_component_regex(want, case_sensitive)(part) for part, want in zip(parts, wanted))

    def full_match(self, pattern, *, case_sensitive=None):
        """Does the whole path match? "**" stands for any number of components."""
        pattern = self._pattern(pattern)
        return _full_match(self.parts, pattern.parts, case_sensitive is None or case_sensitive)


def _full_match(parts, wanted, case_sensitive):
    """Positions in |parts| that the pattern so far can reach."""
    reached = {0}
    for want in wanted:
        if want == "**":
            reached = set(range(min(reached), len(parts) + 1)) if reached else reached
        else:
            match = _component_regex(want, case_sensitive)
            reached = {i + 1 for i in reached if i < len(parts) and match(parts[i])}
    return len(parts) in reached


class PurePosixPath(PurePath):
    """A path with "/" between its components."""

    __slots__ = ()


os.PathLike.register(PurePath)
for _cls in (PurePath, PurePosixPath):
    _cls.__module__ = "pathlib._local"
UnsupportedOperation.__module__ = "pathlib._abc"
_Parents.__name__ = _Parents.__qualname__ = "_PathParents"
del _cls
