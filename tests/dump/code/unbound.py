# A local is checked where it may be unbound, once.
def f(c, items):
    if c:
        x = 1
    print(x)
    print(x)
    for y in items:
        pass
    print(y)
    try:
        z = c()
    except E as e:
        pass
    print(z, e)
    del x
    del x
