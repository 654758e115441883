"""Sockets: the class socket and helpers around it, on the natives of _socket.

Names and behaviour are CPython 3.13's.  Constants come in enumerations (AddressFamily, SocketKind, MsgFlag, AddressInfo) as there.
"""
import _socket
import io
import os
import sys
from _socket import *
from _socket import (close, dup, error, gaierror, getaddrinfo as _getaddrinfo, herror, timeout,
                     getdefaulttimeout, setdefaulttimeout, socketpair as _socketpair)
from enum import IntEnum, IntFlag

__all__ = ["fromfd", "getfqdn", "create_connection", "create_server", "has_dualstack_ipv6",
           "AddressFamily", "SocketKind", "AddressInfo", "MsgFlag", "socketpair", "send_fds", "recv_fds", "getaddrinfo", "socket",
           "SocketType", "SocketIO"]
__all__.extend(name for name in dir(_socket) if not name.startswith("_") and name not in __all__)

EBADF = 9
EAGAIN = EWOULDBLOCK = 11


def _enumeration(name, base, prefix, also=()):
    members = {k: v for k, v in vars(_socket).items() if k.startswith(prefix) and k.isupper() or k in also}
    made = base(name, dict(sorted(members.items())), module=__name__)
    globals().update(made.__members__)
    return made


AddressFamily = _enumeration("AddressFamily", IntEnum, "AF_")
SocketKind = _enumeration("SocketKind", IntEnum, "SOCK_")
MsgFlag = _enumeration("MsgFlag", IntFlag, "MSG_")
AddressInfo = _enumeration("AddressInfo", IntFlag, "AI_")
SocketType = _socket.SocketType

_LOCALHOST = "127.0.0.1"
_LOCALHOST_V6 = "::1"


def _intenum_converter(value, enumeration):
    try:
        return enumeration(value)
    except ValueError:
        return value


class _GiveupOnSendfile(Exception):
    """The file has no descriptor that the system could send from."""


