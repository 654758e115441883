"""Threads, and what they use to wait for each other.

    >>> import threading
    >>> done = []
    >>> t = threading.Thread(target=done.append, args=("here",))
    >>> t.start(); t.join(); done
    ['here']

One thread at a time runs Python code; others run while it waits for locks,
time, files or sockets, and in turn while all have something to do.
"""

__all__ = [
    "get_ident", "active_count", "Condition", "current_thread", "enumerate", "main_thread", "TIMEOUT_MAX", "Event",
    "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Thread", "Barrier", "BrokenBarrierError", "Timer",
    "ThreadError", "setprofile", "settrace", "local", "stack_size", "excepthook", "ExceptHookArgs", "gettrace",
    "getprofile", "setprofile_all_threads", "settrace_all_threads", "get_native_id"]

import _thread
import sys as _sys
from _thread import (RLock as _CRLock, TIMEOUT_MAX, _ExceptHookArgs as ExceptHookArgs, _ThreadHandle,
                     _excepthook as excepthook, _get_main_thread_ident, _local as local, _make_thread_handle,
                     allocate_lock as _allocate_lock, get_ident, get_native_id, stack_size)
from _weakrefset import WeakSet as _WeakSet
from collections import deque as _deque
from itertools import count as _count
from time import monotonic as _time

Lock = _thread.lock
ThreadError = _thread.error
__excepthook__ = excepthook


def RLock(*args, **kwargs):
    """A lock that the thread which has it may take again."""
    return _CRLock(*args, **kwargs)


# ---- tracing -----------------------------------------------------------------

def _refuse(what, func):
    if func is not None:
        raise NotImplementedError(f"threading.{what}() is not there: Skein calls no trace functions")


def settrace(func):
    """Not there, like sys.settrace(); None is accepted."""
    _refuse("settrace", func)


def setprofile(func):
    """Not there, like sys.setprofile(); None is accepted."""
    _refuse("setprofile", func)


def settrace_all_threads(func):
    _refuse("settrace_all_threads", func)


def setprofile_all_threads(func):
    _refuse("setprofile_all_threads", func)


def gettrace():
    return None


def getprofile():
    return None


# ---- waiting for each other ----------------------------------------------------

class Condition:
    """Wait until another thread says that something may have changed.

    Each waiting thread sleeps on a lock of its own; they stand in the order they
    came, and notify() releases the first ones.
    """

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        # An RLock knows better than we how to give it up wholly and who has it.
        for name in ("_release_save", "_acquire_restore", "_is_owned"):
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))
        self._waiters = _deque()

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()
        self._waiters.clear()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc_info):
        return self._lock.__exit__(*exc_info)

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, state):
        self._lock.acquire()

    def _is_owned(self):
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        """Give the lock up, wait for notify(), take it again; False when the time is over."""
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        mine = _allocate_lock()
        mine.acquire()
        self._waiters.append(mine)
        state = self._release_save()
        notified = False
        try:
            if timeout is None:
                notified = mine.acquire()
            elif timeout > 0:
                notified = mine.acquire(True, timeout)
            else:
                notified = mine.acquire(False)
            return notified
        finally:
            self._acquire_restore(state)
            if not notified:
                try:
                    self._waiters.remove(mine)
                except ValueError:
                    pass

    def wait_for(self, predicate, timeout=None):
        """Wait until predicate() is true or the time is over; returns what it gave last."""
        end = None
        result = predicate()
        while not result:
            left = None
            if timeout is not None:
                now = _time()
                if end is None:
                    end = now + timeout
                left = end - now
                if left <= 0:
                    break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        """Wake at most n threads that wait."""
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        waiters = self._waiters
        while waiters and n > 0:
            first = waiters[0]
            try:
                first.release()
            except RuntimeError:
                pass  # its time was over and it is about to leave
            else:
                n -= 1
            try:
                waiters.remove(first)
            except ValueError:
                pass

    def notify_all(self):
        """Wake all threads that wait."""
        self.notify(len(self._waiters))

    def notifyAll(self):
        """A deprecated name of notify_all()."""
        _deprecated("notifyAll() is deprecated, use notify_all() instead")
        self.notify_all()


