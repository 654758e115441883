# raise in all its forms.
raise ValueError("v")     # raises ValueError: v
raise ValueError          # raises ValueError
raise 5                   # raises TypeError: exceptions must derive from BaseException
raise "str"               # raises TypeError: exceptions must derive from BaseException
raise int                 # raises TypeError: exceptions must derive from BaseException
raise None                # raises TypeError: exceptions must derive from BaseException
raise                     # raises RuntimeError: No active exception to reraise
raise ValueError("a") from 5 # raises TypeError: exception causes must derive from BaseException
raise ValueError("a") from KeyError # raises ValueError: a
def f():
    try: raise ValueError("1")
    except ValueError as e:
        raise TypeError("2") from None
try: f()
except TypeError as e: print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
# -> None ValueError('1') True
try: raise ValueError("x") from KeyError("c")
except ValueError as e: print(repr(e.__cause__), e.__suppress_context__, e.__traceback__ is not None)
# -> KeyError('c') True True
def reraise():
    try: raise KeyError("k")
    except KeyError:
        try: raise ValueError("v")
        except ValueError: pass
        raise
reraise()                 # raises KeyError: 'k'
class Weird(Exception):
    def __new__(cls, *a): return ValueError("made by new")
raise Weird               # raises ValueError: made by new
class BadNew(Exception):
    def __new__(cls, *a): return 5
raise BadNew              # raises TypeError: calling <class '__main__.BadNew'> should have returned an instance of BaseException, not <class 'int'>
class BadInit(Exception):
    def __init__(self): raise KeyError("in init")
raise BadInit             # raises KeyError: 'in init'
e = ValueError("same")
try:
    try: raise e
    except ValueError: raise e
except ValueError as x: print(x is e, x.__context__)
# -> True None
e.__cause__ = 5           # raises TypeError: exception cause must be None or derive from BaseException
e.__traceback__ = 5       # raises TypeError: __traceback__ must be a traceback or None
e.__context__ = "x"       # raises TypeError: exception context must be None or derive from BaseException
e.args = 5                # raises TypeError: 'int' object is not iterable
e.args = [1, 2]
print(e.args, e, repr(e), e.with_traceback(None) is e, e.__traceback__) # -> (1, 2) (1, 2) ValueError(1, 2) True None
e.add_note("n1")
e.add_note(5)             # raises TypeError: note must be a str, not 'int'
print(e.__notes__)        # -> ['n1']
