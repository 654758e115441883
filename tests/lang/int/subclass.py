# A subclass keeps its type only where it says so.
class Meters(int):
    def __repr__(self): return f"{int(self)}m"
    def __add__(self, other): return Meters(int(self) + int(other))
a = Meters(3)
print(a, repr(a), a + 4, 4 + a, a * 2, type(a * 2).__name__, -a, +a, abs(a)) # -> 3m 3m 7m 7 6 int -3 3 3
print(f"{a}", f"{a:03d}", "%d %s %r" % (a, a, a), [a], {a: 1}[3]) # -> 3m 003 3 3m 3m [3m] 1
print(Meters("12"), Meters(b"7"), Meters(1.9), a == 3, hash(a) == hash(3)) # -> 12m 7m 1m True True
a.unit = "m"
print(a.unit, a.__dict__) # -> m {'unit': 'm'}
class Index:
    def __index__(self): return 5
print([0, 1, 2, 3, 4, 5, 6][Index()], range(10)[Index()], hex(Index()), int(Index())) # -> 5 5 0x5 5
class Bad:
    def __int__(self): return "no"
int(Bad())                # raises TypeError: __int__ returned non-int (type str)