class socket(_socket.socket):
    """A socket, as a context manager, with files on top of it."""

    __slots__ = ["__weakref__", "_io_refs", "_closed"]

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        _socket.socket.__init__(self, family, type, proto, fileno)
        self._io_refs = 0      # files made by makefile() that are still open
        self._closed = False

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        if not self._closed:
            self.close()

    def __repr__(self):
        cls = self.__class__
        closed = " [closed]" if getattr(self, "_closed", False) else ""
        text = (f"<{cls.__module__}.{cls.__qualname__}{closed} fd={self.fileno()}, family={int(self.family)}, "
                f"type={int(self.type)}, proto={self.proto}")
        if not closed:
            for name, ask in ("laddr", self.getsockname), ("raddr", self.getpeername):
                try:
                    address = ask()
                except (error, AttributeError):
                    continue
                if address:
                    text += f", {name}={address}"
        return text + ">"

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def dup(self):
        """Another socket object for the same connection."""
        other = self.__class__(self.family, self.type, self.proto, fileno=dup(self.fileno()))
        other.settimeout(self.gettimeout())
        return other

    def accept(self):
        """Wait for a connection: (new socket, address of the peer)."""
        fd, address = self._accept()
        connection = socket(self.family, self.type, self.proto, fileno=fd)
        if getdefaulttimeout() is None and self.gettimeout():
            connection.setblocking(True)
        return connection, address

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        """An I/O stream on the socket, as open() makes them."""
        if not set(mode) <= {"r", "w", "b"}:
            raise ValueError(f"invalid mode {mode!r} (only r, w, b allowed)")
        writing = "w" in mode
        reading = "r" in mode or not writing
        binary = "b" in mode
        raw = SocketIO(self, ("r" if reading else "") + ("w" if writing else ""))
        self._io_refs += 1
        if buffering is None or buffering < 0:
            buffering = io.DEFAULT_BUFFER_SIZE
        if buffering == 0:
            if not binary:
                raise ValueError("unbuffered streams must be binary")
            return raw
        if reading and writing:
            buffer = io.BufferedRWPair(raw, raw, buffering)
        elif reading:
            buffer = io.BufferedReader(raw, buffering)
        else:
            buffer = io.BufferedWriter(raw, buffering)
        if binary:
            return buffer
        text = io.TextIOWrapper(buffer, io.text_encoding(encoding), errors, newline)
        text.mode = mode
        return text

    def _check_sendfile_params(self, file, offset, count):
        if "b" not in getattr(file, "mode", "b"):
            raise ValueError("file should be opened in binary mode")
        if not self.type & SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        if count is not None:
            if not isinstance(count, int):
                raise TypeError(f"count must be a positive integer (got {count!r})")
            if count <= 0:
                raise ValueError(f"count must be a positive integer (got {count!r})")

    def _sendfile_use_send(self, file, offset=0, count=None):
        self._check_sendfile_params(file, offset, count)
        if self.gettimeout() == 0:
            raise ValueError("non-blocking sockets are not supported")
        if offset:
            file.seek(offset)
        total = 0
        try:
            while count is None or total < count:
                block = 8192 if count is None else min(count - total, 8192)
                data = file.read(block)
                if not data:
                    break
                self.sendall(data)
                total += len(data)
            return total
        finally:
            if total > 0 and hasattr(file, "seek"):
                file.seek(offset + total)

    _sendfile_use_sendfile = _sendfile_use_send

    def sendfile(self, file, offset=0, count=None):
        """Send a file opened in binary mode until its end; returns the number of bytes sent."""
        return self._sendfile_use_send(file, offset, count)

    def _decref_socketios(self):
        if self._io_refs > 0:
            self._io_refs -= 1
        if self._closed:
            self.close()

    def _real_close(self):
        _socket.socket.close(self)

    def close(self):
        self._closed = True
        if self._io_refs <= 0:
            self._real_close()

    def detach(self):
        """Give the descriptor away: it stays open, the object is closed."""
        self._closed = True
        return _socket.socket.detach(self)

    @property
    def family(self):
        return _intenum_converter(super().family, AddressFamily)

    @property
    def type(self):
        return _intenum_converter(super().type, SocketKind)

    def get_inheritable(self):
        """True if a child process may inherit it."""
        return os.get_inheritable(self.fileno())

    def set_inheritable(self, inheritable):
        os.set_inheritable(self.fileno(), inheritable)


socket.accept.__doc__ = "accept() -> (socket object, address info)"


def fromfd(fd, family, type, proto=0):
    """A socket object for a duplicate of the descriptor."""
    return socket(family, type, proto, dup(fd))


def send_fds(sock, buffers, fds, flags=0, address=None):
    """Send descriptors over an AF_UNIX socket, along with some data."""
    packed = b"".join(int(fd).to_bytes(4, sys.byteorder, signed=True) for fd in fds)
    return sock.sendmsg(buffers, [(SOL_SOCKET, SCM_RIGHTS, packed)])


