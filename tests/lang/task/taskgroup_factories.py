# With a task factory the loop makes the members; eager ones may be done before create_task() returns.
import asyncio
log = []
async def child(n, wait=False, bad=False):
    log.append(n)
    if wait: await asyncio.sleep(0)
    if bad: raise ValueError(n)
    return n
async def use(title):
    log.clear()
    try:
        async with asyncio.TaskGroup() as g:
            a = g.create_task(child("a"))
            b = g.create_task(child("b", wait=True), name="bee")
            print(title, log, a.done(), b.done(), b.get_name(), g)
            c = g.create_task(child("c", wait=True, bad=True))
            d = g.create_task(asyncio.sleep(3600))
        print("fine")
    except* ValueError as e:
        print(repr(e), [t.done() for t in (a, b, c, d)], d.cancelled(), log, g)
async def main():
    loop = asyncio.get_running_loop()
    await use("plain")
    loop.set_task_factory(lambda loop, coro, **kw: asyncio.Task(coro, loop=loop, **kw))
    await use("own")
    loop.set_task_factory(asyncio.eager_task_factory)
    await use("eager")
    try:
        async with asyncio.TaskGroup() as g: g.create_task(child("x", bad=True))
    except* ValueError as e: print(repr(e))
    loop.set_task_factory(None)
asyncio.run(main())
# -> plain [] False False bee <TaskGroup tasks=2 entered>
# -> ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('c')]) [True, True, True, True] True ['a', 'b', 'c'] <TaskGroup cancelling>
# -> own [] False False bee <TaskGroup tasks=2 entered>
# -> ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('c')]) [True, True, True, True] True ['a', 'b', 'c'] <TaskGroup cancelling>
# -> eager ['a', 'b'] True False bee <TaskGroup tasks=1 entered>
# -> ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('c')]) [True, True, True, True] True ['a', 'b', 'c'] <TaskGroup cancelling>
# -> ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('x')])
