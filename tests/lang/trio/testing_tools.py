# trio.testing: clocks, checkpoints, sequencers, memory streams, RaisesGroup.
import time
import trio
from trio import testing
from trio.testing import Matcher, MockClock, RaisesGroup, Sequencer, wait_all_tasks_blocked


async def checkpoints():
    with testing.assert_checkpoints():
        await trio.sleep(0)
    with testing.assert_no_checkpoints():
        await nothing()
    for cm, fn in ((testing.assert_checkpoints, nothing), (testing.assert_no_checkpoints, trio.lowlevel.checkpoint)):
        try:
            with cm():
                await fn()
        except AssertionError as exc:
            print(exc)
    # -> assert_checkpoints block did not yield!
    # -> assert_no_checkpoints block yielded!
    event = trio.Event()
    event.set()
    send, receive = trio.open_memory_channel(1)
    lock, limiter = trio.Lock(), trio.CapacityLimiter(1)
    for fn in (event.wait, lambda: send.send(1), receive.receive, lock.acquire, limiter.acquire, trio.Semaphore(1).acquire, send.aclose):
        with testing.assert_checkpoints():
            await fn()


async def nothing():
    pass


async def sequences():
    seq = Sequencer()
    log = []

    async def first():
        async with seq(0):
            log.append(0)
        async with seq(3):
            log.append(3)

    async def second():
        async with seq(2):
            log.append(2)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(second)
        nursery.start_soon(first)
        await trio.sleep(0.01)
        async with seq(1):
            log.append(1)
    print(log)                                     # -> [0, 1, 2, 3]
    try:
        async with seq(1):
            pass
    except RuntimeError as exc:
        print(exc)                                 # -> Attempted to reuse sequence point 1
    with trio.move_on_after(0.01):
        try:
            async with seq(9):
                pass
        except RuntimeError as exc:
            print(exc)                             # -> Sequencer wait cancelled -- sequence broken
    try:
        async with seq(10):
            pass
    except RuntimeError as exc:
        print(exc)                                 # -> sequence broken!


async def cushions():
    log = []

    async def blocked(cushion):
        await wait_all_tasks_blocked(cushion)
        log.append(cushion)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(blocked, 0.02)
        nursery.start_soon(blocked, 0.0)
        nursery.start_soon(blocked, 0.01)
    print(log)                                     # -> [0.0, 0.01, 0.02]


async def streams():
    a, b = testing.memory_stream_pair()
    await a.send_all(b"12345")
    print(await b.receive_some(2), await b.receive_some())     # -> bytearray(b'12') bytearray(b'345')
    await b.send_all(b"back")
    await a.send_eof()
    print(await b.receive_some(), await a.receive_some())      # -> bytearray(b'') bytearray(b'back')
    try:
        await a.send_all(b"x")
    except trio.ClosedResourceError:
        print("closed")                            # -> closed
    c, d = testing.lockstep_stream_pair()
    log = []

    async def sender():
        await c.send_all(b"abc")
        log.append("sent")

    async with trio.open_nursery() as nursery:
        nursery.start_soon(sender)
        await wait_all_tasks_blocked()
        got = await d.receive_some(1)
        await wait_all_tasks_blocked()
        log.append(bytes(got))
        log.append(bytes(await d.receive_some(10)))
    print(log)                                     # -> [b'a', b'bc', 'sent']
    await trio.aclose_forcefully(c)
    print(await d.receive_some())                  # -> bytearray(b'')


def groups():
    with RaisesGroup(ValueError, Matcher(OSError, match="^disk")):
        raise ExceptionGroup("", [OSError("disk full"), ValueError()])
    with RaisesGroup(RaisesGroup(KeyError), allow_unwrapped=False):
        raise ExceptionGroup("", [ExceptionGroup("", [KeyError()])])
    with RaisesGroup(ValueError, allow_unwrapped=True) as info:
        raise ValueError("bare")
    print(info.type, info.value)                   # -> <class 'ValueError'> bare
    print(RaisesGroup(KeyError, flatten_subgroups=True).matches(ExceptionGroup("", [ExceptionGroup("", [KeyError()])])))   # -> True
    print(RaisesGroup(ValueError).matches(ExceptionGroup("", [ValueError(), ValueError()])))       # -> False
    print(RaisesGroup(Exception, ValueError).matches(ExceptionGroup("", [ValueError(), KeyError()])))   # -> True
    print(RaisesGroup(SystemExit).matches(BaseExceptionGroup("", [SystemExit()])))                 # -> True
    try:
        with RaisesGroup(ValueError):
            pass
    except AssertionError as exc:
        print(exc)                                 # -> DID NOT RAISE any exception, expected ExceptionGroup(ValueError)


async def quiet_jump(clock):
    t0 = trio.current_time()
    await trio.sleep(1000)
    print(trio.current_time() - t0 >= 1000)        # -> True


@testing.trio_test
async def decorated(mock_clock):
    await trio.sleep(5)
    print(trio.current_time())


trio.run(checkpoints)
trio.run(sequences)
trio.run(cushions)
trio.run(streams)
groups()
clock = MockClock(autojump_threshold=0.01)
trio.run(quiet_jump, clock, clock=clock)
fast = MockClock(rate=1000)
t0 = time.monotonic()
trio.run(trio.sleep, 20, clock=fast)
print(0.01 < time.monotonic() - t0 < 2)            # -> True
decorated(mock_clock=MockClock(autojump_threshold=0))   # -> 5.0
for wrong in (lambda: MockClock(rate=-1), lambda: MockClock().jump(-1)):
    try:
        wrong()
    except ValueError as exc:
        print(exc)
# -> rate must be >= 0
# -> time can't go backwards
