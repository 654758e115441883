# Defaults are made once; closures share variables.
def f(x, acc=[]):
    acc.append(x)
    return acc
print(f(1), f(2), f(3, []), f.__defaults__) # -> [1, 2] [1, 2] [3] ([1, 2],)
def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
inc, get = counter()
print(inc(), inc(5), get(), inc.__closure__[0].cell_contents, inc.__code__.co_freevars) # -> 1 6 6 6 ('n',)
print([g() for g in [lambda: i for i in range(3)]], [g() for g in [lambda i=i: i for i in range(3)]]) # -> [2, 2, 2] [0, 1, 2]
def late():
    return later
late()                    # raises NameError: name 'later' is not defined
later = 1
print(late())             # -> 1
def unbound():
    print(x)
    x = 1
unbound()                 # raises UnboundLocalError: cannot access local variable 'x' where it is not associated with a value
def unbound_cell():
    def inner(): return y
    inner()
    y = 1
unbound_cell()            # raises NameError: cannot access free variable 'y' where it is not associated with a value in enclosing scope
def deleted():
    z = 1
    del z
    return z
deleted()                 # raises UnboundLocalError: cannot access local variable 'z' where it is not associated with a value
def outer():
    v = 1
    class C:
        v = 2
        def m(self): return v
        w = v
    return C().m(), C.w
print(outer())            # -> (1, 2)
def deep():
    a = 1
    def b():
        def c():
            nonlocal a
            a += 1
            return a
        return c
    return b()(), a
print(deep())             # -> (2, 2)
