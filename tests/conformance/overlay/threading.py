"""A stand-in for threading: locks that are always free, and threads that cannot start."""
import contextlib
import unittest


class RLock:
    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        self._count += 1
        return True

    def release(self):
        if not self._count:
            raise RuntimeError("release unlocked lock")
        self._count -= 1

    def locked(self):
        return self._count > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()


class Lock(RLock):
    def acquire(self, blocking=True, timeout=-1):
        if self._count:
            if blocking and timeout < 0:
                raise RuntimeError("no other thread could ever release this lock")
            return False
        return super().acquire()


class Condition:
    def __init__(self, lock=None):
        self._lock = lock or RLock()
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc):
        self._lock.__exit__(*exc)

    def wait(self, timeout=None):
        if timeout is None:
            raise unittest.SkipTest("needs threads")
        return False

    def notify(self, n=1):
        pass

    notify_all = notify


class Semaphore(Lock):
    def __init__(self, value=1):
        super().__init__()


BoundedSemaphore = Semaphore


class Event:
    def __init__(self):
        self._set = False

    def is_set(self):
        return self._set

    def set(self):
        self._set = True

    def clear(self):
        self._set = False

    def wait(self, timeout=None):
        return self._set


class Thread:
    ident = 1
    name = "MainThread"
    daemon = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        raise unittest.SkipTest("needs threads")

    def is_alive(self):
        return True


class Timer(Thread):
    pass


class Barrier:
    def __init__(self, *args, **kwargs):
        raise unittest.SkipTest("needs threads")


class BrokenBarrierError(RuntimeError):
    pass


class local:
    pass


_main = object.__new__(Thread)


def current_thread():
    return _main


def main_thread():
    return _main


def enumerate():
    return [_main]


def active_count():
    return 1


def get_ident():
    return 1


def get_native_id():
    return 1


def settrace(func):
    pass


def setprofile(func):
    pass


def gettrace():
    return None


TIMEOUT_MAX = 1e9
excepthook = None
ThreadError = RuntimeError
