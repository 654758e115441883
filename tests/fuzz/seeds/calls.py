# Calls and parameters of every kind, closures, defaults, recursion.
def plain(a, b=2, /, c=3, *rest, d, e=5, **more):
    return a, b, c, rest, d, e, more

def counter(start):
    n = start
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step

def loop(n):
    return n if n < 2 else loop(n - 1) + loop(n - 2)

t = (1, 2)
k = {"e": 9, "f": 10}
r = [plain(1, d=4), plain(*t, d=1, **k), plain(1, 2, 3, 4, 5, d=6), max(3, 4, key=lambda x: -x), loop(9)]
c = counter(5)
r.append(c() + c(10))
for wrong in (lambda: plain(), lambda: plain(1, d=1, a=2), lambda: len(1, 2), lambda: print(end=1)):
    try:
        wrong()
    except TypeError as e:
        r.append(str(e))
total = sum(x * y for x in range(5) for y in (1, 2))
"{:>5}|{}".format("x", *[1])
sorted([3, 1, 2], reverse=True).append(4)
