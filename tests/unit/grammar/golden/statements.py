import a.b.c as d, e
from .. import f as g
from .h import (i, j,)
from k import *
x = y = *z, 1
x: int = 1
(x): int
x.y += 1
del x, y[0], (z)
assert x, "why"
global_names = 1
def f[T: int = str, *Ts, **P](a: int, /, b=1, *c: *Ts, d, e=2, **k) -> "r":
    "doc"
    global gg, hh
    yield
    yield 1, 2
    yield from x
    return *a, b
@decorator.d(1)
class C[T](Base, metaclass=M):
    async def m(self):
        async with a as b, c:
            async for d in e: await d
            else: pass
        return [x async for x in y]
if a: b
elif c: d
else:
    e; f;
while a:
    break
else:
    continue
for a, *b in c: pass
with (open(a) as f, g): pass
with (a): pass
with (a, b) as c: pass
try:
    raise A from b
except (B, C) as e:
    raise
except:
    pass
else:
    x
finally:
    y
try: x
except* E as eg: y
type Alias[T] = list[T]
type = 1
match = case = _ = type
match (x):
    case 0 | -1.5 | 2+3j | "s" "t" | None: pass
    case a.b | [1, x, *_] | (y,) | () if x > 1:
        pass
    case {"k": v, 1: 2, **rest} | Cls(1, n=2) as whole: pass
    case _: pass
match[x]
def outer():
    nonlocal_free = 1
    def inner():
        nonlocal nonlocal_free
