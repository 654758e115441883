# sys.set_asyncgen_hooks(): firstiter at the first step, finalizer when it dies suspended; None takes a hook back.
import sys, gc
log = []
async def ag():
    try:
        yield 1
        yield 2
    finally: log.append("fin")
def step(g):
    try: g.__anext__().send(None)
    except StopIteration as e: return e.value
def clear():
    a = b = c = d = e = f = g = h = 1
    return [a, b, c, d, e, f, g, h]
old = sys.get_asyncgen_hooks()
print(old, tuple(old))    # -> asyncgen_hooks(firstiter=None, finalizer=None) (None, None)
sys.set_asyncgen_hooks(firstiter=lambda g: log.append(("first", g.__name__)), finalizer=lambda g: log.append(("final", g.__name__, g.ag_suspended)))
def use():
    g = ag()
    print(step(g), step(g))
def drain():
    g = ag()
    print(step(g), step(g), sys.getrefcount(g) >= 0)
    try: g.__anext__().send(None)
    except StopAsyncIteration: print("end")
use()                     # -> 1 2
clear(); gc.collect()
print(log)                # -> [('first', 'ag'), ('final', 'ag', True)]
log.clear()
drain()                   # -> 1 2 True
                          # -> end
clear(); gc.collect()
print(log)                # -> [('first', 'ag'), 'fin']
sys.set_asyncgen_hooks(finalizer=None)
print(sys.get_asyncgen_hooks().finalizer, sys.get_asyncgen_hooks().firstiter is None)   # -> None False
sys.set_asyncgen_hooks(*old)
print(sys.get_asyncgen_hooks())  # -> asyncgen_hooks(firstiter=None, finalizer=None)
sys.set_asyncgen_hooks(1)        # raises TypeError: callable firstiter expected, got int
sys.set_asyncgen_hooks(None, 1)  # raises TypeError: callable finalizer expected, got int
def bad(g): raise ValueError("hook")
sys.set_asyncgen_hooks(bad)
ag().__anext__()                 # raises ValueError: hook
