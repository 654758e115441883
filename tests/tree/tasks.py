# Tasks of the language's own groups: names, and a group within a group, as data.
async def fetch(i):
    raise (OSError if i % 2 else ValueError)(f"item {i}")

async def region(lo, hi):
    async with TaskGroup() as tg:
        for i in range(lo, hi):
            tg.create_task(fetch(i), name=f"fetch-{i}")

async with TaskGroup() as tg:
    tg.create_task(region(0, 4), name="low")
    tg.create_task(region(4, 8), name="high")
