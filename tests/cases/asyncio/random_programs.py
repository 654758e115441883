# Random programs of tasks: groups, gathers, shields, locks, queues, timeouts, cancels from everywhere.  What happened in which pass of
# the ready queue is written down; one line a seed: how many events, and a checksum of them.  The order within a pass is left out:
# CPython cancels the members of a group in the order of a set.
# skip: stress
import asyncio, random, sys, warnings
warnings.simplefilter("ignore")
log = []
class Err(Exception): pass
def show(e):
    if isinstance(e, BaseExceptionGroup): return (type(e).__name__, tuple(show(x) for x in e.exceptions))
    return (type(e).__name__,) + tuple(map(str, e.args))
async def main(seed):
    ticks = 0
    names = 0
    evs = [asyncio.Event() for _ in range(3)]
    locks = [asyncio.Lock() for _ in range(2)]
    sems = [asyncio.Semaphore(1), asyncio.Semaphore(2)]
    qs = [asyncio.Queue(1), asyncio.Queue(), asyncio.PriorityQueue(2)]
    conds = [asyncio.Condition()]
    tasks = []
    def out(*a): log.append((ticks,) + a)
    def newname(parent):
        nonlocal names; names += 1; return f"{parent}.{names}"
    async def run(name, depth):
        rng = random.Random(f"{seed}/{name}")
        out(name, "start")
        try:
            for step in range(rng.randrange(1, 6)):
                r = await op(name, depth, rng, step)
                out(name, step, "->", r)
        except BaseException as e:
            out(name, "ends with", show(e), asyncio.current_task().cancelling())
            raise
        out(name, "returns")
        return name
    def spawn(name, depth, rng):
        n = newname(name)
        t = asyncio.create_task(run(n, depth - 1), name=n)
        tasks.append(t)
        return t
    async def op(name, depth, rng, step):
        k = rng.randrange(26)
        if k <= 2:
            for _ in range(rng.randrange(1, 4)): await asyncio.sleep(0)
            return "slept"
        if k == 3: await rng.choice(evs).wait(); return "ev"
        if k == 4: rng.choice(evs).set(); return "set"
        if k == 5: rng.choice(evs).clear(); return "clear"
        if k == 6:
            async with rng.choice(locks):
                out(name, step, "locked"); await asyncio.sleep(0)
                if rng.random() < .3: await rng.choice(evs).wait()
            return "lock"
        if k == 7:
            async with rng.choice(sems):
                out(name, step, "sem"); await asyncio.sleep(0)
            return "sem"
        if k == 8: await rng.choice(qs).put(rng.randrange(100)); return "put"
        if k == 9: return "got", await rng.choice(qs).get()
        if k == 10 and depth > 0: spawn(name, depth, rng); return "spawn"
        if k == 11 and depth > 0:
            t = spawn(name, depth, rng)
            try: return "joined", await t
            except Err as e: return "join err", show(e)
        if k in (12, 13, 14, 23) and depth > 0:
            try:
                async with asyncio.TaskGroup() as tg:
                    for _ in range(rng.randrange(0, 4)):
                        n = newname(name); tasks.append(tg.create_task(run(n, depth - 1), name=n))
                    if rng.random() < .5: await asyncio.sleep(0)
                    if rng.random() < .3: await rng.choice(evs).wait()
                    if rng.random() < .2: raise Err("body")
                return "tg ok"
            except* Err as e: return_value = show(e)
            return "tg", return_value
        if k in (15, 16) and tasks:
            t = rng.choice(tasks); out(name, step, "cancels", t.get_name(), t.cancel(f"by {name}")); return "cancelled"
        if k == 17 and depth > 0:
            r = await asyncio.gather(*(run(newname(name), depth - 1) for _ in range(rng.randrange(0, 3))), return_exceptions=True)
            return "gather", [show(x) if isinstance(x, BaseException) else x for x in r]
        if k == 18 and depth > 0:
            try: return "gather2", await asyncio.gather(*(run(newname(name), depth - 1) for _ in range(2)))
            except Err as e: return "gather2", show(e)
        if k == 19 and depth > 0:
            t = spawn(name, depth, rng)
            try: return "shield", await asyncio.shield(t)
            except Err as e: return "shield", show(e)
        if k == 20: raise Err(f"{name}:{step}")
        if k == 21:
            try:
                await rng.choice(evs).wait(); return "guarded"
            except asyncio.CancelledError as e:
                if rng.random() < .5: raise
                out(name, step, "swallows", e.args, asyncio.current_task().uncancel() if rng.random() < .5 else None)
                await asyncio.sleep(0)
                return "swallowed"
        if k == 22:
            try:
                async with asyncio.timeout(None if rng.random() < .5 else 1000) as cm:
                    await asyncio.sleep(0); await rng.choice(evs).wait()
                return "timeout", cm.expired()
            finally: out(name, step, "timeout left")
        if k == 24:
            try: await asyncio.wait_for(rng.choice(evs).wait(), 1000 if rng.random() < .7 else 0); return "wf"
            except TimeoutError: return "wf timeout"
        if k == 25:
            c = conds[0]
            async with c:
                if rng.random() < .5: c.notify(rng.randrange(1, 3)); return "notified"
                await c.wait(); return "cond"
        return "nothing"
    tops = [asyncio.create_task(run(f"T{i}", 3), name=f"T{i}") for i in range(4)]
    tasks.extend(tops)
    for ticks in range(1, 120):
        await asyncio.sleep(0)
        if ticks % 17 == 0: evs[ticks % 3].set()
        if ticks % 23 == 0: evs[ticks % 3].clear()
        if ticks == 60:
            for t in list(tasks): t.cancel("sweep")
        if ticks == 90:
            for t in asyncio.all_tasks():
                pass
            for t in list(tasks): t.cancel("sweep2")
    for t in tasks:
        out(t.get_name(), "state", t.done(), t.cancelled(), t.cancelling(), show(t.exception()) if t.done() and not t.cancelled() and t.exception() else None)

async def guard(seed):
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)     # errors nobody asked for
    await main(seed)
    for t in asyncio.all_tasks():
        if t is not asyncio.current_task():
            t.cancel()

for seed in map(int, sys.argv[1:] or range(1, 13)):
    log.clear()
    try:
        asyncio.run(guard(seed))
    except BaseException as e:
        log.append(("run", show(e)))
    lines = sorted(" ".join(map(str, l)) for l in log)
    if len(sys.argv) > 1:
        print(*lines, sep="\n")
    print(seed, len(lines), int.from_bytes("\n".join(lines).encode()) % (2**61 - 1))
