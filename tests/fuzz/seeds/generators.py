# Generators, delegation, coroutines driven by hand, async generators, async with and for.
def gen(n):
    try:
        got = yield n
        while got:
            got = yield got + 1
    except ValueError as e:
        yield repr(e)
    finally:
        log.append("closed")
    return 7

def outer(n):
    v = yield from gen(n)
    w = yield from [1, 2]
    return v, w

class Wait:
    def __await__(self):
        x = yield "wait"
        return x

class Manager:
    async def __aenter__(self): return await Wait()
    async def __aexit__(self, *e): return e[0] is not None

class Source:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if not self.n: raise StopAsyncIteration
        self.n -= 1
        return await Wait()

async def agen(n):
    for i in range(n):
        try:
            x = yield i
            await Wait()
        except KeyError:
            yield "key"

async def main():
    out = []
    async with Manager() as m:
        out.append(m)
        raise ValueError
    async for x in Source(2):
        out.append(x)
    else:
        out.append("end")
    async for x in agen(2):
        if x == 1: break
    out += [y async for y in agen(2)], {await Wait() for _ in range(1)}
    g = agen(3)
    out.append(await g.asend(None))
    try: out.append(await g.athrow(KeyError))
    finally: await g.aclose()
    return out

def drive(c):
    sent = None
    for i in range(50):
        try:
            c.send(sent)
        except StopIteration as e:
            return e.value
        sent = i

log = []
g = outer(1)
log += [next(g), g.send(3), g.throw(ValueError(5)), next(g)]
log += list(g)
g = outer(0)
next(g)
g.close()
log.append(drive(main()))
log += [*(i * j for i in range(3) for j in gen(i))]
