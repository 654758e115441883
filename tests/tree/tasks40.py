# Forty tasks in two groups fail in two ways: all are counted, each way is shown once, with names of tasks.
import asyncio

async def fetch(i):
    await asyncio.sleep(0)
    if i % 8 == 7:
        raise TimeoutError(f"shard {i}: deadline exceeded")
    raise ConnectionError(f"shard {i}: connection refused")

async def region(name, lo, hi):
    async with asyncio.TaskGroup() as tg:
        for i in range(lo, hi):
            tg.create_task(fetch(i), name=f"{name}-{i}")

async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(region("eu", 0, 20), name="eu")
        tg.create_task(region("us", 20, 40), name="us")

asyncio.run(main())
