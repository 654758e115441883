# Cancel scopes: deadlines that move, shields that are lowered, wrong arguments.
import math
import trio
from trio.testing import MockClock, wait_all_tasks_blocked


async def relative():
    s = trio.CancelScope(relative_deadline=3)
    print(s.is_relative(), s.relative_deadline)    # -> True 3.0
    await trio.sleep(2)
    with s:
        print(s.is_relative(), s.deadline - trio.current_time(), s.relative_deadline)   # -> None 3.0 3.0
        s.relative_deadline = 1
        t0 = trio.current_time()
        await trio.sleep_forever()
    print(trio.current_time() - t0, s.cancelled_caught)    # -> 1.0 True


async def shield_is_lowered():
    log = []

    async def child(scope):
        with trio.CancelScope(shield=True) as shield:
            scope.append(shield)
            await trio.sleep_forever()

    async with trio.open_nursery() as nursery:
        held = []
        nursery.start_soon(child, held)
        await wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()
        with trio.CancelScope(shield=True):
            await trio.sleep(1)
            print(len(nursery.child_tasks))        # -> 1
            held[0].shield = False
            await trio.sleep(0)
            await trio.sleep(0)
            print(len(nursery.child_tasks))        # -> 0
    try:
        held[0].shield = 1
    except TypeError as exc:
        print(exc)                                 # -> shield must be a bool


async def inner_catches_first():
    with trio.CancelScope() as outer:
        with trio.CancelScope() as inner:
            inner.cancel()
            outer.cancel()
            await trio.sleep(0)
        await trio.sleep(0)
        print("never")
    print(outer.cancelled_caught, inner.cancelled_caught)      # -> True False


async def effective_deadline():
    print(trio.current_effective_deadline())       # -> inf
    with trio.move_on_at(20):
        with trio.fail_at(30):
            print(trio.current_effective_deadline())           # -> 20.0
            with trio.CancelScope(shield=True, deadline=40):
                print(trio.current_effective_deadline())       # -> 40.0


async def wrong():
    nan = float("nan")
    for fn, value in ((trio.sleep, -1), (trio.sleep, nan), (trio.sleep_until, nan)):
        try:
            await fn(value)
        except ValueError as exc:
            print(exc)
    # -> `seconds` must be non-negative
    # -> `seconds` must not be NaN
    # -> deadline must not be NaN
    for fn, value in ((trio.fail_after, -1), (trio.fail_after, nan), (trio.fail_at, nan), (trio.move_on_after, -1),
                      (trio.move_on_after, nan), (trio.move_on_at, nan)):
        try:
            with fn(value):
                pass
        except ValueError as exc:
            print(exc)
    # -> `seconds` must be non-negative
    # -> `seconds` must not be NaN
    # -> deadline must not be NaN
    # -> `seconds` must be non-negative
    # -> `seconds` must not be NaN
    # -> deadline must not be NaN


async def errors_pass():
    # what is raised while a cancel unwinds is not absorbed, and what the scope absorbs is taken out of groups
    with trio.CancelScope() as scope:
        scope.cancel()
        try:
            try:
                await trio.sleep(0)
            finally:
                raise KeyError("cleanup")
        except KeyError as exc:
            print(repr(exc), type(exc.__context__).__name__)   # -> KeyError('cleanup') Cancelled
    print(scope.cancelled_caught)                  # -> False

    async def failing():
        try:
            await trio.sleep_forever()
        finally:
            raise ValueError("mine")
    try:
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(failing)
                nursery.start_soon(trio.sleep_forever)
                await wait_all_tasks_blocked()
                scope.cancel()
    except* ValueError as group:
        print(group.exceptions)                    # -> (ValueError('mine'),)
    print(scope.cancelled_caught)                  # -> True


for main in (relative, shield_is_lowered, inner_catches_first, effective_deadline, wrong, errors_pass):
    trio.run(main, clock=MockClock(autojump_threshold=0))
print(math.inf == trio.CancelScope().deadline)     # -> True
