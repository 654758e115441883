import trio

async def bad(port, *, task_status=trio.TASK_STATUS_IGNORED):  #! SK128
    await serve(port)

async def good(port, *, task_status=trio.TASK_STATUS_IGNORED):
    task_status.started(port)
    await serve(port)

async def hands_on(port, *, task_status=trio.TASK_STATUS_IGNORED):
    await serve(port, task_status=task_status)

async def stub(*, task_status): ...
