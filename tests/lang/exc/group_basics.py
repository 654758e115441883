# ExceptionGroup: making, looking inside.
g = ExceptionGroup("msg", [ValueError(1), TypeError("t"), ExceptionGroup("in", [OSError("o")])])
print(g, repr(g), g.message, g.exceptions, g.args, len(g.exceptions), isinstance(g, Exception), BaseExceptionGroup.__mro__[1].__name__) # -> msg (3 sub-exceptions) ExceptionGroup('msg', [ValueError(1), TypeError('t'), ExceptionGroup('in', [OSError('o')])]) msg (ValueError(1), TypeError('t'), ExceptionGroup('in', [OSError('o')])) ('msg', [ValueError(1), TypeError('t'), ExceptionGroup('in', [OSError('o')])]) 3 True BaseException
ExceptionGroup()          # raises TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (0 given)
ExceptionGroup("m")       # raises TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)
ExceptionGroup("m", [])   # raises ValueError: second argument (exceptions) must be a non-empty sequence
ExceptionGroup("m", 5)    # raises TypeError: second argument (exceptions) must be a sequence
ExceptionGroup("m", [1])  # raises ValueError: Item 0 of second argument (exceptions) is not an exception
ExceptionGroup(1, [ValueError()]) # raises TypeError: BaseExceptionGroup.__new__() argument 1 must be str, not int
ExceptionGroup("m", [KeyboardInterrupt()]) # raises TypeError: Cannot nest BaseExceptions in an ExceptionGroup
ExceptionGroup("m", [ValueError]) # raises ValueError: Item 0 of second argument (exceptions) is not an exception
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__) # -> ExceptionGroup BaseExceptionGroup
g.exceptions = ()         # raises AttributeError: readonly attribute
g.message = "x"           # raises AttributeError: readonly attribute
print(g.split(ValueError), g.subgroup(OSError), g.split(lambda e: isinstance(e, TypeError)), g.subgroup(KeyError), g.split(KeyError)) # -> (ExceptionGroup('msg', [ValueError(1)]), ExceptionGroup('msg', [TypeError('t'), ExceptionGroup('in', [OSError('o')])])) msg (1 sub-exception) (ExceptionGroup('msg', [TypeError('t')]), ExceptionGroup('msg', [ValueError(1), ExceptionGroup('in', [OSError('o')])])) None (None, ExceptionGroup('msg', [ValueError(1), TypeError('t'), ExceptionGroup('in', [OSError('o')])]))
print(g.subgroup((ValueError, OSError)), g.split(ExceptionGroup), g.derive([ValueError(2)]), g.subgroup(lambda e: True) is g) # -> msg (2 sub-exceptions) (ExceptionGroup('msg', [ValueError(1), TypeError('t'), ExceptionGroup('in', [OSError('o')])]), None) msg (1 sub-exception) True
g.split()                 # raises TypeError: BaseExceptionGroup.split() takes exactly one argument (0 given)
g.split(5)                # raises TypeError: expected an exception type, a tuple of exception types, or a callable (other than a class)
g.split("x")              # raises TypeError: expected an exception type, a tuple of exception types, or a callable (other than a class)
g.split(int)              # raises TypeError: expected an exception type, a tuple of exception types, or a callable (other than a class)
g.split((ValueError, 5))  # raises TypeError: expected an exception type, a tuple of exception types, or a callable (other than a class)
g.split(lambda e: 1 / 0)  # raises ZeroDivisionError: division by zero
g.derive([])              # raises ValueError: second argument (exceptions) must be a non-empty sequence
print(str(ExceptionGroup("", [ValueError()])), str(ExceptionGroup("x", [ValueError()])), str(ExceptionGroup("x", (e for e in [])) if 0 else ExceptionGroup("x", (ValueError(), ValueError()))), ExceptionGroup[int]) # ->  (1 sub-exception) x (1 sub-exception) x (2 sub-exceptions) ExceptionGroup[int]
class MyG(ExceptionGroup):
    def __new__(cls, m, e, code): s = super().__new__(cls, m, e); s.code = code; return s
    def derive(self, excs): return MyG(self.message, excs, self.code)
m = MyG("my", [ValueError(1), KeyError(2)], 7)
match, rest = m.split(ValueError)
print(repr(match), match.code, repr(rest), type(rest).__name__) # -> MyG('my', [ValueError(1)], 7) 7 MyG('my', [KeyError(2)], 7) MyG
