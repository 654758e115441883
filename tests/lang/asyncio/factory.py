# Task factories, eager tasks, subclasses of Task and Future.
import asyncio

class Mine(asyncio.Task):
    def __init__(self, *args, **kwargs):
        self.mark = "mine"
        super().__init__(*args, **kwargs)

async def five():
    return 5

async def two_steps(log):
    log.append("first")
    await asyncio.sleep(0)
    log.append("second")
    return asyncio.current_task().get_name()

async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **kw: Mine(coro, loop=loop, **kw))
    t = asyncio.create_task(five())
    print(type(t).__name__, t.mark, await t)                    # -> Mine mine 5
    async with asyncio.TaskGroup() as tg:
        t = tg.create_task(five(), name="in group")
    print(t.mark, t.get_name(), t.result())                     # -> mine in group 5

    loop.set_task_factory(asyncio.eager_task_factory)
    t = asyncio.create_task(five())
    print(t.done(), t.result())                                 # -> True 5
    log = []
    t = asyncio.create_task(two_steps(log), name="eager")
    print(list(log), t.done(), await t, log)                          # -> ['first'] False eager ['first', 'second']
    print(await asyncio.gather(five(), five()))                 # -> [5, 5]
    async with asyncio.TaskGroup() as tg:
        ts = [tg.create_task(five()) for _ in range(3)]
        print([t.done() for t in ts])                           # -> [True, True, True]
    loop.set_task_factory(None)
    print(type(asyncio.create_task(asyncio.sleep(0))).__name__) # -> Task

    class Counted(asyncio.Future):
        calls = 0
        def add_done_callback(self, *args, **kwargs):
            self.calls += 1
            super().add_done_callback(*args, **kwargs)
    f = Counted()
    loop.call_soon(f.set_result, "counted")
    print(await f, f.calls)                                     # -> counted 1

asyncio.run(main())
