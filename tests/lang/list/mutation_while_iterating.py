# Iterating over a list that changes.
a = [1, 2, 3]
out = []
for x in a:
    out.append(x)
    if len(a) < 6: a.append(x * 10)
print(out, a)             # -> [1, 2, 3, 10, 20, 30] [1, 2, 3, 10, 20, 30]
a = [1, 2, 3, 4]
for x in a: a.remove(x)
print(a)                  # -> [2, 4]
it = iter([1, 2])
print(next(it), next(it), next(it, "end"), next(it, "still")) # -> 1 2 end still
a = [1, 2, 3]
it = iter(a)
next(it)
del a[:]
print(list(it), it.__length_hint__()) # -> [] 0
a.append(1)
print(list(it))           # -> []
r = reversed([1, 2, 3])
print(next(r), list(r), list(r)) # -> 3 [2, 1] []
class Evil:
    def __eq__(self, other):
        del victims[:]
        return False
victims = [Evil(), Evil(), Evil()]
print(1 in victims, victims) # -> False []
victims = [Evil(), 1]
victims.index(5)          # raises ValueError: 5 is not in list
victims = [Evil(), Evil()]
victims.remove(3)         # raises ValueError: list.remove(x): x not in list
class Grow:
    def __index__(self): things.extend([0] * 100); return 1
things = [1, 2, 3]
things[Grow()] = "x"
print(len(things), things[1]) # -> 103 x
