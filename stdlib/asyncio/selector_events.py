"""The event loop with its networking; what that does is in _net, which is imported when a method of it is called."""

__all__ = ("BaseSelectorEventLoop",)

from .base_events import BaseEventLoop


class BaseSelectorEventLoop(BaseEventLoop):

    def __init__(self, selector=None, *, _engine=None):
        # The engine polls by itself; a selector that was made for it is not used.
        super().__init__(_engine=_engine)


def _forward(name):
    def method(self, *args, **kwargs):
        from . import _net
        return getattr(_net, name)(self, *args, **kwargs)
    return method


def _forward_async(name):
    async def method(self, *args, **kwargs):
        from . import _net
        return await getattr(_net, name)(self, *args, **kwargs)
    return method


def _declare(names, forward):
    for name in names.split():
        method = forward(name)
        method.__name__ = name
        method.__qualname__ = f"BaseSelectorEventLoop.{name}"
        setattr(BaseSelectorEventLoop, name, method)


_declare("add_reader remove_reader add_writer remove_writer", _forward)
_declare("""getaddrinfo getnameinfo create_connection create_server create_unix_connection create_unix_server
            connect_accepted_socket create_datagram_endpoint connect_read_pipe connect_write_pipe subprocess_exec
            subprocess_shell sendfile start_tls sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall
            sock_sendto sock_connect sock_accept sock_sendfile""", _forward_async)
