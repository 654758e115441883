# Class bodies, super, descriptors, attributes, operators, slots, metaclasses.
class Base:
    kind = "base"
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x
    def __add__(self, o): return Base(self.x + o.x)
    def __eq__(self, o): return self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __hash__(self): return 1
    def __getitem__(self, i): return (self.x, i)
    def __len__(self): return 3
    def __bool__(self): return True
    def __iter__(self): yield self.x
    def __contains__(self, v): return v == self.x
    def __call__(self, *a): return a

class Child(Base):
    def __init__(self, x):
        super().__init__(x)
        self.z = x
        self.z += 1
    @property
    def twice(self): return self.x * 2
    @twice.setter
    def twice(self, v): self.x = v // 2
    @staticmethod
    def s(a): return a
    @classmethod
    def c(cls, a): return cls, a
    def __getattr__(self, name):
        if name == "missing": raise StopIteration(name)
        raise AttributeError(name)

class Meta(type):
    def __new__(m, name, bases, ns, **kw): return super().__new__(m, name, bases, ns)

class Made(metaclass=Meta, option=1):
    a: int = 1
    class Inner:
        def f(self): return __class__

b, c = Base(1), Child(4)
c.twice = 12
out = [(b + b).x, c.twice, c.s(1), c.c(2)[1], b == c, b < c, b[1:2], b(1), 1 in b, len(b), [*b], not b, Made.Inner().f().__name__]
del c.z
for f in (lambda: c.nothing, lambda: c.missing(), lambda: b.q, lambda: c.twice.x):
    try: f()
    except (AttributeError, StopIteration) as e: out.append(type(e).__name__)
for i in range(3):
    b.x = i
    out.append(b.x)
