# SEND, YIELD and JMP stand in a row: the runtime finds the SEND from the YIELD.
async def f(a):
    async with a as b:
        print(await b)
    async for x in a:
        yield [y async for y in x]
def g(a):
    with a as b, b.c:
        yield from b
