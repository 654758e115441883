# Whoever is cancelled while it waits for a lock, before or after it was woken, loses no wake-up.
import asyncio
def text(x): return repr(x)[repr(x).index("["):]
async def holder(lock, name, log):
    try:
        async with lock: log.append(name)
    except asyncio.CancelledError:
        log.append(name + " cancelled")
        raise
async def case(when):
    lock, log = asyncio.Lock(), []
    await lock.acquire()
    a, b, c = (asyncio.create_task(holder(lock, n, log)) for n in "abc")
    await asyncio.sleep(0)
    if when == "before": a.cancel()
    lock.release()
    if when == "after": a.cancel()
    print(when, text(lock), [w.cancelled() for w in lock._waiters])
    if when == "both": a.cancel(), b.cancel()
    await asyncio.wait([a, b, c])
    print(log, text(lock))
async def main():
    for when in ("before", "after", "both"): await case(when)
asyncio.run(main())
# -> before [unlocked, waiters:3]> [True, False, False]
# -> ['a cancelled', 'b', 'c'] [unlocked]>
# -> after [unlocked, waiters:3]> [False, False, False]
# -> ['a cancelled', 'b', 'c'] [unlocked]>
# -> both [unlocked, waiters:3]> [False, False, False]
# -> ['a cancelled', 'b cancelled', 'c'] [unlocked]>
