# Futures, tasks and handles in words.
import asyncio
import re

def show(x):
    print(re.sub(r"when=[^ ]*", "when=*", re.sub(r" at [^>\],]*", " at*", repr(x))))

def callback(*args):
    pass

async def work():
    await asyncio.sleep(0)
    return "r"

async def fail():
    raise LookupError("gone")

async def main():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    show(f)                             # -> <Future pending>
    f.add_done_callback(callback)
    show(f)                             # -> <Future pending cb=[callback() at*]>
    f.add_done_callback(bool)
    f.add_done_callback(callback)
    show(f)                             # -> <Future pending cb=[callback() at*, <1 more>, callback() at*]>
    f.set_result([1])
    show(f)                             # -> <Future finished result=[1]>
    f = loop.create_future()
    f.set_exception(ValueError(1))
    show(f)                             # -> <Future finished exception=ValueError(1)>
    f.exception()
    f = loop.create_future()
    f.cancel()
    show(f)                             # -> <Future cancelled>

    t = asyncio.create_task(work(), name="w")
    show(t)                             # -> <Task pending name='w' coro=<work() running at*>>
    t.cancel()
    show(t)                             # -> <Task cancelling name='w' coro=<work() running at*>>
    await asyncio.wait([t])
    show(t)                             # -> <Task cancelled name='w' coro=<work() done, defined at*>>
    t = asyncio.create_task(work(), name="w")
    await t
    show(t)                             # -> <Task finished name='w' coro=<work() done, defined at*> result='r'>
    t = asyncio.create_task(fail(), name="f")
    await asyncio.wait([t])
    t.exception()
    show(t)                             # -> <Task finished name='f' coro=<fail() done, defined at*> exception=LookupError('gone')>

    f = loop.create_future()
    async def waits():
        await f
    t = asyncio.create_task(waits(), name="t")
    await asyncio.sleep(0)
    show(t)                             # -> <Task pending name='t' coro=<main.<locals>.waits() running at*> wait_for=<Future pending cb=[Task.task_wakeup()]>>
    f.set_result(None)
    await t

    h = loop.call_soon(callback, 1)
    show(h)                             # -> <Handle callback() at*>
    h.cancel()
    show(h)                             # -> <Handle cancelled>
    h = loop.call_later(5, print, 2)
    show(h)                             # -> <TimerHandle when=* print()>
    h.cancel()
    show(asyncio.Queue(3))              # -> <Queue at*>
    class Loud(asyncio.Future):
        pass
    show(Loud())                        # -> <Loud pending>

asyncio.run(main())
