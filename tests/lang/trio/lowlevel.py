# trio.lowlevel: parking, rescheduling, run variables, tokens, system tasks.
import contextvars
import trio
from trio import lowlevel
from trio.testing import wait_all_tasks_blocked


class Value:
    """As outcome.Value."""

    def __init__(self, value):
        self.value = value

    def unwrap(self):
        return self.value


class Error(Value):
    def unwrap(self):
        raise self.value


async def rescheduling():
    tasks = {}
    asked = []

    async def sleeper(name, answer):
        tasks[name] = lowlevel.current_task()

        def abort(raise_cancel):
            asked.append(name)
            return answer
        try:
            print(name, await lowlevel.wait_task_rescheduled(abort))
        except (ValueError, trio.Cancelled) as exc:
            print(name, type(exc).__name__)
            if isinstance(exc, trio.Cancelled):
                raise

    async with trio.open_nursery() as nursery:
        for name, answer in (("value", lowlevel.Abort.SUCCEEDED), ("error", lowlevel.Abort.SUCCEEDED),
                             ("cancelled", lowlevel.Abort.SUCCEEDED), ("stubborn", lowlevel.Abort.FAILED)):
            nursery.start_soon(sleeper, name, answer)
        await wait_all_tasks_blocked()
        lowlevel.reschedule(tasks["value"], Value(1))       # -> value 1
        await wait_all_tasks_blocked()
        lowlevel.reschedule(tasks["error"], Error(ValueError()))   # -> error ValueError
        await wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()                       # -> cancelled Cancelled
        with trio.CancelScope(shield=True):
            await wait_all_tasks_blocked()
        print(sorted(asked))                                # -> ['cancelled', 'stubborn']
        lowlevel.reschedule(tasks["stubborn"], Value("kept"))      # -> stubborn kept
    # a wait that starts when the cancel is there already is asked too
    with trio.CancelScope() as scope:
        scope.cancel()
        me = lowlevel.current_task()

        def abort(raise_cancel):
            lowlevel.current_trio_token().run_sync_soon(lowlevel.reschedule, me, Value("waited"))
            return lowlevel.Abort.FAILED
        print(await lowlevel.wait_task_rescheduled(abort))  # -> waited


async def lots():
    lot, other = lowlevel.ParkingLot(), lowlevel.ParkingLot()
    log = []

    async def parked(n):
        await lot.park()
        log.append(n)

    async with trio.open_nursery() as nursery:
        for n in range(6):
            nursery.start_soon(parked, n)
            await wait_all_tasks_blocked()
        print(len(lot), bool(other), lot.statistics())      # -> 6 False ParkingLotStatistics(tasks_waiting=6)
        lot.unpark(count=2)
        await wait_all_tasks_blocked()
        print(log)                                          # -> [0, 1]
        lot.repark(other, count=2)
        lot.unpark_all()
        await wait_all_tasks_blocked()
        print(log, len(other))                              # -> [0, 1, 4, 5] 2
        other.repark_all(lot)
        print(len(lot), len(other), len(lot.unpark()))      # -> 2 0 1
        lot.unpark_all()
    lot.break_lot()
    try:
        await lot.park()
    except trio.BrokenResourceError as exc:
        print(str(exc).split(" by ")[0])                    # -> Attempted to park in parking lot broken


async def variables():
    var = lowlevel.RunVar("var", "default")
    bare = lowlevel.RunVar("bare")
    print(var.get(), var.get("given"), bare.get(None), var)  # -> default given None <RunVar name='var'>
    try:
        bare.get()
    except LookupError as exc:
        print(exc)                                          # -> <RunVar name='bare'>
    token = var.set(1)
    var.set(2)
    print(var.get())                                        # -> 2
    var.reset(token)
    print(var.get())                                        # -> default
    try:
        var.reset(token)
    except ValueError as exc:
        print(exc)                                          # -> token has already been used
    var.set("seen only in this run")


async def next_run():
    var = lowlevel.RunVar("var", "default")
    print(var.get(), lowlevel.in_trio_run(), lowlevel.in_trio_task())   # -> default True True


for main in (rescheduling, lots, variables, next_run):
    trio.run(main)


async def tokens():
    token = lowlevel.current_trio_token()
    print(token is lowlevel.current_trio_token())           # -> True
    log = []
    for _ in range(3):
        token.run_sync_soon(log.append, "many")
        token.run_sync_soon(log.append, "once", idempotent=True)
    await wait_all_tasks_blocked()
    print(sorted(log))                                      # -> ['many', 'many', 'many', 'once']
    return token


token = trio.run(tokens)
try:
    token.run_sync_soon(print)
except trio.RunFinishedError as exc:
    print(exc)                                              # -> run() has exited


async def system_tasks():
    var = contextvars.ContextVar("var", default="system")
    var.set("mine")
    log = []

    async def helper():
        log.append(var.get())
        try:
            await trio.sleep_forever()
        finally:
            log.append("cancelled at the end")

    task = lowlevel.spawn_system_task(helper, name="helper")
    await wait_all_tasks_blocked()
    print(task.name, log, task.parent_nursery is not lowlevel.current_task().parent_nursery)   # -> helper ['system'] True
    return log


async def crash():
    async def failing():
        raise ValueError("system")
    lowlevel.spawn_system_task(failing)
    await trio.sleep_forever()


print(trio.run(system_tasks))                               # -> ['system', 'cancelled at the end']
try:
    trio.run(crash)
except trio.TrioInternalError as exc:
    cause = exc.__cause__
    while isinstance(cause, BaseExceptionGroup):
        cause = cause.exceptions[0]
    print(type(exc).__name__, repr(cause))                  # -> TrioInternalError ValueError('system')
print(lowlevel.in_trio_run(), lowlevel.in_trio_task())      # -> False False
for outside in (trio.current_time, lowlevel.current_task, lowlevel.current_trio_token, lowlevel.RunVar("x").get):
    try:
        outside()
    except RuntimeError as exc:
        print(exc)
# -> must be called from async context
# -> must be called from async context
# -> must be called from async context
# -> Cannot be used outside of a run context
