"""A race in which the runners start one after the other."""

__all__ = ("staggered_race",)

from . import events, exceptions, tasks


class _Race:

    def __init__(self, loop):
        self.loop = loop
        self.running = []
        self.errors = []
        self.result = self.winner = None
        self.next_may_start = None      # future: the newest runner failed, or somebody won

    async def attempt(self, index, fn):
        try:
            result = await fn()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self.errors[index] = exc
            if index == len(self.errors) - 1:
                tasks._release_waiter(self.next_may_start)
            return
        if self.winner is None:
            self.winner, self.result = index, result
            for i, task in enumerate(self.running):
                if i != index:
                    task.cancel()
            tasks._release_waiter(self.next_may_start)

    def start(self, fn):
        self.errors.append(None)
        self.next_may_start = self.loop.create_future()
        self.running.append(self.loop.create_task(self.attempt(len(self.running), fn)))

    async def run(self, coro_fns, delay):
        for fn in coro_fns:
            if self.running:
                await tasks.wait([self.next_may_start], timeout=delay)
            if self.winner is not None:
                break
            self.start(fn)
        if self.running:
            await tasks.wait(self.running)

    async def cancel(self):
        for task in self.running:
            task.cancel()
        while left := [task for task in self.running if not task.done()]:
            try:
                await tasks.wait(left)
            except exceptions.CancelledError:
                pass        # we are being cancelled already


async def staggered_race(coro_fns, delay, *, loop=None):
    """Starts the coroutine functions one by one; the first result wins and the others are cancelled.

    The next one starts when the one before it failed or after |delay| seconds (None: only then). Returns (result, index
    of the winner, list of each starter's exception or None); result and index are None when all failed.
    """
    race = _Race(loop or events.get_running_loop())
    try:
        await race.run(coro_fns, delay)
    finally:
        await race.cancel()
    for task in race.running:
        task.result()       # SystemExit and KeyboardInterrupt
    return race.result, race.winner, race.errors
