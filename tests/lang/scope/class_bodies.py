# A class body is its own namespace, invisible to its functions.
name = "module"
class A:
    name = "class"
    def get(self): return name
    direct = name
    listed = [name for _ in range(1)]
    first = [n for n in name]
    lam = lambda: name
    __private = 1
    def priv(self): return self.__private, __name
    class Inner:
        got = name
    if True: cond = "yes"
    for i in range(3): pass
    del lam
__name = 1
_A__name = "mangled"
print(A().get(), A.direct, A.listed, A.first[0], A().priv(), A.Inner.got, A.cond, A.i, A._A__private, hasattr(A, "lam")) # -> module class ['module'] c (1, 'mangled') module yes 2 1 False
def f():
    name = "function"
    class B:
        print(name)
        name = "b"
        print(name)
        def m(self): return name
    return B().m()
print(f())                # -> module
# -> b
# -> function
def g():
    class C:
        if 0: unset = 1
        try: unset
        except NameError as e: print(e)
        __class__ = "odd" if 0 else None
    return C.__qualname__, C.__module__
print(g())                # -> name 'unset' is not defined
# -> ('g.<locals>.C', '__main__')
class D:
    x = 1
    def f(self): return __class__, super().__init__
    __slots__ = ()
print(D().f()[0] is D, D.__dict__["x"], "__dict__" in D.__dict__) # -> True 1 False
class E:
    "doc"
    a: int = 1
    b: "str"
    print(sorted(k for k in locals() if k[0] != "_" or k in ("__annotations__", "__doc__", "__module__", "__qualname__")))
# -> ['__annotations__', '__doc__', '__module__', '__qualname__', 'a']
print(E.__annotations__, E.__doc__, hasattr(E, "b")) # -> {'a': <class 'int'>, 'b': 'str'} doc False
class F(print("bases evaluated") or object, metaclass=print("meta evaluated") or type): pass # -> bases evaluated
# -> meta evaluated
class __Secret:
    __x = 5
    def g(self): return self.__x
print(__Secret().g(), [k for k in vars(__Secret) if "x" in k]) # -> 5 ['_Secret__x']
