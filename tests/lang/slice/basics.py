# Slice objects.
s = slice(1, 5, 2)
print(s, s.start, s.stop, s.step, slice(3), slice(None), s.indices(4), slice(None, None, -1).indices(3), slice(-5, 100).indices(3), s == slice(1, 5, 2), slice(1, 5) < slice(2, 3)) # -> slice(1, 5, 2) 1 5 2 slice(None, 3, None) slice(None, None, None) (1, 4, 2) (2, -1, -1) (0, 3, 1) True True
slice(0, 5, 0).indices(3) # raises ValueError: slice step cannot be zero
slice()                   # raises TypeError: slice expected at least 1 argument, got 0
slice(1, 2, 3, 4)         # raises TypeError: slice expected at most 3 arguments, got 4
slice("a").indices(3)     # raises TypeError: slice indices must be integers or None or have an __index__ method
s.start = 3               # raises AttributeError: readonly attribute
slice(1).indices(-1)      # raises ValueError: length should not be negative
class G:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
g = G()
print(g[1], g[1:2], g[::], g[1, 2], g[1:2, ::3], g[...], g[()], g[*[1, 2]], g["a":"b"]) # -> 1 slice(1, 2, None) slice(None, None, None) (1, 2) (slice(1, 2, None), slice(None, None, 3)) Ellipsis () (1, 2) slice('a', 'b', None)
g[1:2] = 3                # -> set slice(1, 2, None) 3
del g[1, :]               # -> del (1, slice(None, None, None))
g[0] += 5                 # -> set 0 5
print(hash(slice(1, 2)) == hash(slice(1, 2)), {slice(1): 2}[slice(1)], [1, 2, 3][slice(None, None, 2)]) # -> True 2 [1, 3]
