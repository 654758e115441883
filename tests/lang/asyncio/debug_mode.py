# Debug mode: where things were made, slow steps, calls that are refused.
import asyncio
import logging
import re
import time

class Shown(logging.Handler):
    def emit(self, record):
        print(re.sub(r"took [0-9.]*", "took *", re.sub(r" at (<.*?>:\d+|[^ >]*)", " at *", record.getMessage())))

logging.getLogger("asyncio").addHandler(Shown())

async def slow():
    time.sleep(0.15)

def callback():
    time.sleep(0.15)

async def main():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0)
    await asyncio.create_task(slow(), name="s")
    # -> Executing <Task finished name='s' coro=<slow() done, defined at *> result=None created at *> took * seconds
    loop.call_soon(callback)
    await asyncio.sleep(0)
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
