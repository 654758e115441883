# Streams and listeners over TCP, Unix sockets and pairs; what happens when the other side, or another task, closes.
import trio
from trio.testing import open_stream_to_socket_listener, wait_all_tasks_blocked


async def echo(stream):
    async for data in stream:
        await stream.send_all(data.upper())


async def server_and_client():
    async with trio.open_nursery() as nursery:
        listeners = await nursery.start(trio.serve_tcp, echo, 0)
        port = listeners[0].socket.getsockname()[1]
        async with await trio.open_tcp_stream("127.0.0.1", port) as client:
            await client.send_all(b"hello")
            print(await client.receive_some())                       # -> b'HELLO'
            await client.send_eof()
            print(await client.receive_some())                       # -> b''
        nursery.cancel_scope.cancel()


async def many_clients():
    got = []

    async def client(listener, n):
        async with await open_stream_to_socket_listener(listener) as stream:
            await stream.send_all(b"client %d" % n)
            await stream.send_eof()
            text = b""
            async for data in stream:
                text += data
            got.append(text)

    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.serve_listeners, echo, [listener])
        async with trio.open_nursery() as clients:
            for n in range(20):
                clients.start_soon(client, listener, n)
        nursery.cancel_scope.cancel()
    print(len(got), sorted(got)[:2])                                 # -> 20 [b'CLIENT 0', b'CLIENT 1']


async def closed():
    a, b = trio.socket.socketpair()
    a, b = trio.SocketStream(a), trio.SocketStream(b)
    await a.send_all(b"x" * 100000)
    got = 0
    while got < 100000:
        got += len(await b.receive_some(70000))
    print(got)                                                       # -> 100000
    async with trio.open_nursery() as nursery:
        async def reader():
            try:
                await b.receive_some()
            except trio.ClosedResourceError:
                print("closed under it")
        nursery.start_soon(reader)
        await wait_all_tasks_blocked()
        try:
            await b.receive_some()
        except trio.BusyResourceError:
            print("busy")                                            # -> busy
        await b.aclose()                                             # -> closed under it
    for use in (b.receive_some, lambda: b.send_all(b"x")):
        try:
            await use()
        except trio.ClosedResourceError:
            print("closed")                                          # -> closed
                                                                     # -> closed
    try:
        while True:
            await a.send_all(b"to nobody")
    except trio.BrokenResourceError:
        print("broken")                                              # -> broken
    with trio.move_on_after(0.01) as scope:
        c, d = trio.socket.socketpair()
        await c.recv(1)
    print(scope.cancelled_caught)                                    # -> True
    await d.send(b"late")
    print(await c.recv(10))                                          # -> b'late'
    c.close()
    d.close()
    await a.aclose()


async def refused():
    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = listener.socket.getsockname()[1]
    await listener.aclose()
    try:
        await trio.open_tcp_stream("127.0.0.1", port)
    except OSError as exc:
        print(str(exc).replace(str(port), "PORT"), type(exc.__cause__).__name__)
        # -> all attempts to connect to 127.0.0.1:PORT failed ConnectionRefusedError
    try:
        await listener.accept()
    except trio.ClosedResourceError:
        print("listener closed")                                     # -> listener closed


async def wrong():
    for make in (lambda: trio.SocketStream(1), lambda: trio.socket.SocketType()):
        try:
            make()
        except TypeError as exc:
            print(exc)
    # -> SocketStream requires a Trio socket object
    # -> SocketType is an abstract class; use trio.socket.socket if you want to construct a socket object
    try:
        await trio.open_tcp_stream("localhost", "80")
    except TypeError as exc:
        print(exc)                                                   # -> port must be int, not '80'


for main in (server_and_client, many_clients, closed, refused, wrong):
    trio.run(main)
