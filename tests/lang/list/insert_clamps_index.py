# An index past either end is clamped, never an error.
a = [1, 2]
a.insert(99, 3)
print(a)                  # -> [1, 2, 3]
a.insert(-99, 0)
print(a)                  # -> [0, 1, 2, 3]
a.insert("x", 0)          # raises TypeError: 'str' object cannot be interpreted as an integer
