# Counter, defaultdict, OrderedDict, deque, namedtuple, ChainMap.
from collections import *
c = Counter("abracadabra")
print(c, c.most_common(2), c["z"], c + Counter("az"), c - Counter("aaab"), c & Counter("ab"), sum(c.values()), c.total(), list(Counter(a=2).elements()), Counter(a=1) == Counter({"a": 1, "b": 0})) # -> Counter({'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1}) [('a', 5), ('b', 2)] 0 Counter({'a': 6, 'b': 2, 'r': 2, 'c': 1, 'd': 1, 'z': 1}) Counter({'a': 2, 'r': 2, 'b': 1, 'c': 1, 'd': 1}) Counter({'a': 1, 'b': 1}) 11 11 ['a', 'a'] True
c.update("zz")
c.subtract({"a": 10})
print(c["z"], c["a"], +c, -c) # -> 2 -5 Counter({'b': 2, 'r': 2, 'z': 2, 'c': 1, 'd': 1}) Counter({'a': 5})
d = defaultdict(list, {"x": [1]})
d["y"].append(2)
print(d, d["x"], "q" in d, d.get("q"), d.default_factory, repr(defaultdict(int)), defaultdict(None, a=1)) # -> defaultdict(<class 'list'>, {'x': [1], 'y': [2]}) [1] False None <class 'list'> defaultdict(<class 'int'>, {}) defaultdict(None, {'a': 1})
defaultdict(None)["x"]    # raises KeyError: 'x'
defaultdict(5)            # raises TypeError: first argument must be callable or None
o = OrderedDict(a=1, b=2)
o.move_to_end("a")
print(o, list(o), o.popitem(last=False), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) == {"a": 1}, reversed(o).__class__.__name__) # -> OrderedDict({'a': 1}) ['b', 'a'] ('b', 2) False True odict_iterator
o.move_to_end("zz")       # raises KeyError: 'zz'
q = deque([1, 2, 3], maxlen=3)
q.append(4)
q.appendleft(0)
print(q, q.pop(), q.popleft(), q.maxlen, len(q), q.rotate(1), q, deque("abc")[1], deque("ab") + deque("c"), 2 in deque([2]), list(reversed(deque("ab")))) # -> deque([2], maxlen=3) 3 0 3 1 None deque([2], maxlen=3) b deque(['a', 'b', 'c']) True ['b', 'a']
q.extend("xy")
q.extendleft("zw")
print(q, q.index("w"), q.count("z"), q.copy() == q, deque([1, 2]) < deque([1, 3])) # -> deque(['w', 'z', 2], maxlen=3) 0 1 True True
deque().pop()             # raises IndexError: pop from an empty deque
deque([1])[5]             # raises IndexError: deque index out of range
deque(5)                  # raises TypeError: 'int' object is not iterable
deque([], -1)             # raises ValueError: maxlen must be non-negative
q.remove("none")          # raises ValueError: 'none' is not in deque
dd = deque([1, 2])
for x in dd: dd.append(x) # raises RuntimeError: deque mutated during iteration
P = namedtuple("P", "x y", defaults=[0])
p = P(1)
print(p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, P._make([3, 4]), p == (1, 0), P(y=2, x=1), P._field_defaults, isinstance(p, tuple), P.__doc__) # -> P(x=1, y=0) 1 0 {'x': 1, 'y': 0} P(x=5, y=0) ('x', 'y') P(x=3, y=4) True P(x=1, y=2) {'y': 0} True P(x, y)
P()                       # raises TypeError: P.__new__() missing 1 required positional argument: 'x'
P(1, 2, 3)                # raises TypeError: P.__new__() takes from 2 to 3 positional arguments but 4 were given
p.x = 5                   # raises AttributeError: can't set attribute
namedtuple("Q", "a a")    # raises ValueError: Encountered duplicate field name: 'a'
namedtuple("Q", "def")    # raises ValueError: Type names and field names cannot be a keyword: 'def'
namedtuple("1Q", "a")     # raises ValueError: Type names and field names must be valid identifiers: '1Q'
print(namedtuple("R", "a def b", rename=True)._fields) # -> ('a', '_1', 'b')
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
m["c"] = 4
print(m["a"], m["b"], dict(m), m.maps[0], m.new_child({"z": 1})["z"], list(m.parents), len(m), m) # -> 1 3 {'a': 1, 'b': 3, 'c': 4} {'a': 1, 'c': 4} 1 ['a', 'b'] 3 ChainMap({'a': 1, 'c': 4}, {'a': 2, 'b': 3})
m["nope"]                 # raises KeyError: 'nope'
class D(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)
print(D(a=1), UserList([1, 2]) + [3], UserString("ab").upper()) # -> {'a': 2} [1, 2, 3] AB
