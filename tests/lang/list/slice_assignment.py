# Assigning to and deleting slices.
a = list(range(6))
a[1:3] = ["x"]
print(a)                  # -> [0, 'x', 3, 4, 5]
a[1:1] = [7, 8, 9]
print(a)                  # -> [0, 7, 8, 9, 'x', 3, 4, 5]
a[::2] = "abcd"
print(a)                  # -> ['a', 7, 'b', 9, 'c', 3, 'd', 5]
a[::2] = "ab"             # raises ValueError: attempt to assign sequence of size 2 to extended slice of size 4
a[-2:] = []
print(a)                  # -> ['a', 7, 'b', 9, 'c', 3]
a[:] = a[::-1]
print(a)                  # -> [3, 'c', 9, 'b', 7, 'a']
del a[::2]
print(a)                  # -> ['c', 'b', 'a']
del a[100:], a[5:1]
a[len(a):] = range(3)
print(a)                  # -> ['c', 'b', 'a', 0, 1, 2]
a[1:2] = 5                # raises TypeError: must assign iterable to extended slice
a[::2] = 5                # raises TypeError: must assign iterable to extended slice
a[10:0] = ["in"]
print(a)                  # -> ['c', 'b', 'a', 0, 1, 2, 'in']
a[3:1] = [0, 0]
a[::-1] = range(len(a))
print(a)                  # -> [8, 7, 6, 5, 4, 3, 2, 1, 0]
del a[:]
print(a, a[0:0])          # -> [] []
a[:] = a
b = [1, 2, 3]
b[1:1] = b
b[::-1] = b
print(b)                  # -> [3, 2, 3, 2, 1, 1]
