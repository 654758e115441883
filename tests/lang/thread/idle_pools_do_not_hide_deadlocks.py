# Workers of a pool that have nothing to do wake nobody: a deadlock is told all the same.
import asyncio, concurrent.futures, skein, trio

async def by_asyncio():
    assert await asyncio.to_thread(lambda: 5) == 5
    await asyncio.Event().wait()

async def by_skein():
    assert await skein.to_thread(lambda: 5) == 5
    await skein.Event().wait()

async def by_trio():
    assert await trio.to_thread.run_sync(lambda: 5) == 5
    await trio.Event().wait()

seen = []
for run, main in ((asyncio.run, by_asyncio), (skein.run, by_skein), (trio.run, by_trio)):
    try:
        run(main()) if run is not trio.run else run(main)
    except BaseException as e:
        while isinstance(e, BaseExceptionGroup):
            e = e.exceptions[0]
        seen.append(type(e).__name__)
print(*seen)  # -> DeadlockError DeadlockError DeadlockError

# Work that is still to come keeps it waiting.
async def later():
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    def work():
        import time
        time.sleep(0.05)
        loop.call_soon_threadsafe(event.set)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pool.submit(work)
        await event.wait()
    return "woken"

print(asyncio.run(later()))  # -> woken