def recv_fds(sock, bufsize, maxfds, flags=0):
    """Receive data and at most maxfds descriptors: (data, fds, flags, address)."""
    data, ancillary, flags, address = sock.recvmsg(bufsize, CMSG_LEN(maxfds * 4))
    fds = []
    for level, kind, packed in ancillary:
        if level == SOL_SOCKET and kind == SCM_RIGHTS:
            fds += [int.from_bytes(packed[i:i + 4], sys.byteorder, signed=True) for i in range(0, len(packed) // 4 * 4, 4)]
    return data, fds, flags, address


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Two sockets that are connected to each other."""
    a, b = _socketpair(AF_UNIX if family is None else family, type, proto)
    a = socket(family if family is not None else AF_UNIX, type, proto, a.detach())
    b = socket(family if family is not None else AF_UNIX, type, proto, b.detach())
    return a, b


class SocketIO(io.RawIOBase):
    """Raw I/O on a socket: what makefile() puts buffers around."""

    def __init__(self, sock, mode):
        if mode not in ("r", "w", "rw", "rb", "wb", "rwb"):
            raise ValueError(f"invalid mode: {mode!r}")
        io.RawIOBase.__init__(self)
        self._sock = sock
        self._mode = mode if "b" in mode else mode + "b"
        self._reading = "r" in mode
        self._writing = "w" in mode
        self._timeout_occurred = False

    def readinto(self, b):
        """Read into the buffer; 0 at the end, None if it would block."""
        self._checkClosed()
        self._checkReadable()
        if self._timeout_occurred:
            raise OSError("cannot read from timed out object")
        try:
            return self._sock.recv_into(b)
        except timeout:
            self._timeout_occurred = True
            raise
        except BlockingIOError:
            return None

    def write(self, b):
        """Write the bytes; returns how many went, None if it would block."""
        self._checkClosed()
        self._checkWritable()
        try:
            return self._sock.send(b)
        except BlockingIOError:
            return None

    def _need_open(self):
        if self.closed:
            raise ValueError("I/O operation on closed socket.")

    def readable(self):
        self._need_open()
        return self._reading

    def writable(self):
        self._need_open()
        return self._writing

    def seekable(self):
        self._need_open()
        return super().seekable()

    def fileno(self):
        self._checkClosed()
        return self._sock.fileno()

    @property
    def name(self):
        return self.fileno() if not self.closed else -1

    @property
    def mode(self):
        return self._mode

    def close(self):
        if self.closed:
            return
        io.RawIOBase.close(self)
        self._sock._decref_socketios()
        self._sock = None


def getfqdn(name=""):
    """The fully qualified domain name of a host, or name itself."""
    name = name.strip()
    if not name or name in ("0.0.0.0", "::"):
        name = gethostname()
    try:
        host, aliases, _ = gethostbyaddr(name)
    except error:
        return name
    for candidate in [host, *aliases]:
        if "." in candidate:
            return candidate
    return host


_GLOBAL_DEFAULT_TIMEOUT = object()


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    """Connect to (host, port), trying each address the name has; the last (or all) errors are raised."""
    host, port = address
    errors = []
    for family, kind, proto, _, where in getaddrinfo(host, port, 0, SOCK_STREAM):
        sock = None
        try:
            sock = socket(family, kind, proto)
            if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(where)
            errors.clear()
            return sock
        except error as exc:
            if not all_errors:
                errors.clear()
            errors.append(exc)
            if sock is not None:
                sock.close()
    if not errors:
        raise error("getaddrinfo returns an empty list")
    try:
        if not all_errors:
            raise errors[0]
        raise ExceptionGroup("create_connection failed", errors)
    finally:
        errors.clear()


def has_dualstack_ipv6():
    """True if one IPv6 socket can serve IPv4 as well."""
    if not has_ipv6:
        return False
    try:
        with socket(AF_INET6, SOCK_STREAM) as sock:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            return True
    except error:
        return False


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """A TCP socket that is bound to (host, port) and listens."""
    if reuse_port and "SO_REUSEPORT" not in globals():
        raise ValueError("SO_REUSEPORT not supported on this platform")
    if dualstack_ipv6:
        if not has_dualstack_ipv6():
            raise ValueError("dualstack_ipv6 not supported on this platform")
        if family != AF_INET6:
            raise ValueError("dualstack_ipv6 requires AF_INET6 family")
    sock = socket(family, SOCK_STREAM)
    try:
        sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        if reuse_port:
            sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if family == AF_INET6:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        try:
            sock.bind(address)
        except error as exc:
            raise error(exc.errno, f"{exc.strerror} (while attempting to bind on address {address!r})") from None
        if backlog is None:
            sock.listen()
        else:
            sock.listen(backlog)
        return sock
    except error:
        sock.close()
        raise


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Resolve host and port: a list of (family, type, proto, canonical name, address)."""
    return [(_intenum_converter(f, AddressFamily), _intenum_converter(t, SocketKind), p, name, address)
            for f, t, p, name, address in _getaddrinfo(host, port, family, type, proto, flags)]
