# except* takes what matches, clause by clause.
def run(make):
    try:
        try: raise make
        except* ValueError as e: print("V", repr(e))
        except* (TypeError, KeyError) as e: print("TK", repr(e))
        else: print("else")
        finally: print("finally")
    except BaseException as e: print("left", repr(e))
run(ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)])) # -> V ExceptionGroup('g', [ValueError(1)])
# -> TK ExceptionGroup('g', [TypeError(2)])
# -> finally
# -> left ExceptionGroup('g', [OSError(3)])
run(ExceptionGroup("g", [ValueError(1), ExceptionGroup("i", [ValueError(2), KeyError(3)])])) # -> V ExceptionGroup('g', [ValueError(1), ExceptionGroup('i', [ValueError(2)])])
# -> TK ExceptionGroup('g', [ExceptionGroup('i', [KeyError(3)])])
# -> finally
run(ValueError("naked"))  # -> V ExceptionGroup('', (ValueError('naked'),))
# -> finally
run(OSError("naked"))     # -> finally
# -> left OSError('naked')
run(KeyboardInterrupt())  # -> finally
# -> left KeyboardInterrupt()
run(BaseExceptionGroup("b", [SystemExit(1), ValueError(5)])) # -> V ExceptionGroup('b', [ValueError(5)])
# -> finally
# -> left BaseExceptionGroup('b', [SystemExit(1)])
def new(raiser):
    try:
        try: raise ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)])
        except* ValueError as e: raiser(e)
        except* TypeError as e: raise KeyError("from T")
    except BaseException as e:
        print(repr(e), repr(e.__context__))
        for s in getattr(e, "exceptions", ()): print("  ", repr(s), repr(s.__context__), repr(s.__cause__))
def bare(e): raise
def same(e): raise e
def other(e): raise RuntimeError("new") from e
def nothing(e): pass
for r in (bare, same, other, nothing): new(r) # -> ExceptionGroup('', [ExceptionGroup('g', [ValueError(1)]), KeyError('from T'), ExceptionGroup('g', [OSError(3)])]) None
# ->    ExceptionGroup('g', [ValueError(1)]) None None
# ->    KeyError('from T') ExceptionGroup('g', [TypeError(2)]) None
# ->    ExceptionGroup('g', [OSError(3)]) None None
# -> ExceptionGroup('', [ExceptionGroup('g', [ValueError(1)]), KeyError('from T'), ExceptionGroup('g', [OSError(3)])]) None
# ->    ExceptionGroup('g', [ValueError(1)]) None None
# ->    KeyError('from T') ExceptionGroup('g', [TypeError(2)]) None
# ->    ExceptionGroup('g', [OSError(3)]) None None
# -> ExceptionGroup('', [RuntimeError('new'), KeyError('from T'), ExceptionGroup('g', [OSError(3)])]) None
# ->    RuntimeError('new') ExceptionGroup('g', [ValueError(1)]) ExceptionGroup('g', [ValueError(1)])
# ->    KeyError('from T') ExceptionGroup('g', [TypeError(2)]) None
# ->    ExceptionGroup('g', [OSError(3)]) None None
# -> ExceptionGroup('', [KeyError('from T'), ExceptionGroup('g', [OSError(3)])]) None
# ->    KeyError('from T') ExceptionGroup('g', [TypeError(2)]) None
# ->    ExceptionGroup('g', [OSError(3)]) None None
try:
    try: raise ExceptionGroup("g", [ValueError(1)])
    except* ExceptionGroup: pass
except TypeError as e: print(e)
# -> catching ExceptionGroup with except* is not allowed. Use except instead.
try:
    try: raise ExceptionGroup("g", [ValueError(1)])
    except* 5: pass
except TypeError as e: print(e)
# -> catching classes that do not inherit from BaseException is not allowed
try: raise ExceptionGroup("g", [ValueError(1)])
except* ValueError as e: pass
try: e
except NameError as x: print(x)
# -> name 'e' is not defined
for i in range(2):
    try: pass
    except* ValueError: print("never")
    else: print("else", i)
# -> else 0
# -> else 1
try: raise ExceptionGroup("o", [ExceptionGroup("i", [ValueError(i)]) for i in range(2)])
except* ValueError as eg:
    print([type(x).__name__ for x in eg.exceptions], eg.exceptions[1].exceptions)
    try: raise eg
    except* ValueError as inner: print(inner is eg, repr(inner))
# -> ['ExceptionGroup', 'ExceptionGroup'] (ValueError(1),)
# -> False ExceptionGroup('o', [ExceptionGroup('i', [ValueError(0)]), ExceptionGroup('i', [ValueError(1)])])
