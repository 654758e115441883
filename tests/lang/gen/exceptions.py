# Exceptions around and through generators keep their context.
def g():
    try:
        yield 1
    except ValueError:
        try: yield 2
        except KeyError as e:
            print(repr(e.__context__))
            raise
i = g()
next(i)
i.throw(ValueError("a"))
# -> ValueError('a')
i.throw(KeyError("b"))    # raises KeyError: 'b'
def f():
    try: raise ValueError("outer")
    except ValueError:
        i = h()
        next(i)
        try: next(i)
        except TypeError as e: print(repr(e.__context__))
        import sys
        print(sys.exception())
def h():
    import sys
    yield sys.exception()
    raise TypeError("inner")
f()                       # -> ValueError('outer')
# -> outer
def saver():
    import sys
    try: raise KeyError("mine")
    except KeyError:
        yield repr(sys.exception())
        yield repr(sys.exception())
    yield repr(sys.exception())
s = saver()
print(next(s))            # -> KeyError('mine')
try: raise ValueError("caller")
except ValueError: print(next(s))
# -> KeyError('mine')
print(next(s))            # -> None
def fin():
    try:
        yield 1
        return 2
    finally:
        print("finally runs")
print(list(fin()))        # -> finally runs
# -> [1]
i = fin()
next(i)
del i                     # -> finally runs
import gc
gc.collect()
def loop():
    for k in range(3):
        try:
            yield k
        except ValueError:
            print("skip", k)
            continue
        finally:
            print("fin", k)
i = loop()
print(next(i))            # -> 0
print(i.throw(ValueError)) # -> skip 0
# -> fin 0
# -> 1
print(list(i))            # -> fin 1
# -> fin 2
# -> [2]
