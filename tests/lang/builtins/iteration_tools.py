# enumerate, zip, map, filter, reversed, iter, next, min, max, sum, any, all.
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(zip("abc", [1, 2])), list(zip()), list(zip("a")), list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])), list(filter(None, [0, 1, "", "x"])), list(filter(str.isdigit, "a1b2"))) # -> [(0, 'a'), (1, 'b')] [(5, 'a'), (6, 'b')] [('a', 1), ('b', 2)] [] [('a',)] ['1', '2'] [4, 6] [1, 'x'] ['1', '2']
list(zip("ab", "a", strict=True)) # raises ValueError: zip() argument 2 is shorter than argument 1
list(zip("a", "ab", strict=True)) # raises ValueError: zip() argument 2 is longer than argument 1
list(zip("a", "a", "ab", strict=True)) # raises ValueError: zip() argument 3 is longer than arguments 1-2
zip(5)                    # raises TypeError: 'int' object is not iterable
enumerate()               # raises TypeError: enumerate() missing required argument 'iterable'
enumerate(5)              # raises TypeError: 'int' object is not iterable
map(str)                  # raises TypeError: map() must have at least two arguments.
list(map(5, [1]))         # raises TypeError: 'int' object is not callable
filter(None)              # raises TypeError: filter expected 2 arguments, got 1
reversed(5)               # raises TypeError: 'int' object is not reversible
reversed({1})             # raises TypeError: 'set' object is not reversible
next([])                  # raises TypeError: 'list' object is not an iterator
next(iter([]))            # raises StopIteration
print(next(iter([]), "d"), list(iter(iter([1, 2, 3]).__next__, 2)), list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(3))), list(reversed((1, 2)))) # -> d [1] [2, 1] ['b', 'a'] [2, 1, 0] [2, 1]
iter(5, 5)                # raises TypeError: iter(v, w): v must be callable
iter()                    # raises TypeError: iter expected at least 1 argument, got 0
print(min(3, 1), max("b", "a"), min([2, 1]), max([], default=0), min("abc", key=lambda c: -ord(c)), max([1, 2, 3], key=lambda x: x % 3), max(1, 1.0), min(1.0, 1), max([[1], [2]])) # -> 1 b 1 0 c 2 1 1.0 [2]
min([])                   # raises ValueError: min() iterable argument is empty
max()                     # raises TypeError: max expected at least 1 argument, got 0
max(1)                    # raises TypeError: 'int' object is not iterable
max(1, 2, default=3)      # raises TypeError: Cannot specify a default for max() with multiple positional arguments
min(1, "a")               # raises TypeError: '<' not supported between instances of 'str' and 'int'
max([1], foo=1)           # raises TypeError: max() got an unexpected keyword argument 'foo'
print(sum([1, 2]), sum([], 5), sum([[1], [2]], []), sum([0.1] * 10), sum(x for x in (1, 2)), sum([True, True]), sum([1, 2.5, 1j]), sum(["a"], start=0) if 0 else 6) # -> 3 5 [1, 2] 1.0 3 2 (3.5+1j) 6
sum(["a"])                # raises TypeError: unsupported operand type(s) for +: 'int' and 'str'
sum(["a"], "")            # raises TypeError: sum() can't sum strings [use ''.join(seq) instead]
sum(5)                    # raises TypeError: 'int' object is not iterable
sum([1], "x")             # raises TypeError: sum() can't sum strings [use ''.join(seq) instead]
print(any([]), all([]), any([0, 1]), all([1, 0]), sorted(zip("ba", [1, 2])), list(map(None, [])) if 0 else [], callable(len), callable(5), bool(any(x > 5 for x in range(10)))) # -> False True True False [('a', 2), ('b', 1)] [] True False True
any(5)                    # raises TypeError: 'int' object is not iterable
all()                     # raises TypeError: all() takes exactly one argument (0 given)
print(list(zip(*[(1, 2), (3, 4)])), dict(enumerate("ab")), list(enumerate(start=1, iterable="a")), type(zip()).__name__, type(map(str, "")).__name__, iter("a").__class__.__name__) # -> [(1, 3), (2, 4)] {0: 'a', 1: 'b'} [(1, 'a')] zip map str_iterator
