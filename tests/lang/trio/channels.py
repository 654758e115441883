# Clones, closing ends under waiting tasks, receivers and senders that disappear.
import math
import trio
from trio.testing import wait_all_tasks_blocked


async def clones():
    send, receive = trio.open_memory_channel[int](1)
    send2 = send.clone()
    receive2 = receive.clone()
    print(send.statistics().open_send_channels, send.statistics().open_receive_channels)   # -> 2 2
    send.close()
    send.close()
    try:
        send.send_nowait(1)
    except trio.ClosedResourceError:
        print("closed")                            # -> closed
    try:
        send.clone()
    except trio.ClosedResourceError:
        print("closed")                            # -> closed
    send2.send_nowait(2)
    await send2.aclose()
    print(await receive2.receive())                # -> 2
    for end in (receive, receive2):
        try:
            await end.receive()
        except trio.EndOfChannel:
            print("end")                           # -> end
                                                   # -> end


async def nobody_receives():
    send, receive = trio.open_memory_channel(math.inf)
    for n in range(5):
        send.send_nowait(n)
    print(receive.statistics().current_buffer_used, receive.statistics().max_buffer_size)   # -> 5 inf
    receive.close()
    try:
        await send.send(1)
    except trio.BrokenResourceError:
        print("broken")                            # -> broken
    print(send.statistics().current_buffer_used)   # -> 0


async def closed_under_waiters():
    send, receive = trio.open_memory_channel(0)
    send2 = send.clone()

    async def expect(fn, *args, error):
        try:
            await fn(*args)
        except error:
            print(error.__name__)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(lambda: expect(send.send, 1, error=trio.ClosedResourceError))
        await wait_all_tasks_blocked()
        nursery.start_soon(lambda: expect(send2.send, 2, error=trio.BrokenResourceError))
        await wait_all_tasks_blocked()
        send.close()                               # -> ClosedResourceError
        await wait_all_tasks_blocked()
        receive.close()                            # -> BrokenResourceError
    send, receive = trio.open_memory_channel(0)
    receive2 = receive.clone()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(lambda: expect(receive.receive, error=trio.ClosedResourceError))
        nursery.start_soon(lambda: expect(receive2.receive, error=trio.EndOfChannel))
        await wait_all_tasks_blocked()
        receive.close()                            # -> ClosedResourceError
        await wait_all_tasks_blocked()
        send.close()                               # -> EndOfChannel


async def work_is_shared():
    send, receive = trio.open_memory_channel(2)
    got = []

    async def producer(end, base):
        async with end:
            for n in range(10):
                await end.send(base + n)

    async def consumer(end):
        async with end:
            async for value in end:
                got.append(value)

    async with trio.open_nursery() as nursery:
        async with send, receive:
            for n in range(3):
                nursery.start_soon(producer, send.clone(), 100 * n)
                nursery.start_soon(consumer, receive.clone())
    print(len(got), sorted(got) == sorted(100 * a + b for a in range(3) for b in range(10)))   # -> 30 True


async def kinds():
    send, receive = trio.open_memory_channel(1)
    print(isinstance(send, trio.abc.SendChannel), isinstance(receive, trio.abc.ReceiveChannel))   # -> True True
    print(isinstance(send, trio.MemorySendChannel), isinstance(send, trio.abc.ReceiveChannel))    # -> True False
    try:
        trio.MemorySendChannel()
    except TypeError:
        print("no constructor")                    # -> no constructor


for main in (clones, nobody_receives, closed_under_waiters, work_is_shared, kinds):
    trio.run(main)
