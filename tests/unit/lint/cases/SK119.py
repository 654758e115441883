from contextlib import asynccontextmanager

async def bad(path):
    with open(path) as f:
        yield f.read()  #! SK119
    async with connect() as c:
        yield c  #! SK119

@asynccontextmanager
async def good(path):
    with open(path) as f:
        yield f

def sync(path):
    with open(path) as f:
        yield f

async def after(path):
    with open(path) as f:
        text = f.read()
    yield text
