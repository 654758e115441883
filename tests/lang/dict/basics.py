# Making, reading, writing.
d = {"a": 1, "b": 2}
print(d, d["a"], len(d), "a" in d, "z" not in d, d.get("z"), d.get("z", 0), list(d), {}, {1: 1, True: 2, 1.0: 3}, {**d, "c": 3}) # -> {'a': 1, 'b': 2} 1 2 True True None 0 ['a', 'b'] {} {1: 3} {'a': 1, 'b': 2, 'c': 3}
d["z"]                    # raises KeyError: 'z'
d[[]]                     # raises TypeError: unhashable type: 'list'
{[]: 1}                   # raises TypeError: unhashable type: 'list'
{{}: 1}                   # raises TypeError: unhashable type: 'dict'
[] in d                   # raises TypeError: unhashable type: 'list'
d.get([])                 # raises TypeError: unhashable type: 'list'
del d["q"]                # raises KeyError: 'q'
d.x                       # raises AttributeError: 'dict' object has no attribute 'x'
hash(d)                   # raises TypeError: unhashable type: 'dict'
d + {}                    # raises TypeError: unsupported operand type(s) for +: 'dict' and 'dict'
d < {}                    # raises TypeError: '<' not supported between instances of 'dict' and 'dict'
d["c"] = 3
d["a"] = 10
del d["b"]
print(d, list(d.items()), dict(d), dict([("x", 1), ["y", 2]]), dict(a=1), dict({"a": 1}, b=2), dict(zip("ab", range(2))), dict(["ab", "cd"])) # -> {'a': 10, 'c': 3} [('a', 10), ('c', 3)] {'a': 10, 'c': 3} {'x': 1, 'y': 2} {'a': 1} {'a': 1, 'b': 2} {'a': 0, 'b': 1} {'a': 'b', 'c': 'd'}
dict(5)                   # raises TypeError: 'int' object is not iterable
dict([1])                 # raises TypeError: cannot convert dictionary update sequence element #0 to a sequence
dict([(1, 2, 3)])         # raises ValueError: dictionary update sequence element #0 has length 3; 2 is required
dict(["a"])               # raises ValueError: dictionary update sequence element #0 has length 1; 2 is required
dict(1, 2)                # raises TypeError: dict expected at most 1 argument, got 2
dict(**{1: 2})            # raises TypeError: keywords must be strings
print({"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} != {"a": 2}, {1: "x"} == {1.0: "x"}, bool({}), {None: 1, (1, 2): 2}, {"k": {"n": []}}) # -> True True True False {None: 1, (1, 2): 2} {'k': {'n': []}}
print(d | {"a": 0, "q": 5}, d) # -> {'a': 0, 'c': 3, 'q': 5} {'a': 10, 'c': 3}
d |= [("w", 1)]
print(d, {1: 2} | {3: 4}) # -> {'a': 10, 'c': 3, 'w': 1} {1: 2, 3: 4}
d | [("w", 1)]            # raises TypeError: unsupported operand type(s) for |: 'dict' and 'list'
