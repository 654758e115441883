"""What the networking methods of an event loop do, in parts that are imported when they are first used.

The names are those of the loop's methods; each takes the loop in front.
"""

_HOMES = {
    "_net_sock": """add_reader remove_reader add_writer remove_writer getaddrinfo getnameinfo sock_recv sock_recv_into
                    sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile
                    sendfile start_tls""",
    "_net_connect": "create_connection create_unix_connection connect_accepted_socket",
    "_net_server": "Server create_server create_unix_server",
    "_net_datagram": "create_datagram_endpoint",
    "_net_pipes": "connect_read_pipe connect_write_pipe",
    "_net_process": "subprocess_exec subprocess_shell",
}
_home_of = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name):
    module = _home_of.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = __import__(f"asyncio.{module}", fromlist=("__name__",))
    value = globals()[name] = getattr(module, name)
    return value


def refuse_ssl(ssl, *timeouts):
    """There is no TLS in this library (skein.http has its own): says so; checks what may only come with it."""
    if not ssl:
        for name, value in zip(("ssl_handshake_timeout", "ssl_shutdown_timeout"), timeouts):
            if value is not None:
                raise ValueError(f"{name} is only meaningful with ssl")
        return
    raise NotImplementedError("TLS connections are not supported: there is no module ssl")


async def ensure_resolved(loop, address, *, family=0, type=0, proto=0, flags=0):
    """getaddrinfo() of (host, port, ...); an address that is a number already is not looked up."""
    host, port = address[:2]
    info = _numeric_info(host, port, family, type, proto, *address[2:])
    if info is not None:
        return [info]
    return await loop.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)


def _numeric_info(host, port, family, type, proto, flowinfo=0, scopeid=0):
    import socket
    if proto not in (0, socket.IPPROTO_TCP, socket.IPPROTO_UDP) or host is None:
        return None
    if type == socket.SOCK_STREAM:
        proto = socket.IPPROTO_TCP
    elif type == socket.SOCK_DGRAM:
        proto = socket.IPPROTO_UDP
    else:
        return None
    if port is None or port == "" or port == b"":
        port = 0
    else:
        try:
            port = int(port)
        except (TypeError, ValueError):
            return None
    if isinstance(host, bytes):
        host = host.decode("idna")
    if "%" in host:
        return None
    for known in (socket.AF_INET, socket.AF_INET6) if family == socket.AF_UNSPEC else (family,):
        try:
            socket.inet_pton(known, host)
        except OSError:
            continue
        if known == socket.AF_INET6:
            return known, type, proto, "", (host, port, flowinfo, scopeid)
        return known, type, proto, "", (host, port)
    return None
