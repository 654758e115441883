# @stream: the generator runs in its own task, one item at a time, and ends with the block.
import skein
from skein import sleep
from skein.testing import VirtualClock

@stream
async def ticks(n):
    try:
        async with TaskGroup() as tg:
            for i in range(n):
                await sleep(1)
                yield i
    finally:
        print("closed")

async def main():
    async with ticks(5) as items:
        async for x in items:
            print(x, skein.current_time())
            if x == 1:
                break
    print("after", skein.current_time())
    async with ticks(2) as items:
        print([x async for x in items])
    try:
        async with ticks(3) as items:
            async for x in items:
                raise KeyError(x)
    except* KeyError as eg:
        print(eg.exceptions)
    with skein.move_on_after(1.5) as scope:
        async with ticks(10) as items:
            async for x in items:
                print("got", x)
    print(scope.cancelled_caught)
    try:
        async for x in ticks(1):
            pass
    except TypeError as e:
        print(e)

skein.run(main, clock=VirtualClock())
# -> 0 1.0
# -> 1 2.0
# -> closed
# -> after 2.0
# -> closed
# -> [0, 1]
# -> closed
# -> (KeyError(0),)
# -> got 0
# -> closed
# -> True
# -> 'ticks' is a stream: write 'async with ticks(...) as items' and iterate over items
