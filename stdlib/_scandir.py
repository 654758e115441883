"""Directory entries that remember their type: what os.scandir gives.

    with scandir(".") as entries:
        names = [e.name for e in entries if e.is_file()]
"""

import posix
import stat as _stat

__all__ = ["DirEntry", "scandir"]

_DT_DIR, _DT_REG, _DT_LNK, _DT_UNKNOWN = 4, 8, 10, 0


class DirEntry:
    """One name in a directory; most questions need no system call."""

    __slots__ = ("name", "path", "_type", "_stat", "_lstat")

    def __init__(self, name, path, kind):
        self.name, self.path, self._type = name, path, kind
        self._stat = self._lstat = None

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def inode(self):
        return self.stat(follow_symlinks=False).st_ino

    def stat(self, *, follow_symlinks=True):
        if not follow_symlinks:
            if self._lstat is None:
                self._lstat = posix.lstat(self.path)
            return self._lstat
        if self._stat is None:
            self._stat = posix.stat(self.path)
        return self._stat

    def is_symlink(self):
        if self._type != _DT_UNKNOWN:
            return self._type == _DT_LNK
        return self._mode_is(_stat.S_ISLNK, False)

    def is_junction(self):
        return False

    def is_dir(self, *, follow_symlinks=True):
        if self._type == _DT_DIR:
            return True
        if self._type not in (_DT_LNK, _DT_UNKNOWN):
            return False
        return self._mode_is(_stat.S_ISDIR, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        if self._type == _DT_REG:
            return True
        if self._type not in (_DT_LNK, _DT_UNKNOWN):
            return False
        return self._mode_is(_stat.S_ISREG, follow_symlinks)

    def _mode_is(self, test, follow_symlinks):
        try:
            return test(self.stat(follow_symlinks=follow_symlinks).st_mode)
        except FileNotFoundError:
            return False


class scandir:
    """Iterator over the entries of a directory; a context manager too."""

    def __init__(self, path="."):
        if path is None:
            path = "."
        path = posix.fspath(path)
        slash = b"/" if isinstance(path, bytes) else "/"
        prefix = path if path.endswith(slash) else path + slash
        self._entries = (DirEntry(name, prefix + name, kind) for name, kind in posix._list_entries(path))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        self._entries = iter(())
