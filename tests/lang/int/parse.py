# int() reads what the language writes and a little more.
print(int("  42 "), int("-0"), int("+7"), int("1_000"), int("٣٤")) # -> 42 0 7 1000 34
print(int("ff", 16), int("0xff", 16), int("0b101", 0), int("0o17", 0), int("z", 36), int("0", 0)) # -> 255 255 5 15 35 0
print(int(3.99), int(-3.99), int(1e20), int(True), int(b"12"), int()) # -> 3 -3 100000000000000000000 1 12 0
int("")                   # raises ValueError: invalid literal for int() with base 10: ''
int("1__0")               # raises ValueError: invalid literal for int() with base 10: '1__0'
int("0x10")               # raises ValueError: invalid literal for int() with base 10: '0x10'
int("010", 0)             # raises ValueError: invalid literal for int() with base 0: '010'
int("12", 1)              # raises ValueError: int() base must be >= 2 and <= 36, or 0
int("12", 37)             # raises ValueError: int() base must be >= 2 and <= 36, or 0
int("9", 8)               # raises ValueError: invalid literal for int() with base 8: '9'
int(None)                 # raises TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'
int([])                   # raises TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'
int("1.5")                # raises ValueError: invalid literal for int() with base 10: '1.5'
int(3, 10)                # raises TypeError: int() can't convert non-string with explicit base
int(float("nan"))         # raises ValueError: cannot convert float NaN to integer
int(float("inf"))         # raises OverflowError: cannot convert float infinity to integer
int(x=1)                  # raises TypeError: int() got an unexpected keyword argument 'x'
