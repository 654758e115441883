# finally runs on every way out, and its own jump wins.
def f(how):
    for i in range(2):
        try:
            if how == "return": return "r"
            if how == "break": break
            if how == "continue": continue
            if how == "raise": raise ValueError("v")
            if how == "pass": pass
        except ValueError as e:
            print("except", e)
        else:
            print("else", i)
        finally:
            print("finally", how, i)
    return "end"
for how in ("return", "break", "continue", "raise", "pass"): print(f(how)) # -> finally return 0
# -> r
# -> finally break 0
# -> end
# -> finally continue 0
# -> finally continue 1
# -> end
# -> except v
# -> finally raise 0
# -> except v
# -> finally raise 1
# -> end
# -> else 0
# -> finally pass 0
# -> else 1
# -> finally pass 1
# -> end
def g():
    try: return "try"
    finally: return "finally"
def h():
    try: raise ValueError
    finally: return "swallowed"
def k():
    while True:
        try: raise ValueError
        finally: break
    return "broke"
def l():
    x = 1
    try: return x
    finally: x = 2
print(g(), h(), k(), l()) # -> finally swallowed broke 1
def nested():
    try:
        try: raise ValueError("inner")
        finally: print("f1")
    except ValueError as e:
        try: raise KeyError("second") from e
        except KeyError as k: return repr(k), repr(k.__cause__), repr(k.__context__), k.__suppress_context__
    finally: print("f2")
print(nested())           # -> f1
# -> f2
# -> ("KeyError('second')", "ValueError('inner')", "ValueError('inner')", True)
def order():
    try:
        return print("value first")
    finally:
        print("then finally")
order()                   # -> value first
# -> then finally
try:
    try: 1 / 0
    except ZeroDivisionError as err: pass
    err
except NameError as e: print(e)
# -> name 'err' is not defined
try: raise ValueError
except (KeyError, (TypeError,)) if 0 else (KeyError, ValueError): print("tuple")
# -> tuple
try: raise KeyError("x")
except LookupError as e: print(type(e).__name__)
# -> KeyError
def cls(): print("evaluated"); return ValueError
try: raise TypeError
except KeyError: pass
except cls(): pass
except: print("bare")
# -> evaluated
# -> bare
try:
    try: raise ValueError("orig")
    except 5: pass
except TypeError as e: print(e, repr(e.__context__))
# -> catching classes that do not inherit from BaseException is not allowed ValueError('orig')
