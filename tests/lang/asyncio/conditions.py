# Condition: waiters are told in order, hold the lock when they go on, and pass on what they can't use.
import asyncio

async def main():
    cond = asyncio.Condition()
    log = []

    async def waiter(n):
        async with cond:
            await cond.wait()
            log.append((n, cond.locked()))

    ts = [asyncio.create_task(waiter(n)) for n in range(4)]
    await asyncio.sleep(0)
    async with cond:
        cond.notify(2)
        log.append("notified")
    await asyncio.sleep(0.001)
    print(log)                              # -> ['notified', (0, True), (1, True)]
    # One that was told and is cancelled before it goes on: the next one is told instead.
    async with cond:
        cond.notify()
    ts[2].cancel()
    await asyncio.wait([ts[2], ts[3]])
    print(ts[2].cancelled(), log[-1])       # -> True (3, True)
    print(cond.locked())                    # -> False

    ready = False
    async def until():
        async with cond:
            return await cond.wait_for(lambda: ready)
    t = asyncio.create_task(until())
    await asyncio.sleep(0)
    async with cond:
        cond.notify_all()
    await asyncio.sleep(0)
    print(t.done())                         # -> False
    ready = "yes"
    async with cond:
        cond.notify_all()
    print(await t)                          # -> yes

    lock = asyncio.Lock()
    print(asyncio.Condition(lock).acquire == lock.acquire)      # -> True

    # Barrier
    b = asyncio.Barrier(2)
    async def party():
        async with b as place:
            return place
    print(sorted(await asyncio.gather(party(), party(), party(), party())))     # -> [0, 0, 1, 1]
    t = asyncio.create_task(b.wait())
    await asyncio.sleep(0)
    print(b.n_waiting, b.broken)            # -> 1 False
    await b.abort()
    try:
        await t
    except asyncio.BrokenBarrierError as e:
        print(e, b.broken)                  # -> Abort or reset of barrier True
    try:
        await b.wait()
    except asyncio.BrokenBarrierError as e:
        print(e)                            # -> Barrier aborted
    await b.reset()
    print(b.broken, len(await asyncio.gather(b.wait(), b.wait())))              # -> False 2

asyncio.run(main())
