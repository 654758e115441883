# type, isinstance, getattr, vars, dir, callable, id, hash, repr.
class A:
    c = 1
    def __init__(self): self.i = 2
a = A()
print(type(a).__name__, type(1), type(None), type(...), type(NotImplemented), type(print), type(len), type(A), type(lambda: 0), type(A.__init__), type(a.__init__), type([].append), type(str.join), type(iter([])), type({}.items()), type(range(1)), type(slice(1))) # -> A <class 'int'> <class 'NoneType'> <class 'ellipsis'> <class 'NotImplementedType'> <class 'builtin_function_or_method'> <class 'builtin_function_or_method'> <class 'type'> <class 'function'> <class 'function'> <class 'method'> <class 'builtin_function_or_method'> <class 'method_descriptor'> <class 'list_iterator'> <class 'dict_items'> <class 'range'> <class 'slice'>
print(vars(a), "c" in dir(a), "i" in dir(a), dir() == sorted(dir()), [n for n in dir([]) if n[0] != "_"]) # -> {'i': 2} True True True ['append', 'clear', 'copy', 'count', 'extend', 'index', 'insert', 'pop', 'remove', 'reverse', 'sort']
vars(5)                   # raises TypeError: vars() argument must have __dict__ attribute
vars(5, 6)                # raises TypeError: vars expected at most 1 argument, got 2
getattr(a)                # raises TypeError: getattr expected at least 2 arguments, got 1
isinstance(1)             # raises TypeError: isinstance expected 2 arguments, got 1
issubclass(1, int)        # raises TypeError: issubclass() arg 1 must be a class
isinstance(1, "int")      # raises TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union
isinstance(1, (int, "x")) #!
isinstance("a", (int, "x")) # raises TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union
print(isinstance(1, (str, (float, int))), isinstance(1, int | str), issubclass(int, int | None), isinstance(None, int | None), int | str, int | None, list[int], dict[str, int], tuple[int, ...], type(int | str).__name__) # -> True True True True int | str int | None list[int] dict[str, int] tuple[int, ...] UnionType
print(id(a) == id(a), hash("a") == hash("a"), repr(print), repr(len), repr(type), repr(int), repr(A), repr(None), repr(...), repr(NotImplemented), Ellipsis is ...) # -> True True <built-in function print> <built-in function len> <class 'type'> <class 'int'> <class '__main__.A'> None Ellipsis NotImplemented True
NotImplemented()          # raises TypeError: 'NotImplementedType' object is not callable
print(callable(A), callable(a), callable(lambda: 0), ord("a"), chr(97), chr(0x1F600), ord("😀"), abs(-3), abs(-2.5), divmod(7, 3), round(2.567, 2), pow(2, 3), hex(10), bin(5), oct(8)) # -> True False True 97 a 😀 128512 3 2.5 (2, 1) 2.57 8 0xa 0b101 0o10
ord("ab")                 # raises TypeError: ord() expected a character, but string of length 2 found
ord("")                   # raises TypeError: ord() expected a character, but string of length 0 found
ord(5)                    # raises TypeError: ord() expected string of length 1, but int found
chr(-1)                   # raises ValueError: chr() arg not in range(0x110000)
chr(0x110000)             # raises ValueError: chr() arg not in range(0x110000)
chr("a")                  # raises TypeError: 'str' object cannot be interpreted as an integer
abs("a")                  # raises TypeError: bad operand type for abs(): 'str'
round("a")                # raises TypeError: type str doesn't define __round__ method
round(1.5, "a")           # raises TypeError: 'str' object cannot be interpreted as an integer
hash([])                  # raises TypeError: unhashable type: 'list'
len(5)                    # raises TypeError: object of type 'int' has no len()
len()                     # raises TypeError: len() takes exactly one argument (0 given)
len([], [])               # raises TypeError: len() takes exactly one argument (2 given)
print(ord(b"a"), len("é"), len({1: 2}), len(range(5)), format(255, "x"), ascii("é"), repr("é"), object() == object(), type(object()).__name__) # -> 97 1 1 5 ff '\xe9' 'é' False object
print(type.__call__(int, "5"), int.__add__(1, 2), (1).__class__, int.__class__, A.__class__.__class__, A.__init__.__name__, a.__init__.__func__ is A.__init__, A.__subclasses__(), int.__mro__, bool.__base__) # -> 5 3 <class 'int'> <class 'type'> <class 'type'> __init__ True [] (<class 'int'>, <class 'object'>) <class 'int'>
print(1, 2, sep="-", end="!\n") # -> 1-2!
print()                   # ->
print("a", None, [1], sep="") # -> aNone[1]
print(*[1, 2], sep=", ")  # -> 1, 2
print("x", sep=None, end=None) # -> x
print(1, sep=5)           # raises TypeError: sep must be None or a string, not int
print(1, end=5)           # raises TypeError: end must be None or a string, not int
print(1, foo=2)           # raises TypeError: print() got an unexpected keyword argument 'foo'
