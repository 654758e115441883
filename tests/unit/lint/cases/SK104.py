import trio

async def bad():
    try:
        await work()
    except trio.Cancelled:
        raise ValueError  #! SK104

async def good():
    try:
        await work()
    except trio.Cancelled as e:
        log()
        raise e
    try:
        await work()
    except trio.Cancelled:
        try:
            raise ValueError
        except ValueError:
            raise_again()
        raise
    try:
        await work()
    except OSError:
        raise ValueError
