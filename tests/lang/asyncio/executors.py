# to_thread, run_in_executor, run_coroutine_threadsafe, wrap_future: threads and tasks wait for each other.
import asyncio
import concurrent.futures
import contextvars
import threading
import time

v = contextvars.ContextVar("v", default=0)

def work(x, y=0):
    time.sleep(0.01)
    return x, y, v.get(), threading.current_thread().name.split("_")[0]

def fail():
    raise KeyError("k")

async def main():
    loop = asyncio.get_running_loop()
    v.set(5)
    print(await asyncio.to_thread(work, 1, y=2))            # -> (1, 2, 5, 'asyncio')
    print(await loop.run_in_executor(None, work, 3))        # -> (3, 0, 0, 'asyncio')
    try:
        await asyncio.to_thread(fail)
    except KeyError as e:
        print(repr(e))                                      # -> KeyError('k')
    with concurrent.futures.ThreadPoolExecutor(2, "pool") as pool:
        print(await asyncio.gather(*[loop.run_in_executor(pool, work, i) for i in range(2)]))
        # -> [(0, 0, 0, 'pool'), (1, 0, 0, 'pool')]
        print(await asyncio.wrap_future(pool.submit(work, 9)))  # -> (9, 0, 0, 'pool')

    async def coro(a):
        await asyncio.sleep(0.01)
        if a is None:
            raise ValueError("none")
        return a + 1

    def in_a_thread():
        f = asyncio.run_coroutine_threadsafe(coro(1), loop)
        print(f.result(5))
        f = asyncio.run_coroutine_threadsafe(coro(None), loop)
        print(repr(f.exception(5)))
        f = asyncio.run_coroutine_threadsafe(asyncio.sleep(60), loop)
        try:
            f.result(0.01)
        except TimeoutError:
            print("timeout", f.cancel())
        try:
            f.result()
        except concurrent.futures.CancelledError:
            print("cancelled")

    await asyncio.to_thread(in_a_thread)
    # -> 2
    # -> ValueError('none')
    # -> timeout True
    # -> cancelled
    t = asyncio.create_task(asyncio.to_thread(time.sleep, 0.05))
    await asyncio.sleep(0.01)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("the task is, the thread goes on")            # -> the task is, the thread goes on
    try:
        loop.set_default_executor(3)
    except TypeError as e:
        print(e)                                            # -> executor must be ThreadPoolExecutor instance
    await loop.shutdown_default_executor()
    try:
        loop.run_in_executor(None, work)
    except RuntimeError as e:
        print(e)                                            # -> Executor shutdown has been called

asyncio.run(main())
