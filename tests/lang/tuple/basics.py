# Tuples.
t = (1, 2, 3)
print((), (1,), t, 1, (1, (2,)), t[0], t[-1], t[1:], t[::-1], len(t), t + (4,), t * 2, 2 in t, t.index(2), t.count(1), hash(()) == hash(()), t == (1, 2.0, 3)) # -> () (1,) (1, 2, 3) 1 (1, (2,)) 1 3 (2, 3) (3, 2, 1) 3 (1, 2, 3, 4) (1, 2, 3, 1, 2, 3) True 1 1 True True
print(tuple("ab"), tuple([1]), tuple(), (*t, *"x"), tuple(x * 2 for x in t), t < (1, 2, 4), (1,) < (1, 0), () < (0,), hash((1, 2)) == hash((1.0, 2))) # -> ('a', 'b') (1,) () (1, 2, 3, 'x') (2, 4, 6) True True True True
t[3]                      # raises IndexError: tuple index out of range
t["a"]                    # raises TypeError: tuple indices must be integers or slices, not str
t[0] = 1                  # raises TypeError: 'tuple' object does not support item assignment
del t[0]                  # raises TypeError: 'tuple' object doesn't support item deletion
t + [1]                   # raises TypeError: can only concatenate tuple (not "list") to tuple
t.index(9)                # raises ValueError: tuple.index(x): x not in tuple
t.append(1)               # raises AttributeError: 'tuple' object has no attribute 'append'
t < [1]                   # raises TypeError: '<' not supported between instances of 'tuple' and 'list'
hash(([],))               # raises TypeError: unhashable type: 'list'
tuple(5)                  # raises TypeError: 'int' object is not iterable
tuple(1, 2)               # raises TypeError: tuple expected at most 1 argument, got 2
a, b, c = t
(a, b), c = (1, 2), 3
[x, *y] = "abc"
print(a, b, c, x, y)      # -> 1 2 3 a ['b', 'c']
first, *mid, last = range(5)
print(first, mid, last)   # -> 0 [1, 2, 3] 4
a, b = t                  # raises ValueError: too many values to unpack (expected 2)
a, b, c, d = t            # raises ValueError: not enough values to unpack (expected 4, got 3)
a, *b, c, d, e = t        # raises ValueError: not enough values to unpack (expected at least 4, got 3)
a, b = 1,                 # raises ValueError: not enough values to unpack (expected 2, got 1)
(a, b), c = 1, 2          # raises TypeError: cannot unpack non-iterable int object
t += (4,)
print(t, tuple(t) is t, t[:] is t, (t,) * 2) # -> (1, 2, 3, 4) True True ((1, 2, 3, 4), (1, 2, 3, 4))
