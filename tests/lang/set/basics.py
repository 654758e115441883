# Sets.
s = {3, 1, 2}
print(sorted(s), len(s), 1 in s, 9 in s, set(), {1, 1.0, True}, sorted(set("hello")), frozenset([1]), frozenset(), set([1]) == frozenset([1]), {*range(2), *"a"} == {0, 1, "a"}) # -> [1, 2, 3] 3 True False set() {1} ['e', 'h', 'l', 'o'] frozenset({1}) frozenset() True True
s.add(4)
s.discard(99)
s.remove(1)
print(sorted(s), s.pop() in (2, 3, 4), len(s), s.clear(), s) # -> [2, 3, 4] True 2 None set()
s.remove(1)               # raises KeyError: 1
s.pop()                   # raises KeyError: 'pop from an empty set'
s.add([])                 # raises TypeError: unhashable type: 'list'
{[]}                      # raises TypeError: unhashable type: 'list'
set(5)                    # raises TypeError: 'int' object is not iterable
[] in s                   # raises TypeError: unhashable type: 'list'
s.remove("key")           # raises KeyError: 'key'
s[0]                      # raises TypeError: 'set' object is not subscriptable
hash(s)                   # raises TypeError: unhashable type: 'set'
print(hash(frozenset([1, 2])) == hash(frozenset([2, 1])), {frozenset([1]): "f"}[frozenset([1])], {1} in {frozenset([1])}, {frozenset([1])} == {frozenset([1])}) # -> True f True True
print(repr({1}), repr({"a"}), repr(frozenset({1})), str(set()), {(1, 2)}, {None}) # -> {1} {'a'} frozenset({1}) set() {(1, 2)} {None}
s.x = 1                   # raises AttributeError: 'set' object has no attribute 'x' and no __dict__ for setting new attributes
s + {1}                   # raises TypeError: unsupported operand type(s) for +: 'set' and 'set'
frozenset([1]).add(2)     # raises AttributeError: 'frozenset' object has no attribute 'add'
