# __getattr__, __getattribute__, __setattr__, __delattr__.
class A:
    def __init__(self): self.real = 1
    def __getattr__(self, n):
        if n == "bad": raise AttributeError("custom message")
        return f"<{n}>"
a = A()
print(a.real, a.fake, getattr(a, "z"), hasattr(a, "bad"), getattr(a, "bad", 0)) # -> 1 <fake> <z> False 0
a.bad                     # raises AttributeError: custom message
class B:
    def __getattribute__(self, n):
        if n == "x": return "got x"
        return object.__getattribute__(self, n)
    def __setattr__(self, n, v): print("set", n, v); object.__setattr__(self, n, v)
    def __delattr__(self, n): print("del", n)
b = B()
b.y = 1                   # -> set y 1
print(b.x, b.y)           # -> got x 1
del b.y                   # -> del y
print(b.y)                # -> 1
b.nope                    # raises AttributeError: 'B' object has no attribute 'nope'
len(a)                    # raises TypeError: object of type 'A' has no len()
a + 1                     # raises TypeError: unsupported operand type(s) for +: 'A' and 'int'
class C:
    def __getattr__(self, n): raise ValueError(n)
C().x                     # raises ValueError: x
hasattr(C(), "x")         # raises ValueError: x
class Meta(type):
    def __getattr__(cls, n): return f"meta {n}"
class D(metaclass=Meta): pass
print(D.anything)         # -> meta anything
D().anything              # raises AttributeError: 'D' object has no attribute 'anything'
class E:
    __slots__ = ()
    def __getattr__(self, n): return self.__dict__ if 0 else n
print(E().foo)            # -> foo
E().foo = 1               # raises AttributeError: 'E' object has no attribute 'foo' and no __dict__ for setting new attributes
object.__setattr__(1, "x", 2) # raises AttributeError: 'int' object has no attribute 'x' and no __dict__ for setting new attributes
