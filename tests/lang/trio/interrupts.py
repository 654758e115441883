# Ctrl-C: KeyboardInterrupt in the main task; in the running code if that is the program's own.
import signal
import trio
import trio.testing


async def waiting():
    async def sender():
        await trio.testing.wait_all_tasks_blocked()
        trio.lowlevel.current_trio_token().run_sync_soon(signal.raise_signal, signal.SIGINT)
        await trio.sleep_forever()
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(sender)
            try:
                await trio.sleep_forever()
            except KeyboardInterrupt:
                print("main was told")
                raise
    except* KeyboardInterrupt as group:
        print(group.exceptions)

trio.run(waiting)
# -> main was told
# -> (KeyboardInterrupt(),)


async def joining():
    # the main task stands at the end of its nursery
    async def sender():
        await trio.testing.wait_all_tasks_blocked()
        trio.lowlevel.current_trio_token().run_sync_soon(signal.raise_signal, signal.SIGINT)
        await trio.sleep_forever()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(sender)

try:
    trio.run(joining)
except BaseExceptionGroup as group:
    print(group.exceptions)                        # -> (KeyboardInterrupt(),)


async def in_code():
    try:
        signal.raise_signal(signal.SIGINT)
        print("never")
    except KeyboardInterrupt:
        print("at once")                           # -> at once

trio.run(in_code)


async def at_checkpoints():
    signal.raise_signal(signal.SIGINT)
    print("not yet")                               # -> not yet
    await trio.sleep(1)
    print("never")

try:
    trio.run(at_checkpoints, restrict_keyboard_interrupt_to_checkpoints=True)
except KeyboardInterrupt:
    print("at the checkpoint")                     # -> at the checkpoint
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)   # -> True


async def receiver():
    with trio.open_signal_receiver(signal.SIGUSR1, signal.SIGUSR2) as signals:
        signal.raise_signal(signal.SIGUSR1)
        signal.raise_signal(signal.SIGUSR1)
        signal.raise_signal(signal.SIGUSR2)
        got = []
        async for signum in signals:
            got.append(signal.Signals(signum).name)
            if len(got) == 2:
                break
        print(sorted(got))                         # -> ['SIGUSR1', 'SIGUSR2']
        with trio.move_on_after(0.01) as scope:
            await anext(signals)
        print(scope.cancelled_caught)              # -> True
    print(signal.getsignal(signal.SIGUSR1) == signal.SIG_DFL)   # -> True

trio.run(receiver)
