# The format specification of ints, to the last corner.
format(1, 's')  # raises ValueError: Unknown format code 's' for object of type 'int'
format(1, '.3d')  # raises ValueError: Precision not allowed in integer format specifier
format(1, ',n')  # raises ValueError: Cannot specify ',' with 'n'.
format(1, '_,')  # raises ValueError: Cannot specify both ',' and '_'.
format(1, ',_')  # raises ValueError: Cannot specify both ',' and '_'.
format(1, ',,')  # raises ValueError: Cannot specify ',' with ','.
format(1, '__')  # raises ValueError: Cannot specify '_' with '_'.
format(1, ',x')  # raises ValueError: Cannot specify ',' with 'x'.
format(1, '_c')  # raises ValueError: Cannot specify '_' with 'c'.
format(1, '+c')  # raises ValueError: Sign not allowed with integer format specifier 'c'
format(1, '#c')  # raises ValueError: Alternate form (#) not allowed with integer format specifier 'c'
format(-1, 'c')  # raises OverflowError: %c arg not in range(0x110000)
format(0x110000, 'c')  # raises OverflowError: %c arg not in range(0x110000)
format(10**30, 'c')  # raises OverflowError: Python int too large to convert to C long
format(1, 'zd')  # raises ValueError: Negative zero coercion (z) not allowed in integer format specifier
format(1, 'q')  # raises ValueError: Unknown format code 'q' for object of type 'int'
format(1, 'é')  # raises ValueError: Unknown format code '\xe9' for object of type 'int'
format(1, 'ddd')  # raises ValueError: Invalid format specifier 'ddd' for object of type 'int'
format(1, '.')  # raises ValueError: Format specifier missing precision
format(1, '.x')  # raises ValueError: Format specifier missing precision
format(1, '99999999999999999999')  # raises ValueError: Too many decimal digits in format string
print(repr(format(65, '05c')))  # -> '0000A'
print(repr(format(65, '<5c')))  # -> 'A    '
print(repr(format(65, '*^5c')))  # -> '**A**'
print(repr(format(0x20ac, 'c')))  # -> '€'
print(repr(format(1234, '010,')))  # -> '00,001,234'
print(repr(format(-1234, '013,')))  # -> '-0,000,001,234'
print(repr(format(-1234, '012_')))  # -> '-000_001_234'
print(repr(format(1234, '*>+10')))  # -> '*****+1234'
print(repr(format(1234, '0=10,')))  # -> '00,001,234'
print(repr(format(123456789, '_x')))  # -> '75b_cd15'
print(repr(format(123456789, '#_b')))  # -> '0b111_0101_1011_1100_1101_0001_0101'
print(repr(format(123456789, '#030_b')))  # -> '0b111_0101_1011_1100_1101_0001_0101'
print(repr(format(255, '#X')))  # -> '0XFF'
print(repr(format(255, '#06x')))  # -> '0x00ff'
print(repr(format(-255, '#010o')))  # -> '-0o0000377'
print(repr(format(5, '+05%')))  # -> '+500.000000%'
print(repr(format(3, '.2f')))  # -> '3.00'
print(repr(format(3, 'e')))  # -> '3.000000e+00'
print(repr(format(12345678901234567890123, ',')))  # -> '12,345,678,901,234,567,890,123'
print(repr(format(12345678901234567890123, '.3e')))  # -> '1.235e+22'
format(10**400, 'f')  # raises OverflowError: int too large to convert to float
print(repr(format(True, '')))  # -> 'True'
print(repr(format(True, 'd')))  # -> '1'
print(repr(format(True, '5')))  # -> '    1'
format(True, 's')  # raises ValueError: Unknown format code 's' for object of type 'bool'
print(repr(format(0, '')))  # -> '0'
print(repr(format(7, 'é^9')))  # -> 'éééé7éééé'
print(repr(format(7, '<<9')))  # -> '7<<<<<<<<'
print(repr(format(7, ' d')))  # -> ' 7'
(3).__format__(1)  # raises TypeError: __format__() argument must be str, not int
print(repr(f'{2**70:>30,}|{-5:03d}|{255:#b}'))  # -> ' 1,180,591,620,717,411,303,424|-05|0b11111111'
