# Floor division rounds down and the remainder takes the divisor's sign.
for a in (7, -7):
    for b in (2, -2):
        print(a, b, a // b, a % b, divmod(a, b))
# -> 7 2 3 1 (3, 1)
# -> 7 -2 -4 -1 (-4, -1)
# -> -7 2 -4 1 (-4, 1)
# -> -7 -2 3 -1 (3, -1)
print(7 / 2, -7 / 2)      # -> 3.5 -3.5
1 // 0                    # raises ZeroDivisionError: integer division or modulo by zero
1 % 0                     # raises ZeroDivisionError: integer modulo by zero
1 / 0                     # raises ZeroDivisionError: division by zero
divmod(1, 0)              # raises ZeroDivisionError: integer division or modulo by zero
