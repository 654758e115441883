# Channels: rendezvous and buffer, closing, clones, cancelled waits leave nothing behind.
import skein
from skein import channel, move_on_after, sleep
from skein.testing import VirtualClock

async def main():
    send, receive = channel(2)
    await send.send(1)
    send.send_nowait(2)
    try:
        send.send_nowait(3)
    except skein.WouldBlock:
        print("full")                                   # -> full
    print(await receive.receive(), receive.receive_nowait())   # -> 1 2

    async def produce(end, n):
        async with end:
            for i in range(n):
                await end.send(i)
    async with TaskGroup() as tg:
        tg.create_task(produce(send.clone(), 3))
        tg.create_task(produce(send, 2))
        print(sorted([x async for x in receive]))       # -> [0, 0, 1, 1, 2]
    try:
        await send.send(1)
    except skein.ClosedResourceError:
        print("closed on this side")                    # -> closed on this side
    try:
        await receive.receive()
    except skein.EndOfChannel:
        print("no senders left")                        # -> no senders left

    send, receive = channel()
    with move_on_after(1) as scope:
        await send.send("lost")
    print(scope.cancelled_caught, send.statistics().tasks_waiting_send)          # -> True 0
    with move_on_after(1) as scope:
        await receive.receive()
    print(scope.cancelled_caught, receive.statistics().tasks_waiting_receive)    # -> True 0
    async with TaskGroup() as tg:
        waits = tg.start_soon(receive.receive)
        await sleep(1)
        send.send_nowait("given")
        tg.cancel()                                     # too late: it has the value
    print(waits.result())                               # -> given
    receive.close()
    try:
        await send.send(1)
    except skein.BrokenResourceError:
        print("nobody receives")                        # -> nobody receives
    with skein.CancelScope() as scope:
        scope.cancel()
        a, b = channel(5)
        try:
            await a.send(1)
        finally:
            print(a.statistics().current_buffer_used)   # -> 0
    channel(-1)

try:
    skein.run(main, clock=VirtualClock())
except ValueError as e:
    print(e)                                            # -> max_buffer_size must be >= 0
