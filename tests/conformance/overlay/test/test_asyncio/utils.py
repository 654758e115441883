"""Stands in for CPython's test_asyncio.utils: test loops with a clock of their own, and small mocks. No TLS."""
import asyncio
import contextlib
import os
import re
import socket
import sys
import tempfile
import threading
import types
import unittest
from unittest import mock

from asyncio import base_events, events, format_helpers, futures, tasks
from asyncio.log import logger
from test import support
from test.support import threading_helper

CLOCK_RES = 0.050       # seconds by which a timer may be late in a test that measures time


def run_briefly(loop):
    """Runs what is ready now, and one more task."""
    async def nothing():
        pass
    coro = nothing()
    task = loop.create_task(coro)
    task._log_destroy_pending = False       # the loop may be stopped before the task is done
    try:
        loop.run_until_complete(task)
    finally:
        coro.close()


def run_until(loop, pred, timeout=support.SHORT_TIMEOUT):
    delay = 0.001
    for _ in support.busy_retry(timeout, error=False):
        if pred():
            return
        loop.run_until_complete(tasks.sleep(delay))
        delay = max(delay * 2, 1.0)
    raise TimeoutError()


def run_once(loop):
    loop.call_soon(loop.stop)
    loop.run_forever()


class _Clock:
    """Time as a generator tells it: it is sent when each new timer is due, and yields how far time goes on then.

    The engine calls timer_added() for each timer, and pass_done() after each pass of the ready queue.
    """

    def __init__(self, gen):
        self.time = 0
        self.new = []
        self.gen = gen()
        next(self.gen)

    def current_time(self):
        return self.time

    def timer_added(self, when):
        self.new.append(when)

    def pass_done(self):
        new, self.new = self.new, []
        for when in new:
            self.time += self.gen.send(when) or 0

    def idle(self, seconds):
        return seconds is not None      # without timers the loop may report that it is stuck


def _no_timers():
    yield


class TestLoop(base_events.BaseEventLoop):

    def __init__(self, gen=None):
        super().__init__()
        self._check_on_close = gen is not None
        self._clock = _Clock(gen or _no_timers)
        self._engine.set_clock(self._clock)

    def advance_time(self, advance):
        if advance:
            self._clock.time += advance

    @property
    def _ready(self):
        return range(self._engine.ready_count)

    def close(self):
        super().close()
        if self._check_on_close:
            try:
                self._clock.gen.send(0)
            except StopIteration:
                pass
            else:
                raise AssertionError("Time generator is not finished")


def MockCallback(**kwargs):
    return mock.Mock(spec=["__call__"], **kwargs)


class MockPattern(str):
    """Equal to strings in which the pattern is found."""

    def __eq__(self, other):
        return bool(re.search(str(self), other, re.S))

    __hash__ = str.__hash__


class MockInstanceOf:
    """Equal to instances of a class."""

    def __init__(self, type):
        self._type = type

    def __eq__(self, other):
        return isinstance(other, self._type)


def get_function_source(func):
    source = format_helpers._get_function_source(func)
    if source is None:
        raise ValueError(f"unable to get the source of {func!r}")
    return source


def make_test_protocol(base):
    names = {name: MockCallback(return_value=None) for name in dir(base) if not name.startswith("__")}
    return type("TestProtocol", (base,) + base.__bases__, names)()


class TestCase(unittest.TestCase):

    @staticmethod
    def close_loop(loop):
        executor = loop._default_executor
        if executor is not None:
            if loop.is_closed():
                executor.shutdown(wait=True)
            else:
                loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    def set_event_loop(self, loop, *, cleanup=True):
        """The loop is given to everything explicitly: there is no current one."""
        assert loop is not None
        events.set_event_loop(None)
        if cleanup:
            self.addCleanup(self.close_loop, loop)

    def new_test_loop(self, gen=None):
        loop = TestLoop(gen)
        self.set_event_loop(loop)
        return loop

    def setUp(self):
        self._threads_before = threading_helper.threading_setup()

    def tearDown(self):
        events.set_event_loop(None)
        self.assertIsNone(sys.exception())      # no generator was left in an except clause
        self.doCleanups()
        threading_helper.threading_cleanup(*self._threads_before)
        support.reap_children()


@contextlib.contextmanager
def disable_logger():
    old = logger.level
    logger.setLevel(1000)
    try:
        yield
    finally:
        logger.setLevel(old)


async def await_without_task(coro):
    """Awaits coro in a plain callback of the loop, where no task is current."""
    error = None

    def drive():
        nonlocal error
        try:
            for _ in coro.__await__():
                pass
        except BaseException as exc:
            error = exc

    asyncio.get_running_loop().call_soon(drive)
    await asyncio.sleep(0)
    if error is not None:
        raise error


def mock_nonblocking_socket(proto=6, type=1, family=2):
    import socket
    sock = mock.MagicMock(socket.socket)
    sock.proto, sock.type, sock.family = proto, type, family
    sock.gettimeout.return_value = 0.0
    return sock


# -- Servers in threads, for the tests of streams ---------------------------------------------------------------------

def _serve(sock):
    """HTTP enough for one request per connection."""
    while True:
        try:
            connection, _ = sock.accept()
        except OSError:
            return
        with connection:
            data = b""
            while b"\r\n\r\n" not in data:
                more = connection.recv(4096)
                if not more:
                    break
                data += more
            else:
                connection.sendall(b"HTTP/1.0 200 OK\r\nContent-type: text/plain\r\n\r\nTest message")


@contextlib.contextmanager
def _running_server(sock):
    thread = threading.Thread(target=_serve, args=(sock,))
    thread.start()
    try:
        yield types.SimpleNamespace(address=sock.getsockname())
    finally:
        sock.shutdown(socket.SHUT_RDWR)
        sock.close()
        thread.join()


def run_test_server(*, host="127.0.0.1", port=0, use_ssl=False):
    assert not use_ssl
    return _running_server(socket.create_server((host, port)))


@contextlib.contextmanager
def unix_socket_path():
    with tempfile.TemporaryDirectory() as directory:
        yield os.path.join(directory, "sock")


@contextlib.contextmanager
def run_test_unix_server(*, use_ssl=False):
    with unix_socket_path() as path:
        sock = socket.socket(socket.AF_UNIX)
        sock.bind(path)
        sock.listen()
        with _running_server(sock) as server:
            yield server
