# Which text is used when.
class A:
    def __repr__(self): return "R"
class B(A):
    def __str__(self): return "S"
print(A(), [A()], str(A()), repr(B()), B(), [B()], f"{B()} {B()!r}", "%s %r" % (B(), B()), {1: B()}, (B(),), "{} {!r}".format(B(), B())) # -> R [R] R R S [R] S R S R {1: R} (R,) S R
class C:
    def __repr__(self): return 5
repr(C())                 # raises TypeError: __repr__ returned non-string (type int)
class D:
    def __str__(self): return None
str(D())                  # raises TypeError: __str__ returned non-string (type NoneType)
print(object.__repr__(B())[:20], object.__str__(B())) # -> <__main__.B object a R
class E:
    def __hash__(self): return 1.5
hash(E())                 # raises TypeError: __hash__ method should return an integer
class F:
    def __len__(self): return "x"
len(F())                  # raises TypeError: 'str' object cannot be interpreted as an integer
class G:
    def __len__(self): return -1
len(G())                  # raises ValueError: __len__() should return >= 0
class H:
    def __len__(self): return 2**70
len(H())                  # raises OverflowError: cannot fit 'int' into an index-sized integer
class I:
    def __iter__(self): return 5
iter(I())                 # raises TypeError: iter() returned non-iterator of type 'int'
class J:
    def __index__(self): return 1.5
[1][J()]                  # raises TypeError: __index__ returned non-int (type float)
class K:
    def __float__(self): return 1
float(K())                # raises TypeError: K.__float__ returned non-float (type int)
class L:
    def __contains__(self, x): return "yes"
print(1 in L())           # -> True
class M:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(M()), 10 in M(), 15 in M(), [*M()], max(M()), list(zip(M(), "ab"))) # -> [0, 10, 20] True False [0, 10, 20] 20 [(0, 'a'), (10, 'b')]
list(reversed(M()))       # raises TypeError: object of type 'M' has no len()
class N:
    def __next__(self): return 1
iter(N())                 # raises TypeError: 'N' object is not iterable
class O:
    def __dir__(self): return 5
dir(O())                  # raises TypeError: 'int' object is not iterable