def _deprecated(message):
    import warnings
    warnings.warn(message, DeprecationWarning, stacklevel=3)


class Semaphore:
    """A number of permissions: acquire() takes one, and waits while there is none."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._value = value

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._value}>"

    def acquire(self, blocking=True, timeout=None):
        """Take a permission; False if there is none and no more time to wait."""
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            end = None
            while self._value == 0:
                if not blocking:
                    return False
                left = timeout
                if timeout is not None:
                    now = _time()
                    if end is None:
                        end = now + timeout
                    left = end - now
                    if left <= 0:
                        return False
                self._cond.wait(left)
            self._value -= 1
        return True

    __enter__ = acquire

    def release(self, n=1):
        """Give n permissions back."""
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __exit__(self, *exc_info):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that refuses to get more permissions than it began with."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._value}/{self._initial_value}>"

    def release(self, n=1):
        """Give n permissions back; ValueError when that were too many."""
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError("Semaphore released too many times")
            self._value += n
            self._cond.notify(n)


class Event:
    """A flag that threads can wait for."""

    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: {'set' if self._flag else 'unset'}>"

    def _at_fork_reinit(self):
        self._cond._at_fork_reinit()

    def is_set(self):
        return self._flag

    def isSet(self):
        """A deprecated name of is_set()."""
        _deprecated("isSet() is deprecated, use is_set() instead")
        return self.is_set()

    def set(self):
        """Set the flag and wake all who wait."""
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait until the flag is set; False when the time is over."""
        with self._cond:
            return self._flag or self._cond.wait(timeout)


class BrokenBarrierError(RuntimeError):
    """Who waited at the barrier will not pass it."""


class Barrier:
    """A place where a number of threads wait until all have come.

    It is 'filling' until the last one is there, then 'draining' until all have
    left; reset() makes it 'resetting' while threads still wait, abort() 'broken'.
    """

    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._state = "filling"
        self._count = 0

    def __repr__(self):
        cls = type(self)
        name = f"{cls.__module__}.{cls.__qualname__} at {id(self):#x}"
        if self.broken:
            return f"<{name}: broken>"
        return f"<{name}: waiters={self.n_waiting}/{self.parties}>"

    def wait(self, timeout=None):
        """Wait for the others; returns a number from 0 to parties - 1, to each another one."""
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            # Those of the last round have to be gone.
            self._cond.wait_for(lambda: self._state not in ("draining", "resetting"))
            if self._state == "broken":
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            try:
                if self._count == self._parties:
                    self._open()
                else:
                    self._wait(timeout)
                return index
            finally:
                self._count -= 1
                if self._count == 0 and self._state in ("draining", "resetting"):
                    self._state = "filling"
                    self._cond.notify_all()

    def _open(self):
        try:
            if self._action:
                self._action()
            self._state = "draining"
            self._cond.notify_all()
        except:
            self._break()
            raise

    def _wait(self, timeout):
        if not self._cond.wait_for(lambda: self._state != "filling", timeout):
            self._break()
            raise BrokenBarrierError
        if self._state != "draining":
            raise BrokenBarrierError

    def _break(self):
        self._state = "broken"
        self._cond.notify_all()

    def reset(self):
        """Start anew; threads that wait get BrokenBarrierError."""
        with self._cond:
            if self._count == 0:
                self._state = "filling"
            elif self._state != "draining":
                self._state = "resetting"
            self._cond.notify_all()

    def abort(self):
        """Break it: who waits or comes gets BrokenBarrierError."""
        with self._cond:
            self._break()

    @property
    def parties(self):
        """How many threads it takes."""
        return self._parties

    @property
    def n_waiting(self):
        """How many threads wait now."""
        return self._count if self._state == "filling" else 0

    @property
    def broken(self):
        return self._state == "broken"


# ---- threads --------------------------------------------------------------------

