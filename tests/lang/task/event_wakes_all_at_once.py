# set() wakes everybody who waits at that moment, even if the event is cleared before they run; a waiter counts until it has run.
import asyncio
def text(x): return repr(x)[repr(x).index("["):]
async def main():
    ev = asyncio.Event()
    print(text(ev), ev.is_set())
    async def wait(n):
        print("got", n, await ev.wait())
    a, b, c = (asyncio.create_task(wait(n)) for n in "abc")
    await asyncio.sleep(0)
    print(text(ev))
    b.cancel()
    print(text(ev))
    ev.set()
    ev.clear()
    print(text(ev), len(ev._waiters))
    late = asyncio.create_task(wait("late"))
    await asyncio.sleep(0)
    print(text(ev), b.cancelled(), a.done(), late.done())
    ev.set()
    await late
    print(await ev.wait(), text(ev))
asyncio.run(main())
# -> [unset]> False
# -> [unset, waiters:3]>
# -> [unset, waiters:3]>
# -> [unset, waiters:3]> 3
# -> got a True
# -> got c True
# -> [unset, waiters:1]> True True False
# -> got late True
# -> True [set]>
