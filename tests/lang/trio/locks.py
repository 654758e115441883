# Lock, Semaphore, Condition: hand-over in order, owners, statistics, wrong use.
import trio
from trio.testing import wait_all_tasks_blocked


async def fair():
    lock = trio.Lock()
    order = []

    async def worker(n):
        for _ in range(2):
            async with lock:
                order.append(n)
                await trio.sleep(0)

    async with trio.open_nursery() as nursery:
        for n in range(3):
            nursery.start_soon(worker, n)
            await trio.sleep(0)
    print(order)                                   # -> [0, 1, 2, 0, 1, 2]


async def owners():
    lock = trio.Lock()
    print(lock.locked(), lock.statistics())        # -> False LockStatistics(locked=False, owner=None, tasks_waiting=0)
    lock.acquire_nowait()
    print(lock.statistics().owner is trio.lowlevel.current_task())   # -> True
    for wrong in (lock.acquire_nowait, trio.Lock().release):
        try:
            wrong()
        except RuntimeError as exc:
            print(exc)
    # -> attempt to re-acquire an already held Lock
    # -> can't release a Lock you don't own

    async def other():
        try:
            lock.acquire_nowait()
        except trio.WouldBlock:
            print("would block")                   # -> would block
        try:
            lock.release()
        except RuntimeError as exc:
            print(exc)                             # -> can't release a Lock you don't own
        await lock.acquire()
        print("handed over", lock.locked())

    async with trio.open_nursery() as nursery:
        nursery.start_soon(other)
        await wait_all_tasks_blocked()
        print(lock.statistics().tasks_waiting)     # -> 1
        lock.release()                             # -> handed over True
    # its owner ended without releasing it
    try:
        await lock.acquire()
    except trio.BrokenResourceError as exc:
        print(str(exc).split(":")[0])              # -> Owner of this lock exited without releasing


async def owner_ends_while_others_wait():
    lock = trio.StrictFIFOLock()

    async def holder():
        await lock.acquire()
        await wait_all_tasks_blocked()

    async def waiter():
        try:
            await lock.acquire()
        except trio.BrokenResourceError:
            print("told")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(holder)
        await trio.sleep(0)
        nursery.start_soon(waiter)                 # -> told
        nursery.start_soon(waiter)                 # -> told


async def cancelled_waiter():
    lock = trio.Lock()
    async with trio.open_nursery() as nursery:
        await lock.acquire()
        with trio.CancelScope() as scope:
            async def waiter():
                with scope:
                    await lock.acquire()
        scope = trio.CancelScope()
        nursery.start_soon(waiter)
        await wait_all_tasks_blocked()
        scope.cancel()
        await wait_all_tasks_blocked()
        print(lock.statistics().tasks_waiting, scope.cancelled_caught)   # -> 0 True
        lock.release()
        print(lock.locked())                       # -> False


async def semaphores():
    s = trio.Semaphore(1, max_value=2)
    await s.acquire()
    print(s.value, s.max_value)                    # -> 0 2
    try:
        s.acquire_nowait()
    except trio.WouldBlock:
        print("would block")                       # -> would block
    async with trio.open_nursery() as nursery:
        nursery.start_soon(s.acquire)
        await wait_all_tasks_blocked()
        print(s.statistics().tasks_waiting)        # -> 1
        s.release()
        print(s.value)                             # -> 0
    s.release()
    s.release()
    try:
        s.release()
    except ValueError as exc:
        print(exc)                                 # -> semaphore released too many times
    for args, kwargs in (((1.0,), {}), ((-1,), {}), ((2,), {"max_value": 1})):
        try:
            trio.Semaphore(*args, **kwargs)
        except (TypeError, ValueError) as exc:
            print(type(exc).__name__, exc)
    # -> TypeError initial_value must be an int
    # -> ValueError initial value must be >= 0
    # -> ValueError max_values must be >= initial_value


async def conditions():
    c = trio.Condition()
    for wrong in (c.notify, c.notify_all):
        try:
            wrong()
        except RuntimeError as exc:
            print(exc)                             # -> must hold the lock to notify
                                                   # -> must hold the lock to notify
    try:
        await c.wait()
    except RuntimeError as exc:
        print(exc)                                 # -> must hold the lock to wait
    woke = []

    async def waiter(n):
        async with c:
            await c.wait()
            woke.append((n, c.locked()))

    async with trio.open_nursery() as nursery:
        for n in range(3):
            nursery.start_soon(waiter, n)
            await wait_all_tasks_blocked()
        async with c:
            c.notify()
            print(c.statistics().tasks_waiting, c.statistics().lock_statistics.tasks_waiting)   # -> 2 1
        await wait_all_tasks_blocked()
        print(woke)                                # -> [(0, True)]
        async with c:
            c.notify_all()
    print(woke)                                    # -> [(0, True), (1, True), (2, True)]
    # a cancelled wait still ends with the lock held
    with trio.move_on_after(0.01):
        async with c:
            try:
                await c.wait()
            finally:
                print(c._lock._owner is trio.lowlevel.current_task())      # -> True
    print(c.locked())                              # -> False
    try:
        trio.Condition(trio.StrictFIFOLock())
    except TypeError as exc:
        print(exc)                                 # -> lock must be a trio.Lock


for main in (fair, owners, owner_ends_while_others_wait, cancelled_waiter, semaphores, conditions):
    trio.run(main)
