# async for over what a call in its head made: leaving it early closes it.
async def f(make):
    async for x in make():
        if x: break
        return [y async for y in make(x)]
