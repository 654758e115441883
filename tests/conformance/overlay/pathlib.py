"""A stand-in for pathlib: a path can be put together, opened and asked whether it is there."""
import os


class PurePath:
    def __init__(self, *parts):
        self._text = os.path.normpath(os.path.join(*map(os.fspath, parts))) if parts else "."

    def __fspath__(self):
        return self._text

    __str__ = __fspath__

    def __repr__(self):
        return f"{type(self).__name__}({self._text!r})"

    def __truediv__(self, other):
        return type(self)(self._text, other)

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._text)

    @property
    def parent(self):
        return type(self)(os.path.dirname(self._text) or ".")

    @property
    def name(self):
        return os.path.basename(self._text)


class Path(PurePath):
    def exists(self):
        return os.path.exists(self._text)

    def is_file(self):
        return os.path.isfile(self._text)

    def is_dir(self):
        return os.path.isdir(self._text)

    def open(self, *args, **kwargs):
        return open(self._text, *args, **kwargs)

    def read_text(self, encoding=None):
        with open(self._text, encoding=encoding) as file:
            return file.read()

    def write_text(self, text, encoding=None):
        with open(self._text, "w", encoding=encoding) as file:
            return file.write(text)

    def unlink(self, missing_ok=False):
        os.unlink(self._text)


PosixPath, PurePosixPath = Path, PurePath
