# Streams, listeners and datagrams of the native face.
import os
import tempfile
import skein
from skein import net


async def echo(stream):
    async for chunk in stream:
        await stream.send(chunk)


async with TaskGroup() as tg:
    listener = await net.listen("127.0.0.1", 0)
    tg.create_task(net.serve, listener, echo, daemon=True)
    async with await net.connect("127.0.0.1", listener.port) as stream:
        await stream.send(b"hello\nworld")
        print(await stream.receive_until(b"\n"), await stream.receive_exactly(3))  # -> b'hello\n' b'wor'
        print(await stream.receive())  # -> b'ld'
        big = bytes(range(256)) * 10000
        async with TaskGroup() as inner:
            inner.start_soon(stream.send, big)
            print(await stream.receive_exactly(len(big)) == big)  # -> True
        stream.send_eof()
        print(await stream.receive())  # -> b''
    try:
        await stream.receive()
    except skein.ClosedResourceError as e:
        print(e)  # -> this Stream is closed
print(listener)  # -> <Listener closed>

# Whoever waits for a stream that is closed hears of it; a receive that is cancelled takes nothing.
a, b = net.socket_pair()


async def wait():
    try:
        await a.receive()
    except skein.ClosedResourceError as e:
        print(e)


async with TaskGroup() as tg:
    tg.start_soon(wait)
    await skein.sleep(0.01)
    a.close()
# -> another task closed this Stream
a, b = net.socket_pair()
with skein.move_on_after(0.01) as scope:
    await a.receive()
print(scope.cancelled_caught)  # -> True
await b.send(b"late")
print(await a.receive())  # -> b'late'
b.close()
try:
    await a.receive_exactly(3)
except net.EndOfStream as e:
    print(e, e.partial)  # -> the stream ended after 0 bytes, 3 wanted b''

# Two readers at a time are a mistake.
a, b = net.socket_pair()
try:
    async with TaskGroup() as tg:
        tg.start_soon(a.receive)
        tg.start_soon(a.receive)
except* RuntimeError as g:
    print(g.exceptions[0])  # -> another task is already reading this descriptor

with tempfile.TemporaryDirectory() as d:
    async with TaskGroup() as tg:
        listener = await net.listen_unix(os.path.join(d, "s"))
        tg.create_task(net.serve, listener, echo, daemon=True)
        async with await net.connect_unix(os.path.join(d, "s")) as stream:
            await stream.send(b"unix")
            print(await stream.receive())  # -> b'unix'

u, v = await net.datagram_socket("127.0.0.1"), await net.datagram_socket("127.0.0.1")
await u.send(b"datagram", v.local_address)
print((await v.receive())[0])  # -> b'datagram'
try:
    await net.connect("127.0.0.1", 1)
except ConnectionRefusedError as e:
    print(e)  # -> [Errno 111] Connection refused
