import trio

async def bad():
    try:
        await work()
    except BaseException:  #! SK103
        log()
    try:
        await work()
    except trio.Cancelled:  #! SK103
        if done():
            raise
    try:
        await work()
    except:  #! SK103
        return
    while True:
        try:
            await work()
        except (ValueError, trio.Cancelled) as e:  #! SK103
            if e.args:
                break
            raise

async def good():
    try:
        await work()
    except BaseException as e:
        log(e)
        raise
    try:
        await work()
    except trio.Cancelled:
        if done():
            raise
        else:
            log()
            raise
    try:
        compute()
    except BaseException:
        pass
    try:
        await work()
    except Exception:
        pass

def sync():
    try:
        trio.run(work)
    except BaseException:
        pass
