# A released lock is free until the first waiter runs, and still nobody else can take it.
import asyncio
def text(x): return repr(x)[repr(x).index("["):]
async def main():
    lock = asyncio.Lock()
    print(text(lock), await lock.acquire(), text(lock))
    async def user(n):
        async with lock as got:
            print(n, "has it", got, text(lock))
            await asyncio.sleep(0)
    users = [asyncio.create_task(user(n)) for n in "abc"]
    await asyncio.sleep(0)
    print(text(lock))
    lock.release()
    print(text(lock), lock.locked())
    greedy = asyncio.create_task(user("greedy"))
    await asyncio.gather(greedy, *users)
    print(text(lock))
    try: lock.release()
    except RuntimeError as e: print(e)
asyncio.run(main())
# -> [unlocked]> True [locked]>
# -> [locked, waiters:3]>
# -> [unlocked, waiters:3]> False
# -> a has it None [locked, waiters:2]>
# -> b has it None [locked, waiters:2]>
# -> c has it None [locked, waiters:1]>
# -> greedy has it None [locked]>
# -> [unlocked]>
# -> Lock is not acquired.
