# Ctrl-C cancels the main task; add_signal_handler calls back in the loop.
import asyncio
import os
import signal

async def child():
    try:
        await asyncio.sleep(3600)
    finally:
        print("child ends")

async def interrupted():
    asyncio.create_task(child())
    await asyncio.sleep(0)
    os.kill(os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(3600)
    finally:
        print("main ends")

try:
    asyncio.run(interrupted())
except KeyboardInterrupt as e:
    print(repr(e), repr(e.__context__))
# -> main ends
# -> child ends
# -> KeyboardInterrupt() CancelledError()
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)    # -> True

async def twice():
    os.kill(os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("first")
    try:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(3600)
    except KeyboardInterrupt:
        print("second")
        raise

try:
    asyncio.run(twice())
except KeyboardInterrupt:
    print("out")
# -> first
# -> second
# -> out

async def handlers():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    loop.add_signal_handler(signal.SIGUSR1, f.set_result, "usr1")
    os.kill(os.getpid(), signal.SIGUSR1)
    print(await f)                                          # -> usr1
    print(loop.remove_signal_handler(signal.SIGUSR1))       # -> True
    print(loop.remove_signal_handler(signal.SIGUSR1))       # -> False
    for sig in ("x", 999, signal.SIGKILL):
        try:
            loop.add_signal_handler(sig, print)
        except Exception as e:
            print(f"{type(e).__name__}: {e}")
    # -> TypeError: sig must be an int, not 'x'
    # -> ValueError: invalid signal number 999
    # -> RuntimeError: sig 9 cannot be caught
    try:
        loop.add_signal_handler(signal.SIGUSR1, handlers)
    except TypeError as e:
        print(e)                                            # -> coroutines cannot be used with add_signal_handler()

asyncio.run(handlers())
