# sort is stable, calls key once for each item, and survives what its callers do.
rows = [("b", 2), ("a", 1), ("b", 1), ("a", 2)]
print(sorted(rows, key=lambda r: r[0])) # -> [('a', 1), ('a', 2), ('b', 2), ('b', 1)]
print(sorted(rows, key=lambda r: r[0], reverse=True)) # -> [('b', 2), ('b', 1), ('a', 1), ('a', 2)]
calls = []
print(sorted([3, 1, 2], key=lambda x: calls.append(x) or -x), calls) # -> [3, 2, 1] [3, 1, 2]
import functools
print(sorted([5, 3, 9], key=functools.cmp_to_key(lambda a, b: b - a))) # -> [9, 5, 3]
a = [3, 2, 1]
def poke(x): a.append(x); return x
a.sort(key=poke)          # raises ValueError: list modified during sort
print(a)                  # -> [1, 2, 3]
class Boom:
    def __lt__(self, other): raise RuntimeError("no order")
b = [Boom(), Boom()]
b.sort()                  # raises RuntimeError: no order
print(len(b))             # -> 2
import random
r = random.Random(1)
big = [r.randrange(1000) for _ in range(5000)]
print(sorted(big) == sorted(big[::-1]), all(x <= y for x, y in zip(sorted(big), sorted(big)[1:]))) # -> True True
print(sorted([(1, "b"), (1, "a")]), sorted([[2], [1, 5], [1]]), sorted("bca", reverse=True)) # -> [(1, 'a'), (1, 'b')] [[1], [1, 5], [2]] ['c', 'b', 'a']
print(sorted([True, 0, 2.5, -1]), sorted(["é", "z", "a"]), sorted([b"b", b"a"]), sorted([10**20, -10**20, 5])) # -> [-1, 0, True, 2.5] ['a', 'z', 'é'] [b'a', b'b'] [-100000000000000000000, 5, 100000000000000000000]
