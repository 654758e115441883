# match: sequences with stars, mappings with rests.
def f(x):
    match x:
        case []: return "empty"
        case [a]: return f"one {a}"
        case [a, *rest, 9]: return f"ends in 9: {a} {rest}"
        case (1, [2, *_], *r): return f"nested {r}"
        case [_, _]: return "pair"
        case [*_, "last"]: return "last"
        case {}if not x: return "empty map"
        case {"k": v, "t": int(t)}: return f"k={v} t={t}"
        case {"k": v, **kw}: return f"k={v} rest={kw}"
        case {1: "one", -1: _}: return "numbers"
        case {"a": {"b": [x, y]}}: return f"deep {x} {y}"
        case {**all}: return f"map {all}"
        case _: return "no"
for v in ([], (), [5], [1, 2, 9], (1, [2, 3], 4, 5), "ab", b"ab", [1, 2], [1, 2, "last"], range(2), {}, {"k": 1, "t": 2}, {"k": 1, "t": "x"}, {"k": 1}, {1: "one", -1: 0, 2: 2}, {"a": {"b": [1, 2]}}, {"z": 1}, {1, 2}, iter([]), bytearray(b"x"), 5):
    print(f(v))
# -> empty
# -> empty
# -> one 5
# -> ends in 9: 1 [2]
# -> nested [4, 5]
# -> no
# -> no
# -> pair
# -> last
# -> pair
# -> empty map
# -> k=1 t=2
# -> k=1 rest={'t': 'x'}
# -> k=1 rest={}
# -> numbers
# -> deep 1 2
# -> map {'z': 1}
# -> no
# -> no
# -> no
# -> no
import collections
import collections.abc
match collections.deque([1, 2]):
    case [a, b]: print("deque", a, b)
# -> deque 1 2
match collections.OrderedDict(a=1):
    case {"a": x, **r}: print(x, r)
# -> 1 {}
class Seq(collections.abc.Sequence):
    def __len__(self): return 2
    def __getitem__(self, i): return "xy"[i]
match Seq():
    case [p, q]: print(p, q)
# -> x y
d = collections.defaultdict(list)
match d:
    case {"missing": x}: print("no default")
    case _: print("untouched", dict(d))
# -> untouched {}
