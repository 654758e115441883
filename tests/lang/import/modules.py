# import in its forms, modules as objects.
import math, sys as system
import os.path
import os.path as p
from math import floor as fl, ceil
from collections import *
import collections.abc
print(math.pi == system.modules["math"].pi, p is os.path, fl(2.5), ceil(2.5), Counter("aab")["a"], collections.abc.Sized.__name__) # -> True True 2 3 2 Sized
print(type(math).__name__, math.__name__, "math" in system.modules, __name__, repr(math).startswith("<module 'math'")) # -> module math True __main__ True
math.nope                 # raises AttributeError: module 'math' has no attribute 'nope'
import nothing_here       # raises ModuleNotFoundError: No module named 'nothing_here'
from sys import nothing_here # raises ImportError: cannot import name 'nothing_here' from 'sys' (unknown location)
import math.sub           # raises ModuleNotFoundError: No module named 'math.sub'; 'math' is not a package
from . import x           # raises ImportError: attempted relative import with no known parent package
from .y import x          # raises ImportError: attempted relative import with no known parent package
import importlib
print(importlib.import_module("math") is math, __import__("os.path").__name__, __import__("os.path", fromlist=["join"]).__name__ in ("posixpath", "os.path")) # -> True os True
import types
m = types.ModuleType("made", "doc")
m.value = 5
system.modules["made"] = m
import made
from made import value
print(made is m, value, m.__doc__, m.__name__, repr(m), sorted(vars(m))[:2]) # -> True 5 doc made <module 'made'> ['__doc__', '__loader__']
m.missing                 # raises AttributeError: module 'made' has no attribute 'missing'
system.modules["blocked"] = None
import blocked            # raises ModuleNotFoundError: import of blocked halted; None in sys.modules
m.__getattr__ = lambda n: f"dynamic {n}"
print(m.anything)         # -> dynamic anything
from made import whatever
print(whatever)           # -> dynamic whatever
def f():
    import math as local_math
    return "local_math" in locals()
print(f())                # -> True
from math import (
    sin,
    cos,
)
print(sin(0), cos(0))     # -> 0.0 1.0
if True:
    from math import sqrt
print(sqrt(9))            # -> 3.0
exec("from math import *")
print(tan(0))             # -> 0.0
exec("def f():\n from math import *") # raises SyntaxError: import * only allowed at module level (<string>, line 2)
