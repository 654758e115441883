# An error raised while its task was cancelled says what the cancel came from.
import skein

async def boom():
    await skein.sleep(0)
    raise ValueError("x")

async def cleanup():
    try:
        await skein.sleep_forever()
    finally:
        raise OSError("cleanup")

async with TaskGroup(name="work") as tg:
    tg.create_task(cleanup(), name="w")
    tg.create_task(boom(), name="boomer")
