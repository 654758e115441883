# with: order, suppression, errors in enter and exit.
class CM:
    def __init__(self, n, swallow=False, bad=False): self.n, self.s, self.bad = n, swallow, bad
    def __enter__(self): print("enter", self.n); return self.n
    def __exit__(self, t, v, tb):
        print("exit", self.n, t and t.__name__, v, tb is not None)
        if self.bad: raise KeyError("from exit")
        return self.s
with CM(1) as a, CM(2) as b: print(a, b) # -> enter 1
# -> enter 2
# -> 1 2
# -> exit 2 None None False
# -> exit 1 None None False
with (CM(1) as a, CM(2)): print(a) # -> enter 1
# -> enter 2
# -> 1
# -> exit 2 None None False
# -> exit 1 None None False
with CM(1, True): raise ValueError("swallowed") # -> enter 1
# -> exit 1 ValueError swallowed True
def f():
    with CM("r"): return "returned"
print(f())                # -> enter r
# -> exit r None None False
# -> returned
for i in range(2):
    with CM(i):
        if i == 0: continue
        break
# -> enter 0
# -> exit 0 None None False
# -> enter 1
# -> exit 1 None None False
def g():
    try:
        with CM("b", bad=True): raise ValueError("first")
    except KeyError as e: return repr(e), repr(e.__context__)
print(g())                # -> enter b
# -> exit b ValueError first True
# -> ("KeyError('from exit')", "ValueError('first')")
def unpack():
    with CM("x") as (p, q): pass
# -> enter x
# -> exit x ValueError not enough values to unpack (expected 2, got 1) True
unpack()                  # raises ValueError: not enough values to unpack (expected 2, got 1)
