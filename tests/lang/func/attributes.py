# What a function knows about itself.
def f(a: int, b: "str" = "x", *c, d: float = 1.0, **e) -> bool:
    "Doc of f."
    return True
print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__defaults__, f.__kwdefaults__, f.__annotations__) # -> f f Doc of f. __main__ ('x',) {'d': 1.0} {'a': <class 'int'>, 'b': 'str', 'd': <class 'float'>, 'return': <class 'bool'>}
c = f.__code__
print(c.co_name, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_varnames, c.co_flags & 0x0c, c.co_firstlineno) # -> f 2 0 1 ('a', 'b', 'd', 'c', 'e') 12 2
f.x = 1
print(f.x, f.__dict__, callable(f), type(f).__name__, (lambda: 0).__name__) # -> 1 {'x': 1} True function <lambda>
del f.x
f.x                       # raises AttributeError: 'function' object has no attribute 'x'
f.__name__ = 5            # raises TypeError: __name__ must be set to a string object
f.__code__ = 5            # raises TypeError: __code__ must be set to a code object
f.__defaults__ = 5        # raises TypeError: __defaults__ must be set to a tuple object
f.__name__ = "g"
f.__defaults__ = (7,)
print(f.__name__, f.__defaults__) # -> g (7,)
class A:
    def m(self): "d"; return 1
print(A.m.__qualname__, A().m.__name__, A().m.__func__ is A.m, A().m.__self__.__class__.__name__, A().m() == A.m(A()), A.m.__doc__) # -> A.m m True A True d
a = A()
print(a.m == a.m, a.m is a.m, hash(a.m) == hash(a.m), A().m == A().m) # -> True False True False
a.m.x = 1                 # raises AttributeError: 'method' object has no attribute 'x' and no __dict__ for setting new attributes
def outer():
    def inner(): pass
    return inner
print(outer().__qualname__, outer().__closure__, repr(outer).startswith("<function outer at 0x"), len.__name__, repr(len), [].append.__name__, repr(str.upper)) # -> outer.<locals>.inner None True len <built-in function len> append <method 'upper' of 'str' objects>
