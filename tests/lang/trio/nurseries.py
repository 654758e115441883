# Nurseries: names, late arrivals, start() in all its endings, groups in groups.
import functools
import trio
from trio import lowlevel


class Thing:
    async def method(self):
        print(lowlevel.current_task().name)


async def named(x=None):
    print(lowlevel.current_task().name)


async def names():
    async def inner():
        print(lowlevel.current_task().name)
    for fn, kwargs in ((named, {}), (functools.partial(named, 1), {}), (Thing().method, {}), (inner, {}), (named, {"name": "given"}),
                       (named, {"name": inner})):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(fn, **kwargs)
    # -> __main__.named
    # -> __main__.named
    # -> __main__.Thing.method
    # -> __main__.names.<locals>.inner
    # -> given
    # -> __main__.names.<locals>.inner


async def late():
    # a child may start others as long as it lives, also when the body has ended
    async def child(n):
        await trio.sleep(0)
        if n:
            nursery.start_soon(child, n - 1)
        else:
            print("last")                          # -> last
    async with trio.open_nursery() as nursery:
        nursery.start_soon(child, 3)


async def starting():
    async def service(a, *, task_status=trio.TASK_STATUS_IGNORED):
        await trio.sleep(0)
        task_status.started(a + 1)
        await trio.sleep_forever()

    async with trio.open_nursery() as nursery:
        print(await nursery.start(service, 1), await nursery.start(service, 2, name="other"))   # -> 2 3
        print(sorted(t.name.rpartition(".")[2] for t in nursery.child_tasks))                   # -> ['other', 'service']
        nursery.cancel_scope.cancel()
    # without start() the same function needs no status
    with trio.move_on_after(0.01) as scope:
        await service(1)
    print(scope.cancelled_caught)                  # -> True

    # until started() the child sees the caller's scopes, afterwards the nursery's
    async def moving(*, task_status):
        try:
            task_status.started()
            await trio.sleep(0.02)
            print("outlived the caller's scope")   # -> outlived the caller's scope
        except trio.Cancelled:
            print("never")
            raise
    async with trio.open_nursery() as nursery:
        with trio.CancelScope() as scope:
            await nursery.start(moving)
            scope.cancel()


async def many_errors():
    async def fail(exc):
        raise exc
    try:
        async with trio.open_nursery() as outer:
            outer.start_soon(fail, ValueError(1))
            async with trio.open_nursery() as inner:
                inner.start_soon(fail, KeyError(2))
                inner.start_soon(fail, SystemExit(3))
    except BaseExceptionGroup as group:
        print(type(group).__name__, [type(e).__name__ for e in group.exceptions])
        print(sorted(repr(e) for e in leaves(group)))
    # -> BaseExceptionGroup ['ValueError', 'BaseExceptionGroup']
    # -> ['KeyError(2)', 'SystemExit(3)', 'ValueError(1)']


def leaves(exc):
    if isinstance(exc, BaseExceptionGroup):
        for member in exc.exceptions:
            yield from leaves(member)
    else:
        yield exc


async def body_is_first_to_know():
    # the body's own scope is the nursery's: a failing child cancels the body
    async def fail():
        raise ValueError
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(fail)
            try:
                await trio.sleep_forever()
            except trio.Cancelled as exc:
                print(exc.source)                  # -> nursery
                raise
    except* ValueError:
        print(nursery.cancel_scope.cancel_called, nursery.cancel_scope.cancelled_caught)    # -> True True


async def wrong():
    def plain():
        pass

    async def gen():
        yield
    async with trio.open_nursery() as nursery:
        for fn in (plain, gen, 5, named()):
            try:
                nursery.start_soon(fn)
            except TypeError as exc:
                print(str(exc).split(" ")[:5])
    # -> ['Trio', 'expected', 'an', 'async', 'function,']
    # -> ['start_soon', 'expected', 'an', 'async', 'function']
    # -> ['Trio', 'was', 'expecting', 'an', 'async']
    # -> ['Trio', 'was', 'expecting', 'an', 'async']
    try:
        trio.open_nursery(strict_exception_groups=False)
    except NotImplementedError:
        print("strict only")                       # -> strict only
    try:
        trio.run(named, strict_exception_groups=False)
    except NotImplementedError:
        print("strict only")                       # -> strict only


async def tasks_of_a_nursery():
    async with trio.open_nursery() as nursery:
        async def child():
            async with trio.open_nursery() as mine:
                me = lowlevel.current_task()
                print(me.parent_nursery is nursery, me.child_nurseries == [mine], mine.parent_task is me)   # -> True True True
                print(me.coro.__name__, me.context is not None, repr(me).startswith("<Task '__main__."))    # -> child True True
        nursery.start_soon(child)
    print(nursery.child_tasks)                     # -> frozenset()


for main in (names, late, starting, many_errors, body_is_first_to_know, wrong, tasks_of_a_nursery):
    trio.run(main)
