# Who owns which name.
import os.path, sys as system
def f(p, /, q, *args, k=1, **kw):
    global g
    g = local = p
    def inner():
        nonlocal local
        local = q + g + builtin
        return [x for x in local if (w := x) in q]
    for i in inner():
        del i
    try: pass
    except E as e: print(e)
    return lambda z: z + k
class C(Base):
    attr: int = f
    __private = 1
    def method(self):
        return super().method() + self.__private + attr
    gen = (attr for attr in attr)
    pairs = {k: attr for k in attr}
