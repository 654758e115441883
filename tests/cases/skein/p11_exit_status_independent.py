# ... and here it broke on its own, in the same instant: status 1 and the full group on stderr.
import asyncio, sys

class ConnectionClosedError(Exception):
    pass

async def reader():
    await asyncio.sleep(0)
    raise ConnectionClosedError("peer went away")

async def quitter():
    await asyncio.sleep(0)
    sys.exit(0)

async def main():
    async with TaskGroup() as tg:
        tg.create_task(reader(), name="reader")
        tg.create_task(quitter(), name="quitter")

await main()
