# put() waits while the queue is full, get() while it is empty; both in order of arrival.
import asyncio
async def main():
    q = asyncio.Queue(2)
    print(str(q), q.maxsize, q.empty(), q.full(), q.qsize())
    async def put(n): await q.put(n); print("put", n, str(q))
    async def get(n): print("get", n, await q.get(), str(q))
    async with asyncio.TaskGroup() as g:
        for n in range(4): g.create_task(put(n))
        await asyncio.sleep(0)
        print(str(q))
        for n in "abcde": g.create_task(get(n))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print(str(q))
        if not q.full(): q.put_nowait("last")
        else: print("full still")
        await q.put("last")
    try: q.get_nowait()
    except asyncio.QueueEmpty as e: print(repr(e))
    q.put_nowait(1); q.put_nowait(2)
    try: q.put_nowait(3)
    except asyncio.QueueFull as e: print(repr(e))
    print(q._queue, str(q))
    q._queue.appendleft(0)
    print(q.get_nowait(), q.get_nowait(), str(q))
asyncio.run(main())
# -> <Queue maxsize=2> 2 True False 0
# -> put 0 <Queue maxsize=2 _queue=[0] tasks=1>
# -> put 1 <Queue maxsize=2 _queue=[0, 1] tasks=2>
# -> <Queue maxsize=2 _queue=[0, 1] _putters[2] tasks=2>
# -> get a 0 <Queue maxsize=2 _queue=[1] _putters[1] tasks=2>
# -> get b 1 <Queue maxsize=2 tasks=2>
# -> put 2 <Queue maxsize=2 _queue=[2] _getters[2] tasks=3>
# -> put 3 <Queue maxsize=2 _queue=[2, 3] _getters[1] tasks=4>
# -> <Queue maxsize=2 _queue=[2, 3] _getters[1] tasks=4>
# -> full still
# -> get c 2 <Queue maxsize=2 _queue=[3] _getters[1] tasks=4>
# -> get d 3 <Queue maxsize=2 _getters[1] tasks=4>
# -> get e last <Queue maxsize=2 tasks=5>
# -> QueueEmpty()
# -> QueueFull()
# -> deque([1, 2]) <Queue maxsize=2 _queue=[1, 2] tasks=7>
# -> 0 1 <Queue maxsize=2 _queue=[2] tasks=7>
