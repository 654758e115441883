# A getter or putter that is cancelled after it was woken lets the next in line have it, and no item is lost.
import asyncio
async def main():
    q = asyncio.Queue(1)
    async def get(n): print(n, "got", await q.get())
    a, b = asyncio.create_task(get("a")), asyncio.create_task(get("b"))
    await asyncio.sleep(0)
    q.put_nowait("x")
    a.cancel()
    print(str(q))
    await asyncio.wait([a, b])
    print(a.cancelled(), str(q))
    q.put_nowait("y")
    async def put(n): await q.put(n); print("put", n)
    c, d = asyncio.create_task(put("c")), asyncio.create_task(put("d"))
    await asyncio.sleep(0)
    print(str(q))
    print(q.get_nowait())
    c.cancel()
    print(str(q))
    await asyncio.wait([c, d])
    print(c.cancelled(), str(q))
asyncio.run(main())
# -> <Queue maxsize=1 _queue=['x'] _getters[1] tasks=1>
# -> b got x
# -> True <Queue maxsize=1 tasks=1>
# -> <Queue maxsize=1 _queue=['y'] _putters[2] tasks=2>
# -> y
# -> <Queue maxsize=1 _putters[1] tasks=2>
# -> put d
# -> True <Queue maxsize=1 _queue=['d'] tasks=3>
