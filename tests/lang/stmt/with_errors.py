# What cannot be a context manager.
class OnlyEnter:
    def __enter__(self): pass
class OnlyExit:
    def __exit__(self, *a): pass
class EnterRaises:
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): print("never")
with 5: pass              # raises TypeError: 'int' object does not support the context manager protocol
with OnlyEnter(): pass    # raises TypeError: 'OnlyEnter' object does not support the context manager protocol (missed __exit__ method)
with OnlyExit(): pass     # raises TypeError: 'OnlyExit' object does not support the context manager protocol
with EnterRaises(): pass  # raises ValueError: enter
class A:
    async def __aenter__(self): pass
    async def __aexit__(self, *a): pass
with A(): pass            # raises TypeError: 'A' object does not support the context manager protocol
class ExitFalse:
    def __enter__(self): return self
    def __exit__(self, *a): return 0
with ExitFalse(): raise ValueError("through") # raises ValueError: through
class ExitBoom:
    def __enter__(self): return self
    def __exit__(self, *a): return Boom()
class Boom:
    def __bool__(self): raise RuntimeError("truth")
with ExitBoom(): raise ValueError("lost") # raises RuntimeError: truth
with ExitBoom(): pass
print("quiet end")        # -> quiet end
e = ExitFalse()
e.__exit__ = lambda *a: True
with e: raise ValueError("instance attributes do not count") # raises ValueError: instance attributes do not count
import contextlib
@contextlib.contextmanager
def cm(x):
    print("in", x)
    try: yield x * 2
    except ValueError as e: print("saw", e)
    finally: print("out", x)
with cm(1) as v: print(v) # -> in 1
# -> 2
# -> out 1
with cm(2): raise ValueError("inside") # -> in 2
# -> saw inside
# -> out 2
with contextlib.suppress(KeyError): {}[1]
with contextlib.nullcontext(7) as n: print(n) # -> 7
with contextlib.ExitStack() as st: print(st.enter_context(cm(3)), st.callback(print, "called")) # -> in 3
# -> 6 <built-in function print>
# -> called
# -> out 3
