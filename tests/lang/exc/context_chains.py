# __context__, __cause__ and how they are set.
def chain(e):
    out = []
    while e: out.append(f"{type(e).__name__}({e})"); e = e.__cause__ or e.__context__
    return " <- ".join(out)
try:
    try:
        try: raise ValueError(1)
        except ValueError: raise KeyError(2)
        finally: [].pop() if 0 else None
    except KeyError: raise TypeError(3)
except TypeError as e: print(chain(e))
# -> TypeError(3) <- KeyError(2) <- ValueError(1)
try:
    try: raise ValueError(1)
    finally: raise KeyError(2)
except KeyError as e: print(chain(e))
# -> KeyError(2) <- ValueError(1)
try:
    try: raise ValueError(1)
    except ValueError as a:
        try: raise KeyError(2)
        except KeyError: pass
        raise TypeError(3)
except TypeError as e: print(chain(e))
# -> TypeError(3) <- ValueError(1)
a, b = ValueError("a"), KeyError("b")
try:
    try: raise a
    except ValueError: raise b
except KeyError: pass
try:
    try: raise b
    except KeyError: raise a
except ValueError: print(repr(a.__context__), repr(b.__context__))
# -> KeyError('b') None
def f():
    try: g()
    except ValueError: raise RuntimeError("f")
def g():
    try: raise OSError("g")
    except OSError: raise ValueError("from g")
try: f()
except RuntimeError as e: print(chain(e))
# -> RuntimeError(f) <- ValueError(from g) <- OSError(g)
import sys
print(sys.exc_info(), sys.exception()) # -> (None, None, None) None
try: raise ValueError("now")
except ValueError:
    print(sys.exc_info()[0].__name__, repr(sys.exception()))
    def inner(): return repr(sys.exception())
    print(inner())
    try: raise KeyError("in")
    except KeyError: print(repr(sys.exception()))
    print(repr(sys.exception()))
# -> ValueError ValueError('now')
# -> ValueError('now')
# -> KeyError('in')
# -> ValueError('now')
print(sys.exception())    # -> None
class C:
    def __exit__(self, *a): print(repr(sys.exception())); return True
    def __enter__(self): pass
with C(): raise ValueError("seen by exit") # -> ValueError('seen by exit')
