# Asynchronous generators by hand: anext, asend, athrow, aclose.
def drive(aw):
    try:
        while True: print("suspended", aw.send(None))
    except StopIteration as e: return e.value
class Y:
    def __await__(self): yield "Y"
async def g():
    try:
        got = yield 1
        print("got", got)
        await Y()
        yield 2
    except ValueError as e:
        print("caught", e)
        yield 99
    finally:
        print("fin")
a = g()
print(drive(a.__anext__()), drive(a.asend("s")), drive(a.athrow(ValueError("v")))) # -> got s
# -> suspended Y
# -> caught v
# -> 1 2 99
# -> fin
drive(a.__anext__())      # raises StopAsyncIteration
drive(a.__anext__())      # raises StopAsyncIteration
a = g()
print(drive(a.__anext__()), drive(a.aclose()), drive(a.aclose())) # -> fin
# -> 1 None None
async def main():
    first = g()
    print([x async for x in g()], await anext(first), await anext(aiter(empty()), "dflt"))
    await first.aclose()
    return [await z async for z in aw()]
async def empty():
    if 0: yield
async def one(n): return n
async def aw():
    for i in range(2): yield one(i)
print(drive(main()))      # -> got None
# -> suspended Y
# -> fin
# -> [1, 2] 1 dflt
# -> fin
# -> [0, 1]
async def ret():
    yield 1
    return
print(drive(ret().__anext__())) # -> 1
anext(5)                  # raises TypeError: 'int' object is not an async iterator
aiter(5)                  # raises TypeError: 'int' object is not an async iterable
async def stop():
    raise StopIteration("x")
    yield
drive(stop().__anext__()) # raises RuntimeError: async generator raised StopIteration
async def stop2():
    raise StopAsyncIteration("x")
    yield
drive(stop2().__anext__()) # raises RuntimeError: async generator raised StopAsyncIteration
