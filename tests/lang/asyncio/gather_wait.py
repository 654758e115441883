# gather, wait, as_completed, shield, wait_for: results, order, errors, what is cancelled.
import asyncio

async def job(name, steps=1, fail=None):
    for _ in range(steps):
        await asyncio.sleep(0)
    if fail:
        raise fail
    return name

async def main():
    print(await asyncio.gather())                                       # -> []
    print(await asyncio.gather(job("a", 3), job("b"), job("c", 2)))     # -> ['a', 'b', 'c']
    c = job("same")
    print(await asyncio.gather(c, job("x"), c))                         # -> ['same', 'x', 'same']

    slow = asyncio.create_task(job("slow", 9))
    try:
        await asyncio.gather(slow, job("bad", 1, ValueError("v")))
    except ValueError as e:
        print(repr(e), slow.done())                                     # -> ValueError('v') False
    print(await slow)                                                   # -> slow

    outer = asyncio.gather(job("p", 50), job("q", 50))
    await asyncio.sleep(0)
    print(outer.cancel("why"))                                          # -> True
    try:
        await outer
    except asyncio.CancelledError as e:
        print(e.args, outer.cancelled())                                # -> ('why',) False

    r = await asyncio.gather(job("ok"), job("no", 1, KeyError(1)), return_exceptions=True)
    print(r)                                                            # -> ['ok', KeyError(1)]

    done, pending = await asyncio.wait([asyncio.create_task(job(n, s)) for n, s in (("l", 9), ("s", 1))],
                                       return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending))                     # -> ['s'] 1
    done, pending = await asyncio.wait(pending, timeout=0)
    print(len(done), len(pending))                                      # -> 0 1
    done, pending = await asyncio.wait(pending)
    print([t.result() for t in done], len(pending))                     # -> ['l'] 0

    got = []
    for next_one in asyncio.as_completed([job("3", 3), job("1", 1), job("2", 2)]):
        got.append(await next_one)
    print(got)                                                          # -> ['1', '2', '3']
    got, tasks = [], {asyncio.create_task(job(str(n), n)): n for n in (3, 1, 2)}
    async for t in asyncio.as_completed(tasks):
        got.append((tasks[t], t.result()))
    print(got)                                                          # -> [(1, '1'), (2, '2'), (3, '3')]
    try:
        async for t in asyncio.as_completed([asyncio.sleep(60)], timeout=0.001):
            pass
    except TimeoutError as e:
        print(repr(e))                                                  # -> TimeoutError()

    inner = asyncio.create_task(job("inner", 5))
    waiter = asyncio.create_task(asyncio.wait_for(asyncio.shield(inner), 0.5))
    await asyncio.sleep(0)
    waiter.cancel()
    await asyncio.wait([waiter])
    print(waiter.cancelled(), await inner)                              # -> True inner
    t = asyncio.create_task(asyncio.sleep(60))
    try:
        await asyncio.wait_for(t, 0)
    except TimeoutError as e:
        print(repr(e), type(e.__cause__).__name__, t.cancelled())       # -> TimeoutError() CancelledError True
    print(await asyncio.wait_for(job("in time"), None))                 # -> in time

asyncio.run(main())
