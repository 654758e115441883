# A unit given to a waiter is gone at once; a waiter cancelled after that gives it back.
import asyncio
def text(x): return repr(x)[repr(x).index("["):]
async def main():
    s = asyncio.Semaphore(2)
    print(text(s), s.locked())
    log = []
    async def use(n, turns=1):
        async with s:
            log.append(n)
            for _ in range(turns): await asyncio.sleep(0)
    tasks = [asyncio.create_task(use(n)) for n in range(6)]
    await asyncio.sleep(0)
    print(text(s), log)
    await asyncio.gather(*tasks)
    print(text(s), log)
    await s.acquire(); await s.acquire()
    first, second = asyncio.create_task(use("first")), asyncio.create_task(use("second"))
    await asyncio.sleep(0)
    s.release()
    first.cancel()
    print(text(s), s._value)
    await asyncio.wait([first, second])
    print(first.cancelled(), log[6:], s._value)
    s.release()
    bounded = asyncio.BoundedSemaphore(1)
    try: bounded.release()
    except ValueError as e: print(e)
    async with bounded: print(text(bounded))
    print(text(bounded), isinstance(bounded, asyncio.Semaphore))
    try: asyncio.Semaphore(-1)
    except ValueError as e: print(e)
asyncio.run(main())
# -> [unlocked, value:2]> False
# -> [locked, waiters:4]> [0, 1]
# -> [unlocked, value:2]> [0, 1, 2, 3, 4, 5]
# -> [locked, waiters:2]> 0
# -> True ['second'] 1
# -> BoundedSemaphore released too many times
# -> [locked]>
# -> [unlocked, value:1]> True
# -> Semaphore initial value must be >= 0
