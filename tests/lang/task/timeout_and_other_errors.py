# An error that came of the timeout's cancel shows a TimeoutError as its context; a cancel from outside wins over the timeout.
import asyncio
def chain(e):
    while e:
        yield repr(e)
        e = e.__context__
async def main():
    try:
        async with asyncio.timeout(0):
            try: await asyncio.sleep(1)
            finally: raise KeyError("k")
    except KeyError as e: print(*chain(e))
    try:
        async with asyncio.timeout(0):
            try: await asyncio.sleep(1)
            except asyncio.CancelledError:
                try: raise KeyError("a")
                except KeyError as e: one = e
                raise ExceptionGroup("g", [one, ValueError("v")])
    except ExceptionGroup as g: print(*chain(g), [list(chain(x)) for x in g.exceptions])
    async def inner():
        async with asyncio.timeout(0):
            await asyncio.sleep(1)
    t = asyncio.create_task(inner())
    await asyncio.sleep(0)
    t.cancel("outer")
    try: await t
    except asyncio.CancelledError as e: print("cancelled", e.args, t.cancelling())
    async with asyncio.timeout(0) as tm:
        try: await asyncio.sleep(1)
        except asyncio.CancelledError: pass
    print("swallowed", tm, asyncio.current_task().cancelling())
    try:
        async with asyncio.timeout(0) as outer:
            async with asyncio.timeout(0) as between:
                async with asyncio.timeout(10) as within:
                    await asyncio.sleep(1)
    except TimeoutError: print(outer, between, str(within)[:20])
asyncio.run(main())
# -> KeyError('k') TimeoutError() CancelledError()
# -> ExceptionGroup('g', [KeyError('a'), ValueError('v')]) TimeoutError() CancelledError() [["KeyError('a')", 'TimeoutError()', 'CancelledError()'], ["ValueError('v')"]]
# -> cancelled ('outer',) 1
# -> swallowed <Timeout [expired]> 0
# -> <Timeout [expired]> <Timeout [expired]> <Timeout [finished]>
