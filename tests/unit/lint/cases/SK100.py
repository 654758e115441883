import trio, asyncio

async def bad():
    with trio.move_on_after(1):  #! SK100
        compute()
    async with asyncio.timeout(1):  #! SK100
        compute()

async def good(items):
    with trio.move_on_after(1):
        await trio.sleep(2)
    with trio.CancelScope():
        async for item in items: print(item)
    with trio.CancelScope():
        yield 1  # noqa: SK101
    with open("x"):
        compute()

def sync(scope):
    with trio.CancelScope() as scope:  # handed to somebody else
        register(scope)
