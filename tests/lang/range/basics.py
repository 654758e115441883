# Ranges compute, they do not store.
r = range(1, 10, 3)
print(r, list(r), len(r), r[0], r[-1], r[1:], r[::-1], 4 in r, 5 in r, 4.0 in r, "a" in r, r.index(7), r.count(4), r.start, r.stop, r.step) # -> range(1, 10, 3) [1, 4, 7] 3 1 7 range(4, 10, 3) range(7, -2, -3) True False True False 2 1 1 10 3
print(range(0), list(range(5, 0, -2)), list(range(3, 3)), range(0, 3, 2) == range(0, 4, 2), range(0) == range(2, 1), hash(range(0, 3, 2)) == hash(range(0, 4, 2)), range(3) == [0, 1, 2]) # -> range(0, 0) [5, 3, 1] [] True True True False
print(range(10**30)[10**29], len(range(-5, 5)), range(10**30, 10**30 + 3)[-1], list(range(2**62 - 1, 2**62 + 2)), 10**29 in range(10**30), list(reversed(range(0, 10, 4)))) # -> 100000000000000000000000000000 10 1000000000000000000000000000002 [4611686018427387903, 4611686018427387904, 4611686018427387905] True [8, 4, 0]
len(range(10**30))        # raises OverflowError: Python int too large to convert to C ssize_t
range(1, 2, 0)            # raises ValueError: range() arg 3 must not be zero
range(1.5)                # raises TypeError: 'float' object cannot be interpreted as an integer
range("3")                # raises TypeError: 'str' object cannot be interpreted as an integer
range()                   # raises TypeError: range expected at least 1 argument, got 0
range(1, 2, 3, 4)         # raises TypeError: range expected at most 3 arguments, got 4
r[5]                      # raises IndexError: range object index out of range
r["a"]                    # raises TypeError: range indices must be integers or slices, not str
r.index(5)                # raises ValueError: 5 is not in range
r.start = 1               # raises AttributeError: readonly attribute
r[0] = 1                  # raises TypeError: 'range' object does not support item assignment
print(list(range(True)), range(5)[1:4][::-1], range(0, 10, 3)[::2], bool(range(0)), bool(range(1)), iter(range(3)).__length_hint__()) # -> [0] range(3, 0, -1) range(0, 12, 6) False True 3
for i in range(3): i = 100
print(i, sum(range(101)), max(range(3, 9)), [*range(2)], range(10)[-3:], range(3).__repr__(), range(0, 10, -1)) # -> 100 5050 8 [0, 1] range(7, 10) range(0, 3) range(0, 10, -1)
