# match: class patterns, positional through __match_args__.
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Q(P): pass
class NoArgs: a = 1
def f(v):
    match v:
        case P(0, 0): return "origin"
        case P(x, y=0): return f"on x axis {x}"
        case P(x=int(a), y=P(b, _)): return f"nested {a} {b}"
        case Q(): return "Q"
        case P(): return "P"
        case NoArgs(a=1): return "NoArgs"
        case int(n) | float(n): return f"num {n}"
        case str() | bytes(): return "text"
        case list([a, *_]): return f"list {a}"
        case dict(d): return f"dict {d}"
        case bool(b): return "unreachable"
    return "none"
for v in (P(0, 0), P(3, 0), P(1, P(2, 3)), Q(1, 2), P(1, 1), NoArgs(), 5, 2.5, "s", b"s", [7], {1: 2}, True, None): print(f(v)) # -> origin
# -> on x axis 3
# -> nested 1 2
# -> Q
# -> P
# -> NoArgs
# -> num 5
# -> num 2.5
# -> text
# -> text
# -> list 7
# -> dict {1: 2}
# -> num True
# -> none
def bad(pattern, v):
    try:
        match v:
            case P(1, 2, 3) if pattern == 1: pass
    except TypeError as e: print(e)
    try:
        match v:
            case NoArgs(1): pass
    except TypeError as e: print(e)
bad(1, P(1, 2))           # -> P() accepts 2 positional sub-patterns (3 given)
bad(2, NoArgs())          # -> NoArgs() accepts 0 positional sub-patterns (1 given)
class Bad1: __match_args__ = ["x"]
class Bad2: __match_args__ = (1,)
class Dup: __match_args__ = ("x", "x"); x = 1
for cls in (Bad1, Bad2, Dup):
    try:
        match cls():
            case cls(1, 1): pass
    except TypeError as e: print(e)
# -> Bad1.__match_args__ must be a tuple (got list)
# -> Bad2() accepts 1 positional sub-pattern (2 given)
# -> Dup() got multiple sub-patterns for attribute 'x'
try:
    match 5:
        case print(): pass
except TypeError as e: print(e)
# -> called match pattern must be a class
try:
    match 5:
        case int(1, 2): pass
except TypeError as e: print(e)
# -> int() accepts 1 positional sub-pattern (2 given)
match P(1, 2):
    case P(x, y=1): pass
    case object(x=1, zz=_): print("zz")
    case object(y=2) as o: print(o.x)
# -> 1
