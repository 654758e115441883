# async for left early over a generator that its own head made: closed right there; any other is left alone.
def run(c):
    sends = 0
    try:
        while True: c.send(None); sends += 1
    except StopIteration as e: return e.value
    finally: print("suspended", sends)
class Y:
    def __await__(self): yield
async def ag(n=3):
    try:
        for i in range(n): yield i
    finally:
        print("closing"); await Y(); print("closed")
async def brk():
    async for i in ag():
        break
    print("after")
run(brk())
async def ret():
    async for i in ag():
        return i + 10
print(run(ret()))
async def exc():
    try:
        async for i in ag():
            raise ValueError(i)
    except ValueError as e: print("E", e, e.__context__)
    else: print("no")
run(exc())
async def full():
    async for i in ag(): pass
    else: print("else")
run(full())
async def stored():
    g = ag()
    async for i in g: break
    print("not closed"); await g.aclose()
run(stored())
keep = []
def factory():
    g = ag(); keep.append(g); return g
async def indirect():
    async for i in factory(): break
    print("not closed"); await keep[0].aclose()
run(indirect())
class C:
    async def m(self, *a, **k):
        try: yield 1
        finally: print("m fin")
async def meth():
    async for i in C().m(1, *[2], **{"x": 3}): break
    print("after m")
    async for i in C().m(k=3):
        async for j in C().m(): break
        continue
run(meth())
async def nested():
    for k in range(2):
        async for i in ag(): break
        async for i in ag():
            if i: break
        try:
            async for i in ag():
                try: continue
                finally: print("f")
        finally: print("F")
run(nested())
async def comp():
    try: return [1 // x async for x in ag()]
    except ZeroDivisionError as e: print("ZDE", e.__context__)
run(comp())
async def bad():
    try: yield 1
    finally: raise KeyError("in close")
async def t():
    try:
        async for i in bad(): raise ValueError("body")
    except KeyError as e: print(repr(e), repr(e.__context__), repr(e.__context__.__context__))
    try:
        async for i in bad(): break
    except KeyError as e: print(repr(e), repr(e.__context__))
run(t())
async def outer():
    async for i in ag(): yield i
async def t2():
    g = outer()
    print(await g.__anext__())
    await g.aclose(); print("outer closed")
    ge = (x async for x in ag())
    print(await ge.__anext__())
    await ge.aclose(); print("ge closed")
run(t2())
async def w():
    async for i in ag(): await Y()
c = w(); c.send(None); c.close(); print("coroutine closed")
async def gg():
    async for i in ag():
        if i == 1: return
    print("never")
run(gg())
