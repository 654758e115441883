# bool is an int with two values.
print(True + True, True * 10, True == 1, str(True), repr(False), int(True), float(True), f"{True} {True:d} {True!r:>6}") # -> 2 10 True True False 1 1.0 True 1   True
print(bool(""), bool(" "), bool([]), bool([0]), bool(0.0), bool(None), bool(0j), bool({}), bool(range(0))) # -> False True False True False False False False False
print(True and 5, 0 or "x", not [], None and 1/0, 1 or 1/0, not not 3) # -> 5 x True None 1 True
print(isinstance(True, int), issubclass(bool, int), type(True & 1).__name__, type(True & False).__name__, True is True) # -> True True int bool True
class A:
    def __bool__(self): return 1
class B:
    def __len__(self): return -1
class C:
    def __len__(self): return 0
bool(A())                 # raises TypeError: __bool__ should return bool, returned int
bool(B())                 # raises ValueError: __len__() should return >= 0
print(bool(C()), bool(object())) # -> False True
class D(bool): pass       # raises TypeError: type 'bool' is not an acceptable base type
bool(1, 2)                # raises TypeError: bool expected at most 1 argument, got 2
print(bool.from_bytes(b"\x01"), (True).real, ["a", "b"][True]) # -> True 1 b
