# Operators call special methods; NotImplemented tries the other side.
class V:
    def __init__(self, v): self.v = v
    def __add__(self, o): return V(self.v + o.v) if isinstance(o, V) else NotImplemented
    def __radd__(self, o): return V(o + self.v)
    def __iadd__(self, o): self.v += 100; return self
    def __mul__(self, o): return V(self.v * o)
    def __neg__(self): return V(-self.v)
    def __eq__(self, o): return isinstance(o, V) and o.v == self.v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f"V({self.v})"
    def __len__(self): return self.v
    def __bool__(self): return self.v != 0
    def __call__(self, *a, **k): return (self.v, a, k)
    def __contains__(self, x): return x == self.v
    def __getitem__(self, i): return self.v * i
    def __iter__(self): return iter(range(self.v))
    def __int__(self): return self.v
    def __index__(self): return self.v
    def __float__(self): return self.v + 0.5
    def __complex__(self): return complex(self.v, 1)
    def __round__(self, n=None): return ("round", n)
    def __abs__(self): return "abs"
    def __invert__(self): return "inv"
    def __divmod__(self, o): return "divmod"
    def __matmul__(self, o): return "@"
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __format__(self, s): return f"fmt:{s}"
    def __enter__(self): return "in"
    def __exit__(self, *a): return True
    def __reversed__(self): return "rev"
    def __dir__(self): return ["b", "a"]
    def __sizeof__(self): return 1
    def __bytes__(self): return b"by"
    def __trunc__(self): return 1
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
a, b = V(2), V(3)
print(a + b, 1 + a, a * 4, -a, a == V(2), a != b, a < b, b > a, len(a), bool(V(0)), a(1, k=2), 2 in a, a[5], list(b), int(a), float(a), complex(a), round(a), round(a, 1), abs(a), ~a) # -> V(5) V(3) V(8) V(-2) True True True True 2 False (2, (1,), {'k': 2}) True 10 [0, 1, 2] 2 2.5 (2+1j) ('round', None) ('round', 1) abs inv
print(divmod(a, 1), a @ 1, a ** 2, pow(a, 2, 3), f"{a:x}", reversed(a), dir(a), bytes(a), [10, 20, 30][a], "%d" % a, range(a), hex(b), sum([a, b])) # -> divmod @ ('pow', 2, None) ('pow', 2, 3) fmt:x rev ['a', 'b'] b'by' 30 2 range(0, 2) 0x3 V(5)
import math
print(math.floor(a), math.ceil(a), math.trunc(a), max(a, b), sorted([b, a]), [1, 2, 3][:a]) # -> floor ceil 1 V(3) [V(2), V(3)] [1, 2]
a += 1
print(a)                  # -> V(102)
a + 1                     # raises TypeError: unsupported operand type(s) for +: 'V' and 'int'
a - b                     # raises TypeError: unsupported operand type(s) for -: 'V' and 'V'
b <= a                    # raises TypeError: '<=' not supported between instances of 'V' and 'V'
a *= b                    # raises TypeError: unsupported operand type(s) for *: 'int' and 'V'
hash(a)                   # raises TypeError: unhashable type: 'V'
with a as w: 1 / 0
print(w)                  # -> in
a // 2                    # raises TypeError: unsupported operand type(s) for //: 'V' and 'int'
a @ a and 5 @ a           # raises TypeError: unsupported operand type(s) for @: 'int' and 'V'
-NotImplemented if 0 else a.nope # raises AttributeError: 'V' object has no attribute 'nope'
a & 1                     # raises TypeError: unsupported operand type(s) for &: 'V' and 'int'
a[1] = 2                  # raises TypeError: 'V' object does not support item assignment
del a[1]                  # raises TypeError: 'V' object doesn't support item deletion
