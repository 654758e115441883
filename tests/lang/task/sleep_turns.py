# sleep(0) is one turn of the ready queue; results, cancelling, and what is no delay.
import asyncio
async def main():
    log = []
    async def ticks(n):
        for i in range(3):
            log.append(f"{n}{i}")
            await asyncio.sleep(0)
    await asyncio.gather(ticks("a"), ticks("b"))
    print(*log)
    print(await asyncio.sleep(0, "zero"), await asyncio.sleep(-1, "less"), await asyncio.sleep(0.001, "some"), await asyncio.sleep(False))
    for bad in (float("nan"), "x", None):
        try: await asyncio.sleep(bad)
        except (ValueError, TypeError) as e: print(type(e).__name__, e)
    t = asyncio.create_task(asyncio.sleep(3600))
    await asyncio.sleep(0)
    t.cancel("why")
    try: await t
    except asyncio.CancelledError as e: print("cancelled", e.args, t.cancelled())
    order = []
    async def late(d):
        await asyncio.sleep(d)
        order.append(d)
    await asyncio.gather(*(late(d) for d in (0.03, 0.01, 0.02)))
    print(order)
    t = asyncio.create_task(asyncio.sleep(3600))
    await asyncio.sleep(0)
    t.cancel()
    print(t.uncancel(), t.cancelling())     # too late: its wait has been ended
    await asyncio.wait([t])
    print(t.cancelled())
asyncio.run(main())
# -> a0 b0 a1 b1 a2 b2
# -> zero less some None
# -> ValueError Invalid delay: NaN (not a number)
# -> TypeError '<=' not supported between instances of 'str' and 'int'
# -> TypeError '<=' not supported between instances of 'NoneType' and 'int'
# -> cancelled ('why',) True
# -> [0.01, 0.02, 0.03]
# -> 0 0
# -> True
