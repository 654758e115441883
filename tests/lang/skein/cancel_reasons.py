# Every Cancelled says why: who, in which words, because of which error; the first cause wins.
import skein
from skein import sleep
from skein.testing import VirtualClock

async def tells(label):
    try:
        await skein.sleep_forever()
    except skein.Cancelled as e:
        print(f"{label}: {e}", type(e.error).__name__)
        raise

async def main():
    async with TaskGroup() as tg:
        tg.start_soon(tells, "daemon", daemon=True)
        await sleep(1)
    with skein.move_on_after(1):
        await tells("deadline")
    try:
        async with TaskGroup() as tg:
            tg.start_soon(tells, "body")
            await sleep(1)
            raise ValueError("b")
    except* ValueError:
        pass
    # An outer cancel that comes first is the reason for all below it.
    with skein.CancelScope() as outer:
        async with TaskGroup() as tg:
            tg.start_soon(tells, "outer")
            await sleep(1)
            outer.cancel("from outside")
            tg.cancel("later")
    class Hostile(Exception):
        def __repr__(self):
            raise RuntimeError("no")
    try:
        async with TaskGroup() as tg:
            tg.start_soon(tells, "hostile")
            await sleep(1)
            raise Hostile
    except* Hostile:
        print("ok")

skein.run(main, clock=VirtualClock(), name="main")
# -> daemon: cancelled: shutdown: the task group has nothing else to do NoneType
# -> deadline: cancelled: deadline NoneType
# -> body: cancelled: body by main: the body of the task group raised ValueError('b') ValueError
# -> outer: cancelled: explicit by main: from outside NoneType
# -> hostile: cancelled: body: Hostile was raised Hostile
# -> ok
