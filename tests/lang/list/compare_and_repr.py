# Order is that of the first difference; recursion is marked.
print([1, 2] < [1, 3], [1] < [1, 2], [] < [0], [2] > [1, 9], [1, 2] <= [1, 2], [[1]] == [[1]], [1] == (1,)) # -> True True True True True True False
[1] < (1,)                # raises TypeError: '<' not supported between instances of 'list' and 'tuple'
[1] < ["a"]               # raises TypeError: '<' not supported between instances of 'int' and 'str'
[None] < [None, 1] and [None, 1] < [None, "x"] # raises TypeError: '<' not supported between instances of 'int' and 'str'
a = [1]
a.append(a)
print(a, a == a, [a])     # -> [1, [...]] True [[1, [...]]]
d = {}
d["x"] = [d]
print(d)                  # -> {'x': [{...}]}
n = float("nan")
print([n] == [n], [n] == [float("nan")], n in [n], [n].index(n), [n].count(n)) # -> True False True 0 1
class Same:
    def __eq__(self, other): return True
print(5 in [Same()], [1, 2, Same()].index(99), [Same()] == [5], [5].count(Same())) # -> True 2 True 1
