import asyncio, trio

async def helper(): await trio.sleep(1)

async def twice(): pass
def twice(): pass

async def generator(): yield 1

class C:
    async def close(self): await helper()
    async def use(self):
        self.close()  #! SK105
        await self.close()

async def bad():
    helper()  #! SK105
    asyncio.sleep(1)  #! SK105
    trio.lowlevel.checkpoint()  #! SK105

async def good(trio_like):
    await helper()
    x = helper()
    twice()
    generator()
    trio_like.sleep(1)
    asyncio.run(helper())
