import trio

async def bad():
    await trio.sleep(86401)  #! SK116
    await trio.sleep(60 * 60 * 24 * 365)  #! SK116

async def good(n):
    await trio.sleep(86400)
    await trio.sleep(n)
