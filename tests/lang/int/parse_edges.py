# int() of text: signs, blanks, prefixes, underscores, digits of other scripts, the limit.
print(repr(int('00', 0)))  # -> 0
int('01', 0)  # raises ValueError: invalid literal for int() with base 0: '01'
int('0_1', 0)  # raises ValueError: invalid literal for int() with base 0: '0_1'
print(repr(int('0_0', 0)))  # -> 0
print(repr(int('0x_1', 0)))  # -> 1
int('0x__1', 0)  # raises ValueError: invalid literal for int() with base 0: '0x__1'
int('0x', 0)  # raises ValueError: invalid literal for int() with base 0: '0x'
int('_1')  # raises ValueError: invalid literal for int() with base 10: '_1'
int('1_')  # raises ValueError: invalid literal for int() with base 10: '1_'
int('1__0')  # raises ValueError: invalid literal for int() with base 10: '1__0'
print(repr(int('1_000')))  # -> 1000
print(repr(int('0b1', 16)))  # -> 177
print(repr(int('0o7', 8)))  # -> 7
print(repr(int('0B11', 2)))  # -> 3
int('+ 1')  # raises ValueError: invalid literal for int() with base 10: '+ 1'
print(repr(int(' \t-12\n')))  # -> -12
print(repr(int('z', 36)))  # -> 35
print(repr(int('\u0661\u0e52')))  # -> 12
print(repr(int('\u2003٣\u2003')))  # -> 3
int('1\x00')  # raises ValueError: invalid literal for int() with base 10: '1\x00'
int('')  # raises ValueError: invalid literal for int() with base 10: ''
int('é')  # raises ValueError: invalid literal for int() with base 10: 'é'
int('1' * 4301)  # raises ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit
print(repr(int('0x' + 'f' * 40, 16)))  # -> 1461501637330902918203684832716283019655932542975
print(repr(int('7' * 100)))  # -> 7777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777777
print(repr(int(b'12')))  # -> 12
int(b'1x')  # raises ValueError: invalid literal for int() with base 10: b'1x'
int(bytearray(b'zz'))  # raises ValueError: invalid literal for int() with base 10: b'zz'
int('1', 37)  # raises ValueError: int() base must be >= 2 and <= 36, or 0
int('1', 1)  # raises ValueError: int() base must be >= 2 and <= 36, or 0
int(1, 10)  # raises TypeError: int() can't convert non-string with explicit base
int(base=10)  # raises TypeError: int() missing string argument
int('12', 2.0)  # raises TypeError: 'float' object cannot be interpreted as an integer
int(float('inf'))  # raises OverflowError: cannot convert float infinity to integer
int(float('nan'))  # raises ValueError: cannot convert float NaN to integer
int(None)  # raises TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'
int([])  # raises TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'
int('a' * 300)  # raises ValueError: invalid literal for int() with base 10: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
str(10**4300)  # raises ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit
print(repr(str(10**4299)[:5]))  # -> '10000'
print(repr(len(hex(10**5000))))  # -> 4155
