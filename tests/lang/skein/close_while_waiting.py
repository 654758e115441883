# A socket that is closed while a task waits for it: the task gets an error, and the number is free for the next socket.
import asyncio, socket
async def main():
    loop = asyncio.get_running_loop()
    a, b = socket.socketpair(); a.setblocking(False); b.setblocking(False)
    t = asyncio.create_task(loop.sock_recv(a, 10))
    await asyncio.sleep(0)
    n = a.fileno()
    a.close()
    c, d = socket.socketpair(); c.setblocking(False); d.setblocking(False)
    print(c.fileno() == n)  # -> True
    u = asyncio.create_task(loop.sock_recv(c, 10))
    await asyncio.sleep(0)
    d.send(b"x")
    print(await u)  # -> b'x'
    try:
        await t
    except OSError as e:
        print(e)  # -> [Errno 9] Bad file descriptor
asyncio.run(main())
