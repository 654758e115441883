# flags: -X sched=7
# Another order of the tasks, the same for the same seed; callbacks keep theirs.
import asyncio
async def main():
    order = []
    async def job(n):
        order.append(n)
        await asyncio.sleep(0)
        order.append(n)
    async with asyncio.TaskGroup() as tg:
        for n in range(8):
            tg.create_task(job(n))
    calls = []
    for n in range(8):
        asyncio.get_running_loop().call_soon(calls.append, n)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return order, calls
first, calls = asyncio.run(main())
print(sorted(first[:8]) == list(range(8)), first != [*range(8), *range(8)], calls)    # -> True True [0, 1, 2, 3, 4, 5, 6, 7]
print(asyncio.run(main())[0] == first)       # -> True
