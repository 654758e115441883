# flags: -X dev
# Under -X dev the statement that drops a coroutine which never ran is the error, not a warning at some later collection.
async def foo(): return 5
def bar():
    foo()
class C:
    async def m(self, *args): pass
bar()             # raises RuntimeError: coroutine 'foo' was never awaited
C().m(1)          # raises RuntimeError: coroutine 'C.m' was never awaited
C().m(*[1, 2])    # raises RuntimeError: coroutine 'C.m' was never awaited
c = foo()
c.close()
foo().close()
async def fine():
    await foo()
    x = foo()
    return await x
def run(c):
    try: c.send(None)
    except StopIteration as e: return e.value
print(run(fine()))  # -> 5
run(fine())
