# What a group raises, in which order, and what of it reaches the parent's counts.
import asyncio
async def fail(e, turns=0):
    for _ in range(turns): await asyncio.sleep(0)
    raise e
async def stubborn(e):
    try: await asyncio.sleep(3600)
    except asyncio.CancelledError: raise e
async def case(name, *coros, body=None, cancel=False):
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as g:
            tasks = [g.create_task(c) for c in coros]
            await asyncio.sleep(0)
            if cancel: me.cancel("outside")
            if body: raise body
        print(name, "fine", me.cancelling(), g)
    except BaseException as e:
        sub = list(map(repr, e.exceptions)) if isinstance(e, BaseExceptionGroup) else e.args
        print(name, type(e).__name__, sub, repr(e.__cause__), repr(e.__context__), e.__suppress_context__, me.cancelling(), g)
        while me.cancelling(): me.uncancel()
    try: await asyncio.sleep(0)
    except asyncio.CancelledError: print(name, "cancel again")
async def main():
    await case("empty")
    await case("child", fail(ValueError(1)))
    await case("two at once", fail(ValueError(1)), fail(KeyError(2)))
    await case("stubborn", fail(ValueError(1), 2), stubborn(OSError(3)))
    await case("body", asyncio.sleep(3600), body=TypeError("b"))
    await case("body last", stubborn(OSError(3)), body=TypeError("b"))
    await case("outside", asyncio.sleep(3600), cancel=True)
    await case("outside and error", stubborn(OSError(3)), cancel=True)
    await case("own cancel is no error", asyncio.create_task(asyncio.sleep(0)).get_coro() if 0 else asyncio.sleep(0), body=asyncio.CancelledError("mine"))
    await case("base", stubborn(OSError(3)), body=KeyboardInterrupt("k"))
    await case("base in a group", fail(GeneratorExit(1)))
asyncio.run(main())
# -> empty fine 0 <TaskGroup entered>
# -> child ExceptionGroup ['ValueError(1)'] None None True 0 <TaskGroup cancelling>
# -> two at once ExceptionGroup ['ValueError(1)', 'KeyError(2)'] None None True 0 <TaskGroup cancelling>
# -> stubborn ExceptionGroup ['ValueError(1)', 'OSError(3)'] None None True 0 <TaskGroup cancelling>
# -> body ExceptionGroup ["TypeError('b')"] None TypeError('b') True 0 <TaskGroup cancelling>
# -> body last ExceptionGroup ['OSError(3)', "TypeError('b')"] None TypeError('b') True 0 <TaskGroup cancelling>
# -> outside CancelledError ('outside',) None None False 1 <TaskGroup cancelling>
# -> outside and error ExceptionGroup ['OSError(3)'] None None True 1 <TaskGroup cancelling>
# -> own cancel is no error CancelledError ('mine',) None None False 0 <TaskGroup cancelling>
# -> base KeyboardInterrupt ('k',) None None False 0 <TaskGroup errors=1 cancelling>
# -> base in a group BaseExceptionGroup ['GeneratorExit(1)'] None None True 0 <TaskGroup cancelling>
