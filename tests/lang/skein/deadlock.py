# Everybody waits for everybody: an error that says so, after the cleanups have run.
import skein
from skein import Lock, sleep

async def holds(first, second):
    try:
        async with first:
            await sleep(0)
            async with second:
                pass
    finally:
        print("cleanup")

async def main():
    a, b = Lock(), Lock()
    async with TaskGroup(name="pair") as tg:
        tg.create_task(holds(a, b), name="one")
        tg.create_task(holds(b, a), name="two")

try:
    skein.run(main)
except skein.DeadlockError as e:
    for line in str(e).splitlines():
        print(line.split(" at ")[0])
    print(e.__notes__)
# -> cleanup
# -> cleanup
# -> all 3 tasks are blocked and nothing can wake them:
# ->   task 'Task-1' waits for 2 tasks of the TaskGroup 'pair'
# ->   task 'one' waits for Lock.acquire, held by task 'two'
# ->   task 'two' waits for Lock.acquire, held by task 'one'
# -> ["each waits for the next: 'one' -> 'two' -> 'one'"]

# A cleanup that blocks behind a shield does not hold the report back.
async def stubborn():
    try:
        await skein.Event().wait()
    finally:
        with skein.CancelScope(shield=True):
            await skein.Event().wait()
try:
    skein.run(stubborn)
except skein.DeadlockError as e:
    print(str(e).split(" at ")[0])
# -> the only task is blocked and nothing can wake it:
# ->   task 'Task-2' waits for Event.wait

# Who sleeps for ever does it on purpose, and a deadline is something to come.
async def fine():
    with skein.move_on_after(0.01):
        await skein.Event().wait()
    print("fine")
skein.run(fine)       # -> fine
