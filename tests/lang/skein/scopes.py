# Cancel scopes: level cancels, deadlines, shields, nesting.
import skein
from skein import CancelScope, fail_after, move_on_after, sleep
from skein.testing import VirtualClock

async def main():
    with CancelScope() as s:
        s.cancel("stop")
        for _ in range(2):
            try:
                await sleep(0)
            except skein.Cancelled as e:
                print(e)                # -> cancelled: explicit by Task-1: stop
                                        # -> cancelled: explicit by Task-1: stop
        with CancelScope(shield=True):
            await sleep(1)
            print("shielded")           # -> shielded
        await sleep(0)
    print(s.cancel_called, s.cancelled_caught, s.reason)   # -> True True explicit by Task-1: stop

    with move_on_after(5) as outer:
        with move_on_after(1) as inner:
            await sleep(10)
        print(inner.cancelled_caught, outer.cancelled_caught, skein.current_time())   # -> True False 2.0
        with move_on_after(60) as inner:
            print(skein.current_effective_deadline())                          # -> 6.0
            await sleep(10)
    print(inner.cancelled_caught, outer.cancelled_caught, skein.current_time())       # -> False True 6.0

    try:
        with fail_after(1):
            await sleep(2)
    except TimeoutError as e:
        print("too slow", repr(e))      # -> too slow TimeoutError()
    with move_on_after(1) as s:
        await sleep(0.5)
        s.deadline += 10
        await sleep(5)
    print(s.cancel_called)              # -> False
    with move_on_after(1) as s:
        s.shield = True
        try:
            await sleep(5)
        except skein.Cancelled:
            print("its own deadline gets through")   # -> its own deadline gets through
    # Lowering a shield lets in what waits outside.
    with CancelScope() as outer:
        with CancelScope(shield=True) as inner:
            outer.cancel()
            await sleep(1)
            inner.shield = False
            await sleep(1)
            print("never")
    print(outer.cancelled_caught, inner.cancelled_caught)   # -> True False

    try:
        with outer:
            pass
    except RuntimeError as e:
        print(e)                        # -> Each CancelScope may only be used for a single 'with' block
    a, b = CancelScope(), CancelScope()
    a.__enter__()
    b.__enter__()
    try:
        a.__exit__(None, None, None)
    except RuntimeError as e:
        print(str(e).split(":")[0])     # -> Cancel scope stack corrupted
    b.__exit__(None, None, None)
    print(skein.current_effective_deadline())   # -> inf
    # Groups keep their shape; other leaves go on.
    try:
        with CancelScope() as s:
            s.cancel()
            try:
                await sleep(0)
            except skein.Cancelled as e:
                raise BaseExceptionGroup("outer", [BaseExceptionGroup("inner", [e, KeyError(1)]), ValueError(2)])
    except ExceptionGroup as e:
        print(repr(e), s.cancelled_caught)   # -> ExceptionGroup('outer', [ExceptionGroup('inner', [KeyError(1)]), ValueError(2)]) True

skein.run(main, clock=VirtualClock())
CancelScope(deadline=float("nan"))      # raises ValueError: deadline must not be NaN
CancelScope(shield=1)                   # raises TypeError: shield must be a bool
skein.Cancelled()                       # raises TypeError: class skein.Cancelled has no public constructor