_names = _count(1).__next__
_active_limbo_lock = RLock()
_active = {}   # identity -> Thread
_limbo = {}    # threads that were started and do not run yet
_dangling = _WeakSet()


def _newname(template="Thread-%d"):
    return template % _names()


def _make_invoke_excepthook():
    """What a thread calls when run() failed, with the hooks as they are when the thread is made."""
    old_excepthook, old_sys_excepthook = excepthook, _sys.excepthook
    if old_excepthook is None or old_sys_excepthook is None:
        raise RuntimeError("threading.excepthook is None" if old_excepthook is None else "sys.excepthook is None")

    def invoke_excepthook(thread):
        args = None
        try:
            hook = excepthook
            if hook is None:
                hook = old_excepthook
            args = ExceptHookArgs([*_sys.exc_info(), thread])
            hook(args)
        except Exception as error:
            error.__suppress_context__ = True
            stderr = _sys.stderr if _sys.stderr is not None else thread._stderr
            print("Exception in threading.excepthook:", file=stderr, flush=True)
            sys_hook = _sys.excepthook if _sys.excepthook is not None else old_sys_excepthook
            sys_hook(*_sys.exc_info())
        finally:
            args = None

    return invoke_excepthook


class Thread:
    """A function that runs by itself: start() it, and join() to wait for its end."""

    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if name is None:
            name = _newname()
            if target is not None:
                try:
                    name += f" ({target.__name__})"
                except AttributeError:
                    pass
        self._target = target
        self._name = str(name)
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = daemon if daemon is not None else current_thread().daemon
        self._ident = None
        self._native_id = None
        self._started = Event()
        self._handle = _ThreadHandle()
        self._initialized = True
        self._stderr = _sys.stderr
        self._invoke_excepthook = _make_invoke_excepthook()
        _dangling.add(self)

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        status = "initial"
        if self._started.is_set():
            status = "stopped" if self._handle.is_done() else "started"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += f" {self._ident}"
        return f"<{type(self).__name__}({self._name}, {status})>"

    def start(self):
        """Start the thread, once. It runs run()."""
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        with _active_limbo_lock:
            _limbo[self] = self
        try:
            _thread.start_joinable_thread(self._bootstrap, handle=self._handle, daemon=self.daemon)
        except BaseException:
            with _active_limbo_lock:
                _limbo.pop(self, None)
            raise
        while not self._started.wait(1):
            if self._handle.is_done():     # no memory for its first steps
                with _active_limbo_lock:
                    _limbo.pop(self, None)
                raise RuntimeError("can't start new thread")

    def run(self):
        """What the thread does: call the target. Subclasses may do something else."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # A target may refer to the thread that has it.
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        self._bootstrap_inner()

    def _bootstrap_inner(self):
        try:
            self._ident = get_ident()
            self._native_id = get_native_id()
            with _active_limbo_lock:
                _active[self._ident] = self
                _limbo.pop(self, None)
            self._started.set()
            try:
                self.run()
            except:
                self._invoke_excepthook(self)
        finally:
            self._delete()

    def _delete(self):
        with _active_limbo_lock:
            if _active.get(self._ident) is self:
                del _active[self._ident]

    def join(self, timeout=None):
        """Wait for the end of the thread, at most timeout seconds."""
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        if timeout is not None:
            timeout = max(timeout, 0)
        self._handle.join(timeout)

    def is_alive(self):
        """Whether it has started and not ended."""
        assert self._initialized, "Thread.__init__() not called"
        return self._started.is_set() and not self._handle.is_done()

    @property
    def name(self):
        """Any text; it has no meaning."""
        assert self._initialized, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._initialized, "Thread.__init__() not called"
        self._name = str(name)

    @property
    def ident(self):
        """The number that get_ident() gives in it; None before it is started."""
        assert self._initialized, "Thread.__init__() not called"
        return self._ident

    @property
    def native_id(self):
        """The number that the system gave it; None before it is started."""
        assert self._initialized, "Thread.__init__() not called"
        return self._native_id

    @property
    def daemon(self):
        """Whether the program may end while it runs."""
        assert self._initialized, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        """Deprecated: the property daemon."""
        _deprecated("isDaemon() is deprecated, get the daemon attribute instead")
        return self.daemon

    def setDaemon(self, daemonic):
        """Deprecated: the property daemon."""
        _deprecated("setDaemon() is deprecated, set the daemon attribute instead")
        self.daemon = daemonic

    def getName(self):
        """Deprecated: the property name."""
        _deprecated("getName() is deprecated, get the name attribute instead")
        return self.name

    def setName(self, name):
        """Deprecated: the property name."""
        _deprecated("setName() is deprecated, set the name attribute instead")
        self.name = name


class Timer(Thread):
    """A thread that waits, then calls a function, unless it was cancelled."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        """Stop it, if it still waits."""
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _Known(Thread):
    """A thread that runs already."""

    def __init__(self, name, daemon):
        super().__init__(name=name, daemon=daemon)
        self._started.set()
        self._ident = get_ident()
        self._native_id = get_native_id()
        self._handle = _make_thread_handle(self._ident)
        with _active_limbo_lock:
            _active[self._ident] = self


class _MainThread(_Known):
    def __init__(self):
        super().__init__("MainThread", False)
        if self._ident != _get_main_thread_ident():  # imported by another thread first
            with _active_limbo_lock:
                del _active[self._ident]
                self._ident = self._native_id = _get_main_thread_ident()
                _active[self._ident] = self
            self._handle = _make_thread_handle(self._ident)


class _DummyThread(_Known):
    """Stands for a thread that was not made here; _thread forgets it at the thread's end."""

    def __init__(self):
        super().__init__(_newname("Dummy-%d"), True)

    def is_alive(self):
        if not self._handle.is_done() and self._started.is_set():
            return True
        raise RuntimeError("thread is not alive")

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")


