# IEEE arithmetic with Python's errors.
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(-7.5, 2), divmod(7.5, -2)) # -> 3.0 -4.0 1.5 0.5 -0.5 (-4.0, 0.5) (-4.0, -0.5)
print(0.0 // 1, -0.0 // 1, 1e300 * 1e300, -1e300 * 1e300, float("inf") - float("inf")) # -> 0.0 -0.0 inf -inf nan
print(2.0 ** 0.5, 2 ** 0.5, (-8) ** (1/3), 0.0 ** 0.0, float("nan") ** 0, 1 ** float("nan")) # -> 1.4142135623730951 1.4142135623730951 (1.0000000000000002+1.7320508075688772j) 1.0 1.0 1.0
1.0 / 0                   # raises ZeroDivisionError: float division by zero
1.0 // 0.0                # raises ZeroDivisionError: float floor division by zero
1.0 % 0                   # raises ZeroDivisionError: float modulo by zero
divmod(1.0, 0.0)          # raises ZeroDivisionError: float divmod()
0.0 ** -1                 # raises ZeroDivisionError: 0.0 cannot be raised to a negative power
10.0 ** 400               # raises OverflowError: (34, 'Numerical result out of range')
1.5 & 1                   # raises TypeError: unsupported operand type(s) for &: 'float' and 'int'
print(-0.0 == 0.0, float("nan") == float("nan"), float("nan") in [float("nan")]) # -> True False False
n = float("nan")
print(n in [n], [n] == [n], n != n, min(n, 1), min(1, n), sorted([3.0, 1, 2.5])) # -> True True True nan 1 [1, 2.5, 3.0]
