# Complex numbers: text, signs of zero, powers.
print(repr((complex('1+2j'), complex(' (1+2j) '), complex('j'), complex('-j'), complex('1e5j'), complex('-infj'))))  # -> ((1+2j), (1+2j), 1j, -1j, 100000j, -infj)
print(repr(complex('( 1+2j )')))  # -> (1+2j)
complex('1 + 2j')  # raises ValueError: complex() arg is a malformed string
complex('1+2')  # raises ValueError: complex() arg is a malformed string
complex('++1j')  # raises ValueError: complex() arg is a malformed string
complex('1__0')  # raises ValueError: could not convert string to complex: '1__0'
complex('')  # raises ValueError: complex() arg is a malformed string
complex('1', 2)  # raises TypeError: complex() can't take second arg if first is a string
complex(1, '2')  # raises TypeError: complex() second arg can't be a string
complex([])  # raises TypeError: complex() first argument must be a string or a number, not 'list'
complex(1, [])  # raises TypeError: complex() second argument must be a number, not 'list'
complex(b'1')  # raises TypeError: complex() first argument must be a string or a number, not 'bytes'
print(repr((complex(1.5, 2 + 3j), complex(1j, 1j), complex(imag=2), complex(real=1))))  # -> ((-1.5+2j), (-1+1j), 2j, (1+0j))
print(repr((-0j, complex(-0.0, -0.0), complex(0, -0.0), 1e16j, complex(1, float('nan')))))  # -> ((-0-0j), (-0-0j), -0j, 1e+16j, (1+nanj))
print(repr(((1 + 2j) / (3 + 4j), (1 + 2j) * (3 - 4j), (1 + 2j) ** 2, (1 + 2j) ** -2)))  # -> ((0.44+0.08j), (11+2j), (-3+4j), (-0.12-0.16j))
1j / 0  # raises ZeroDivisionError: complex division by zero
0j ** -1  # raises ZeroDivisionError: 0.0 to a negative or complex power
0j ** 1j  # raises ZeroDivisionError: 0.0 to a negative or complex power
(1 + 1j) ** 1000000  # raises OverflowError: complex exponentiation
pow(1j, 2, 3)  # raises ValueError: complex modulo
1j // 1  # raises TypeError: unsupported operand type(s) for //: 'complex' and 'int'
1j % 1  # raises TypeError: unsupported operand type(s) for %: 'complex' and 'int'
1j < 1  # raises TypeError: '<' not supported between instances of 'complex' and 'int'
print(repr((abs(3 + 4j), abs(complex(float('inf'), float('nan'))))))  # -> (5.0, inf)
abs(complex(1.7e308, 1.7e308))  # raises OverflowError: absolute value too large
print(repr((1 + 0j == 1, 1j == 1, 2**53 + 1 == complex(2**53), 10**400 == 1j)))  # -> (True, False, False, False)
10**400 + 1j  # raises OverflowError: int too large to convert to float
print(repr(((3 - 4j).conjugate(), (3 - 4j).real, (3 - 4j).imag, bool(0j), bool(1j))))  # -> ((3+4j), 3.0, -4.0, False, True)
