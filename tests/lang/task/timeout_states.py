# The life of a Timeout: states, texts, rescheduling.
import asyncio
async def main():
    t = asyncio.timeout(None)
    print(t, t.when(), t.expired())
    try: t.reschedule(1)
    except RuntimeError as e: print(e)
    async with t as same:
        print(t is same, t)
        try:
            async with t: pass
        except RuntimeError as e: print(e)
        t.reschedule(asyncio.get_running_loop().time() + 3600)
        print(str(t).split("=")[0])
        t.reschedule(None)
        print(t)
    print(t, t.expired())
    try: t.reschedule(1)
    except RuntimeError as e: print(e)
    try:
        async with asyncio.timeout_at(0) as t:
            print(t, t.expired())
            try: await asyncio.sleep(10)
            finally:
                print(t, t.expired(), asyncio.current_task().cancelling())
                try: t.reschedule(1)
                except RuntimeError as e: print(e)
    except TimeoutError as e:
        print(repr(e), repr(e.__cause__), e.__cause__ is e.__context__, t, asyncio.current_task().cancelling())
    async with asyncio.timeout(0) as t: pass      # nothing waits: it never fires
    print(t)
    try:
        async with asyncio.timeout(0) as t:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
    except TimeoutError: print("two turns", t)
    async with asyncio.timeout(0) as t:
        t.reschedule(None)
        await asyncio.sleep(0.001)
    print("taken back", t)
asyncio.run(main())
try: asyncio.timeout(1)
except RuntimeError as e: print(e)
# -> <Timeout [created]> None False
# -> Timeout has not been entered
# -> True <Timeout [active] when=None>
# -> Timeout has already been entered
# -> <Timeout [active] when
# -> <Timeout [active] when=None>
# -> <Timeout [finished]> False
# -> Cannot change state of finished Timeout
# -> <Timeout [active] when=0> False
# -> <Timeout [expiring]> True 1
# -> Cannot change state of expiring Timeout
# -> TimeoutError() CancelledError() True <Timeout [expired]> 0
# -> <Timeout [finished]>
# -> two turns <Timeout [expired]>
# -> taken back <Timeout [finished]>
# -> no running event loop
