# asyncio streams over TCP and Unix sockets: lines, exact sizes, separators, the end, errors, flow control.
# skip: stress
import asyncio, os, tempfile


async def serve(reader, writer):
    while True:
        command = await reader.readline()
        if not command:
            break
        word = command.split()
        if word[0] == b"echo":
            writer.write(await reader.readexactly(int(word[1])))
        elif word[0] == b"big":
            writer.write(b"x" * int(word[1]))
            await writer.drain()
        elif word[0] == b"close":
            break
        await writer.drain()
    writer.close()


async def talk(reader, writer):
    writer.write(b"echo 5\nhelloecho 3\nabc")
    print(await reader.readexactly(8))
    writer.writelines([b"echo 12\n", b"one;two|thre"])
    print(await reader.readuntil(b";"), await reader.readuntil((b"|", b"two|")), await reader.read(100))
    writer.write(b"big 3000000\n")
    print(len(await reader.readexactly(3000000)))
    writer.write(b"echo 4\nlast")
    writer.write_eof()
    print(await reader.read())
    print(reader.at_eof(), await reader.read(), await reader.readline())
    try:
        await reader.readexactly(3)
    except asyncio.IncompleteReadError as e:
        print(repr(e), e.partial, e.expected)
    writer.close()
    await writer.wait_closed()
    print(writer.is_closing())


async def limits():
    reader = asyncio.StreamReader(limit=4, loop=asyncio.get_running_loop())
    reader.feed_data(b"123456789\nabc\n")
    try:
        await reader.readuntil()
    except asyncio.LimitOverrunError as e:
        print(repr(e), e.consumed)
    try:
        await reader.readline()
    except ValueError as e:
        print(e)
    print(await reader.readline(), reader)
    reader.feed_eof()
    print([line async for line in reader], reader.at_eof())
    first = asyncio.create_task(asyncio.StreamReader(loop=asyncio.get_running_loop()).read())
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait([first])
    print(first.cancelled())
    reader = asyncio.StreamReader()
    waiting = asyncio.create_task(reader.read(1))
    await asyncio.sleep(0)
    try:
        await reader.readline()
    except RuntimeError as e:
        print(e)
    reader.set_exception(ConnectionResetError("gone"))
    print(await asyncio.gather(waiting, return_exceptions=True))


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        print(server.is_serving(), len(server.sockets))
        await talk(*await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1]))
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"close\n")
        print(await reader.read())
        writer.close()
    print(server.is_serving(), server.sockets)
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "s")
        server = await asyncio.start_unix_server(serve, path)
        await talk(*await asyncio.open_unix_connection(path))
        server.close()
        await server.wait_closed()
        print(os.path.exists(path))
    await limits()
    try:
        await asyncio.open_connection("127.0.0.1", 1)
    except ConnectionRefusedError as e:
        print(e)


asyncio.run(main())
# -> True 1
# -> b'helloabc'
# -> b'one;' b'two|' b'thre'
# -> 3000000
# -> b'last'
# -> True b'' b''
# -> IncompleteReadError('0 bytes read on a total of 3 expected bytes') b'' 3
# -> True
# -> b''
# -> False ()
# -> b'helloabc'
# -> b'one;' b'two|' b'thre'
# -> 3000000
# -> b'last'
# -> True b'' b''
# -> IncompleteReadError('0 bytes read on a total of 3 expected bytes') b'' 3
# -> True
# -> False
# -> LimitOverrunError('Separator is found, but chunk is longer than limit') 9
# -> Separator is found, but chunk is longer than limit
# -> b'abc\n' <StreamReader limit=4>
# -> [] True
# -> True
# -> readuntil() called while another coroutine is already waiting for incoming data
# -> [ConnectionResetError('gone')]
# -> [Errno 111] Connect call failed ('127.0.0.1', 1)
