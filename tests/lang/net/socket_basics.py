# Blocking sockets: a pair, a server and a client, timeouts, options, messages.
import socket

a, b = socket.socketpair()
print(repr(a.family), repr(a.type), a.proto)  # -> <AddressFamily.AF_UNIX: 1> <SocketKind.SOCK_STREAM: 1> 0
a.sendall(b"hello")
print(b.recv(100))  # -> b'hello'
buf = bytearray(4)
a.send(b"xyz")
print(b.recv_into(buf), buf)  # -> 3 bytearray(b'xyz\x00')
b.settimeout(0.01)
b.recv(1)  # raises TimeoutError: timed out
b.setblocking(False)
b.recv(1)  # raises BlockingIOError: [Errno 11] Resource temporarily unavailable
print(b.gettimeout(), b.getblocking(), a.gettimeout())  # -> 0.0 False None
print(a.sendmsg([b"ab", b"c"]), b.recvmsg(10))  # -> 3 (b'abc', [], 0, None)
a.close()
print(b.recv(1), a.fileno())  # -> b'' -1
a.send(b"x")  # raises OSError: [Errno 9] Bad file descriptor
b.close()

with socket.create_server(("127.0.0.1", 0)) as server:
    port = server.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        peer, address = server.accept()
        print(address == client.getsockname(), client.getpeername() == ("127.0.0.1", port))  # -> True True
        print(repr(peer.family), peer.gettimeout())  # -> <AddressFamily.AF_INET: 2> None
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        print(client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))  # -> 1
        with client.makefile("w", encoding="utf-8", newline="\n") as f:
            print("a line", "ä", sep="\n", file=f)
        client.shutdown(socket.SHUT_WR)
        with peer.makefile("r", encoding="utf-8") as f:
            print(list(f))  # -> ['a line\n', 'ä\n']
        peer.close()
    free = socket.socket()
    free.bind(("127.0.0.1", 0))
    socket.create_connection(free.getsockname())  # raises ConnectionRefusedError: [Errno 111] Connection refused

u, v = socket.socket(type=socket.SOCK_DGRAM), socket.socket(type=socket.SOCK_DGRAM)
u.bind(("127.0.0.1", 0))
v.sendto(b"datagram", u.getsockname())
data, sender = u.recvfrom(100)
print(data, sender[1] == v.getsockname()[1])  # -> b'datagram' True

s = socket.socket()
s.connect("x")  # raises TypeError: connect(): AF_INET address must be tuple, not str
s.connect(("127.0.0.1", 70000))  # raises OverflowError: connect(): port must be 0-65535.
s.connect(("127.0.0.1", "x"))  # raises TypeError: 'str' object cannot be interpreted as an integer
s.settimeout(-1)  # raises ValueError: Timeout value out of range
s.recv(-1)  # raises ValueError: negative buffersize in recv
socket.socket(socket.AF_UNIX).bind("x" * 200)  # raises OSError: AF_UNIX path too long
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))
# -> [(<AddressFamily.AF_INET: 2>, <SocketKind.SOCK_STREAM: 1>, 6, '', ('127.0.0.1', 80))]
print(socket.inet_aton("1.2.3.4"), socket.inet_ntop(socket.AF_INET6, bytes(15) + b"\1"))  # -> b'\x01\x02\x03\x04' ::1
socket.inet_pton(socket.AF_INET, "x")  # raises OSError: illegal IP address string passed to inet_pton
print(socket.gaierror.__mro__[1], socket.timeout, socket.error)  # -> <class 'OSError'> <class 'TimeoutError'> <class 'OSError'>
print(socket.htons(1), socket.ntohl(1))  # -> 256 16777216