def current_thread():
    """The Thread that runs this."""
    try:
        return _active[get_ident()]
    except KeyError:
        return _DummyThread()


def main_thread():
    """The thread the program began with."""
    return _main_thread


def active_count():
    """How many threads there are."""
    with _active_limbo_lock:
        return len(_active) + len(_limbo)


def enumerate():
    """All threads there are."""
    with _active_limbo_lock:
        return list(_active.values()) + list(_limbo.values())


def currentThread():
    """A deprecated name of current_thread()."""
    _deprecated("currentThread() is deprecated, use current_thread() instead")
    return current_thread()


def activeCount():
    """A deprecated name of active_count()."""
    _deprecated("activeCount() is deprecated, use active_count() instead")
    return active_count()


# ---- the end, and fork -----------------------------------------------------------

_main_thread = _MainThread()
_threading_atexits = []
_SHUTTING_DOWN = False


def _register_atexit(func, *args, **kwargs):
    """Have a function called before the threads are waited for at the end."""
    if _SHUTTING_DOWN:
        raise RuntimeError("can't register atexit after shutdown")
    _threading_atexits.append(lambda: func(*args, **kwargs))


def _shutdown():
    """The program's main part is over: wait for the threads that are no daemons."""
    global _SHUTTING_DOWN
    if _main_thread._handle.is_done():
        return
    _SHUTTING_DOWN = True
    for call in reversed(_threading_atexits):
        call()
    if current_thread() is _main_thread:
        _main_thread._handle._set_done()
    _thread._shutdown()


def _after_fork():
    """In the child of fork(): the thread that called it is the only one left, and the main one."""
    global _main_thread, _active_limbo_lock
    _active_limbo_lock = RLock()
    current = _active.get(get_ident()) or current_thread()
    for thread in [*_active.values(), *_limbo.values()]:
        thread._started._at_fork_reinit()
        if thread is not current and thread._started.is_set():
            thread._handle._set_done()
    _main_thread = current
    _limbo.clear()
    _active.clear()
    current._ident = get_ident()
    current._native_id = get_native_id()
    _active[current._ident] = current
