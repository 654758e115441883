# An edge cancel that hits a receiver which has its value already gives the value to the next one: nothing is lost.
import asyncio
import skein

async def main():
    send, receive = skein.channel()
    async def take():
        return await receive.receive()
    first = asyncio.create_task(take())
    second = asyncio.create_task(take())
    await asyncio.sleep(0)
    send.send_nowait("value")
    first.cancel()
    print(await second, first.cancelled())              # -> value True
    third = asyncio.create_task(take())
    await asyncio.sleep(0)
    send.send_nowait("kept")
    third.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(receive.receive_nowait())                     # -> kept

asyncio.run(main())
