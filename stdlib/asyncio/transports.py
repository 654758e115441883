"""Base classes of transports: what a protocol may ask of its connection."""

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport")


def _refuse(cls, names):
    for name in names.split():
        def method(self, *args, **kwargs):
            raise NotImplementedError
        method.__name__ = name
        method.__qualname__ = f"{cls.__name__}.{name}"
        setattr(cls, name, method)


class BaseTransport:
    """Facts about the connection (get_extra_info) and its end."""

    __slots__ = ("_extra",)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        return self._extra.get(name, default)


_refuse(BaseTransport, "is_closing close set_protocol get_protocol")


class ReadTransport(BaseTransport):
    """Data comes to the protocol unless reading is paused."""

    __slots__ = ()


_refuse(ReadTransport, "is_reading pause_reading resume_reading")


class WriteTransport(BaseTransport):
    """Takes data into a buffer and never blocks; the protocol hears of water marks."""

    __slots__ = ()

    def writelines(self, list_of_data):
        self.write(b"".join(list_of_data))


_refuse(WriteTransport, """set_write_buffer_limits get_write_buffer_size get_write_buffer_limits write write_eof
                           can_write_eof abort""")


class Transport(ReadTransport, WriteTransport):
    """Both directions."""

    __slots__ = ()


class DatagramTransport(BaseTransport):

    __slots__ = ()


_refuse(DatagramTransport, "sendto abort")


class SubprocessTransport(BaseTransport):

    __slots__ = ()


_refuse(SubprocessTransport, "get_pid get_returncode get_pipe_transport send_signal terminate kill")


class _FlowControlMixin(Transport):
    """Water marks of a write buffer: a subclass has get_write_buffer_size() and calls the two _maybe methods."""

    __slots__ = ("_loop", "_protocol_paused", "_high_water", "_low_water")

    def __init__(self, extra=None, loop=None):
        super().__init__(extra)
        assert loop is not None
        self._loop = loop
        self._protocol_paused = False
        self._set_write_buffer_limits()

    def _maybe_pause_protocol(self):
        if self.get_write_buffer_size() > self._high_water and not self._protocol_paused:
            self._protocol_paused = True
            self._tell_protocol("pause_writing")

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low_water:
            self._protocol_paused = False
            self._tell_protocol("resume_writing")

    def _tell_protocol(self, what):
        try:
            getattr(self._protocol, what)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({
                "message": f"protocol.{what}() failed",
                "exception": exc,
                "transport": self,
                "protocol": self._protocol,
            })

    def get_write_buffer_limits(self):
        return self._low_water, self._high_water

    def _set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = 64 * 1024 if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self._high_water = high
        self._low_water = low

    def set_write_buffer_limits(self, high=None, low=None):
        self._set_write_buffer_limits(high, low)
        self._maybe_pause_protocol()

    def get_write_buffer_size(self):
        raise NotImplementedError
