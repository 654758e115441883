# What scopes refuse.
import warnings
warnings.simplefilter("ignore")
def check(*sources):
    for s in sources:
        try: compile(s, "s", "exec"); print("ok", repr(s))
        except SyntaxError as e: print(f"{s!r}: {e.msg} {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
check("def f():\n  global x\n  x = 1\n  nonlocal x", "def f(x):\n  global x", "x = 1\nglobal x", "print(x)\nglobal x", "def f():\n  x: int\n  global x", "def f():\n  global x\n  x: int", "def f():\n  nonlocal x", "nonlocal x", "def f():\n  x = 1\n  def g():\n    x = 2\n    nonlocal x", "class A:\n  nonlocal x", "def f():\n  import *", "def f():\n  from a import *", "class A:\n  from a import *", "def f():\n  yield\n  return 1", "async def f():\n  yield\n  return 1", "async def f():\n  yield from x", "def f():\n  await x", "def f():\n  async for x in y: pass", "def f():\n  async with x: pass", "def f():\n  [x async for x in y]", "[await x for x in y]", "class A:\n  yield", "class A:\n  await x", "[(yield x) for x in y]", "((yield x) for x in y)", "{(yield x): 1 for x in y}", "lambda: (yield)", "lambda: await x", "async def f():\n  lambda: await x", "class A((yield)): pass", "def f(x=(yield)): pass", "def f(x: (yield)): pass", "x: (yield) = 1", "x: (await y)", "def f() -> (yield): pass", "type X = (yield)", "type X[T] = (x := 1)", "def f[T](x: (yield)): pass", "class A[T: (yield)]: pass", "def f[T, T](): pass", "class A[T]:\n  global T", "def f[T]():\n  nonlocal T", "from __future__ import nope", "x = 1\nfrom __future__ import annotations", "from __future__ import braces", "from __future__ import annotations\nx", "'doc'\nfrom __future__ import annotations", "def f():\n  from __future__ import annotations", "def f():\n  def g():\n    nonlocal x\n  x = 1", "def f():\n  def g():\n    nonlocal y\n  x = 1", "[x for x in y for y in (x := z)]", "[i := 0 for i in z]", "[[j := 0 for i in z] for j in z]", "[x for x in (y := z)]", "class A: [(x := 1) for y in z]", "def f():\n  return\n  yield", "def f(): return *a, b", "def f(): return (*a)", "return 5", "async def f(): return [x async for x in y]", "async def f(): return (x async for x in y)", "def f(): return (x async for x in y)", "def f(a):\n  del a\n  global a", "def f():\n  for x in y: pass\n  global x", "def f():\n  import x\n  global x", "def f():\n  def x(): pass\n  global x", "def f():\n  class x: pass\n  global x", "def f():\n  with a as x: pass\n  global x", "def f():\n  try: pass\n  except E as x: pass\n  global x") # -> 'def f():\n  global x\n  x = 1\n  nonlocal x': name 'x' is assigned to before nonlocal declaration 4:3-4:13
# -> 'def f(x):\n  global x': name 'x' is parameter and global 2:3-2:11
# -> 'x = 1\nglobal x': name 'x' is assigned to before global declaration 2:1-2:9
# -> 'print(x)\nglobal x': name 'x' is used prior to global declaration 2:1-2:9
# -> 'def f():\n  x: int\n  global x': annotated name 'x' can't be global 3:3-3:11
# -> 'def f():\n  global x\n  x: int': annotated name 'x' can't be global 3:3-3:9
# -> 'def f():\n  nonlocal x': no binding for nonlocal 'x' found 2:3-2:13
# -> 'nonlocal x': nonlocal declaration not allowed at module level 1:1-1:11
# -> 'def f():\n  x = 1\n  def g():\n    x = 2\n    nonlocal x': name 'x' is assigned to before nonlocal declaration 5:5-5:15
# -> 'class A:\n  nonlocal x': no binding for nonlocal 'x' found 2:3-2:13
# -> 'def f():\n  import *': invalid syntax 2:10-2:11
# -> 'def f():\n  from a import *': import * only allowed at module level 2:17-2:18
# -> 'class A:\n  from a import *': import * only allowed at module level 2:17-2:18
# -> ok 'def f():\n  yield\n  return 1'
# -> 'async def f():\n  yield\n  return 1': 'return' with value in async generator 3:3-3:11
# -> 'async def f():\n  yield from x': 'yield from' inside async function 2:3-2:15
# -> 'def f():\n  await x': 'await' outside async function 2:3-2:10
# -> 'def f():\n  async for x in y: pass': 'async for' outside async function 2:3-2:25
# -> 'def f():\n  async with x: pass': 'async with' outside async function 2:3-2:21
# -> 'def f():\n  [x async for x in y]': asynchronous comprehension outside of an asynchronous function 2:3-2:23
# -> '[await x for x in y]': asynchronous comprehension outside of an asynchronous function 1:1-1:21
# -> 'class A:\n  yield': 'yield' outside function 2:3-2:8
# -> 'class A:\n  await x': 'await' outside function 2:3-2:10
# -> '[(yield x) for x in y]': 'yield' inside list comprehension 1:3-1:10
# -> '((yield x) for x in y)': 'yield' inside generator expression 1:3-1:10
# -> '{(yield x): 1 for x in y}': 'yield' inside dict comprehension 1:3-1:10
# -> ok 'lambda: (yield)'
# -> 'lambda: await x': 'await' outside async function 1:9-1:16
# -> 'async def f():\n  lambda: await x': 'await' outside async function 2:11-2:18
# -> 'class A((yield)): pass': 'yield' outside function 1:10-1:15
# -> 'def f(x=(yield)): pass': 'yield' outside function 1:10-1:15
# -> 'def f(x: (yield)): pass': 'yield' outside function 1:11-1:16
# -> 'x: (yield) = 1': 'yield' outside function 1:5-1:10
# -> 'x: (await y)': 'await' outside function 1:5-1:12
# -> 'def f() -> (yield): pass': 'yield' outside function 1:13-1:18
# -> 'type X = (yield)': yield expression cannot be used within a type alias 1:11-1:16
# -> 'type X[T] = (x := 1)': named expression cannot be used within a type alias 1:14-1:20
# -> 'def f[T](x: (yield)): pass': yield expression cannot be used within the definition of a generic 1:14-1:19
# -> 'class A[T: (yield)]: pass': yield expression cannot be used within a TypeVar bound 1:13-1:18
# -> 'def f[T, T](): pass': duplicate type parameter 'T' 1:10-1:11
# -> ok 'class A[T]:\n  global T'
# -> 'def f[T]():\n  nonlocal T': nonlocal binding not allowed for type parameter 'T' 2:3-2:13
# -> 'from __future__ import nope': future feature nope is not defined 1:1-1:None
# -> 'x = 1\nfrom __future__ import annotations': from __future__ imports must occur at the beginning of the file 2:1-2:35
# -> 'from __future__ import braces': not a chance 1:1-1:None
# -> ok 'from __future__ import annotations\nx'
# -> ok "'doc'\nfrom __future__ import annotations"
# -> 'def f():\n  from __future__ import annotations': from __future__ imports must occur at the beginning of the file 2:3-2:37
# -> ok 'def f():\n  def g():\n    nonlocal x\n  x = 1'
# -> 'def f():\n  def g():\n    nonlocal y\n  x = 1': no binding for nonlocal 'y' found 3:5-3:15
# -> '[x for x in y for y in (x := z)]': assignment expression cannot be used in a comprehension iterable expression 1:25-1:31
# -> '[i := 0 for i in z]': assignment expression cannot rebind comprehension iteration variable 'i' 1:2-1:3
# -> '[[j := 0 for i in z] for j in z]': assignment expression cannot rebind comprehension iteration variable 'j' 1:3-1:4
# -> '[x for x in (y := z)]': assignment expression cannot be used in a comprehension iterable expression 1:14-1:20
# -> 'class A: [(x := 1) for y in z]': assignment expression within a comprehension cannot be used in a class body 1:12-1:13
# -> ok 'def f():\n  return\n  yield'
# -> ok 'def f(): return *a, b'
# -> 'def f(): return (*a)': cannot use starred expression here 1:18-1:20
# -> 'return 5': 'return' outside function 1:1-1:9
# -> ok 'async def f(): return [x async for x in y]'
# -> ok 'async def f(): return (x async for x in y)'
# -> ok 'def f(): return (x async for x in y)'
# -> 'def f(a):\n  del a\n  global a': name 'a' is parameter and global 3:3-3:11
# -> 'def f():\n  for x in y: pass\n  global x': name 'x' is assigned to before global declaration 3:3-3:11
# -> ok 'def f():\n  import x\n  global x'
# -> 'def f():\n  def x(): pass\n  global x': name 'x' is assigned to before global declaration 3:3-3:11
# -> 'def f():\n  class x: pass\n  global x': name 'x' is assigned to before global declaration 3:3-3:11
# -> 'def f():\n  with a as x: pass\n  global x': name 'x' is assigned to before global declaration 3:3-3:11
# -> 'def f():\n  try: pass\n  except E as x: pass\n  global x': name 'x' is assigned to before global declaration 4:3-4:11
