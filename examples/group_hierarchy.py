"""Which group takes which exceptions: the constructors decide."""

try:
    # This raises TypeError:
    ExceptionGroup("bad", [KeyboardInterrupt()])
except TypeError as error:
    print("TypeError:", error)

# This works:
group = BaseExceptionGroup("ok", [KeyboardInterrupt()])
print(repr(group), isinstance(group, Exception))

# A BaseExceptionGroup of nothing but Exceptions is an ExceptionGroup after all.
print(type(BaseExceptionGroup("fine", [ValueError(1)])).__name__)
print([cls.__name__ for cls in ExceptionGroup.__mro__])
