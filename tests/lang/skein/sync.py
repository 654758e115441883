# Lock, Semaphore, Condition, Event of the native face: in the order of asking, handed over.
import skein
from skein import Condition, Event, Lock, Semaphore, sleep
from skein.testing import VirtualClock

async def main():
    lock, log = Lock(), []
    async def with_lock(n):
        async with lock:
            log.append(n)
            await sleep(1)
    async with TaskGroup() as tg:
        for i in range(3):
            tg.start_soon(with_lock, i)
        await sleep(0.5)
        print(lock.locked(), lock.owner.get_name(), lock.tasks_waiting)   # -> True with_lock 2
        try:
            lock.acquire_nowait()
        except skein.WouldBlock:
            print("taken")                          # -> taken
    print(log, lock.locked())                       # -> [0, 1, 2] False
    await lock.acquire()
    try:
        await lock.acquire()
    except RuntimeError as e:
        print(e)                                    # -> attempt to re-acquire an already held Lock
    lock.release()
    try:
        lock.release()
    except RuntimeError as e:
        print(e)                                    # -> can't release a Lock you don't own

    sem, running, most = Semaphore(2, max_value=2), 0, 0
    async def limited():
        nonlocal running, most
        async with sem:
            running += 1
            most = max(most, running)
            await sleep(1)
            running -= 1
    start = skein.current_time()
    async with TaskGroup() as tg:
        for _ in range(6):
            tg.start_soon(limited)
    print(most, sem.value, skein.current_time() - start)   # -> 2 2 3.0
    try:
        sem.release()
    except ValueError as e:
        print(e)                                    # -> semaphore released too many times

    cond, items = Condition(), []
    async def consumer(n):
        async with cond:
            while not items:
                await cond.wait()
            print(n, items.pop())
    async with TaskGroup() as tg:
        for n in range(3):
            tg.start_soon(consumer, n)
        await sleep(1)
        async with cond:
            items.append("a")
            cond.notify()                           # -> 0 a
        await sleep(1)
        async with cond:
            items += ["b", "c"]
            cond.notify_all()                       # -> 1 c
                                                    # -> 2 b
    try:
        cond.notify()
    except RuntimeError as e:
        print(e)                                    # -> must hold the lock to notify

    event = Event()
    async with TaskGroup() as tg:
        waits = [tg.start_soon(event.wait) for _ in range(2)]
        await sleep(1)
        print(event.tasks_waiting, event.is_set())  # -> 2 False
        event.set()
    await event.wait()
    print(event.is_set())                           # -> True

skein.run(main, clock=VirtualClock())
