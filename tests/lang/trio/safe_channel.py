# @as_safe_channel: an async generator that may open nurseries and scopes around its yields.
import trio
from trio.testing import MockClock


@trio.as_safe_channel
async def ticks(n, log):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.sleep_forever)
        try:
            for i in range(n):
                log.append(("made", i))
                yield i
                await trio.sleep(1)
        finally:
            log.append("closed")
            nursery.cancel_scope.cancel()


async def all_of_it():
    log = []
    async with ticks(3, log) as channel:
        async for value in channel:
            log.append(("got", value))
    print(log)
    # -> [('made', 0), ('got', 0), ('made', 1), ('got', 1), ('made', 2), ('got', 2), 'closed']


async def left_early():
    log = []
    async with ticks(10, log) as channel:
        print(await channel.receive())             # -> 0
    print(log)                                     # -> [('made', 0), 'closed']
    async with ticks(10, log):
        pass
    print(log[2:])                                 # -> []


@trio.as_safe_channel
async def limited():
    with trio.move_on_after(2.5):
        n = 0
        while True:
            yield n
            n += 1
            await trio.sleep(1)


async def timeout_is_the_generators():
    got = []
    async with limited() as channel:
        async for value in channel:
            got.append(value)
            await trio.sleep(0.1)
    print(got, trio.current_time())                # -> [0, 1, 2] 2.5


@trio.as_safe_channel
async def failing():
    yield 1
    raise KeyError("generator")


async def errors_of_one_side():
    try:
        async with failing() as channel:
            async for value in channel:
                pass
    except KeyError as exc:
        print(repr(exc))                           # -> KeyError('generator')
    try:
        async with ticks(3, []) as channel:
            raise ValueError("body")
    except ValueError as exc:
        print(repr(exc))                           # -> ValueError('body')


@trio.as_safe_channel
async def bad_cleanup():
    try:
        yield 1
    finally:
        raise OSError("cleanup")


async def errors_of_both():
    try:
        async with bad_cleanup() as channel:
            await channel.receive()
            raise ValueError("body")
    except RuntimeError as exc:
        print(sorted(map(repr, exc.__cause__.exceptions)))   # -> ["OSError('cleanup')", "ValueError('body')"]


async def cancelled():
    log = []
    with trio.move_on_after(1.5) as scope:
        async with ticks(10, log) as channel:
            async for value in channel:
                pass
    print(scope.cancelled_caught, log)             # -> True [('made', 0), ('made', 1), 'closed']


for main in (all_of_it, left_early, timeout_is_the_generators, errors_of_one_side, errors_of_both, cancelled):
    trio.run(main, clock=MockClock(autojump_threshold=0))
