# An error that was on its way when its own cleanup met a cancel is not lost.
import skein
from skein import CancelScope, sleep

class Resource:
    async def __aenter__(self):
        return self
    async def __aexit__(self, *exc):
        await sleep(0)

async def child(tg):
    try:
        tg.cancel()
        raise ValueError("child")
    finally:
        await sleep(0)

async def main():
    try:
        async with TaskGroup() as tg:
            async with Resource():
                tg.cancel()
                raise KeyError("body")
    except* KeyError as eg:
        print(eg.exceptions)            # -> (KeyError('body'),)
    try:
        async with TaskGroup() as tg:
            tg.create_task(child(tg))
    except* ValueError as eg:
        print(eg.exceptions)            # -> (ValueError('child'),)
    try:
        with CancelScope() as scope:
            async with Resource():
                scope.cancel()
                raise OSError("scope")
    except OSError as e:
        print(repr(e), scope.cancelled_caught)   # -> OSError('scope') True
    # What was handled is not on its way any more.
    with CancelScope() as scope:
        try:
            raise KeyError
        except KeyError:
            pass
        try:
            raise KeyError
        except KeyError:
            scope.cancel()
            await sleep(0)
    print(scope.cancelled_caught)       # -> True

skein.run(main)
