"""What streams, channels, listeners and clocks look like from outside: trio.abc."""

from abc import ABC, abstractmethod

from ._errors import EndOfChannel

__all__ = ["AsyncResource", "Channel", "Clock", "HalfCloseableStream", "HostnameResolver", "Instrument", "Listener", "ReceiveChannel",
           "ReceiveStream", "SendChannel", "SendStream", "SocketFactory", "Stream"]


class _Generic:
    """SendChannel[int] is SendChannel: types are for type checkers."""

    __slots__ = ()

    def __class_getitem__(cls, _):
        return cls


class Clock(ABC):
    """Where a run takes its time from: trio.run(..., clock=...)."""

    @abstractmethod
    def start_clock(self):
        """Called once, when the run begins."""

    @abstractmethod
    def current_time(self):
        """Now, in seconds since an arbitrary moment; may only grow."""

    @abstractmethod
    def deadline_to_sleep_time(self, deadline):
        """Real seconds to wait until current_time() may have reached deadline."""


class Instrument:
    """An observer of a run.  This runtime calls none; the class is there for isinstance() and for code that defines some."""

    __slots__ = ()

    def before_run(self):
        pass

    def after_run(self):
        pass

    def task_spawned(self, task):
        pass

    def task_scheduled(self, task):
        pass

    def before_task_step(self, task):
        pass

    def after_task_step(self, task):
        pass

    def task_exited(self, task):
        pass

    def before_io_wait(self, timeout):
        pass

    def after_io_wait(self, timeout):
        pass


class HostnameResolver(ABC):
    """Names to addresses, in place of the system's resolver."""

    __slots__ = ()

    @abstractmethod
    async def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):
        """As socket.getaddrinfo()."""

    @abstractmethod
    async def getnameinfo(self, sockaddr, flags):
        """As socket.getnameinfo()."""


class SocketFactory(ABC):
    """Makes sockets, in place of the real ones."""

    @abstractmethod
    def socket(self, family=None, type=None, proto=None):
        """As trio.socket.socket()."""


class AsyncResource(ABC):
    """Something that must be closed; `async with` closes it."""

    __slots__ = ()

    @abstractmethod
    async def aclose(self):
        """Close, gracefully if time allows; at once, still leaving it closed, when cancelled."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, tb):
        await self.aclose()


class SendStream(AsyncResource):
    """Bytes go in."""

    __slots__ = ()

    @abstractmethod
    async def send_all(self, data):
        """Send all of data."""

    @abstractmethod
    async def wait_send_all_might_not_block(self):
        """Wait until send_all() might go through without waiting."""


class ReceiveStream(AsyncResource):
    """Bytes come out; `async for` gives them in pieces as they come."""

    __slots__ = ()

    @abstractmethod
    async def receive_some(self, max_bytes=None):
        """Between 1 and max_bytes bytes; b"" is the end."""

    def __aiter__(self):
        return self

    async def __anext__(self):
        data = await self.receive_some()
        if not data:
            raise StopAsyncIteration
        return data


class Stream(SendStream, ReceiveStream):
    """Bytes both ways."""

    __slots__ = ()


class HalfCloseableStream(Stream):
    """A stream whose sending half can end while the other goes on."""

    __slots__ = ()

    @abstractmethod
    async def send_eof(self):
        """No more bytes from this side; the peer reads the end."""


class Listener(_Generic, AsyncResource):
    """Gives a stream for each who connects."""

    __slots__ = ()

    @abstractmethod
    async def accept(self):
        """The next connection."""


class SendChannel(_Generic, AsyncResource):
    """Values go in."""

    __slots__ = ()

    @abstractmethod
    async def send(self, value):
        """Send one value."""


class ReceiveChannel(_Generic, AsyncResource):
    """Values come out; `async for` gives all of them."""

    __slots__ = ()

    @abstractmethod
    async def receive(self):
        """The next value; EndOfChannel after the last."""

    def __aiter__(self):
        return self

    async def __anext__(self):
        # The end of the channel is the end of the loop.
        try:
            return await self.receive()
        except EndOfChannel:
            raise StopAsyncIteration from None


class Channel(SendChannel, ReceiveChannel):
    """Values both ways."""

    __slots__ = ()
