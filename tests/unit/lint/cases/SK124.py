async def bad():  #! SK124
    return compute()

async def good():
    await work()

async def generator():
    yield 1

class C:
    async def method(self):
        return 1

async def to_be_written():
    raise NotImplementedError
