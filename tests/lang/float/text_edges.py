# float() of text, repr, hex and rounding.
print(repr((float('1_0.0_1e1_0'), float(' .5 '), float('5.'), float('-inf'), float('Infinity'), float('1e400'), float('1e-400'))))  # -> (100100000000.0, 0.5, 5.0, -inf, inf, inf, 0.0)
float('1_')  # raises ValueError: could not convert string to float: '1_'
float('1__0')  # raises ValueError: could not convert string to float: '1__0'
float('0x1')  # raises ValueError: could not convert string to float: '0x1'
float('')  # raises ValueError: could not convert string to float: ''
float('nan1')  # raises ValueError: could not convert string to float: 'nan1'
print(repr(float('\u0661.\u0665')))  # -> 1.5
print(repr(float(b'1.5')))  # -> 1.5
float(b'x')  # raises ValueError: could not convert string to float: b'x'
float([])  # raises TypeError: float() argument must be a string or a real number, not 'list'
float(None)  # raises TypeError: float() argument must be a string or a real number, not 'NoneType'
float(10**400)  # raises OverflowError: int too large to convert to float
print(repr((0.1, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 5e-324, 1.7976931348623157e308, -0.0)))  # -> (0.1, 1e+16, 1000000000000000.0, 1.2345678901234568e+17, 0.0001, 1e-05, 5e-324, 1.7976931348623157e+308, -0.0)
print(repr((0.1 + 0.2, 1/3, 2/3, 100.0, 1e22, 1e23)))  # -> (0.30000000000000004, 0.3333333333333333, 0.6666666666666666, 100.0, 1e+22, 1e+23)
print(repr(((0.1).hex(), (5e-324).hex(), (-0.0).hex(), float('inf').hex())))  # -> ('0x1.999999999999ap-4', '0x0.0000000000001p-1022', '-0x0.0p+0', 'inf')
print(repr((float.fromhex('0x1.8p1'), float.fromhex(' -1.fp-3 '), float.fromhex('0x1p-1075'), float.fromhex('nan'))))  # -> (3.0, -0.2421875, 0.0, nan)
float.fromhex('zz')  # raises ValueError: invalid hexadecimal floating-point string
float.fromhex('0x1p5000')  # raises OverflowError: hexadecimal value too large to represent as a float
print(repr(((0.1).as_integer_ratio(), (-3.5).as_integer_ratio(), (1e300).as_integer_ratio()[1])))  # -> ((3602879701896397, 36028797018963968), (-7, 2), 1)
float('inf').as_integer_ratio()  # raises OverflowError: cannot convert Infinity to integer ratio
float('nan').as_integer_ratio()  # raises ValueError: cannot convert NaN to integer ratio
print(repr((round(2.5), round(3.5), round(-2.5), round(0.5), round(1e300) == int(1e300))))  # -> (2, 4, -2, 0, True)
print(repr((round(2.675, 2), round(1.005, 2), round(1234.5, -2), round(-0.4), round(5e-324, 400), round(1e308, -309))))  # -> (2.67, 1.0, 1200.0, 0, 5e-324, 0.0)
round(1.7976931348623157e308, -308)  # raises OverflowError: rounded value too large to represent
round(float('inf'))  # raises OverflowError: cannot convert float infinity to integer
round(float('nan'))  # raises ValueError: cannot convert float NaN to integer
round(1.5, 1.0)  # raises TypeError: 'float' object cannot be interpreted as an integer
print(repr((7.5 // 2, -7.5 // 2, 7.5 % -2, -7.5 % 2, divmod(-1.0, 0.1), -0.0 % 5, 5.0 % -5)))  # -> (3.0, -4.0, -0.5, 0.5, (-10.0, 5.551115123125783e-17), 0.0, -0.0)
print(repr((1.0 % float('inf'), -1.0 % float('inf'), 1.0 // float('-inf'))))  # -> (1.0, inf, -1.0)
1.0 / 0  # raises ZeroDivisionError: float division by zero
1.0 // 0  # raises ZeroDivisionError: float floor division by zero
1.0 % 0  # raises ZeroDivisionError: float modulo by zero
divmod(1.0, 0)  # raises ZeroDivisionError: float divmod()
0.0 ** -1  # raises ZeroDivisionError: 0.0 cannot be raised to a negative power
print(repr((-8.0) ** (1 / 3)))  # -> (1.0000000000000002+1.7320508075688772j)
10.0 ** 400  # raises OverflowError: (34, 'Numerical result out of range')
print(repr(((-1.0) ** float('inf'), 0.0 ** 0, float('nan') ** 0, 1 ** float('nan'))))  # -> (1.0, 1.0, 1.0, 1.0)
pow(2.0, 3, 2)  # raises TypeError: pow() 3rd argument not allowed unless all arguments are integers
print(repr(((2.5).is_integer(), (2.0).is_integer(), float('inf').is_integer())))  # -> (False, True, False)
print(repr((float('nan') == float('nan'), float('nan') != 1, 1 < float('nan'))))  # -> (False, True, False)
