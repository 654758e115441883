# A group that is not open closes the coroutine it refuses.
import asyncio
async def nop(): pass
async def main():
    g = asyncio.TaskGroup()
    print(g)
    c = nop()
    try: g.create_task(c)
    except RuntimeError as e: print(e, c.cr_frame)
    async with g as same:
        print(g is same, g)
        t = g.create_task(nop(), name="named")
        print(g, t.get_name(), len(g._tasks))
        try:
            async with g: pass
        except RuntimeError as e: print(e)
        for wrong in (nop, 5):
            try: g.create_task(wrong)
            except TypeError as e: print(str(e)[:24])
    print(g, len(g._tasks))
    c = nop()
    try: g.create_task(c)
    except RuntimeError as e: print(e, c.cr_frame)
    async def late(g):
        try: await asyncio.sleep(3600)
        finally:
            try: g.create_task(nop())
            except RuntimeError as e: print(e)
    try:
        async with asyncio.TaskGroup() as g:
            g.create_task(late(g))
            await asyncio.sleep(0)
            raise ValueError
    except* ValueError: pass
    async def spawn(g, n):
        if n: g.create_task(spawn(g, n - 1))
        else: print("deepest", g)
    async with asyncio.TaskGroup() as g: g.create_task(spawn(g, 3))
asyncio.run(main())
# -> <TaskGroup>
# -> TaskGroup <TaskGroup> has not been entered None
# -> True <TaskGroup entered>
# -> <TaskGroup tasks=1 entered> named 1
# -> TaskGroup <TaskGroup tasks=1 entered> has already been entered
# -> a coroutine was expected
# -> a coroutine was expected
# -> <TaskGroup entered> 0
# -> TaskGroup <TaskGroup entered> is finished None
# -> TaskGroup <TaskGroup tasks=1 cancelling> is shutting down
# -> deepest <TaskGroup tasks=2 entered>
