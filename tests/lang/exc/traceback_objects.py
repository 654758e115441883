# Tracebacks link frames, from the outermost to the innermost.
import sys, traceback
def inner(): raise ValueError("v")
def outer(): inner()
try: outer()
except ValueError as e:
    tb = e.__traceback__
    out = []
    while tb:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_next is not None))
        tb = tb.tb_next
    print(out)
    print([(f.name, f.line) for f in traceback.extract_tb(e.__traceback__)][1:] and [f.name for f in traceback.extract_tb(e.__traceback__)])
    print(traceback.format_exception_only(e))
# -> [('<module>', True), ('outer', True), ('inner', False)]
# -> ['<module>', 'outer', 'inner']
# -> ['ValueError: v\n']
def frames():
    f = sys._getframe()
    return f.f_code.co_name, f.f_back.f_code.co_name, "f" in f.f_locals, f.f_globals is globals(), f.f_builtins["len"] is len
print(frames())           # -> ('frames', '<module>', True, True, True)
e = ValueError("never raised")
print(e.__traceback__, traceback.format_exception(e)) # -> None ['ValueError: never raised\n']
try:
    try: outer()
    except ValueError as v: raise KeyError("k") from v
except KeyError as k:
    print([type(x).__name__ for x in (k, k.__cause__, k.__context__)], k.__traceback__.tb_next)
    n = k.with_traceback(None)
    print(n is k, k.__traceback__)
# -> ['KeyError', 'ValueError', 'ValueError'] None
# -> True None
def rethrow():
    try: outer()
    except ValueError as e: raise
try: rethrow()
except ValueError as e: print([f.name for f in traceback.extract_tb(e.__traceback__)])
# -> ['<module>', 'rethrow', 'outer', 'inner']
def gen():
    yield 1
    inner()
try: list(gen())
except ValueError as e: print([f.name for f in traceback.extract_tb(e.__traceback__)])
# -> ['<module>', 'gen', 'inner']
s = traceback.TracebackException.from_exception(ValueError("x"))
print(list(s.format_exception_only()), s.exc_type_str if hasattr(s, "exc_type_str") else "") # -> ['ValueError: x\n'] ValueError
