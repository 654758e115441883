# Methods of lists.
a = [3, 1, 2]
print(a.append(4), a.extend((5, 6)), a.insert(0, 0), a.pop(), a.pop(0), a.pop(-1), a.remove(1), a, a.index(2), a.count(3), a.reverse(), a, a.copy(), a.copy() is a) # -> None None None 6 0 5 None [4, 2, 3] 1 1 None [4, 2, 3] [4, 2, 3] False
a.sort()
print(a, sorted("hello"), sorted([3, 1, 2], reverse=True), sorted(["b", "A", "c"], key=str.lower), sorted({2: 1, 1: 2})) # -> [2, 3, 4] ['e', 'h', 'l', 'l', 'o'] [3, 2, 1] ['A', 'b', 'c'] [1, 2]
a.index(99)               # raises ValueError: 99 is not in list
a.index(3, 1) if a[0] == 3 else a.index(99, 1) # raises ValueError: 99 is not in list
a.remove(99)              # raises ValueError: list.remove(x): x not in list
a.pop(99)                 # raises IndexError: pop index out of range
[].pop()                  # raises IndexError: pop from empty list
a.append()                # raises TypeError: list.append() takes exactly one argument (0 given)
a.append(1, 2)            # raises TypeError: list.append() takes exactly one argument (2 given)
a.insert(1)               # raises TypeError: insert expected 2 arguments, got 1
a.extend(5)               # raises TypeError: 'int' object is not iterable
a.pop("x")                # raises TypeError: 'str' object cannot be interpreted as an integer
a.sort(lambda x: x)       # raises TypeError: sort() takes no positional arguments
a.sort(foo=1)             # raises TypeError: sort() got an unexpected keyword argument 'foo'
[1, "a"].sort()           # raises TypeError: '<' not supported between instances of 'str' and 'int'
sorted([1, None])         # raises TypeError: '<' not supported between instances of 'NoneType' and 'int'
sorted(5)                 # raises TypeError: 'int' object is not iterable
sorted()                  # raises TypeError: sorted expected 1 argument, got 0
print([1, 2, 3, 2].index(2, 2), [1, 2, 3, 2].index(2, -1), [1, 2, 2].count(2), [1, 2].clear(), [[1], [2]].index([2])) # -> 3 3 2 None 1
a += [1]
a *= 2
print(a, a.__len__(), a.__contains__(1), list.__add__([1], [2]), [1, 2].__iadd__("x")) # -> [2, 3, 4, 1, 2, 3, 4, 1] 8 True [1, 2] [1, 2, 'x']
