# Attributes and methods of integers.
print((5).numerator, (5).denominator, (5).real, (5).imag, (5).conjugate(), (5).is_integer()) # -> 5 1 5 0 5 True
print((1000).to_bytes(2, "big"), (1000).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True), (0).to_bytes()) # -> b'\x03\xe8' b'\xe8\x03\x00\x00' b'\xff\xfe' b'\x00'
print(int.from_bytes(b"\x03\xe8", "big"), int.from_bytes(b"\xff\xfe", "big", signed=True), int.from_bytes([1, 2], "little")) # -> 1000 -2 513
(1000).to_bytes(1, "big") # raises OverflowError: int too big to convert
(-1).to_bytes(1, "big")   # raises OverflowError: can't convert negative int to unsigned
(1).to_bytes(1, "middle") # raises ValueError: byteorder must be either 'little' or 'big'
print((7).as_integer_ratio(), (-3).__abs__(), (3).__index__(), (5).__floordiv__(2), (5).__add__("x")) # -> (7, 1) 3 3 2 NotImplemented
print(round(15, -1), round(25, -1), round(-15, -1), round(1234567, -3), round(5), round(5, 2), round(10**30 + 5, -1)) # -> 20 20 -20 1235000 5 5 1000000000000000000000000000000
print(int.__name__, isinstance(True, int), int.mro()) # -> int True [<class 'int'>, <class 'object'>]
