# __slots__ replace the dictionary.
class P:
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x
p = P(1)
print(p.x, P.__slots__, hasattr(p, "__dict__")) # -> 1 ('x', 'y') False
p.y                       # raises AttributeError: 'P' object has no attribute 'y'
p.z = 1                   # raises AttributeError: 'P' object has no attribute 'z' and no __dict__ for setting new attributes
p.y = 2
del p.y
del p.y                   # raises AttributeError: y
class Q(P): pass
q = Q(1)
q.z = 5
print(q.z, q.__dict__, q.x) # -> 5 {'z': 5} 1
class R(P):
    __slots__ = ["z"]
r = R(3)
r.z = 4
print(r.x, r.z)           # -> 3 4
r.w = 1                   # raises AttributeError: 'R' object has no attribute 'w' and no __dict__ for setting new attributes
class S:
    __slots__ = "single"
s = S()
s.single = 1
print(s.single, S.single.__name__, type(S.single).__name__) # -> 1 single member_descriptor
class T: __slots__ = ("a", 5) # raises TypeError: __slots__ items must be strings, not 'int'
class U: __slots__ = ("1a",) # raises TypeError: __slots__ must be identifiers
class V: __slots__ = ("x",); x = 1 # raises ValueError: 'x' in __slots__ conflicts with class variable
class W(P, S): pass       # raises TypeError: multiple bases have instance lay-out conflict
class X: __slots__ = ("__dict__", "k")
x = X()
x.any = 1
print(x.any)              # -> 1
class Y: __slots__ = {"a": "doc a"}
print(Y.a.__doc__)        # -> None
class M:
    __slots__ = ("__priv",)
    def __init__(self): self.__priv = 1
print(M()._M__priv)       # -> 1
