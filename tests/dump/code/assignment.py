# Right before left; a swap builds no tuple; the parts of an augmented target are evaluated once.
def f(a, b, o):
    a, b = b, a
    x = y = o.z
    o.a, o[b] = a, b
    (p, q), *r = o
    o.i().n += 1
    o[a:b] -= b
    n: int = 3
    global G
    G = a @ b
    assert a, "text"
    del o.x, o[0]
    import a.b as m, c.d
    from . import e as f
    return f"{a!r:>{b}} {x}{{"
