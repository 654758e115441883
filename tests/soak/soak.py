"""Soak: random trees of tasks in all three faces, and an account of every error raised.

    skein tests/soak/soak.py [SECONDS [SEED]]         default: 10 seconds, seed 1

Each round grows a tree of task groups in one face.  Its tasks sleep, fail, fail again while they are being cancelled, cancel
their group, run out of time, shield themselves, start services.  Each error has a number, noted when it is raised.  The account:

 - at every join no error is in the group twice;
 - an error that is handled was raised and not handled before;
 - at the end of a round every error has been handled, or hangs on one that was (__context__, __cause__), or was reported by
   the face (asyncio's exception handler);
 - no task is left, and memory does not grow.

Prints one line per face and ends with status 0, or with the seed of the round that broke the account.
"""

import asyncio
import gc
import random
import sys
import time

import skein
import trio


class Boom(Exception):
    """An error with a number."""


class Account:
    """Errors that were raised and not yet handled."""

    def __init__(self):
        self.pending = set()  # raised, not yet handled
        self.hanging = set()  # seen on another error: as __context__ or __cause__
        self.raised = 0

    def boom(self):
        self.raised += 1
        self.pending.add(self.raised)
        return Boom(self.raised)

    def joined(self, exc):
        numbers = [leaf.args[0] for leaf in leaves(exc) if type(leaf) is Boom]
        if len(numbers) != len(set(numbers)):
            raise Broken(f"twice in one group: {numbers}")

    def handled(self, exc):
        self.hanging.update(reachable(exc))
        for leaf in leaves(exc):
            if type(leaf) is Boom:
                if leaf.args[0] not in self.pending:
                    raise Broken(f"{leaf!r} was handled before, or never raised")
                self.pending.remove(leaf.args[0])

    def lost(self):
        return sorted(self.pending - self.hanging)


class Broken(BaseException):
    """The account does not balance."""


def leaves(exc):
    stack = [exc]
    while stack:
        exc = stack.pop()
        if isinstance(exc, BaseExceptionGroup):
            stack.extend(exc.exceptions)
        else:
            yield exc


def reachable(exc):
    # numbers of all errors in exc, through groups, contexts and causes
    seen, stack = set(), [exc]
    while stack:
        exc = stack.pop()
        if exc is None or id(exc) in seen:
            continue
        seen.add(id(exc))
        if type(exc) is Boom:
            yield exc.args[0]
        if isinstance(exc, BaseExceptionGroup):
            stack.extend(exc.exceptions)
        stack += (exc.__context__, exc.__cause__)


# ---- the faces -------------------------------------------------------------------------------------------------------------


class Trio:
    name = "trio"
    keeps_masked = False  # an error in flight that meets a cancel in its cleanup is lost, as in Trio

    group = staticmethod(trio.open_nursery)
    sleep = staticmethod(trio.sleep)
    fail_after = staticmethod(trio.fail_after)
    move_on_after = staticmethod(trio.move_on_after)

    def spawn(self, group, fn, *args):
        group.start_soon(fn, *args)

    def cancel(self, group, account):
        group.cancel_scope.cancel()

    def shield(self):
        return trio.CancelScope(shield=True)

    async def start(self, group, tree):
        async def service(*, task_status):
            await tree.leaf(depth=9)
            task_status.started("up")
            await tree.leaf(depth=9)
        try:
            await group.start(service)
        except RuntimeError as exc:
            if "without calling" not in str(exc):
                raise

    def run(self, main, account):
        trio.run(main)


class Skein:
    name = "skein"
    keeps_masked = True

    sleep = staticmethod(skein.sleep)
    fail_after = staticmethod(skein.fail_after)
    move_on_after = staticmethod(skein.move_on_after)

    def __init__(self, rnd):
        self.rnd = rnd

    def group(self):
        limit = self.rnd.choice((None, None, 1, 2))
        on_error = "continue" if self.rnd.random() < 0.2 else "cancel"
        return skein.TaskGroup(on_error=on_error) if limit is None else skein.TaskGroup(limit=limit, on_error=on_error)

    def spawn(self, group, fn, *args):
        group.create_task(fn, *args, daemon=self.rnd.random() < 0.1)

    def cancel(self, group, account):
        group.cancel("soak")

    def shield(self):
        return skein.CancelScope(shield=True)

    start = Trio.start

    def run(self, main, account):
        skein.run(main)


class Asyncio:
    name = "asyncio"
    keeps_masked = False

    group = staticmethod(asyncio.TaskGroup)
    sleep = staticmethod(asyncio.sleep)
    fail_after = staticmethod(asyncio.timeout)

    def __init__(self, rnd):
        self.rnd = rnd

    def spawn(self, group, fn, *args):
        group.create_task(fn(*args))

    def cancel(self, group, account):
        async def end():
            raise account.boom()
        group.create_task(end())

    def move_on_after(self, seconds):
        return _MoveOn(seconds)

    def shield(self):
        return _Nothing()

    async def start(self, group, tree):
        # A task that nobody awaits: its error is reported.  (Awaiting it would not do for an account: a task that is cancelled
        # between the end of what it awaits and its own next step drops the error, as in CPython; so do gather() and shield().)
        asyncio.ensure_future(tree.leaf(depth=9))
        await tree.leaf(depth=9)

    def run(self, main, account):
        def report(loop, context):
            if context.get("exception") is not None:
                account.handled(context["exception"])

        async def with_handler():
            asyncio.get_running_loop().set_exception_handler(report)
            await main()
            gc.collect()  # forgotten errors are told of when their tasks are collected
        asyncio.run(with_handler())


