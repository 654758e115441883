# Signs, sizes and limits of integer arithmetic.
print(repr(((-7 // 2, -7 % 2, 7 // -2, 7 % -2))))  # -> (-4, 1, -4, -1)
print(repr(divmod(-2**100, 3**20)))  # -> (-363558641556578823727, 1529077151)
print(repr(divmod(2**100, -3**20)))  # -> (-363558641556578823727, -1529077151)
print(repr((2**62 - 1) + 1))  # -> 4611686018427387904
print(repr(-2**62 - 1))  # -> -4611686018427387905
print(repr((2**61) * (2**61)))  # -> 5316911983139663491615228241121378304
print(repr((2**64 - 1) ** 2))  # -> 340282366920938463426481119284349108225
print(repr(-(2**61)))  # -> -2305843009213693952
print(repr((1 << 61, 1 << 62, 1 << 64)))  # -> (2305843009213693952, 4611686018427387904, 18446744073709551616)
print(repr((-1 >> 100, -2**70 >> 69, -2**70 >> 71)))  # -> (-1, -2, -1)
print(repr((-2**70 + 1) >> 3))  # -> -147573952589676412928
1 << -1  # raises ValueError: negative shift count
1 << (1 << 100)  # raises OverflowError: too many digits in integer
print(repr(1 >> (1 << 100)))  # -> 0
print(repr(0 << (1 << 100)))  # -> 0
print(repr(-2**100 & 2**90 - 1))  # -> 0
print(repr(-2**100 | 5))  # -> -1267650600228229401496703205371
print(repr(-2**100 ^ -5))  # -> 1267650600228229401496703205371
print(repr(~2**100))  # -> -1267650600228229401496703205377
print(repr(2**100 / 2**99))  # -> 2.0
10**400 / 1  # raises OverflowError: integer division result too large for a float
print(repr(1 / 10**400))  # -> 0.0
print(repr(10**400 / 10**399))  # -> 10.0
print(repr((2**53 + 1) / 1))  # -> 9007199254740992.0
print(repr((3 * 2**1000) / (2**999)))  # -> 6.0
1 / 0  # raises ZeroDivisionError: division by zero
1 // 0  # raises ZeroDivisionError: integer division or modulo by zero
1 % 0  # raises ZeroDivisionError: integer modulo by zero
divmod(1, 0)  # raises ZeroDivisionError: integer division or modulo by zero
0 ** -1  # raises ZeroDivisionError: 0.0 cannot be raised to a negative power
print(repr(2 ** -2))  # -> 0.25
print(repr((-2) ** 101))  # -> -2535301200456458802993406410752
print(repr(10 ** 30))  # -> 1000000000000000000000000000000
print(repr(pow(3, 1000, 10**20 + 1)))  # -> 75055439105135211945
print(repr(pow(3, -1, 7)))  # -> 5
pow(2, -1, 4)  # raises ValueError: base is not invertible for the given modulus
pow(2, 3, 0)  # raises ValueError: pow() 3rd argument cannot be 0
print(repr(pow(2, 5, -7)))  # -> -3
print(repr(pow(-2, 5, 7)))  # -> 3
print(repr(pow(5, 0, 1)))  # -> 0
print(repr((round(15, -1), round(25, -1), round(-15, -1), round(26, -1), round(5, -10))))  # -> (20, 20, -20, 30, 0)
print(repr(round(10**30 + 5 * 10**9, -10)))  # -> 1000000000000000000000000000000
print(repr(((0).bit_length(), (2**100).bit_length(), (-255).bit_count())))  # -> (0, 101, 8)
print(repr((2**100).to_bytes(13, 'big')))  # -> b'\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00'
print(repr((-2**100).to_bytes(13, 'little', signed=True)))  # -> b'\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xf0'
(-129).to_bytes(1, signed=True)  # raises OverflowError: int too big to convert
print(repr((-128).to_bytes(1, signed=True)))  # -> b'\x80'
(256).to_bytes(1)  # raises OverflowError: int too big to convert
(-1).to_bytes(1)  # raises OverflowError: can't convert negative int to unsigned
(1).to_bytes(-1)  # raises ValueError: length argument must be non-negative
(1).to_bytes(1, 'x')  # raises ValueError: byteorder must be either 'little' or 'big'
print(repr((int.from_bytes(b'\xff\x00', 'little'), int.from_bytes(b'\xff\x00', signed=True))))  # -> (255, -256)
print(repr((int.from_bytes([1, 2, 3]), int.from_bytes(b''))))  # -> (66051, 0)
int.from_bytes([256])  # raises ValueError: bytes must be in range(0, 256)
int.from_bytes('a')  # raises TypeError: cannot convert 'str' object to bytes
int.from_bytes(1)  # raises TypeError: cannot convert 'int' object to bytes
print(repr((2**53 + 1 == 2.0**53, 2**53 + 1 > 2.0**53)))  # -> (False, True)
print(repr((10**400 > 1e308, 10**400 < float('inf'), -10**400 > float('-inf'))))  # -> (True, True, True)
print(repr((hash(2**61 - 1), hash(2**61), hash(-1), hash(-2**61), hash(10**40))))  # -> (0, 1, -2, -2, 1388497483929617590)
print(repr((hash(2**100) == hash(2.0**100), hash(0.5), hash(1e300), hash(float('inf')), hash(1j), hash(1 + 0j))))  # -> (True, 1152921504606846976, 1224995262755759164, 314159, 1000003, 1)
