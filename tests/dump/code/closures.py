# A captured variable's register holds its cell; class bodies hand cells on.
def outer(a, b):
    c = 1
    def inner(d=b):
        nonlocal c
        c += a
        return c, d, GLOBAL
    class K:
        a = a
        def m(self):
            return a
    del b
    return inner
