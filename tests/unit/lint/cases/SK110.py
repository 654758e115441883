import trio

async def bad():
    while not ready:  #! SK110
        await trio.sleep(0.1)

async def good():
    while True:
        await trio.sleep(1)
    while not ready:
        await trio.sleep(1)
        look()
    while not ready:
        await event.wait()
