# Whatever pickle.dumps() makes, in any protocol, pickle.loads() makes into an equal object of the same shape.
# skip: stress
import collections, functools, io, pickle

class Point:
    def __init__(self, x, y): self.x, self.y = x, y
    def __eq__(self, other): return type(other) is Point and vars(self) == vars(other)
    class Inner: pass
class Slots:
    __slots__ = ("a", "b")
    def __getstate__(self): return None, {"a": self.a}
class Numbers(list): pass
class Table(dict): pass
class Keyed:
    def __new__(cls, *, key): self = object.__new__(cls); self.key = key; return self
    def __getnewargs_ex__(self): return (), {"key": self.key}
class Fail(Exception):
    def __init__(self, code): super().__init__(f"code {code}"); self.code = code
    def __reduce__(self): return Fail, (self.code,)
Pair = collections.namedtuple("Pair", "left right")

numbers = [0, 1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -1, -2**31, -2**31 - 1, 2**63, -2**63, 10**100, -10**700, 1 << 2047, 1 << 2048]
values = [None, True, False, ..., NotImplemented, *numbers, 0.0, -1.5, 1e300, float("inf"), 1j, "", "text\n\0\\u0041\r\x1a", "\u20ac\U0001f600\ud800",
          "x" * 300, b"", b"bytes\xff", b"y" * 70000, bytearray(b"mutable"), (), (1,), (1, 2), (1, 2, 3), tuple(range(5)), [], [1],
          list(range(2500)), {}, {"a": 1}, dict.fromkeys(range(1001)), set(), {1, 2}, frozenset("ab"), range(1, 10, 2), slice(1, None),
          Point(1, [2]), Numbers([1, 2]), Table(a=1), Pair(1, 2), collections.OrderedDict(b=1, a=2), collections.Counter("aab"),
          collections.deque([1, 2], 5), collections.defaultdict(list, a=[1]), int, Point, Point.Inner, len, print, dict.fromkeys,
          type(None), type(...), functools.reduce, [].append.__name__, KeyError]
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    for value in values:
        again = pickle.loads(pickle.dumps(value, protocol))
        assert again == value and type(again) is type(value), (protocol, value, again)
    assert pickle.loads(pickle.dumps(values, protocol)) == values
    # Shared parts stay shared, cycles stay cycles.
    shared = []
    a, b = pickle.loads(pickle.dumps([shared, shared], protocol))
    assert a is b
    loop = []; loop.append((loop, {"loop": loop}))
    again = pickle.loads(pickle.dumps(loop, protocol))
    assert again[0][0] is again and again[0][1]["loop"] is again
    point = Point(1, None); point.y = frozenset([id]), point
    again = pickle.loads(pickle.dumps(point, protocol))
    assert again.y[1] is again
    if protocol >= 2:
        slots = Slots(); slots.a = 5
        again = pickle.loads(pickle.dumps(slots, protocol))
        assert again.a == 5 and not hasattr(again, "b")
        assert pickle.loads(pickle.dumps(Keyed(key=3), protocol)).key == 3
    # Exceptions keep what they say.
    for e in (ValueError("x", 1), OSError(2, "no", "file"), Fail(7), StopIteration(4), ImportError("m", name="n"),
              ExceptionGroup("g", [ValueError(1), TypeError(2)])):
        again = pickle.loads(pickle.dumps(e, protocol))
        assert type(again) is type(e) and repr(again.args) == repr(e.args), (again, e)
    assert pickle.loads(pickle.dumps(OSError(2, "no", "file"), protocol)).filename == "file"
    # Iterators go on where they were.
    it = iter([1, 2, 3]); next(it)
    assert list(pickle.loads(pickle.dumps(it, protocol))) == [2, 3]

# Exact bytes.
print(pickle.dumps([1, "a", 2.5, None, (True,)], 0))        # -> b'(lp0\nI1\naVa\np1\naF2.5\naNa(I01\ntp2\na.'
print(pickle.dumps({"k": {1}, b"x": -1}, 2))    # -> b'\x80\x02}q\x00(X\x01\x00\x00\x00kq\x01c__builtin__\nset\nq\x02]q\x03K\x01a\x85q\x04Rq\x05c_codecs\nencode\nq\x06X\x01\x00\x00\x00xq\x07X\x06\x00\x00\x00latin1q\x08\x86q\tRq\nJ\xff\xff\xff\xffu.'
print(pickle.dumps(Pair(1, 2)))         # -> b'\x80\x04\x95\x1d\x00\x00\x00\x00\x00\x00\x00\x8c\x08__main__\x94\x8c\x04Pair\x94\x93\x94K\x01K\x02\x86\x94\x81\x94.'
print(pickle.loads(b"(dp0\nS'key'\np1\nL5L\ns."))       # -> {'key': 5}

# Persistent ids, dispatch tables, overrides, restricted loading, several pickles in a file.
class Out(pickle.Pickler):
    dispatch_table = {Point: lambda p: (complex, (p.x, p.y))}
    def persistent_id(self, obj): return "the-one" if obj is values else None
    def reducer_override(self, obj): return (str, ("override",)) if type(obj) is Slots else NotImplemented
class In(pickle.Unpickler):
    def persistent_load(self, pid): return {"the-one": values}[pid]
    def find_class(self, module, name):
        if name == "eval": raise pickle.UnpicklingError(f"{module}.{name} is forbidden")
        return super().find_class(module, name)
file = io.BytesIO()
out = Out(file)
for obj in ([values, Point(1, 2), Slots()], eval): out.dump(obj)
file.seek(0)
load = In(file)
first = load.load()
print(first[0] is values, first[1:])            # -> True [(1+2j), 'override']
load.load()                                     # raises UnpicklingError: builtins.eval is forbidden

pickle.loads(b"")                               # raises EOFError: Ran out of input
pickle.loads(pickle.dumps([1, 2])[:-3])         # raises UnpicklingError: pickle data was truncated
pickle.loads(b"x")                              # raises UnpicklingError: invalid load key, 'x'.
pickle.loads(b"\x80\x09.")                      # raises ValueError: unsupported pickle protocol: 9
pickle.loads(b"h\5.")                           # raises UnpicklingError: Memo value not found at index 5
pickle.loads(b"t.")                             # raises UnpicklingError: could not find MARK
pickle.dumps((i for i in ()))                   # raises TypeError: cannot pickle 'generator' object
def function():
    class Local: pass
    return Local
pickle.dumps(function())                        # raises AttributeError: Can't get local object 'function.<locals>.Local'
pickle.dumps(1, 6)                              # raises ValueError: pickle protocol must be <= 5

# Buffers may travel outside.
data = bytearray(b"big" * 1000)
buffers = []
small = pickle.dumps([pickle.PickleBuffer(data), 1], protocol=5, buffer_callback=buffers.append)
print(len(small) < 40, pickle.loads(small, buffers=[data])[0] is data)      # -> True True
