# join() counts task_done(); shutdown() wakes everybody, and with immediate=True throws the items away.
import asyncio
async def main():
    q = asyncio.Queue()
    for i in range(3): q.put_nowait(i)
    async def join(): await q.join(); print("joined")
    j = asyncio.create_task(join())
    for i in range(3):
        await asyncio.sleep(0)
        print(await q.get(), q._unfinished_tasks, j.done())
        q.task_done()
    await j
    try: q.task_done()
    except ValueError as e: print(e)
    async def get():
        try: await q.get()
        except asyncio.QueueShutDown as e: print("get:", repr(e))
    g = asyncio.create_task(get())
    await asyncio.sleep(0)
    q.shutdown()
    print(str(q))
    await g
    try: await q.put(1)
    except asyncio.QueueShutDown as e: print("put:", repr(e))
    full = asyncio.Queue(1)
    full.put_nowait("lost")
    async def put():
        try: await full.put(2)
        except asyncio.QueueShutDown: print("put refused")
    p, j = asyncio.create_task(put()), asyncio.create_task(full.join())
    await asyncio.sleep(0)
    full.shutdown(immediate=True)
    await asyncio.gather(p, j)
    try: full.get_nowait()
    except asyncio.QueueShutDown: print("shut", str(full))
asyncio.run(main())
# -> 0 3 False
# -> 1 2 False
# -> 2 1 False
# -> joined
# -> task_done() called too many times
# -> <Queue maxsize=0 shutdown>
# -> get: QueueShutDown()
# -> put: QueueShutDown()
# -> put refused
# -> shut <Queue maxsize=1 shutdown>
