# start(): the task is the caller's until it says started(), the group's from then on.
import skein
from skein import move_on_after, sleep, sleep_forever
from skein.testing import VirtualClock

async def service(port, *, task_status):
    task_status.started(port * 2)
    try:
        await sleep_forever()
    finally:
        print("service stops")

async def fails(*, task_status):
    raise ValueError("early")

async def forgets(*, task_status):
    pass

async def slow(*, task_status):
    try:
        await sleep_forever()
    finally:
        print("start() was cancelled")

async def twice(*, task_status):
    task_status.started(1)
    try:
        task_status.started(2)
    except RuntimeError as e:
        print(e)

async def main():
    async with TaskGroup() as tg:
        print(await tg.start(service, 21))    # -> 42
        for fn in (fails, forgets):
            try:
                await tg.start(fn)
            except (ValueError, RuntimeError) as e:
                print(repr(e))                # -> ValueError('early')
                                              # -> RuntimeError('child exited without calling task_status.started()')
        with move_on_after(1) as scope:
            await tg.start(slow)              # -> start() was cancelled
        print(scope.cancelled_caught)         # -> True
        print(await tg.start(twice))          # -> called 'started' twice on the same task status
                                              # -> 1
        with skein.CancelScope() as scope:
            print(await tg.start(service, 1)) # -> 2
            scope.cancel()                    # no longer the caller's
        await sleep(1)
        print(len(tg.tasks))                  # -> 2
        tg.cancel()                           # -> service stops
                                              # -> service stops

skein.run(main, clock=VirtualClock())
