# A scope that is open over a yield covers the generator's own code only; what expires meanwhile is met inside it.
import contextlib, sys
import skein
from skein import CancelScope, move_on_after, sleep
from skein.testing import VirtualClock

async def limited():
    with move_on_after(5) as scope:
        yield 1
        await sleep(1)
        yield 2
        await sleep(100)
        yield 3
    yield "expired" if scope.cancelled_caught else "in time"

def plain():
    with CancelScope() as scope:
        yield scope
        yield scope

@contextlib.contextmanager
def open_for_the_caller():
    with CancelScope() as scope:
        yield scope

async def main():
    g = limited()
    print(await anext(g))                   # -> 1
    await sleep(10)                         # not cancelled here
    print(await anext(g))                   # -> expired
    g = limited()
    print(await anext(g), await anext(g))   # -> 1 2
    async def elsewhere():
        print(await anext(g))               # another task goes on with it
    async with TaskGroup() as tg:
        tg.start_soon(elsewhere)            # -> expired
    # A plain generator too: cancelling its scope cancels nobody while it is suspended.
    p = plain()
    scope = next(p)
    scope.cancel()
    await sleep(1)
    print(next(p) is scope, skein.current_effective_deadline())   # -> True inf
    p.close()
    # What a context manager leaves open is its user's.
    with open_for_the_caller() as scope:
        scope.cancel()
        await sleep(1)
        print("never")
    print(scope.cancelled_caught)           # -> True
    def by_hand():
        with CancelScope() as s:
            yield s
    gen = sys.allow_scope_yield(by_hand())
    s = next(gen)
    s.cancel()
    try:
        await sleep(1)
    except skein.Cancelled:
        print("it is ours")                 # -> it is ours
    gen.close()
    # A group is never left open.
    try:
        async for _ in hidden_by_stack():
            pass
    except* skein.YieldInTaskGroupError as eg:
        print(str(eg.exceptions[0]).split(" opened at ")[0])   # -> generator 'hidden_by_stack' cannot yield while the task group

async def hidden_by_stack():
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(TaskGroup())
        yield 1

skein.run(main, clock=VirtualClock())
