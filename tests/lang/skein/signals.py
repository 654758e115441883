# Ctrl-C cancels the tree with a reason; SIGUSR1 shows the tasks; a handler of the program's own is no deadlock.
import io, os, signal, sys
import skein

async def child(n):
    try:
        await skein.sleep_forever()
    except skein.Cancelled as e:
        print("child", n, e)
        raise

async def tree():
    async with TaskGroup() as tg:
        for n in range(2):
            tg.create_task(child(n))
        await skein.sleep(0)
        os.kill(os.getpid(), signal.SIGINT)
        await skein.sleep_forever()

try:
    skein.run(tree)
except KeyboardInterrupt:
    print("interrupted")
# -> child 0 cancelled: signal: Ctrl-C
# -> child 1 cancelled: signal: Ctrl-C
# -> interrupted

async def twice():
    with CancelScope(shield=True):
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            await skein.sleep(0)
        print("never")
try:
    skein.run(twice)
except KeyboardInterrupt:
    print("the second one is not held back")     # -> the second one is not held back

async def shows():
    async with TaskGroup() as tg:
        tg.create_task(skein.sleep_forever(), name="sleeper")
        await skein.sleep(0)
        err, sys.stderr = sys.stderr, io.StringIO()
        os.kill(os.getpid(), signal.SIGUSR1)
        await skein.sleep(0)
        text, sys.stderr = sys.stderr.getvalue(), err
        tg.cancel()
    for line in text.splitlines():
        print(line.split(" at ")[0])
skein.run(shows, name="main")
# -> 2 tasks:
# ->   task 'main' runs
# ->   task 'sleeper' waits for sleep_forever

async def woken_by_signal():
    event = skein.Event()
    signal.signal(signal.SIGALRM, lambda *a: event.set())
    signal.setitimer(signal.ITIMER_REAL, 0.05) if hasattr(signal, "setitimer") else signal.alarm(1)
    await event.wait()
    print("woken")
skein.run(woken_by_signal)                       # -> woken
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.getsignal(signal.SIGUSR1) is signal.SIG_DFL)   # -> True True
