import trio, asyncio

async def bad():
    await trio.sleep(0)  #! SK115

async def good():
    await asyncio.sleep(0)
    await trio.sleep(1)
    await trio.lowlevel.checkpoint()
