# What a subclass overrides is asked: storage, size, questions, even put_nowait() from inside put().
import asyncio
class Sorted(asyncio.Queue):
    def _init(self, maxsize):
        print("init", maxsize)
        self._queue = []
    def _put(self, item):
        self._queue.append(item)
        self._queue.sort()
    def _get(self): return self._queue.pop()
class Weighted(asyncio.Queue):
    def qsize(self): return sum(self._queue)
class Loud(asyncio.Queue):
    def put_nowait(self, item):
        print("putting", item)
        super().put_nowait(item)
    def get_nowait(self):
        item = super().get_nowait()
        print("getting", item)
        return item
class Sized(asyncio.Queue):
    def __init__(self, *, size): super().__init__(size)
async def main():
    q = Sorted(3)
    for x in (2, 3, 1): await q.put(x)
    print(q.full(), str(q), [await q.get() for _ in range(3)], q.empty())
    q = Weighted(10)
    await q.put(4); print(q.full(), q.qsize())
    await q.put(7); print(q.full(), q.qsize())
    q = Loud()
    await q.put("a"); print(await q.get())
    print(str(Sized(size=7)))
    q = asyncio.PriorityQueue()
    for x in (3, 1, 2): q.put_nowait(x)
    print([q.get_nowait() for _ in range(3)], str(q))
    q = asyncio.LifoQueue()
    for x in (3, 1, 2): q.put_nowait(x)
    print(q.qsize(), [q.get_nowait() for _ in range(3)])
    print(asyncio.Queue[int])
asyncio.run(main())
# -> init 3
# -> True <Sorted maxsize=3 _queue=[1, 2, 3] tasks=3> [3, 2, 1] True
# -> False 4
# -> True 11
# -> putting a
# -> getting a
# -> a
# -> <Sized maxsize=7>
# -> [1, 2, 3] <PriorityQueue maxsize=0 tasks=3>
# -> 3 [2, 1, 3]
# -> asyncio.queues.Queue[int]
