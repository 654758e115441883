# Complex numbers.
a = 3 + 4j
print(a, abs(a), a.real, a.imag, a.conjugate(), -a, +a, a == 3 + 4j, a != 3) # -> (3+4j) 5.0 3.0 4.0 (3-4j) (-3-4j) (3+4j) True True
print(a * 2, a / 2, a + 1.5, 1 - a, a * a, a ** 2, 1 / a, 2j, -2j, 0j, 1 - 0j, complex(-0.0, -0.0)) # -> (6+8j) (1.5+2j) (4.5+4j) (-2-4j) (-7+24j) (-7+24j) (0.12-0.16j) 2j (-0-2j) 0j (1+0j) (-0-0j)
print(complex("1+2j"), complex(" (3-4.5j) "), complex("j"), complex(1), complex(1, 2), complex(1.5, -0.0), complex("1e3")) # -> (1+2j) (3-4.5j) 1j (1+0j) (1+2j) (1.5-0j) (1000+0j)
print(repr(1e20j), complex("nan+infj"), hash(3 + 0j) == hash(3), bool(0j), bool(1j)) # -> 1e+20j (nan+infj) True False True
a < 1                     # raises TypeError: '<' not supported between instances of 'complex' and 'int'
a // 2                    # raises TypeError: unsupported operand type(s) for //: 'complex' and 'int'
a % 2                     # raises TypeError: unsupported operand type(s) for %: 'complex' and 'int'
1 / 0j                    # raises ZeroDivisionError: complex division by zero
int(a)                    # raises TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'
float(a)                  # raises TypeError: float() argument must be a string or a real number, not 'complex'
complex("1 + 2j")         # raises ValueError: complex() arg is a malformed string
complex("")               # raises ValueError: complex() arg is a malformed string
complex(1, "2")           # raises TypeError: complex() second arg can't be a string
complex("1", 2)           # raises TypeError: complex() can't take second arg if first is a string
0j ** -1                  # raises ZeroDivisionError: 0.0 to a negative or complex power
print(f"{a:.2f} {a:>12} {a:+.1e} {1j:g}", format(a, ""), a.__getnewargs__()) # -> 3.00+4.00j       (3+4j) +3.0e+00+4.0e+00j 0+1j (3+4j) (3.0, 4.0)
print(a ** 0, a ** 0.5, (1 + 2j) ** 3, pow(1j, 2), sum([1j, 2])) # -> (1+0j) (2+1j) (-11-2j) (-1+0j) (2+1j)
