# The builtin TaskGroup: results, names, errors in order of arrival, refusals.
import skein
from skein import sleep
from skein.testing import VirtualClock

async def work(n, error=None):
    await sleep(n)
    if error:
        raise error
    return n

async def main():
    async with TaskGroup(name="g") as tg:
        tg.create_task(work(2))
        tg.start_soon(work, 1, name="second")
        print(tg, [t.get_name() for t in tg.tasks])     # -> <TaskGroup 'g' tasks=2 entered> ['Task-2', 'second']
    print(tg.results(), tg)                             # -> [2, 1] <TaskGroup 'g' finished>
    try:
        async with TaskGroup(name="fails") as tg:
            tg.create_task(work(2, ValueError("late")), name="late")
            tg.create_task(work(1, KeyError("first")), name="first")
            raise OSError("body")
    except* Exception as eg:
        print(eg.message, eg.exceptions)                # -> unhandled errors in the TaskGroup 'fails' (OSError('body'),)
        print(eg.exceptions[0].__task__)                # -> Task-1
    try:
        async with TaskGroup(on_error="continue") as tg:
            tg.create_task(work(2, ValueError("late")), name="late")
            tg.create_task(work(1, KeyError("first")), name="first")
            tg.create_task(work(3))
    except* Exception as eg:
        print(eg.exceptions, [e.__task__ for e in eg.exceptions])   # -> (KeyError('first'), ValueError('late')) ['Task-1/first', 'Task-1/late']
    print(tg.results(default="-"))                      # -> ['-', '-', 3]
    try:
        tg.results()
    except ValueError as e:
        print("the first one's error", e)               # -> the first one's error late

    try:
        tg.start_soon(work, 1)
    except RuntimeError as e:
        print(e)                                        # -> TaskGroup <TaskGroup errors=2 finished> is finished
    for bad in (int, 3):
        try:
            async with TaskGroup() as tg:
                tg.start_soon(bad)
        except* TypeError as eg:
            print(eg.exceptions[0])                     # -> an async function was expected, but <class 'int'> returned 0
                                                        # -> a coroutine or an async function was expected, got 3
    # A member may start members while the group ends; a cancelled group runs no new body.
    async def parent(tg):
        await sleep(1)
        tg.start_soon(work, 1)
    async with TaskGroup(limit=1) as tg:
        tg.start_soon(parent, tg)
        queued = [tg.start_soon(work, 5) for _ in range(3)]
        await sleep(2)
        tg.cancel("enough")
    print([t.cancelled() for t in queued], skein.current_time())   # -> [True, True, True] 7.0
    try:
        TaskGroup(limit=0)
    except ValueError as e:
        print(e)                                        # -> limit must be at least 1

skein.run(main, clock=VirtualClock())
