# Transports and protocols: TCP, datagrams, pipes, add_reader, sock_*(), the order of the calls, errors in protocols.
# skip: stress
# The whole output is in the file beside this one.
import asyncio
import os
import socket


class Talk(asyncio.Protocol):
    def __init__(self, name, log):
        self.name, self.log = name, log

    def connection_made(self, transport):
        self.transport = transport
        self.log.append(f"{self.name} made")

    def data_received(self, data):
        self.log.append(f"{self.name} got {data}")
        if self.name == "server":
            self.transport.write(data.upper())

    def eof_received(self):
        self.log.append(f"{self.name} eof")

    def connection_lost(self, exc):
        self.log.append(f"{self.name} lost {exc}")
        self.lost.set_result(None)


async def tcp(loop):
    log = []
    server_side = Talk("server", log)
    server_side.lost = loop.create_future()
    server = await loop.create_server(lambda: server_side, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    transport, client = await loop.create_connection(lambda: Talk("client", log), *address)
    client.lost = loop.create_future()
    print(isinstance(transport.get_extra_info("socket"), asyncio.trsock.TransportSocket),
          transport.get_extra_info("peername") == address, transport.get_extra_info("nothing", 3))
    transport.write(b"hello")
    await asyncio.sleep(0.05)
    print(transport.get_write_buffer_size(), transport.get_write_buffer_limits(), transport.is_reading(), transport.is_closing())
    transport.write_eof()
    await client.lost
    await server_side.lost
    print("\n".join(log))
    try:
        transport.write(b"x")
    except RuntimeError as e:
        print(e)
    try:
        transport.set_write_buffer_limits(high=1, low=2)
    except ValueError as e:
        print(e)
    server.close()
    await server.wait_closed()


async def failing(loop):
    """An error in data_received closes the connection and is reported."""
    class Bad(asyncio.Protocol):
        def data_received(self, data):
            1 / 0

        def connection_lost(self, exc):
            print("lost", repr(exc))

    contexts = []
    loop.set_exception_handler(lambda loop, context: contexts.append(context))
    server = await loop.create_server(Bad, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"x")
    print(await reader.read())
    writer.close()
    server.close()
    print([c["message"] for c in contexts], [type(c["exception"]) for c in contexts])
    loop.set_exception_handler(None)


async def flow(loop):
    """A slow reader makes the writer's protocol pause."""
    log = []

    class Writer(asyncio.Protocol):
        def pause_writing(self):
            log.append("pause")

        def resume_writing(self):
            log.append("resume")

    a, b = socket.socketpair()
    a.setblocking(False)
    b.setblocking(False)
    transport, _ = await loop.create_connection(Writer, sock=a)
    transport.write(b"x" * 3000000)
    left = transport.get_write_buffer_size()
    print(left > 0, log)
    total = 0
    while total < 3000000:
        total += len(await loop.sock_recv(b, 100000))
    print(total, log, transport.get_write_buffer_size())
    transport.abort()
    await asyncio.sleep(0)
    print(await loop.sock_recv(b, 1))
    b.close()


async def datagrams(loop):
    received = asyncio.Queue()

    class Receiver(asyncio.DatagramProtocol):
        def connection_made(self, transport):
            self.transport = transport

        def datagram_received(self, data, address):
            received.put_nowait(data)
            self.transport.sendto(data[::-1], address)

    server, _ = await loop.create_datagram_endpoint(Receiver, local_addr=("127.0.0.1", 0))
    replies = asyncio.Queue()

    class Sender(asyncio.DatagramProtocol):
        def datagram_received(self, data, address):
            replies.put_nowait(data)

        def connection_lost(self, exc):
            print("sender lost", exc)

    client, _ = await loop.create_datagram_endpoint(Sender, remote_addr=server.get_extra_info("sockname"))
    client.sendto(b"abc")
    print(await received.get(), await replies.get())
    try:
        client.sendto(b"abc", ("127.0.0.1", 1))
    except ValueError:
        print("ValueError")
    client.close()
    server.close()
    await asyncio.sleep(0.01)


async def pipes(loop):
    r, w = os.pipe()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(r, "rb"))
    transport, _ = await loop.connect_write_pipe(asyncio.Protocol, os.fdopen(w, "wb"))
    transport.write(b"through\n")
    print(await reader.readline())
    transport.close()
    print(await reader.read())


async def low_level(loop):
    a, b = socket.socketpair()
    a.setblocking(False)
    b.setblocking(False)
    seen = loop.create_future()
    loop.add_reader(a, lambda: seen.set_result(a.recv(10)) or loop.remove_reader(a))
    await loop.sock_sendall(b, b"ping")
    print(await seen, loop.remove_reader(a))
    task = asyncio.create_task(loop.sock_recv(a, 10))
    await asyncio.sleep(0)
    await loop.sock_sendall(b, b"pong")
    print(await task)
    try:
        async with asyncio.timeout(0.01):
            await loop.sock_recv(a, 10)
    except TimeoutError:
        print("timeout")
    server = socket.create_server(("127.0.0.1", 0))
    server.setblocking(False)
    client = socket.socket()
    client.setblocking(False)
    accepting = asyncio.create_task(loop.sock_accept(server))
    await loop.sock_connect(client, server.getsockname())
    connection, address = await accepting
    print(address == client.getsockname(), connection.gettimeout())
    for s in a, b, server, client, connection:
        s.close()


async def main():
    loop = asyncio.get_running_loop()
    for part in tcp, failing, flow, datagrams, pipes, low_level:
        print("--", part.__name__)
        await part(loop)


asyncio.run(main())
