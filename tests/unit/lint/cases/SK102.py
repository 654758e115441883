import trio

async def bad(c):
    try:
        await work()
    finally:
        await c.close()  #! SK102
    try:
        await work()
    except BaseException:
        async with c:  #! SK102
            pass
        raise

async def good(c):
    try:
        await work()
    finally:
        with trio.CancelScope(shield=True, deadline=soon()):
            await c.close()
        def later():
            return c
    try:
        await work()
    except ValueError:
        await c.close()