class _MoveOn:
    # a timeout that is no error
    def __init__(self, seconds):
        self.timeout = asyncio.timeout(seconds)

    async def __aenter__(self):
        await self.timeout.__aenter__()

    async def __aexit__(self, *exc):
        try:
            return await self.timeout.__aexit__(*exc)
        except TimeoutError:
            return True


class _Nothing:
    def __enter__(self):
        pass

    def __exit__(self, *exc):
        return False


# ---- the tree ---------------------------------------------------------------------------------------------------------------


class Tree:
    """One round."""

    def __init__(self, face, account, rnd):
        self.face = face
        self.account = account
        self.rnd = rnd

    def short(self):
        return self.rnd.choice((0, 0, 0.0002, 0.0005, 0.001))

    async def leaf(self, depth):
        rnd, face = self.rnd, self.face
        kind = rnd.random()
        if kind < 0.15:
            return
        if kind < 0.4:
            await face.sleep(self.short())
            return
        if kind < 0.6:
            if rnd.random() < 0.5:
                await face.sleep(self.short())
            raise self.account.boom()
        try:
            await face.sleep(0.002)
        finally:
            await self.cleanup()

    async def cleanup(self):
        rnd, face = self.rnd, self.face
        in_flight = sys.exception() is not None
        if rnd.random() < 0.5:
            with face.shield():
                if face.name != "asyncio":
                    await face.sleep(0)
        if rnd.random() < 0.3:
            raise self.account.boom()
        if rnd.random() < 0.3 and (face.keeps_masked or not in_flight):
            await face.sleep(0)

    async def branch(self, depth):
        rnd = self.rnd
        try:
            kind = rnd.random()
            if kind < 0.2:
                await self.limited(self.face.fail_after(self.short() * 2), depth)
            elif kind < 0.4:
                await self.limited(self.face.move_on_after(self.short() * 2), depth)
            else:
                await self.grow(depth)
        except (TimeoutError, trio.TooSlowError) as exc:
            self.account.handled(exc)
        except ExceptionGroup as exc:
            self.account.joined(exc)
            if rnd.random() < 0.5:
                raise
            if rnd.random() < 0.2:
                raise self.account.boom()  # what was not handled hangs on it
            self.account.handled(exc)
        except BaseExceptionGroup as exc:
            self.account.joined(exc)
            raise

    async def limited(self, limit, depth):
        if hasattr(limit, "__aenter__"):
            async with limit:
                await self.grow(depth)
        else:
            with limit:
                await self.grow(depth)

    async def grow(self, depth):
        rnd, face = self.rnd, self.face
        try:
            async with face.group() as group:
                for _ in range(rnd.randint(1, 4)):
                    fn = self.branch if depth < 4 and rnd.random() < 0.4 else self.leaf
                    face.spawn(group, fn, depth + 1)
                await self.body(group)
        except* OSError:
            raise Broken("nobody raises an OSError")

    async def body(self, group):
        rnd, face = self.rnd, self.face
        kind = rnd.random()
        if kind < 0.3:
            await face.sleep(self.short())
        elif kind < 0.45:
            raise self.account.boom()
        elif kind < 0.6:
            face.cancel(group, self.account)
        elif kind < 0.75:
            await face.start(group, self)
        elif kind < 0.85:
            await self.branch(depth=3)


def play(face, account, rnd):
    """One round; Broken if the account does not balance."""
    tree = Tree(face, account, rnd)

    async def main():
        await tree.branch(0)

    try:
        face.run(main, account)
    except (Boom, BaseExceptionGroup) as exc:
        account.joined(exc)
        account.handled(exc)
    if account.lost():
        gc.collect()
    if account.lost():
        raise Broken(f"lost: {account.lost()}")


# ---- memory -------------------------------------------------------------------------------------------------------------------


def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


def main(seconds, seed):
    rounds = {"trio": 0, "skein": 0, "asyncio": 0}
    errors = dict.fromkeys(rounds, 0)
    begun = time.monotonic()
    base = None
    while (spent := time.monotonic() - begun) < seconds:
        rnd = random.Random(seed)
        name = rnd.choice(list(rounds))
        face = {"trio": lambda: Trio(), "skein": lambda: Skein(rnd), "asyncio": lambda: Asyncio(rnd)}[name]()
        account = Account()
        try:
            play(face, account, rnd)
        except BaseException:
            print(f"seed {seed}, face {name}:", flush=True)
            raise
        rounds[name] += 1
        errors[name] += account.raised
        seed += 1
        if base is None and spent > seconds * 0.3:
            gc.collect()
            base = resident()
    gc.collect()
    grown = resident() - (base or resident())
    for name in rounds:
        print(f"{name}: {rounds[name]} rounds, {errors[name]} errors accounted for")
    print(f"memory: {grown / 1e6:+.1f} MB")
    return 1 if grown > 8e6 else 0


if __name__ == "__main__":
    numbers = sys.argv[1:]
    sys.exit(main(float(numbers[0]) if numbers else 10.0, int(numbers[1]) if len(numbers) > 1 else 1))
