import trio
from contextlib import asynccontextmanager
from asyncio import timeout as limit

async def bad():
    async with TaskGroup() as tg:
        yield 1  #! SK101
    async with limit(1):
        yield 2  #! SK101
    with trio.CancelScope():
        with open("x") as f:
            yield f  #! SK101

def bad_sync():
    with trio.fail_after(1):
        yield  #! SK101
        x = yield from other()  #! SK101

@asynccontextmanager
async def good():
    async with trio.open_nursery() as nursery:
        yield nursery

async def outside():
    async with TaskGroup() as tg:
        def inner():
            yield 1
        tg.create_task(work(inner()))
        tg.create_task(work(2))
    yield 2
