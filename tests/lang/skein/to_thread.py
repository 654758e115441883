# Blocking functions in threads: results, errors, the context; a cancel waits for the thread unless it may be left alone.
import contextvars, threading, time
import skein

var = contextvars.ContextVar("var")

async def main():
    var.set("ours")
    print(await skein.to_thread(lambda a, b: (a + b, var.get(), threading.current_thread() is threading.main_thread()), 20, b=1))
    # -> (21, 'ours', False)
    try:
        await skein.to_thread(int, "x")
    except ValueError as e:
        print(e)                        # -> invalid literal for int() with base 10: 'x'
    gate = threading.Event()
    with skein.move_on_after(0.01) as scope:
        await skein.to_thread(gate.wait, abandon_on_cancel=True)
    print(scope.cancelled_caught)       # -> True
    gate.set()
    gate = threading.Event()
    async with TaskGroup() as tg:
        waits = tg.start_soon(skein.to_thread, gate.wait)
        await skein.sleep(0)
        tg.cancel()
        gate.set()
    print(waits.result())               # -> True
    async with TaskGroup() as tg:
        for i in range(5):
            tg.start_soon(skein.to_thread, pow, 2, i)
    print(tg.results())                 # -> [1, 2, 4, 8, 16]

skein.run(main)
