# Inlined, except generator expressions; captured variables get a new cell each time.
def f(xs):
    a = [x * y for x in xs for y in x if y]
    b = {x: (lambda: x) for x in xs}
    c = {z := x for x in xs}
    return a, b, c, z, sum(x for x in xs)
class C:
    n = 1
    l = [n for n in range(n)]
