# A run in which nothing can happen any more says so instead of hanging (an extension): cleanup runs, errors of the cleanup are kept.
import trio


async def stuck():
    lock = trio.Lock()
    await lock.acquire()
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(lock.acquire, name="waiter")
            await trio.Event().wait()
    finally:
        print("cleanup")


try:
    trio.run(stuck)
except RuntimeError as exc:
    print(type(exc).__name__, str(exc).splitlines()[0])
    print(any("task 'waiter' waits for" in line for line in str(exc).splitlines()))
# -> cleanup
# -> DeadlockError all 3 tasks are blocked and nothing can wake them:
# -> True


async def stuck_and_failing():
    try:
        await trio.Event().wait()
    finally:
        raise KeyError("cleanup")


try:
    trio.run(stuck_and_failing)
except RuntimeError as exc:
    print(type(exc).__name__, repr(exc.__cause__))   # -> DeadlockError KeyError('cleanup')


async def fine():
    # one who sleeps for ever does so on purpose
    with trio.move_on_after(0.01):
        await trio.sleep_forever()
    return "fine"

print(trio.run(fine))                                # -> fine
