# The toolboxes.
from itertools import *
from functools import *
import operator
print(list(chain("ab", [1])), list(chain.from_iterable(["ab", "c"])), list(islice(count(5), 3)), list(islice("abcdef", 1, None, 2)), list(islice(cycle("ab"), 5)), list(repeat(1, 3)), list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul, initial=10))) # -> ['a', 'b', 1] ['a', 'b', 'c'] [5, 6, 7] ['b', 'd', 'f'] ['a', 'b', 'a', 'b', 'a'] [1, 1, 1] [1, 3, 6] [10, 10, 20, 60]
print(list(product("ab", [1, 2])), list(product("ab", repeat=2))[:3], list(permutations("abc", 2))[:3], list(combinations("abcd", 2))[-2:], list(combinations_with_replacement("ab", 2)), list(zip_longest("abc", "x", fillvalue="-")), list(pairwise("abc")), list(batched("abcde", 2)), list(starmap(pow, [(2, 3)]))) # -> [('a', 1), ('a', 2), ('b', 1), ('b', 2)] [('a', 'a'), ('a', 'b'), ('b', 'a')] [('a', 'b'), ('a', 'c'), ('b', 'a')] [('b', 'd'), ('c', 'd')] [('a', 'a'), ('a', 'b'), ('b', 'b')] [('a', 'x'), ('b', '-'), ('c', '-')] [('a', 'b'), ('b', 'c')] [('a', 'b'), ('c', 'd'), ('e',)] [8]
print(list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(dropwhile(lambda x: x < 3, [1, 3, 1])), list(filterfalse(None, [0, 1])), list(compress("abc", [1, 0, 1])), [(k, list(g)) for k, g in groupby("aabbc")], [list(x) for x in tee("ab")], list(groupby([]))) # -> [1, 2] [3, 1] [0] ['a', 'c'] [('a', ['a', 'a']), ('b', ['b', 'b']), ('c', ['c'])] [['a', 'b'], ['a', 'b']] []
islice("a", -1)           # raises ValueError: Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
list(batched("ab", 0))    # raises ValueError: n must be at least one
product("a", repeat=-1)   # raises ValueError: repeat argument cannot be negative
count("a")                # raises TypeError: a number is required
print(count(1, 2), repeat(5), repeat(5, 2), next(count(0.5, 0.5)), list(islice(count(10, -3), 3))) # -> count(1, 2) repeat(5) repeat(5, 2) 0.5 [10, 7, 4]
print(reduce(operator.add, [1, 2, 3]), reduce(lambda a, b: a * b, [], 7), partial(int, base=2)("101"), partial(print, "a").args, partial(max, 5)(3, 9), repr(partial(int, 5)), partialmethod.__name__) # -> 6 7 5 ('a',) 9 functools.partial(<class 'int'>, 5) partialmethod
reduce(operator.add, [])  # raises TypeError: reduce() of empty iterable with no initial value
@lru_cache(maxsize=2)
def f(x): print("computing", x); return x * 2
print(f(1), f(1), f(2), f(3), f(1), f.cache_info(), f.cache_parameters()) # -> computing 1
# -> computing 2
# -> computing 3
# -> computing 1
# -> 2 2 4 6 2 CacheInfo(hits=1, misses=4, maxsize=2, currsize=2) {'maxsize': 2, 'typed': False}
f.cache_clear()
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), f.__wrapped__.__name__) # -> 23416728348467685 f
f([])                     # raises TypeError: unhashable type: 'list'
@total_ordering
class T:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(T(1) <= T(1), T(2) > T(1), T(1) >= T(2), max(T(1), T(3)).v) # -> True True False 3
@singledispatch
def kind(x): return "object"
@kind.register
def _(x: int): return "int"
@kind.register(list)
def _(x): return "list"
print(kind(1), kind([]), kind("s"), kind(True), kind.dispatch(list)([])) # -> int list object int list
class C:
    @cached_property
    def v(self): print("once"); return 5
c = C()
print(c.v, c.v, c.__dict__) # -> once
# -> 5 5 {'v': 5}
@wraps(fib)
def w(): "w doc"
print(w.__name__, w.__wrapped__ is fib, operator.itemgetter(1, 0)("ab"), operator.attrgetter("v")(c), operator.methodcaller("upper")("a"), operator.index(5), operator.contains([1], 1)) # -> fib True ('b', 'a') 5 A 5 True
print(operator.itemgetter(0), sorted([3, 1], key=cmp_to_key(lambda a, b: a - b)), operator.concat("a", "b"), operator.length_hint([1, 2]), operator.is_not(1, None), operator.truth([])) # -> operator.itemgetter(0) [1, 3] ab 2 True False
