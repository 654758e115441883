# Integers against floats and the rest, exactly.
print(2**53 + 1 == float(2**53), 2**53 == float(2**53), 2**53 + 1 > 2.0**53) # -> False True True
print(10**400 > 1e308, -10**400 < float("-inf"), 10**400 < float("inf"), 1 == 1.0 == True) # -> True False True True
print(1 < 2 < 3, 3 > 2 < 1, 1 == 2 != 3, 0.1 + 0.2 == 0.3) # -> True False False False
print(3 == "3", 3 != "3", None == 0) # -> False True False
3 < "3"                   # raises TypeError: '<' not supported between instances of 'int' and 'str'
3 >= None                 # raises TypeError: '>=' not supported between instances of 'int' and 'NoneType'
10**400 * 1.0             # raises OverflowError: int too large to convert to float
10**400 / 3.0             # raises OverflowError: int too large to convert to float
print(10**400 // 10**399, 10**400 / 10**399) # -> 10 10.0
10**400 / 3               # raises OverflowError: integer division result too large for a float
