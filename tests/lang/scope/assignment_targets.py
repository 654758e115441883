# Assignment: order, unpacking, chains, augmented.
def say(x): print("eval", x); return x
class Rec:
    def __init__(self): object.__setattr__(self, "log", [])
    def __setattr__(self, n, v): print("setattr", n, v)
    def __setitem__(self, k, v): print("setitem", k, v)
    def __getitem__(self, k): print("getitem", k); return 10
    def __getattr__(self, n): print("getattr", n); return 20
    def __delitem__(self, k): print("delitem", k)
r = Rec()
r.a = r[say("k")] = say("v") # -> eval v
# -> setattr a v
# -> eval k
# -> setitem k v
r[say(1)] += say(2)       # -> eval 1
# -> getitem 1
# -> eval 2
# -> setitem 1 12
r.q -= 1                  # -> getattr q
# -> setattr q 19
(a, r.z), *r[0] = [1, 2], 3, 4 # -> setattr z 2
# -> setitem 0 [3, 4]
print(a)                  # -> 1
i = 0
i, lst = 1, [5, 6, 7]
i, lst[i] = 2, "x"
print(i, lst)             # -> 2 [5, 6, 'x']
a = b = c = []
print(a is b is c)        # -> True
[a, b], c = "xy", 3
a, b = b, a
print(a, b, c)            # -> y x 3
*a, = range(3)
a, (b, *c), *d = 1, "xyz", 4, 5
print(a, b, c, d)         # -> 1 x ['y', 'z'] [4, 5]
del r[say("d")], lst[0]   # -> eval d
# -> delitem d
x: int = 5
y: say("annotated")       # -> eval annotated
(z): int = 1
r.attr: int = 3           # -> setattr attr 3
print(x, z, __annotations__) # -> 5 1 {'x': <class 'int'>, 'y': 'annotated'}
print(y)                  # raises NameError: name 'y' is not defined
a, b = {1: 2, 3: 4}
print(a, b)               # -> 1 3
a = [1, 2]
a[0], a[1] = a[1], a[0]
print(a, [y := 5, y ** 2], (lambda: (w := 3))()) # -> [2, 1] [5, 25] 3
if (n := len(a)) > 1: print(n) # -> 2
a += "xy"
a *= 2
print(a)                  # -> [2, 1, 'x', 'y', 2, 1, 'x', 'y']
t = ([],)
t[0] += [1]               # raises TypeError: 'tuple' object does not support item assignment
print(t)                  # -> ([1],)
a, b = 1                  # raises TypeError: cannot unpack non-iterable int object
a, b = ()                 # raises ValueError: not enough values to unpack (expected 2, got 0)
(a, b), c = 5, 6          # raises TypeError: cannot unpack non-iterable int object
a, *b = ()                # raises ValueError: not enough values to unpack (expected at least 1, got 0)
[a, b, c] = {1, 2}        # raises ValueError: not enough values to unpack (expected 3, got 2)
for a, *b in [(1, 2, 3), "xy"]: print(a, b) # -> 1 [2, 3]
# -> x ['y']
x = y = 3; x //= 2; y **= 2; x <<= 3; y %= 4; x |= 1; x ^= 3; x &= 14
print(x, y)               # -> 10 1
