import trio

class Bad:
    async def __aenter__(self):
        self.nursery.start_soon(work)  #! SK113
        return self

class Good:
    async def __aenter__(self):
        self.manager = trio.open_nursery()
        self.nursery = await self.manager.__aenter__()
        self.nursery.start_soon(work)
        return self

    async def start(self):
        self.nursery.start_soon(work)
