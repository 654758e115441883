import trio, asyncio

async def bad():
    async with trio.open_nursery() as nursery:  #! SK112
        nursery.start_soon(work)
    async with asyncio.TaskGroup() as tg:  #! SK112
        tg.create_task(work())

async def good():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(work)
        nursery.start_soon(work)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(work, nursery)
    async with trio.open_nursery() as nursery:
        for item in items:
            nursery.start_soon(work, item)
    async with trio.open_nursery() as nursery:
        await nursery.start(serve)
