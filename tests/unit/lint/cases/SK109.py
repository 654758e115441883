import trio

async def bad(host, timeout=5):  #! SK109
    await connect(host)

def good(host, timeout=5):
    connect(host)

async def fine(host, deadline):
    await connect(host)
