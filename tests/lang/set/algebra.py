# Operators want sets, methods want any iterable.
a, b = {1, 2, 3}, {2, 3, 4}
print(a & b, a | b, a - b, a ^ b, a.union([9], (8,)), a.intersection([1, 2], [2]), a.difference([1], [2]), a.symmetric_difference([1, 7])) # -> {2, 3} {1, 2, 3, 4} {1} {1, 4} {1, 2, 3, 8, 9} {2} {3} {2, 3, 7}
print(a <= a, a < a, {1} < a, a > {1, 2}, a >= b, a == {3, 2, 1}, a != b, a.issubset(range(9)), a.issuperset([1]), a.isdisjoint([7]), {1} <= frozenset([1, 2])) # -> True False True True False True True True True True True
a | [1]                   # raises TypeError: unsupported operand type(s) for |: 'set' and 'list'
a & [1]                   # raises TypeError: unsupported operand type(s) for &: 'set' and 'list'
a - "a"                   # raises TypeError: unsupported operand type(s) for -: 'set' and 'str'
a ^ 5                     # raises TypeError: unsupported operand type(s) for ^: 'set' and 'int'
a < [1]                   # raises TypeError: '<' not supported between instances of 'set' and 'list'
a.union(5)                # raises TypeError: 'int' object is not iterable
a.issubset(5)             # raises TypeError: 'int' object is not iterable
a |= {10}
a &= {1, 2, 10}
a -= {1}
a ^= {2, 5}
print(a)                  # -> {10, 5}
a.update([1], "x")
a.difference_update([5], [10])
a.intersection_update([1, "x", 9])
a.symmetric_difference_update([1, 1, 2])
print(sorted(a, key=str), type({1} | frozenset([2])).__name__, type(frozenset([2]) | {1}).__name__) # -> [2, 'x'] set frozenset
a |= [1]                  # raises TypeError: unsupported operand type(s) for |=: 'set' and 'list'
f = frozenset([1])
g = f
f |= {2}
print(f == {1, 2}, g, f.copy() is f, frozenset(f) is f) # -> True frozenset({1}) True True
