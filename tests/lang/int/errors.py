# What integers refuse.
one = 1
1 + "a"                   # raises TypeError: unsupported operand type(s) for +: 'int' and 'str'
1 - []                    # raises TypeError: unsupported operand type(s) for -: 'int' and 'list'
"a" * 1.5                 # raises TypeError: can't multiply sequence by non-int of type 'float'
-"x"                      # raises TypeError: bad operand type for unary -: 'str'
~1.5                      # raises TypeError: bad operand type for unary ~: 'float'
1 + None                  # raises TypeError: unsupported operand type(s) for +: 'int' and 'NoneType'
one()                     # raises TypeError: 'int' object is not callable
one[0]                    # raises TypeError: 'int' object is not subscriptable
one[0] = 1                # raises TypeError: 'int' object does not support item assignment
one.foo                   # raises AttributeError: 'int' object has no attribute 'foo'
len(5)                    # raises TypeError: object of type 'int' has no len()
for x in 5: pass          # raises TypeError: 'int' object is not iterable
x = 5
x.y = 1                   # raises AttributeError: 'int' object has no attribute 'y' and no __dict__ for setting new attributes
del x.real                # raises AttributeError: attribute 'real' of 'int' objects is not writable
a, b = 5                  # raises TypeError: cannot unpack non-iterable int object
