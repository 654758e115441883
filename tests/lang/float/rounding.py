# round() is correct to the last digit and rounds half to even.
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(-1.5)) # -> 0 2 2 0 -2
print(round(2.675, 2), round(1.005, 2), round(2.5, 0), round(1234.5678, -2), round(0.15, 1), round(0.25, 1), round(0.35, 1)) # -> 2.67 1.0 2.0 1200.0 0.1 0.2 0.3
print(round(1e300, 2), round(1.5, 400), round(1e22, -400), round(-0.04, 1), round(5e15 + 0.5)) # -> 1e+300 1.5 0.0 -0.0 5000000000000000
print(type(round(1.2)).__name__, type(round(1.2, 0)).__name__, round(1.7, None)) # -> int float 2
round(float("nan"))       # raises ValueError: cannot convert float NaN to integer
round(float("inf"))       # raises OverflowError: cannot convert float infinity to integer
print(round(float("nan"), 2), round(float("inf"), 1)) # -> nan inf
import math
print(math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.floor(1e20), (2.5).__floor__()) # -> -2 -1 -1 100000000000000000000 2
print((3.7).__trunc__(), (2.0).is_integer(), (2.5).is_integer(), (0.75).as_integer_ratio(), (-2.5).as_integer_ratio()) # -> 3 True False (3, 4) (-5, 2)
