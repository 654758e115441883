# Metaclasses: creation order, __prepare__, keyword arguments, conflicts.
class Meta(type):
    @classmethod
    def __prepare__(m, name, bases, **kw): print("prepare", name, kw); return {"injected": 1}
    def __new__(m, name, bases, ns, **kw): print("new", name); return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): print("init", name, kw); super().__init__(name, bases, ns)
    def __call__(cls, *a): print("call", cls.__name__); return super().__call__(*a)
    def __instancecheck__(cls, o): return o == 42
    def __subclasscheck__(cls, c): return c is int
    def __len__(cls): return 7
    def __contains__(cls, x): return x == "in"
    def __iter__(cls): return iter("it")
class A(metaclass=Meta, k=1):
    print("body")
# -> prepare A {'k': 1}
# -> body
# -> new A
# -> init A {'k': 1}
print(A.injected, type(A).__name__, len(A), "in" in A, list(A), isinstance(42, A), isinstance(41, A), issubclass(int, A)) # -> 1 Meta 7 True ['i', 't'] True False True
a = A()                   # -> call A
class B(A): pass          # -> prepare B {}
# -> new B
# -> init B {}
class M2(type): pass
class C(A, metaclass=M2): pass # raises TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
class D(metaclass=lambda n, b, ns: (n, b, sorted(k for k in ns if k[0] != "_"))): x = 1
print(D)                  # -> ('D', (), ['x'])
print(type("Dyn", (object,), {"v": 5}).v, type("E", (int,), {})(7) + 1, type(5), type(type)) # -> 5 8 <class 'int'> <class 'type'>
type("F") and type("F", (), {}, k=1) # raises TypeError: F.__init_subclass__() takes no keyword arguments
type("F", 5, {})          # raises TypeError: type.__new__() argument 2 must be tuple, not int
type(5, (), {})           # raises TypeError: type.__new__() argument 1 must be str, not int
type(1, 2)                # raises TypeError: type() takes 1 or 3 arguments
type("a\0b", (), {})      # raises ValueError: type name must not contain null characters
class G(k=1): pass        # raises TypeError: G.__init_subclass__() takes no keyword arguments
class Super:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw): super().__init_subclass__(**kw); Super.subs.append((cls.__name__, tag))
class S1(Super, tag="t"): pass
class S2(S1): pass
print(Super.subs)         # -> [('S1', 't'), ('S2', None)]
class S3(Super, bad=1): pass # raises TypeError: S3.__init_subclass__() takes no keyword arguments
class Gen:
    def __class_getitem__(cls, k): return (cls.__name__, k)
print(Gen[int], Gen[1, 2]) # -> ('Gen', <class 'int'>) ('Gen', (1, 2))
int[5]                    # raises TypeError: type 'int' is not subscriptable
A[5]                      # raises TypeError: type 'A' is not subscriptable
class Entries:
    def __mro_entries__(self, bases): return (dict,)
class H(Entries()): pass
print(H.__mro__[1].__name__, type(H.__orig_bases__[0]).__name__) # -> dict Entries
