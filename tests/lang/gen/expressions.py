# Generator expressions evaluate their first iterable at once, the rest late.
def src(): print("src called"); return [1, 2, 3]
g = (x * 2 for x in src()) # -> src called
print("made")             # -> made
print(list(g), list(g))   # -> [2, 4, 6] []
(x for x in 5)            # raises TypeError: 'int' object is not iterable
g = (x for x in [1] for y in 5)
next(g)                   # raises TypeError: 'int' object is not iterable
n = 10
g = (x + n for x in range(2))
n = 20
print(list(g))            # -> [20, 21]
print([(x, y) for x in range(3) for y in range(x)], [x for x in range(10) if x % 2 if x > 3], {x: y for x, y in zip("ab", [1, 2])}, {x % 3 for x in range(9)}) # -> [(1, 0), (2, 0), (2, 1)] [5, 7, 9] {'a': 1, 'b': 2} {0, 1, 2}
x = "outer"
print([x for x in range(2)], x, [[j for j in range(i)] for i in range(3)], [i if i % 2 else -i for i in range(4)]) # -> [0, 1] outer [[], [0], [0, 1]] [0, 1, -2, 3]
print([(lambda: i)() for i in range(3)], [f() for f in [lambda: i for i in range(3)]], [y := 1, y + 1], [last := v for v in range(3)], last) # -> [0, 1, 2] [2, 2, 2] [1, 2] [0, 1, 2] 2
class C:
    a = 3
    b = [a for _ in range(2)] if 0 else [i for i in range(a)]
    c = list(k for k in range(a))
print(C.b, C.c)           # -> [0, 1, 2] [0, 1, 2]
class D:
    z = 3
    try: w = [z for _ in range(2)]
    except NameError as e: print(e)
# -> name 'z' is not defined
print([*(i for i in range(3))], dict((k, 1) for k in "ab"), any(v > 2 for v in range(4)), all(v for v in []), sorted(-v for v in range(3))) # -> [0, 1, 2] {'a': 1, 'b': 1} True True [-2, -1, 0]
