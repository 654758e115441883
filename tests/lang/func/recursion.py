# Recursion has a limit that can be caught.
def f(n): return f(n + 1)
f(0)                      # raises RecursionError: maximum recursion depth exceeded
def depth(n):
    try: return depth(n + 1)
    except RecursionError: return n
print(depth(0) > 500)     # -> True
import sys
old = sys.getrecursionlimit()
sys.setrecursionlimit(200)
print(100 < depth(0) < 200) # -> True
sys.setrecursionlimit(old)
def count(n): return 0 if n == 0 else 1 + count(n - 1)
print(count(500))         # -> 500
sys.setrecursionlimit(0)  # raises ValueError: recursion limit must be greater or equal than 1
sys.setrecursionlimit("x") # raises TypeError: 'str' object cannot be interpreted as an integer
class R:
    def __repr__(self): return repr(self)
    def __eq__(self, o): return self == o
    def __getattr__(self, n): return getattr(self, n + "x")
    def __hash__(self): return hash(self)
    def __call__(self): return self()
for what in (repr, hash, lambda r: r == r or r == 1, lambda r: r.q, lambda r: r()):
    try: what(R())
    except RecursionError as e: print(type(e).__name__)
# -> RecursionError
# -> RecursionError
# -> RecursionError
# -> RecursionError
# -> RecursionError
