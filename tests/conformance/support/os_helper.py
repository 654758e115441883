"""test.support.os_helper: file names and directories for a test, and their removal."""
import contextlib
import os
import sys
import unittest

TESTFN_ASCII = f"@test_{os.getpid()}_tmp"
TESTFN = TESTFN_ASCII + "æ"
TESTFN_UNICODE = TESTFN_ASCII + "-àòɘŁğ"
TESTFN_NONASCII = TESTFN
FS_NONASCII = "æ"
TESTFN_UNENCODABLE = None
TESTFN_UNDECODABLE = None
SAVEDCWD = os.getcwd()


def unlink(name):
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(name)


def rmdir(name):
    with contextlib.suppress(FileNotFoundError):
        os.rmdir(name)


def rmtree(path):
    if not os.path.isdir(path) or os.path.islink(path):
        return unlink(path)
    for name in os.listdir(path):
        rmtree(os.path.join(path, name))
    os.rmdir(path)


def create_empty_file(name):
    with open(name, "wb"):
        pass


def make_bad_fd():
    with open(TESTFN, "wb") as file:
        number = file.fileno()
    unlink(TESTFN)
    return number


_serial = 0


@contextlib.contextmanager
def temp_dir(path=None, quiet=False):
    global _serial
    made = False
    if path is None:
        _serial += 1
        base = os.environ.get("TMPDIR", "/tmp")
        path = os.path.realpath(os.path.join(base, f"test_{os.getpid()}_{_serial}"))
    try:
        os.mkdir(path)
        made = True
        yield path
    finally:
        if made:
            rmtree(path)


@contextlib.contextmanager
def change_cwd(path, quiet=False):
    old = os.getcwd()
    os.chdir(os.path.realpath(path))
    try:
        yield os.getcwd()
    finally:
        os.chdir(old)


@contextlib.contextmanager
def temp_cwd(name="tempcwd", quiet=False):
    with temp_dir() as place:
        with change_cwd(place) as here:
            yield here


@contextlib.contextmanager
def temp_umask(mask):
    old = os.umask(mask)
    try:
        yield
    finally:
        os.umask(old)


@contextlib.contextmanager
def save_cwd():
    old = os.getcwd()
    try:
        yield
    finally:
        os.chdir(old)


class EnvironmentVarGuard:
    """os.environ, put back as it was at the end of the block."""

    def __init__(self):
        self._environ, self._changed = os.environ, {}

    def _remember(self, name):
        self._changed.setdefault(name, self._environ.get(name))

    def __getitem__(self, name):
        return self._environ[name]

    def __setitem__(self, name, value):
        self._remember(name)
        self._environ[name] = value

    def __delitem__(self, name):
        self._remember(name)
        self._environ.pop(name, None)

    def __contains__(self, name):
        return name in self._environ

    def get(self, name, default=None):
        return self._environ.get(name, default)

    def keys(self):
        return self._environ.keys()

    def __iter__(self):
        return iter(self._environ)

    def __len__(self):
        return len(self._environ)

    def set(self, name, value):
        self[name] = value

    def unset(self, *names):
        for name in names:
            del self[name]

    def copy(self):
        return dict(self._environ)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        for name, value in self._changed.items():
            if value is None:
                self._environ.pop(name, None)
            else:
                self._environ[name] = value


class FakePath:
    """Something that is a path only through __fspath__."""

    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return f"<FakePath {self.path!r}>"

    def __fspath__(self):
        if isinstance(self.path, type) and issubclass(self.path, BaseException) or isinstance(self.path, BaseException):
            raise self.path
        return self.path


def can_symlink():
    return hasattr(os, "symlink")


def skip_unless_symlink(test):
    return test if can_symlink() else unittest.skip("needs symbolic links")(test)


def skip_unless_working_chmod(test):
    return test


def fd_count():
    return len(os.listdir("/proc/self/fd"))
