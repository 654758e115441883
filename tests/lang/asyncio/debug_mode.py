# Debug mode: where things were made, slow steps, calls that are refused.
import asyncio
import logging
import re

class Shown(logging.Handler):
    def emit(self, record):
        print(re.sub(r"took [0-9.]*", "took *", re.sub(r" at (<.*?>:\d+|[^ >]*)", " at *", record.getMessage())))

logging.getLogger("asyncio").addHandler(Shown())

NEVER = 1e9    # seconds: a busy machine may take its time where nothing is to be told

async def slow():
    asyncio.get_running_loop().slow_callback_duration = 0

def callback():
    asyncio.get_running_loop().slow_callback_duration = 0

async def main():
    loop = asyncio.get_running_loop()
    print(loop.slow_callback_duration)                  # -> 0.1
    loop.slow_callback_duration = NEVER
    await asyncio.sleep(0)
    await asyncio.create_task(slow(), name="s")
    loop.slow_callback_duration = NEVER
    # -> Executing <Task finished name='s' coro=<slow() done, defined at *> result=None created at *> took * seconds
    loop.call_soon(callback)
    await asyncio.sleep(0)
    loop.slow_callback_duration = NEVER
    await asyncio.sleep(0)
    # -> Executing <Handle callback() at * created at *> took * seconds
    t = asyncio.create_task(slow())
    t.cancel()
    print(t._source_traceback[-1].name in ("main", "create_task"))  # -> True
    h = loop.call_soon(callback)
    h.cancel()
    print(h._source_traceback[-1].name)                 # -> main
    h = loop.call_later(60, callback)
    h.cancel()
    print(h._source_traceback[-1].name)                 # -> main
    for wrong in (slow, 1):
        try:
            loop.call_soon(wrong)
        except TypeError as e:
            print(e)
    # -> coroutines cannot be used with call_soon()
    # -> a callable object was expected by call_soon(), got 1

asyncio.run(main(), debug=True)
