# Classes, instances, attributes.
class A:
    "Doc."
    x = 1
    def __init__(self, y=2): self.y = y
    def get(self): return self.x + self.y
    @classmethod
    def make(cls, *a): return cls(*a)
    @staticmethod
    def add(a, b): return a + b
a = A()
print(a.x, a.y, a.get(), A.get(a), A.make(5).y, A.add(1, 2), a.add(3, 4), A.__doc__, A.__name__, A.__qualname__, A.__module__, A.__bases__, a.__class__ is A, a.__dict__, type(a) is A) # -> 1 2 3 3 5 3 7 Doc. A A __main__ (<class 'object'>,) True {'y': 2} True
a.x = 10
print(A.x, a.x, a.get(), vars(a)) # -> 1 10 12 {'y': 2, 'x': 10}
del a.x
print(a.x)                # -> 1
del a.x                   # raises AttributeError: 'A' object has no attribute 'x'
a.z                       # raises AttributeError: 'A' object has no attribute 'z'
A.z                       # raises AttributeError: type object 'A' has no attribute 'z'
A.get()                   # raises TypeError: A.get() missing 1 required positional argument: 'self'
a.get(1)                  # raises TypeError: A.get() takes 1 positional argument but 2 were given
A(1, 2)                   # raises TypeError: A.__init__() takes from 1 to 2 positional arguments but 3 were given
A(z=1)                    # raises TypeError: A.__init__() got an unexpected keyword argument 'z'
print(hasattr(a, "y"), hasattr(a, "q"), getattr(a, "q", "dflt"), getattr(a, "y")) # -> True False dflt 2
getattr(a, "q")           # raises AttributeError: 'A' object has no attribute 'q'
getattr(a, 5)             # raises TypeError: attribute name must be string, not 'int'
setattr(a, "dyn", 3)
delattr(a, "dyn")
delattr(a, "dyn")         # raises AttributeError: 'A' object has no attribute 'dyn'
print(sorted(k for k in A.__dict__ if not k.startswith("__")), isinstance(a, A), isinstance(a, (int, A)), issubclass(A, object)) # -> ['add', 'get', 'make', 'x'] True True True
isinstance(a, 5)          # raises TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union
issubclass(5, A)          # raises TypeError: issubclass() arg 1 must be a class
class NoInit: pass
NoInit(1)                 # raises TypeError: NoInit() takes no arguments
NoInit().x = 5
object(1)                 # raises TypeError: object() takes no arguments
object().x = 1            # raises AttributeError: 'object' object has no attribute 'x' and no __dict__ for setting new attributes
class BadInit:
    def __init__(self): return 5
BadInit()                 # raises TypeError: __init__() should return None, not 'int'
print(NoInit.__init__ is object.__init__, repr(A), repr(a).startswith("<__main__.A object at 0x")) # -> True <class '__main__.A'> True
