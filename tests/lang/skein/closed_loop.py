# A loop is closed while a task waits for a thread's work: closing drops the work when it ends, and whoever cancels the task
# afterwards must not touch it.  (The wait kept a pointer to the freed request.)
import asyncio
import tempfile
from skein import files

async def wait():
    return await files.size(tempfile.gettempdir())

async def main():
    task = asyncio.get_running_loop().create_task(wait())
    await asyncio.sleep(0)
    return task

loop = asyncio.new_event_loop()
task = loop.run_until_complete(main())
print(task.done())            # -> False
loop.close()
print(loop.is_closed(), task.cancel(), task.cancelling())      # -> True True 1
