# to_thread and from_thread: results, errors, cancelled hosts, tokens from foreign threads, limits.
import contextvars
import threading
import trio
import trio.testing
from trio import from_thread, to_thread

var = contextvars.ContextVar("var", default="unset")


async def back_and_forth():
    var.set("host")

    async def answer(x):
        await trio.sleep(0)
        return x, var.get()

    def work():
        var.set("thread")
        got = from_thread.run(answer, 1), from_thread.run_sync(lambda: var.get())
        for fn, target in ((from_thread.run, failing), (from_thread.run_sync, failing_sync)):
            try:
                fn(target)
            except ValueError as exc:
                print(exc)
        return got
    print(await to_thread.run_sync(work), var.get())
    # -> async
    # -> sync
    # -> ((1, 'thread'), 'thread') host


async def failing():
    raise ValueError("async")


def failing_sync():
    raise ValueError("sync")


async def cancelled_host():
    log = []

    def work(started):
        from_thread.run_sync(started.set)
        try:
            while True:
                from_thread.check_cancelled()
        except trio.Cancelled:
            log.append("thread saw it")
            raise
    with trio.CancelScope() as scope:
        async with trio.open_nursery() as nursery:
            started = trio.Event()
            nursery.start_soon(to_thread.run_sync, work, started)
            await started.wait()
            scope.cancel()
    print(log, scope.cancelled_caught)             # -> ['thread saw it'] True

    def sleeps():
        try:
            from_thread.run(trio.sleep_forever)
        except trio.Cancelled:
            log.append("and was cancelled in the run")
            raise
    with trio.move_on_after(0.02) as scope:
        await to_thread.run_sync(sleeps)
    print(log[1:], scope.cancelled_caught)         # -> ['and was cancelled in the run'] True


async def limits():
    limiter = trio.CapacityLimiter(2)
    running = peak = 0
    lock = threading.Lock()

    def work():
        nonlocal running, peak
        with lock:
            running += 1
            peak = max(peak, running)
        threading.Event().wait(0.002)
        with lock:
            running -= 1
    async with trio.open_nursery() as nursery:
        for _ in range(8):
            nursery.start_soon(lambda: to_thread.run_sync(work, limiter=limiter))
    print(peak <= 2, running, limiter.borrowed_tokens, to_thread.current_default_thread_limiter().total_tokens)   # -> True 0 0 40


async def foreign_thread():
    token = trio.lowlevel.current_trio_token()
    done = trio.Event()

    def foreign():
        try:
            from_thread.run_sync(print, "never")
        except RuntimeError as exc:
            print(exc)
        print(from_thread.run(hello, trio_token=token))
        token.run_sync_soon(done.set)
    thread = threading.Thread(target=foreign)
    thread.start()
    with trio.fail_after(10):
        while not done.is_set():
            await trio.sleep(0.001)
    thread.join()
    # -> this thread wasn't created by Trio, pass kwarg trio_token=...
    # -> hello
    try:
        from_thread.run_sync(print)
    except RuntimeError as exc:
        print(exc)                                 # -> this is a blocking function; call it from a thread
    return token


async def hello():
    await trio.lowlevel.checkpoint()
    return "hello"


async def wrong():
    async def afn():
        pass
    try:
        await to_thread.run_sync(afn)
    except TypeError as exc:
        print(str(exc).split(",")[0])


async def abandoned():
    gate = threading.Event()
    seen = []

    def work():
        gate.wait()
        try:
            from_thread.check_cancelled()
        except trio.Cancelled:
            seen.append("cancelled")
    with trio.move_on_after(0.01) as scope:
        await to_thread.run_sync(work, abandon_on_cancel=True)
    print(scope.cancelled_caught)
    gate.set()
    await trio.testing.wait_all_threads_completed()
    print(seen)


for main in (back_and_forth, cancelled_host, limits):
    trio.run(main)
token = trio.run(foreign_thread)
try:
    from_thread.run(hello, trio_token=token)
except trio.RunFinishedError as exc:
    print(type(exc).__name__)                      # -> RunFinishedError
trio.run(wrong)                                    # -> Trio expected a synchronous function
trio.run(abandoned)
# -> True
# -> ['cancelled']
