# A primitive belongs to the loop in which something waited for it first.
import asyncio
lock, ev, sem, q = asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(0), asyncio.Queue()
async def first():
    await lock.acquire()
    waits = [asyncio.create_task(x) for x in (lock.acquire(), ev.wait(), sem.acquire(), q.get())]
    await asyncio.sleep(0)
    for t in waits: t.cancel()
async def second():
    for name, make in (("lock", lock.acquire), ("event", ev.wait), ("semaphore", sem.acquire), ("queue", q.get)):
        try: await make()
        except RuntimeError as e: print(name, str(e)[:8], str(e).partition(" is ")[2])
asyncio.run(first())
asyncio.run(second())
for cls in (asyncio.Lock, asyncio.Event, asyncio.Semaphore, asyncio.Queue):
    try: cls(loop=1)
    except TypeError as e: print(e)
class Mine(asyncio.Lock):
    async def acquire(self):
        print("mine in")
        return await super().acquire()
    def release(self):
        print("mine out")
        super().release()
async def main():
    m = Mine()
    m.extra = 1
    async with m: print(m.locked(), m.extra)
    try: await lock
    except TypeError as e: print(e)
asyncio.run(main())
# -> lock <asyncio bound to a different event loop
# -> event <asyncio bound to a different event loop
# -> semaphore <asyncio bound to a different event loop
# -> queue <Queue a bound to a different event loop
# -> Lock.__init__() got an unexpected keyword argument 'loop'
# -> Event.__init__() got an unexpected keyword argument 'loop'
# -> Semaphore.__init__() got an unexpected keyword argument 'loop'
# -> Queue.__init__() got an unexpected keyword argument 'loop'
# -> mine in
# -> True 1
# -> mine out
# -> object Lock can't be used in 'await' expression
