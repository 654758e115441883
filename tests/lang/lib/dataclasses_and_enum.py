# Dataclasses and enumerations.
from dataclasses import dataclass, field, asdict, astuple, replace, fields, FrozenInstanceError, KW_ONLY, is_dataclass
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False)
p = P(1)
print(p, p == P(1), p != P(2), asdict(p), astuple(p), replace(p, y=5), [f.name for f in fields(p)], P.__match_args__, is_dataclass(P)) # -> P(x=1, y=0, tags=[]) True True {'x': 1, 'y': 0, 'tags': []} (1, 0, []) P(x=1, y=5, tags=[]) ['x', 'y', 'tags'] ('x', 'y', 'tags') True
P()                       # raises TypeError: P.__init__() missing 1 required positional argument: 'x'
P(1, 2, 3, 4)             # raises TypeError: P.__init__() takes from 2 to 4 positional arguments but 5 were given
P(z=1)                    # raises TypeError: P.__init__() got an unexpected keyword argument 'z'
hash(p)                   # raises TypeError: unhashable type: 'P'
@dataclass(frozen=True, order=True)
class F:
    a: int
    b: str = "x"
f = F(1)
print(f, hash(f) == hash(F(1)), F(1) < F(2), sorted([F(2), F(1, "z"), F(1)])) # -> F(a=1, b='x') True True [F(a=1, b='x'), F(a=1, b='z'), F(a=2, b='x')]
f.a = 5                   # raises FrozenInstanceError: cannot assign to field 'a'
F(1) < 5                  # raises TypeError: '<' not supported between instances of 'F' and 'int'
@dataclass(slots=True, kw_only=True)
class K:
    a: int
    b: int = field(default=2, repr=False)
print(K(a=1), K.__slots__) # -> K(a=1) ('a', 'b')
K(1)                      # raises TypeError: K.__init__() takes 1 positional argument but 2 were given
@dataclass
class Child(P):
    z: str = "c"
    _: KW_ONLY = None
    k: int = 9
    def __post_init__(self): self.z = self.z.upper()
print(Child(1, 2, z="q"), Child(1, k=3).k) # -> Child(x=1, y=2, tags=[], z='Q', k=9) 3
def bad1():
    @dataclass
    class Bad:
        a: int = 1
        b: int
bad1()                    # raises TypeError: non-default argument 'b' follows default argument 'a'
def bad2():
    @dataclass
    class M: a: list = []
bad2()                    # raises ValueError: mutable default <class 'list'> for field a is not allowed: use default_factory
from enum import Enum, IntEnum, Flag, IntFlag, StrEnum, auto, unique
class Color(Enum):
    RED = 1
    GREEN = auto()
    CRIMSON = 1
    @property
    def pretty(self): return self.name.title()
print(Color.RED, repr(Color.GREEN), Color(2), Color["RED"], list(Color), Color.CRIMSON is Color.RED, Color.RED.name, Color.RED.value, Color.RED.pretty, len(Color), Color.RED in Color, 1 in Color, isinstance(Color.RED, Color), Color.__members__.keys()) # -> Color.RED <Color.GREEN: 2> Color.GREEN Color.RED [<Color.RED: 1>, <Color.GREEN: 2>] True RED 1 Red 2 True True True dict_keys(['RED', 'GREEN', 'CRIMSON'])
Color(9)                  # raises ValueError: 9 is not a valid Color
Color["NOPE"]             # raises KeyError: 'NOPE'
Color.NOPE                # raises AttributeError: type object 'Color' has no attribute 'NOPE'
Color.RED = 5             # raises AttributeError: cannot reassign member 'RED'
Color.RED < Color.GREEN   # raises TypeError: '<' not supported between instances of 'Color' and 'Color'
class Sub(Color): pass    # raises TypeError: <enum 'Sub'> cannot extend <enum 'Color'>
class N(IntEnum): A = 1; B = 2
print(N.A + 1, N.A < N.B, N.A == 1, repr(N.A), str(N.A), f"{N.A}", sorted(N)) # -> 2 True True <N.A: 1> 1 1 [<N.A: 1>, <N.B: 2>]
class Perm(Flag): R = auto(); W = auto(); X = auto()
print(Perm.R | Perm.W, repr(Perm.R | Perm.X), Perm.R & Perm.W, ~Perm.R, Perm.R in (Perm.R | Perm.W), Perm(7), list(Perm(5)), bool(Perm(0))) # -> Perm.R|W <Perm.R|X: 5> Perm(0) Perm.W|X True Perm.R|W|X [<Perm.R: 1>, <Perm.X: 4>] False
class S(StrEnum): A = auto(); B = "bee"
print(S.A, repr(S.A), S.B == "bee", S.B.upper()) # -> a <S.A: 'a'> True BEE
E = Enum("E", "X Y")
print(list(E), E.X.value, E("nope") if 0 else E(2)) # -> [<E.X: 1>, <E.Y: 2>] 1 E.Y
def dup():
    @unique
    class D(Enum): A = 1; B = 1
dup()                     # raises ValueError: duplicate values found in <enum 'D'>: B -> A
class Weird(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower()
    A = auto()
    def __str__(self): return "str"
print(Weird.A.value, Weird.A, f"{Weird.A}", {Color.RED: 1}[Color.RED], hash(Color.RED) == hash(Color.RED)) # -> a str str 1 True
