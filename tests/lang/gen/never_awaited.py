# A coroutine nobody awaited: the warning names it and, as far as it was told to remember, who made it.
import sys, gc, warnings
async def foo(): pass
def bar(): foo()
def far(f, depth=20):      # so deep in calls of C that no word of the stack still looks like what it made
    list(map(lambda _: far(f, depth - 1) if depth else f(), [0]))
def dead(f):
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter("always")
        far(f); gc.collect()
    for w in log: print(w.category.__name__, str(w.message).replace(__file__, "FILE"))
dead(bar)                  # -> RuntimeWarning coroutine 'foo' was never awaited
sys.set_coroutine_origin_tracking_depth(1)
dead(bar)                  # -> RuntimeWarning coroutine 'foo' was never awaited
                           # -> Coroutine created at (most recent call last)
                           # ->   File "FILE", line 4, in bar
                           # ->     def bar(): foo()
print(sys.get_coroutine_origin_tracking_depth())  # -> 1
c = foo()
print(c.cr_origin[0][1:])  # -> (19, '<module>')
c.close()
sys.set_coroutine_origin_tracking_depth(0)
c = foo()
print(c.cr_origin)         # -> None
c.close()
sys.set_coroutine_origin_tracking_depth(-1)    # raises ValueError: depth must be >= 0
def clearing():
    c = foo()
    c.cr_frame.clear()
    print(c.cr_frame)
dead(clearing)             # -> None
                           # -> RuntimeWarning coroutine 'foo' was never awaited
def methods():
    async def gen(): yield 1
    g = gen()
    g.aclose(); g.asend(1); g.athrow(ValueError)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    far(methods); gc.collect()
for m in sorted(str(w.message) for w in log): print(m)
# -> coroutine method 'aclose' of 'methods.<locals>.gen' was never awaited
# -> coroutine method 'asend' of 'methods.<locals>.gen' was never awaited
# -> coroutine method 'athrow' of 'methods.<locals>.gen' was never awaited
