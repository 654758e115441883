# PyCF_ALLOW_TOP_LEVEL_AWAIT: the body is a coroutine; its names are still the namespace's.
import types, inspect
F = 0x2000
async def one(): return 1
async def agen():
    for i in range(3): yield i
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
g = {'one': one, 'agen': agen}
code = compile("x = await one()\nasync for i in agen(): pass\ny=[j async for j in agen()]\ndef f(): return x\nz=f()\ny2=[k+await one() for k in range(2)]\nw=(await one() for _ in range(2))", "t", "exec", flags=F)
print(bool(code.co_flags & inspect.CO_COROUTINE))
c = eval(code, g)
print(type(c), c.__name__, c.cr_frame.f_locals is g)
print(run(c), g['x'], g['i'], g['y'], g['z'], g['y2'], type(g['w']))
print(run(eval(compile("await one() + 1", "t", "eval", flags=F), g)))
exec(compile("print(1)", "t", "exec", flags=F), g)
for s in ("await one()", "async for i in agen(): pass", "async with x: pass", "[j async for j in agen()]", "[await one() for k in 1,]",
  "class A:\n  await one()", "lambda: await one()", "def f(): await one()", "return 1", "yield 1", "(await x for x in y)"):
    for fl in (0, F):
        try: compile(s, "t", "exec", flags=fl); print("ok", s.replace("\n", ";"), fl)
        except SyntaxError as e: print(e.msg, s.replace("\n", ";"), fl)
c = eval(compile("import sys\nawait one()\nraise ValueError(sys._getframe().f_code.co_name)", "t", "exec", flags=F), g)
try: run(c)
except ValueError as e: print(repr(e), e.__traceback__.tb_next.tb_frame.f_locals is g, e.__traceback__.tb_next.tb_frame.f_code.co_name)
def gg():
    g2 = {'one': one}
    l2 = {}
    c = eval(compile("q = await one()", "t", "exec", flags=F), g2, l2)
    run(c); print(l2, 'q' in g2)
gg()
