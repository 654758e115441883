# skein.testing: raises, RaisesGroup in any order, unwrap_one, leaked tasks.
import asyncio
import skein
from skein.testing import Expected, RaisesGroup, no_leaked_tasks, raises, unwrap_one

with raises(ValueError, match="x") as info:
    raise ValueError("xyz")
print(repr(info.value))                             # -> ValueError('xyz')
with RaisesGroup(ValueError, Expected(KeyError, match="a"), RaisesGroup(OSError)):
    raise ExceptionGroup("m", [KeyError("a"), ExceptionGroup("n", [OSError()]), ValueError(1)])

def failure(expectation, error):
    try:
        with expectation:
            raise error
    except AssertionError as e:
        print(e)

failure(RaisesGroup(ValueError), ExceptionGroup("m", [ValueError(), KeyError()]))   # -> not expected: KeyError()
failure(RaisesGroup(ValueError, OSError), ExceptionGroup("m", [ValueError()]))      # -> not raised: Expected(OSError)
failure(RaisesGroup(ValueError), ValueError(1))                                     # -> ValueError(1) is no group
failure(raises(ValueError), KeyError(1))                                            # -> KeyError(1) is no Expected(ValueError)
# OSError fits both, ConnectionError only one: the assignment that works is found.
with RaisesGroup(OSError, ConnectionError):
    raise ExceptionGroup("m", [ConnectionError(), FileNotFoundError()])
with RaisesGroup(ValueError, KeyError, flatten=True):
    raise ExceptionGroup("m", [ExceptionGroup("n", [KeyError()]), ValueError()])
with RaisesGroup(ValueError, allow_unwrapped=True):
    raise ValueError
print(repr(unwrap_one(ExceptionGroup("a", [ExceptionGroup("b", [KeyError(1)])]))))  # -> KeyError(1)

async def main():
    try:
        async with no_leaked_tasks():
            asyncio.create_task(skein.sleep_forever(), name="left")
    except AssertionError as e:
        print(e)                                    # -> tasks left behind: left
skein.run(main)
