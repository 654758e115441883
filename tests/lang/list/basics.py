# Making, indexing, slicing.
a = [1, 2, 3, 4, 5]
print(a[0], a[-1], a[1:3], a[::-1], a[::2], a[5:], a[-100:100], a[3:1], len(a), [] == [], [1] + [2], [0] * 3, 2 * [1, 2], [1] * -1) # -> 1 5 [2, 3] [5, 4, 3, 2, 1] [1, 3, 5] [] [1, 2, 3, 4, 5] [] 5 True [1, 2] [0, 0, 0] [1, 2, 1, 2] []
a[5]                      # raises IndexError: list index out of range
a[-6]                     # raises IndexError: list index out of range
a["x"]                    # raises TypeError: list indices must be integers or slices, not str
a[1.0]                    # raises TypeError: list indices must be integers or slices, not float
a[::0]                    # raises ValueError: slice step cannot be zero
a[5] = 1                  # raises IndexError: list assignment index out of range
del a[5]                  # raises IndexError: list assignment index out of range
a + (1,)                  # raises TypeError: can only concatenate list (not "tuple") to list
a * "x"                   # raises TypeError: can't multiply sequence by non-int of type 'str'
a * 1.5                   # raises TypeError: can't multiply sequence by non-int of type 'float'
print(list("abc"), list(range(3)), list(), list({1: 2}), [*range(3), *"ab"], list((1, 2))) # -> ['a', 'b', 'c'] [0, 1, 2] [] [1] [0, 1, 2, 'a', 'b'] [1, 2]
list(5)                   # raises TypeError: 'int' object is not iterable
list(1, 2)                # raises TypeError: list expected at most 1 argument, got 2
list(x=1)                 # raises TypeError: list() takes no keyword arguments
[1].nope                  # raises AttributeError: 'list' object has no attribute 'nope'
hash([])                  # raises TypeError: unhashable type: 'list'
print([1, [2, [3]]], [1, 2] == [1, 2.0], [1] != [1], 2 in a, 9 not in a, [None, True, "a", b"b", 1.0, 1j]) # -> [1, [2, [3]]] True False True True [None, True, 'a', b'b', 1.0, 1j]
