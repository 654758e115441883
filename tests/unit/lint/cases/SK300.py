import asyncio

async def bad():
    asyncio.create_task(work())  #! SK300
    asyncio.ensure_future(work())  #! SK300

async def good(tg):
    task = asyncio.create_task(work())
    tasks.add(asyncio.create_task(work()))
    tg.create_task(work())
    await asyncio.create_task(work())
