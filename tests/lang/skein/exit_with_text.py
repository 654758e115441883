# sys.exit("text") in a task: the text is printed, what broke because of the exit gets one line, status 1.
import sys
import skein

async def breaks():
    try:
        await skein.sleep_forever()
    finally:
        raise ConnectionError("peer went away")

async def quits():
    await skein.sleep(0)
    sys.exit("nothing to do")

async with TaskGroup() as tg:
    tg.create_task(breaks(), name="breaks")
    tg.create_task(quits(), name="quits")
