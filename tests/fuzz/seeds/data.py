# Displays, comprehensions, unpacking, slices, formats, numbers, names of all scopes, matching.
from math import sqrt as root, floor
import sys, os.path as p
from collections import *
a, *b, (c, d) = 1, 2, 3, (4, 5)
x = [1, *b, c]
s = {1, 2, *x}
m = {"k": 1, **{"j": 2}, 3: None}
x[1:2] = [7, 8]
x[::2], x[-1], x[0] = x[::2], 5, x[1]
del x[0], m["k"]
n = 10**30 + 2**70 - 0x1234567890abcdef1234567890
n ^= n >> 3 | ~n & 12345
f = 1.5e10 / 3 % 7 // 2 + -0.0
z = 3 + 4j
z *= z
text = f"{n:>40} {f!r:^10} {z!s} {x=} {'nested ' + f'{a:{c}}'}"
bs = b"bytes\x00" * 3
w = [(i, j) for i in range(4) if i % 2 for j in "ab"]
v = {i: i * i for i in range(3)} | {k: k for k in "xy"}
u = [lambda: i for i in range(2)][0]()
frozen = a in {1, 2, "three", 4.0, (5, 6)}
chain = 1 < a <= c != d is not None and not (a == 2 or b)
if (q := len(x)) > 2: q += 1
while q:
    q -= 1
    if q == 1: continue
    if q == 0: break
else:
    q = None
def scopes():
    global made
    made = 1
    del made
    a = [1]
    def inner(): return a, [a for a in a]
    return inner()
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
def match(v):
    match v:
        case 0 | 1 | None: return "small"
        case [1, x, *rest] if x: return rest
        case {"k": int(i), **rest}: return i, rest
        case Point(0, y=yy): return yy
        case Point() as p: return p.x
        case (str() | bytes()) as t: return t
        case [[a, b], c]: return a
        case _: return ...
r = [match(v) for v in (0, [1, 2, 3], {"k": 5, "z": 1}, Point(0, 2), Point(1, 2), "t", [[1, 2], 3], 9.5)]
r.append(scopes())
type Alias[T] = list[T]
def generic[T: int, *Ts, **P](x: T) -> T: return x
class Box[T]: item: T
print(text, *r, sep="\n", file=sys.stdout)
