"""Connecting to a listener of the same program."""

from .. import socket as tsocket
from .._socket_stream import SocketStream

__all__ = ["open_stream_to_socket_listener"]


async def open_stream_to_socket_listener(socket_listener):
    """A stream that connects to the listener, whatever address it has."""
    family = socket_listener.socket.family
    address = socket_listener.socket.getsockname()
    if family in (tsocket.AF_INET, tsocket.AF_INET6):
        address = list(address)
        if address[0] == "0.0.0.0":
            address[0] = "127.0.0.1"
        elif address[0] == "::":
            address[0] = "::1"
        address = tuple(address)
    sock = tsocket.socket(family=family)
    await sock.connect(address)
    return SocketStream(sock)
