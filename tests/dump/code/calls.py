# Arguments go straight into the callee's registers; a method is looked up before arguments that can be seen.
def f(x, y, *args, **kw):
    x.append(y)
    x.append(y())
    f(1, f(2), key=y)
    f(*args)
    f(1, *args, z=x, **kw)
    x.a.b = x[0] = x[1:y]
    x[y] += 2
    return lambda a, b=x: a(b)
