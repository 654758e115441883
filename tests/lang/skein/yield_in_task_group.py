# A yield in an open TaskGroup of an undecorated function is an error; asyncio's and trio's groups get a warning.
import warnings
def t(src, head=""):
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter("always")
        try: compile(head + "async def g():\n" + src, "x.py", "exec"); r = "ok"
        except SyntaxError as e: r = f"{e.lineno}:{e.offset} {e.msg[:30]}"
    print(r, [str(w.lineno)+" "+str(w.message) for w in log])
body = "  async with TaskGroup() as tg:\n    yield 1\n"
t(body)
t("  async with a, TaskGroup(), b:\n    if x:\n      with c: y = yield 1\n")
t(body, "from asyncio import TaskGroup\n")
t(body, "from asyncio import *\n")
t(body, "class TaskGroup: pass\n")
t(body, "def f():\n  global TaskGroup\n  TaskGroup = 1\n")
t(body, "@deco\n")
t("  TaskGroup = 1\n" + body)
t("  async with TaskGroup() as tg:\n    def h():\n      yield 1\n")
t("  async with TaskGroup() as tg:\n    pass\n  yield 1\n")
t("  try:\n    async with TaskGroup() as tg:\n      return\n  finally:\n    yield 1\n")
t("  async with TaskGroup() as tg:\n    f = lambda: (yield)\n")
t("  async with asyncio.TaskGroup() as tg:\n    yield 1\n    yield 2\n")
t("  async with trio.open_nursery() as tg:\n    yield 1\n")
t("  async with asyncio.TaskGroup() as tg:\n    yield 1\n", "@x\n")
t("  async with asyncio.timeout(1):\n    yield 1\n")
t("  yield (await x)\n")
def outer():
    TaskGroup = 1
exec("async def q():\n  def f(TaskGroup):\n    async def g():\n      async with TaskGroup() as t:\n        yield\n    return g\n")
