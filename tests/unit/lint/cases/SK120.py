import trio

async def bad():
    try:
        await work()
    except ValueError:
        await clean()  #! SK120

async def good():
    try:
        await work()
    except ValueError as e:
        error = e
    await clean()
    try:
        await work()
    except ValueError:
        with trio.CancelScope(shield=True):
            await clean()
