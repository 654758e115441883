# Data descriptors win over the instance, non-data ones lose.
class Data:
    def __set_name__(self, owner, name): self.name = name; print("set_name", owner.__name__, name)
    def __get__(self, obj, cls): return self if obj is None else f"data {self.name}"
    def __set__(self, obj, v): obj.__dict__[self.name] = v; print("set", v)
    def __delete__(self, obj): print("delete")
class NonData:
    def __get__(self, obj, cls): return f"nondata {obj is None} {cls.__name__}"
class A:
    d = Data()
    n = NonData()
# -> set_name A d
a = A()
a.d = 5                   # -> set 5
print(a.d, a.__dict__, a.n, A.n, isinstance(A.d, Data)) # -> data d {'d': 5} nondata False A nondata True A True
a.__dict__["n"] = "mine"
print(a.n)                # -> mine
del a.d                   # -> delete
class P:
    @property
    def x(self): "doc x"; return self._x
    @x.setter
    def x(self, v): self._x = v * 2
    @x.deleter
    def x(self): del self._x
    @property
    def ro(self): return 1
    wo = property(None, lambda self, v: None)
p = P()
p.x = 4
print(p.x, P.x.__doc__, P.ro.fset, P.x.fget.__name__) # -> 8 doc x None x
del p.x
p.x                       # raises AttributeError: 'P' object has no attribute '_x'
p.ro = 1                  # raises AttributeError: property 'ro' of 'P' object has no setter
del p.ro                  # raises AttributeError: property 'ro' of 'P' object has no deleter
p.wo                      # raises AttributeError: property 'wo' of 'P' object has no getter
class S:
    @staticmethod
    def s(): return "s"
    @classmethod
    def c(cls): return cls.__name__
    class T: pass
print(S.s(), S().s(), S.c(), S().c(), S.__dict__["s"].__func__(), S.__dict__["c"].__get__(None, int)(), S().T is S.T) # -> s s S S s int True
class Broken:
    def __get__(self, obj, cls): raise AttributeError("from get")
class UsesBroken:
    b = Broken()
    def __getattr__(self, n): return f"getattr {n}"
print(UsesBroken().b, hasattr(UsesBroken, "b")) # -> getattr b False
class OnlySet:
    def __set__(self, obj, v): obj.__dict__["o"] = v + 1
class O: o = OnlySet()
o = O()
o.o = 1
print(o.o)                # -> 2
del o.o                   # raises AttributeError: __delete__
