# Loops and threads: a loop per thread, call_soon_threadsafe, a loop that waits is woken by another thread.
import asyncio
import threading
import time

async def main():
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    seen = []

    def worker():
        for ask in (asyncio.get_running_loop, asyncio.get_event_loop):
            try:
                ask()
            except RuntimeError as e:
                seen.append(str(e))
        async def inner():
            await asyncio.sleep(0.01)
            return asyncio.get_running_loop() is not loop
        seen.append(asyncio.run(inner()))
        loop.call_soon_threadsafe(answer.set_result, "from the thread")

    t = threading.Thread(target=worker, name="W")
    t.start()
    print(await answer)                 # -> from the thread
    print(seen)                         # -> ['no running event loop', "There is no current event loop in thread 'W'.", True]
    t.join()

    # A loop that runs in another thread, used from here.
    other = asyncio.new_event_loop()
    def run():
        asyncio.set_event_loop(other)
        other.run_forever()
    t = threading.Thread(target=run)
    t.start()
    async def add(a, b):
        await asyncio.sleep(0.01)
        return a + b
    got = loop.create_future()
    def start():
        other.create_task(add(1, 2)).add_done_callback(lambda t: loop.call_soon_threadsafe(got.set_result, t.result()))
    other.call_soon_threadsafe(start)
    print(await got)                    # -> 3
    other.call_soon_threadsafe(other.stop)
    t.join()
    other.close()

asyncio.run(main())

results = []
def own(i):
    async def work():
        for _ in range(20):
            await asyncio.sleep(0)
        await asyncio.sleep(0.005)
        return i
    results.append(asyncio.run(work()))
threads = [threading.Thread(target=own, args=(i,)) for i in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results))                  # -> [0, 1, 2, 3, 4, 5, 6, 7]

loop = asyncio.new_event_loop()
threading.Timer(0.02, lambda: loop.call_soon_threadsafe(loop.stop)).start()
begin = time.monotonic()
loop.run_forever()                      # nothing to do, but no deadlock: a thread may come
print(0.01 < time.monotonic() - begin < 2)      # -> True
loop.close()
