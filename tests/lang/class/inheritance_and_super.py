# C3 linearization and cooperative super().
class Base:
    def hi(self): return ["Base"]
class L(Base):
    def hi(self): return ["L"] + super().hi()
class R(Base):
    def hi(self): return ["R"] + super().hi()
class D(L, R):
    def hi(self): return ["D"] + super().hi()
print(D().hi(), [c.__name__ for c in D.__mro__], D.__bases__ == (L, R), Base.__subclasses__() == [L, R]) # -> ['D', 'L', 'R', 'Base'] ['D', 'L', 'R', 'Base', 'object'] True True
class X(Base, L): pass    # raises TypeError: Cannot create a consistent method resolution order (MRO) for bases Base, L
class Y(Base, Base): pass # raises TypeError: duplicate base class Base
class Z(5): pass          # raises TypeError: int expected at most 2 arguments, got 3
class W(None): pass       # raises TypeError: NoneType takes no arguments
class V(bool): pass       # raises TypeError: type 'bool' is not an acceptable base type
class T(type(None)): pass # raises TypeError: type 'NoneType' is not an acceptable base type
class F(type(lambda: 0)): pass # raises TypeError: type 'function' is not an acceptable base type
class I(int, str): pass   # raises TypeError: multiple bases have instance lay-out conflict
class P(Base):
    @classmethod
    def cm(cls): return super().__name__ if 0 else [cls.__name__]
    @property
    def v(self): return "Pv"
class Q(P):
    @classmethod
    def cm(cls): return ["Q"] + super().cm()
    @property
    def v(self): return "Q" + super().v
    def other(self): return super(P, self).hi()
    def missing(self): return super().nothing
    def indirect(self): return [super(Q, self).v for _ in range(2)]
print(Q.cm(), Q().v, Q().other(), Q().indirect()) # -> ['Q', 'Q'] QPv ['Base'] ['Pv', 'Pv']
Q().missing()             # raises AttributeError: 'super' object has no attribute 'nothing'
super()                   # raises RuntimeError: super(): no arguments
def f(): super().x
f()                       # raises RuntimeError: super(): no arguments
super(Q, 5).x             # raises TypeError: super(type, obj): obj (instance of int) is not an instance or subtype of type (Q).
super(5, Q()).x           # raises TypeError: super() argument 1 must be a type, not int
print(super(Q, Q()).v, repr(super(Q, Q()))[:30], super(Q, Q).cm()) # -> Pv <super: <class 'Q'>, <Q object ['Q']
class Late(Base):
    def hi(this): return super().hi() + [__class__.__name__]
print(Late().hi())        # -> ['Base', 'Late']
Late.__bases__ = (R,)
print(Late().hi(), Late.__mro__[1].__name__) # -> ['R', 'Base', 'Late'] R
