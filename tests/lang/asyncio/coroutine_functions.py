# Natives that stand for an `async def` are coroutine functions, as in CPython; bound, wrapped in partial, from all faces.
import asyncio, functools, inspect, skein, trio

def both(f):
    return inspect.iscoroutinefunction(f), asyncio.iscoroutinefunction(f)

q, e, l = asyncio.Queue(), asyncio.Event(), asyncio.Lock()
for f in (asyncio.sleep, q.get, q.put, q.join, e.wait, l.acquire, l.__aenter__, l.__aexit__, asyncio.Semaphore.acquire,
          asyncio.TaskGroup.__aenter__, asyncio.TaskGroup.__aexit__, asyncio.Timeout.__aenter__, functools.partial(asyncio.sleep, 1)):
    assert both(f) == (True, True), f
for f in (q.get_nowait, q.put_nowait, e.set, l.release, asyncio.timeout, asyncio.gather, asyncio.create_task, asyncio.Future, len, print, 1):
    assert both(f) == (False, False), f
for f in (skein.sleep, skein.sleep_forever, skein.Event().wait, skein.Lock().acquire, trio.lowlevel.checkpoint):
    assert inspect.iscoroutinefunction(f), f
c = asyncio.sleep(0)
print(inspect.iscoroutine(c), asyncio.iscoroutine(c), inspect.isawaitable(c), asyncio.sleep.__name__, q.get.__name__)  # -> True True True sleep get
print(inspect.signature(asyncio.sleep))  # -> (delay, result=None)
c.close()
