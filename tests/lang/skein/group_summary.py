# flags: -X group-summary
# Under the tree of an uncaught group: each error with its task, its place, and whether it was the first or came of a cancel.
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
