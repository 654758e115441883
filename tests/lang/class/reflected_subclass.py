# The right operand goes first when its class is a subclass that overrides.
class A:
    def __add__(self, o): return "A.add"
    def __radd__(self, o): return "A.radd"
    def __lt__(self, o): return "A.lt"
    def __gt__(self, o): return "A.gt"
    def __eq__(self, o): return "A.eq"
class B(A):
    def __radd__(self, o): return "B.radd"
    def __gt__(self, o): return "B.gt"
    def __eq__(self, o): return "B.eq"
class C(A): pass
print(A() + B(), B() + A(), A() + C(), A() < B(), A() < C(), A() == B(), A() == C(), 1 + A(), 5 < A(), 5 == B()) # -> B.radd A.add A.add B.gt A.gt B.eq A.eq A.radd A.gt B.eq
class N:
    def __add__(self, o): return NotImplemented
    def __eq__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
    def __iadd__(self, o): return NotImplemented
n = N()
n + n                     # raises TypeError: unsupported operand type(s) for +: 'N' and 'N'
n < n                     # raises TypeError: '<' not supported between instances of 'N' and 'N'
print(n == n, n == N(), n != n) # -> True False False
n += 1                    # raises TypeError: unsupported operand type(s) for +=: 'N' and 'int'
n + A() and print(n + A()) # -> A.radd
class I:
    def __init__(self): self.log = []
    def __isub__(self, o): self.log.append(o); return self
    def __imul__(self, o): return "replaced"
i = I()
i -= 1
print(i.log)              # -> [1]
i *= 2
print(i)                  # -> replaced
class U:
    __add__ = None
    __hash__ = None
    __iter__ = None
    __contains__ = None
U() + 1                   # raises TypeError: 'NoneType' object is not callable
hash(U())                 # raises TypeError: unhashable type: 'U'
iter(U())                 # raises TypeError: 'U' object is not iterable
1 in U()                  # raises TypeError: 'U' object is not a container
