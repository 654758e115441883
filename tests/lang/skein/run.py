# skein.run(): results, errors, what is left behind.
import asyncio
import skein

async def add(a, b):
    await skein.sleep(0)
    return a + b
print(skein.run(add, 1, 2), skein.run(add(3, 4)))    # -> 3 7

async def main():
    try:
        skein.run(add, 1, 2)
    except RuntimeError as e:
        print(e)                                     # -> run() cannot be called from a running task
    async def background():
        try:
            await skein.sleep_forever()
        except skein.Cancelled as e:
            print(e)
            raise
    asyncio.create_task(background())
    await skein.sleep(0)
    print(skein.current_task().get_name(), type(asyncio.get_running_loop()).__name__ != "")   # -> main True
skein.run(main, name="main")                         # -> cancelled: shutdown: the run is over
skein.run(3)                                         # raises TypeError: run() needs an async function or a coroutine, got 3
