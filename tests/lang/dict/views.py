# Views follow the dictionary and behave like sets.
d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "a" in k, 1 in v, ("a", 1) in i, ("a", 2) in i, 5 in i) # -> dict_keys(['a', 'b']) dict_values([1, 2]) dict_items([('a', 1), ('b', 2)]) 2 True True True False False
d["c"] = 3
print(list(k), list(v), list(i), k & {"a", "z"}, sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ {"a", "q"}), k == {"a", "b", "c"}, k >= {"a"}, k < {"a"}, k.isdisjoint("xyz")) # -> ['a', 'b', 'c'] [1, 2, 3] [('a', 1), ('b', 2), ('c', 3)] {'a'} ['a', 'b', 'c', 'z'] ['b', 'c'] ['b', 'c', 'q'] True True False True
print(i & {("a", 1)}, sorted(i - {("a", 1)}), k == d.keys(), v == d.values(), i == d.items(), list(reversed(k)), list(reversed(i)), {"a"} | k == set(k), k.mapping["a"]) # -> {('a', 1)} [('b', 2), ('c', 3)] True False True ['c', 'b', 'a'] [('c', 3), ('b', 2), ('a', 1)] True 1
k[0]                      # raises TypeError: 'dict_keys' object is not subscriptable
k.add(1)                  # raises AttributeError: 'dict_keys' object has no attribute 'add'
hash(k)                   # raises TypeError: unhashable type: 'dict_keys'
k + k                     # raises TypeError: unsupported operand type(s) for +: 'dict_keys' and 'dict_keys'
k & 5                     # raises TypeError: 'int' object is not iterable
i & [[]]
print(type(k).__name__, type(v).__name__, type(i).__name__, type(iter(k)).__name__, type(iter(d)).__name__, type(iter(i)).__name__) # -> dict_keys dict_values dict_items dict_keyiterator dict_keyiterator dict_itemiterator
k.mapping["a"] = 1        # raises TypeError: 'mappingproxy' object does not support item assignment
