# The texts people see most.
none, one, pair, text = None, 1, (1, 2), "a"
class A:
    x = 1
    __slots__ = ("s",)
A().nope                  # raises AttributeError: 'A' object has no attribute 'nope'
A.nope                    # raises AttributeError: type object 'A' has no attribute 'nope'
A().s                     # raises AttributeError: 'A' object has no attribute 's'
A().new = 1               # raises AttributeError: 'A' object has no attribute 'new' and no __dict__ for setting new attributes
del A().x                 # raises AttributeError: 'A' object attribute 'x' is read-only
None.foo                  # raises AttributeError: 'NoneType' object has no attribute 'foo'
(1).foo()                 # raises AttributeError: 'int' object has no attribute 'foo'
[].foo                    # raises AttributeError: 'list' object has no attribute 'foo'
"".foo                    # raises AttributeError: 'str' object has no attribute 'foo'
(lambda: 0).foo           # raises AttributeError: 'function' object has no attribute 'foo'
len.foo                   # raises AttributeError: 'builtin_function_or_method' object has no attribute 'foo'
len.x = 1                 # raises AttributeError: 'builtin_function_or_method' object has no attribute 'x' and no __dict__ for setting new attributes
int.foo                   # raises AttributeError: type object 'int' has no attribute 'foo'
int.x = 1                 # raises TypeError: cannot set 'x' attribute of immutable type 'int'
del int.real              # raises TypeError: cannot set 'real' attribute of immutable type 'int'
import sys
sys.nope                  # raises AttributeError: module 'sys' has no attribute 'nope'
undefined                 # raises NameError: name 'undefined' is not defined
del undefined             # raises NameError: name 'undefined' is not defined
def f():
    return local_before
    local_before = 1
f()                       # raises UnboundLocalError: cannot access local variable 'local_before' where it is not associated with a value
def g():
    for i in []: pass
    return i
g()                       # raises UnboundLocalError: cannot access local variable 'i' where it is not associated with a value
none()                    # raises TypeError: 'NoneType' object is not callable
"a".__str__()()           # raises TypeError: 'str' object is not callable
list()()                  # raises TypeError: 'list' object is not callable
pair()                    # raises TypeError: 'tuple' object is not callable
A()()                     # raises TypeError: 'A' object is not callable
none[0]                   # raises TypeError: 'NoneType' object is not subscriptable
one[0]                    # raises TypeError: 'int' object is not subscriptable
set()[0]                  # raises TypeError: 'set' object is not subscriptable
len[0]                    # raises TypeError: 'builtin_function_or_method' object is not subscriptable
A()[0]                    # raises TypeError: 'A' object is not subscriptable
A()[0] = 1                # raises TypeError: 'A' object does not support item assignment
none[0] = 1               # raises TypeError: 'NoneType' object does not support item assignment
del none[0]               # raises TypeError: 'NoneType' object does not support item deletion
text[0] = 1               # raises TypeError: 'str' object does not support item assignment
pair[0] = 1               # raises TypeError: 'tuple' object does not support item assignment
del pair[0]               # raises TypeError: 'tuple' object doesn't support item deletion
-None                     # raises TypeError: bad operand type for unary -: 'NoneType'
+"a"                      # raises TypeError: bad operand type for unary +: 'str'
~[]                       # raises TypeError: bad operand type for unary ~: 'list'
not_a = None
not_a + 1                 # raises TypeError: unsupported operand type(s) for +: 'NoneType' and 'int'
1 + not_a                 # raises TypeError: unsupported operand type(s) for +: 'int' and 'NoneType'
{} - {}                   # raises TypeError: unsupported operand type(s) for -: 'dict' and 'dict'
[] @ []                   # raises TypeError: unsupported operand type(s) for @: 'list' and 'list'
1 << "a"                  # raises TypeError: unsupported operand type(s) for <<: 'int' and 'str'
"a" & 1                   # raises TypeError: unsupported operand type(s) for &: 'str' and 'int'
{} < {}                   # raises TypeError: '<' not supported between instances of 'dict' and 'dict'
[] > 5                    # raises TypeError: '>' not supported between instances of 'list' and 'int'
None < 1                  # raises TypeError: '<' not supported between instances of 'NoneType' and 'int'
1j < 2j                   # raises TypeError: '<' not supported between instances of 'complex' and 'complex'
1 in 5                    # raises TypeError: argument of type 'int' is not iterable
None in 5                 # raises TypeError: argument of type 'int' is not iterable
"a" in 5                  # raises TypeError: argument of type 'int' is not iterable
5 in "a"                  # raises TypeError: 'in <string>' requires string as left operand, not int
[x for x in None]         # raises TypeError: 'NoneType' object is not iterable
for a, b in [1]: pass     # raises TypeError: cannot unpack non-iterable int object
a, b = None               # raises TypeError: cannot unpack non-iterable NoneType object
[*5]                      # raises TypeError: Value after * must be an iterable, not int
{**5}                     # raises TypeError: 'int' object is not a mapping
f(*5)                     # raises TypeError: __main__.f() argument after * must be an iterable, not int
f(**5)                    # raises TypeError: __main__.f() argument after ** must be a mapping, not int
f(**{1: 2})               # raises TypeError: keywords must be strings
with None: pass           # raises TypeError: 'NoneType' object does not support the context manager protocol
import nope.sub           # raises ModuleNotFoundError: No module named 'nope'
import sys.nope           # raises ModuleNotFoundError: No module named 'sys.nope'; 'sys' is not a package
from sys import nope_name # raises ImportError: cannot import name 'nope_name' from 'sys' (unknown location)
from nope import x        # raises ModuleNotFoundError: No module named 'nope'
assert 0                  # raises AssertionError
assert False, "message"   # raises AssertionError: message
assert [], (1, 2)         # raises AssertionError: (1, 2)
raise ValueError(1, 2)    # raises ValueError: (1, 2)
