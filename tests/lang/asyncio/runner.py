# Runner: one loop and one context for several runs; what is left behind is ended.
import asyncio
import contextvars

v = contextvars.ContextVar("v", default=0)

async def bump():
    v.set(v.get() + 1)
    return v.get()

with asyncio.Runner() as runner:
    print(runner.run(bump()), runner.run(bump()), v.get())      # -> 1 2 0
    loop = runner.get_loop()
    print(runner.run(bump(), context=contextvars.Context()))    # -> 1
print(loop.is_closed())                                         # -> True
try:
    runner.get_loop()
except RuntimeError as e:
    print(e)                                                    # -> Runner is closed

async def left(n):
    try:
        await asyncio.sleep(3600)
    finally:
        print("left", n, "ends")

async def main():
    for n in range(3):
        asyncio.create_task(left(n))
    await asyncio.sleep(0)
    return "done"

print(asyncio.run(main()))
# -> left 0 ends
# -> left 1 ends
# -> left 2 ends
# -> done

async def leaver():
    asyncio.create_task(left("x"))
    await asyncio.sleep(0)
    raise SystemExit(3)

try:
    asyncio.run(leaver())
except SystemExit as e:
    print("exit", e.code)
# -> left x ends
# -> exit 3

async def debug():
    return asyncio.get_running_loop().get_debug()
print(asyncio.run(debug()), asyncio.run(debug(), debug=True))   # -> False True

loop = asyncio.new_event_loop()
loop.call_soon(loop.stop)
try:
    loop.run_until_complete(loop.create_future())
except RuntimeError as e:
    print(e)                                                    # -> Event loop stopped before Future completed.
order = []
now = loop.time()
loop.call_at(now + 0.02, order.append, "late")
loop.call_soon(order.append, "soon")
loop.call_at(now + 0.01, order.append, "later")
loop.call_at(now + 0.03, loop.stop)
loop.run_forever()
print(order)                                                    # -> ['soon', 'later', 'late']
loop.close()
