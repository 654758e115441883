# Who hears of an error that nobody awaits, and what misuse is called.
import asyncio
import gc

async def bad():
    raise ValueError("x")

class Callback:
    def __call__(self, *args):
        raise IndexError("in callback")
    def __repr__(self):
        return "<Callback>"

def start():
    asyncio.create_task(bad())

async def handler():
    loop = asyncio.get_running_loop()
    def told(loop, context):
        print(context["message"], "|", sorted(context), repr(context["exception"]))
    print(loop.get_exception_handler())             # -> None
    loop.set_exception_handler(told)
    loop.call_soon(Callback(), 1)
    await asyncio.sleep(0)
    # -> Exception in callback <Callback>() | ['exception', 'handle', 'message'] IndexError('in callback')
    start()
    await asyncio.gather(*[bad() for _ in range(20)], return_exceptions=True)   # no stack looks like that task any more
    gc.collect()
    # -> Task exception was never retrieved | ['exception', 'future', 'message'] ValueError('x')
    f = loop.create_future()
    f.set_exception(KeyError(1))
    f = None
    await asyncio.gather(*[asyncio.sleep(0) for _ in range(20)])
    gc.collect()
    # -> Future exception was never retrieved | ['exception', 'future', 'message'] KeyError(1)
    f = loop.create_future()
    f.set_exception(KeyError(2))
    f.exception()
    f = None
    gc.collect()
    loop.set_exception_handler(None)

asyncio.run(handler())

def refused(fn, *args):
    try:
        fn(*args)
    except Exception as e:
        print(f"{type(e).__name__}: {e}")

async def misuse():
    loop = asyncio.get_running_loop()
    refused(asyncio.run, 1)                         # -> RuntimeError: asyncio.run() cannot be called from a running event loop
    refused(loop.run_forever)                       # -> RuntimeError: This event loop is already running
    asyncio._set_running_loop(loop)
    refused(asyncio.ensure_future, 3)               # -> TypeError: An asyncio.Future, a coroutine or an awaitable is required
    refused(asyncio.create_task, 3)                 # -> TypeError: a coroutine was expected, got 3
    f = loop.create_future()
    refused(f.result)                               # -> InvalidStateError: Result is not set.
    refused(f.exception)                            # -> InvalidStateError: Exception is not set.
    refused(f.set_exception, 3)                     # -> TypeError: invalid exception object
    refused(asyncio.as_completed, f)                # -> TypeError: expects an iterable of awaitables, not Future
    f.set_result(1)
    refused(f.set_result, 2)                        # -> InvalidStateError: invalid state
    refused(loop.set_exception_handler, 3)          # -> TypeError: A callable object or None is expected, got 3
    refused(loop.set_task_factory, 3)               # -> TypeError: task factory must be a callable or None
    refused(loop.call_later, None, print)           # -> TypeError: delay must not be None
    refused(loop.call_at, None, print)              # -> TypeError: when cannot be None
    for fs in ([], bad(), [bad()]):
        try:
            await asyncio.wait(fs)
        except Exception as e:
            print(f"{type(e).__name__}: {e}")
    # -> ValueError: Set of Tasks/Futures is empty.
    # -> TypeError: expect a list of futures, not coroutine
    # -> TypeError: Passing coroutines is forbidden, use tasks explicitly.

import warnings
warnings.simplefilter("ignore")                     # the coroutines above are never awaited
asyncio.run(misuse())

refused(asyncio.get_running_loop)                   # -> RuntimeError: no running event loop
refused(asyncio.current_task)                       # -> RuntimeError: no running event loop
refused(asyncio.run, 3)                             # -> ValueError: a coroutine was expected, got 3
refused(asyncio.set_event_loop, 3)                  # -> TypeError: loop must be an instance of AbstractEventLoop or None, not 'int'
loop = asyncio.new_event_loop()
print(loop)                                         # -> <_UnixSelectorEventLoop running=False closed=False debug=False>
loop.close()
loop.close()
print(loop.is_closed())                             # -> True
refused(loop.call_soon, print)                      # -> RuntimeError: Event loop is closed
refused(loop.run_forever)                           # -> RuntimeError: Event loop is closed
refused(loop.create_task, 3)                        # -> RuntimeError: Event loop is closed
