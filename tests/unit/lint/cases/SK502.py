import asyncio

async def bad():
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(a())
            tg.create_task(b())
    except ValueError:  #! SK502
        pass
    except (OSError, KeyError):  #! SK502
        pass

async def good():
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(a())
            tg.create_task(b())
    except* ValueError:
        pass
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(a())
            tg.create_task(b())
    except ExceptionGroup:
        pass
    except Exception:
        pass
    try:
        await a()
    except ValueError:
        pass
