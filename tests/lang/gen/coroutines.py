# Coroutines without an event loop.
class Future:
    def __init__(self, v): self.v = v
    def __await__(self):
        r = yield self.v
        return r
async def inner(x):
    got = await Future(x)
    return got * 2
async def outer():
    a = await inner("a")
    b = await inner("b")
    return a + b
c = outer()
print(type(c).__name__, c.send(None), c.cr_await is not None, c.send("A"), c.cr_frame is not None) # -> coroutine a True b True
c.send("B")               # raises StopIteration: AABB
c.send(None)              # raises RuntimeError: cannot reuse already awaited coroutine
c = outer()
next(c)                   # raises TypeError: 'coroutine' object is not an iterator
c.close()
c.send(None)              # raises RuntimeError: cannot reuse already awaited coroutine
async def bad(): await 5
bad().send(None)          # raises TypeError: object int can't be used in 'await' expression
async def ag():
    for i in range(3):
        yield i
        await Future(("wait", i))
async def use():
    out = []
    async for x in ag(): out.append(x)
    out += [y async for y in ag() if y]
    return out
c = use()
log = []
try:
    while True: log.append(c.send(None))
except StopIteration as e: print(log, e.value)
# -> [('wait', 0), ('wait', 1), ('wait', 2), ('wait', 0), ('wait', 1), ('wait', 2)] [0, 1, 2, 1, 2]
class CM:
    async def __aenter__(self): print("enter"); return 5
    async def __aexit__(self, *a): print("exit", a[0]); return True
async def w():
    async with CM() as v, CM():
        print(v)
        raise ValueError
    return "end"
# -> enter
# -> enter
# -> 5
# -> exit <class 'ValueError'>
# -> exit None
w().send(None)            # raises StopIteration: end
async def forbad():
    async for x in [1]: pass
forbad().send(None)       # raises TypeError: 'async for' requires an object with __aiter__ method, got list
async def withbad():
    async with 5: pass
withbad().send(None)      # raises TypeError: 'int' object does not support the asynchronous context manager protocol
a = ag()
first = a.__anext__()
print(type(a).__name__, type(first).__name__, a.__aiter__() is a) # -> async_generator async_generator_asend True
first.close()
a.__anext__().send(None)  # raises StopAsyncIteration
try: ag().asend(1).send(None)
except TypeError as e: print(e)
# -> can't send non-None value to a just-started async generator
class AI:
    def __aiter__(self): return 5
async def aibad():
    async for x in AI(): pass
aibad().send(None)        # raises TypeError: 'async for' received an object from __aiter__ that does not implement __anext__: int
import types
@types.coroutine
def old():
    x = yield "y"
    return x
async def viaold(): return await old()
c = viaold()
print(c.send(None))       # -> y
c.send(9)                 # raises StopIteration: 9
