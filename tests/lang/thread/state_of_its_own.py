# What belongs to a thread: the exception being handled, recursion, reprs in progress, thread-local objects.
import _thread, sys

go, ready = _thread.allocate_lock(), _thread.allocate_lock()
go.acquire()
ready.acquire()
seen = []

def other():
    try:
        raise KeyError("other")
    except KeyError:
        ready.release()
        go.acquire()
        seen.append(repr(sys.exception()))

h = _thread.start_joinable_thread(other)
ready.acquire()
print(sys.exception())  # -> None
try:
    raise ValueError("mine")
except ValueError:
    go.release()
    h.join()
    print(repr(sys.exception()), seen)  # -> ValueError('mine') ["KeyError('other')"]

# Each thread has the whole recursion limit.
def down(n):
    return n if n == 0 else down(n - 1)
depths = []
def deep():
    depths.append(down(800))
    try:
        down(5000)
    except RecursionError as e:
        depths.append(str(e))
h = _thread.start_joinable_thread(deep)
h.join()
print(depths)  # -> [0, 'maximum recursion depth exceeded']

# A list whose repr waits in one thread is no recursion in another.
class Slow:
    def __repr__(self):
        ready.release()
        go.acquire()
        return "slow"
l = [Slow()]
h = _thread.start_joinable_thread(lambda: seen.append(repr(l)))
ready.acquire()
go.release()
print(repr(l))  # -> [slow]
ready.acquire()
go.release()
h.join()
print(seen[-1])  # -> [slow]

local = _thread._local()
local.x = 1
def f():
    seen.append(hasattr(local, "x"))
    local.x = 2
    seen.append(local.__dict__)
h = _thread.start_joinable_thread(f)
h.join()
print(seen[-2:], local.x)  # -> [False, {'x': 2}] 1

class Mine(_thread._local):
    kind = "class attribute"
    def __init__(self, n):
        self.n = n
    @property
    def double(self):
        return self.n * 2
m = Mine(3)
m.n += 1
h = _thread.start_joinable_thread(lambda: seen.append((m.n, m.double, m.kind)))
h.join()
print(m.n, m.double, seen[-1])  # -> 4 8 (3, 6, 'class attribute')
_thread._local(1)  # raises TypeError: Initialization arguments are not supported
m.__dict__ = {}  # raises AttributeError: 'Mine' object attribute '__dict__' is read-only
del m.nothing  # raises AttributeError: 'Mine' object has no attribute 'nothing'

# Generators may be resumed by any thread, by one at a time.
def gen():
    ready.release()
    go.acquire()
    yield 1
    yield 2
g = gen()
h = _thread.start_joinable_thread(lambda: seen.append(next(g)))
ready.acquire()
next(g)  # raises ValueError: generator already executing
go.release()
h.join()
print(seen[-1], next(g))  # -> 1 2
