# Methods of dictionaries.
d = {"a": 1, "b": 2, "c": 3}
print(d.pop("a"), d.pop("z", None), d.setdefault("b", 9), d.setdefault("n", 7), d.setdefault("m"), d.popitem(), d) # -> 1 None 2 7 None ('m', None) {'b': 2, 'c': 3, 'n': 7}
d.pop("z")                # raises KeyError: 'z'
{}.popitem()              # raises KeyError: 'popitem(): dictionary is empty'
d.update({"b": 5}, x=1)
d.update([("y", 2)])
d.update(z=3)
print(d, d.copy() == d, d.copy() is d, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), d.clear(), d) # -> {} True False {'a': None, 'b': None} {1: 0, 2: 0} None {}
d.update(5)               # raises TypeError: 'int' object is not iterable
d.update([1])             # raises TypeError: cannot convert dictionary update sequence element #0 to a sequence
d.pop()                   # raises TypeError: pop expected at least 1 argument, got 0
dict.fromkeys(5)          # raises TypeError: 'int' object is not iterable
d.update({1: 2}, {3: 4})  # raises TypeError: update expected at most 1 argument, got 2
class K:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k * 2
print(dict(K()), {**K()}, d.update(K()), d) # -> {'p': 'pp', 'q': 'qq'} {'p': 'pp', 'q': 'qq'} None {'p': 'pp', 'q': 'qq'}
{**5}                     # raises TypeError: 'int' object is not a mapping
print({}.get(1, 2), {1: 2}.get(1, 5), {1: 2}.__contains__(1), {1: 2}.__getitem__(1), list(reversed({1: 2, 3: 4})), dict.__len__({1: 1}), {1: 2}.__or__(5)) # -> 2 2 True 2 [3, 1] 1 NotImplemented
class M(dict):
    def __missing__(self, k): return f"no {k}"
m = M(a=1)
print(m["a"], m["b"], m.get("b"), "b" in m, type(m.copy()).__name__, m) # -> 1 no b None False dict {'a': 1}
