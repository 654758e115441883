# Powers: negative exponents give floats, three arguments stay modular.
print(2 ** 10, (-2) ** 3, 2 ** -2, 0 ** 0) # -> 1024 -8 0.25 1
print(pow(3, 200, 13), pow(3, -1, 7), pow(-3, 3, 10), pow(10, 3, -7)) # -> 9 5 3 -1
print(pow(2, 1000) % 10**9, pow(123456789, 987654321, 10**9 + 7)) # -> 668069376 652541198
0 ** -1                   # raises ZeroDivisionError: 0.0 cannot be raised to a negative power
pow(2, -1, 4)             # raises ValueError: base is not invertible for the given modulus
pow(2, 3, 0)              # raises ValueError: pow() 3rd argument cannot be 0
pow(2.0, 3, 5)            # raises TypeError: pow() 3rd argument not allowed unless all arguments are integers
print(pow(base=2, exp=5), pow(2, 5, mod=7)) # -> 32 4
