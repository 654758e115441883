# Every kind of parameter and what goes wrong.
def f(a, b=2, /, c=3, *args, d, e=5, **kw): return (a, b, c, args, d, e, kw)
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(1, c=9, d=0), f(*[1, 2], **{"d": 3, "q": 4}), f(1, d=1, a=5)) # -> (1, 2, 3, (), 4, 5, {}) (1, 2, 3, (4, 5), 6, 5, {'z': 7}) (1, 2, 9, (), 0, 5, {}) (1, 2, 3, (), 3, 5, {'q': 4}) (1, 2, 3, (), 1, 5, {'a': 5})
f()                       # raises TypeError: f() missing 1 required positional argument: 'a'
f(1)                      # raises TypeError: f() missing 1 required keyword-only argument: 'd'
f(d=1)                    # raises TypeError: f() missing 1 required positional argument: 'a'
f(1, d=1, c=2, **{"c": 3}) # raises TypeError: __main__.f() got multiple values for keyword argument 'c'
def g(a, b, c): return a, b, c
g(1)                      # raises TypeError: g() missing 2 required positional arguments: 'b' and 'c'
g(1, 2)                   # raises TypeError: g() missing 1 required positional argument: 'c'
g(1, 2, 3, 4)             # raises TypeError: g() takes 3 positional arguments but 4 were given
g(1, 2, 3, d=4)           # raises TypeError: g() got an unexpected keyword argument 'd'
g(1, 2, b=3)              # raises TypeError: g() got multiple values for argument 'b'
g()                       # raises TypeError: g() missing 3 required positional arguments: 'a', 'b', and 'c'
g(1, a=1)                 # raises TypeError: g() got multiple values for argument 'a'
def h(): pass
h(1)                      # raises TypeError: h() takes 0 positional arguments but 1 was given
h(a=1)                    # raises TypeError: h() got an unexpected keyword argument 'a'
h(1, 2)                   # raises TypeError: h() takes 0 positional arguments but 2 were given
def k(*, a, b): return a, b
k()                       # raises TypeError: k() missing 2 required keyword-only arguments: 'a' and 'b'
k(a=1)                    # raises TypeError: k() missing 1 required keyword-only argument: 'b'
k(1, 2)                   # raises TypeError: k() takes 0 positional arguments but 2 were given
k(1, a=1, b=2)            # raises TypeError: k() takes 0 positional arguments but 1 positional argument (and 2 keyword-only arguments) were given
def p(a, /): return a
p(a=1)                    # raises TypeError: p() got some positional-only arguments passed as keyword arguments: 'a'
p(1, a=1)                 # raises TypeError: p() got some positional-only arguments passed as keyword arguments: 'a'
def d(a, b=1): return a, b
d()                       # raises TypeError: d() missing 1 required positional argument: 'a'
d(1, 2, 3)                # raises TypeError: d() takes from 1 to 2 positional arguments but 3 were given
d(**{1: 2})               # raises TypeError: keywords must be strings
d(*5)                     # raises TypeError: __main__.d() argument after * must be an iterable, not int
d(**5)                    # raises TypeError: __main__.d() argument after ** must be a mapping, not int
d(1, **{"b": 2}, **{"b": 3}) # raises TypeError: __main__.d() got multiple values for keyword argument 'b'
d(1, 2, b=3)              # raises TypeError: d() got multiple values for argument 'b'
print((lambda *a, **k: (a, k))(1, *[2], x=3, **{"y": 4}), g(*"abc"), g(c=1, a=2, b=3), (lambda x=5: x)()) # -> ((1, 2), {'x': 3, 'y': 4}) ('a', 'b', 'c') (2, 3, 1) 5
g(1, 2, 3, bb=4)          # raises TypeError: g() got an unexpected keyword argument 'bb'. Did you mean 'b'?
def similar(color): pass
similar(colour=1)         # raises TypeError: similar() got an unexpected keyword argument 'colour'. Did you mean 'color'?
