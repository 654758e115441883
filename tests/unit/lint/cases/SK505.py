import asyncio

async def bad():
    await asyncio.gather(a(), b())  #! SK505

async def good():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(a())
        tg.create_task(b())
