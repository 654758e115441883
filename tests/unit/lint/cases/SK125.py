import trio

async def bad():
    with trio.CancelScope(deadline=5):  #! SK125
        await work()
    with trio.move_on_at(10):  #! SK125
        await work()

async def good():
    with trio.CancelScope(deadline=trio.current_time() + 5):
        await work()
    with trio.move_on_after(5):
        await work()
