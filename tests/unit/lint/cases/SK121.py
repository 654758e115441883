import asyncio, trio

async def bad(items):
    async with asyncio.TaskGroup() as tg:
        tg.create_task(a())
        tg.create_task(a())
        return 1  #! SK121
    for item in items:
        async with trio.open_nursery() as n:
            n.start_soon(a)
            if item: break  #! SK121
            continue  #! SK121

async def good(items):
    async with asyncio.TaskGroup() as tg:
        for item in items:
            if not item: continue
            if item == 2: break
            tg.create_task(a(item))
        def callback():
            return 1
    return 2
