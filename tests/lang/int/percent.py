# Numbers in '%' formatting.
'%d' % 'a'  # raises TypeError: %d format: a real number is required, not str
print(repr('%d' % 1.9))  # -> '1'
print(repr('%d' % -1.9))  # -> '-1'
'%x' % 1.5  # raises TypeError: %x format: an integer is required, not float
'%d' % 1j  # raises TypeError: %d format: a real number is required, not complex
'%f' % 'a'  # raises TypeError: must be real number, not str
'%f' % 10**400  # raises OverflowError: int too large to convert to float
'%d' % float('inf')  # raises OverflowError: cannot convert float infinity to integer
'%d' % float('nan')  # raises ValueError: cannot convert float NaN to integer
'%x' % 'a'  # raises TypeError: %x format: an integer is required, not str
print(repr('%#.3x' % 255))  # -> '0x0ff'
print(repr('%+.3d' % 5))  # -> '+005'
print(repr('%05d' % -3))  # -> '-0003'
print(repr('%-05d|' % -3))  # -> '-3   |'
print(repr('%.10d' % -3))  # -> '-0000000003'
print(repr('%010.5d' % 42))  # -> '0000000042'
print(repr('%#o' % 8))  # -> '0o10'
print(repr('%#X' % 255))  # -> '0XFF'
print(repr('%#010x' % -255))  # -> '-0x00000ff'
print(repr('% d' % 5))  # -> ' 5'
print(repr('%+d' % True))  # -> '+1'
print(repr('%i %u' % (3, 4)))  # -> '3 4'
print(repr('%d' % 2**100))  # -> '1267650600228229401496703205376'
print(repr('%x' % -2**100))  # -> '-10000000000000000000000000'
print(repr('%.0f' % 0.5))  # -> '0'
print(repr('%F' % float('inf')))  # -> 'INF'
print(repr('%E' % 1e300))  # -> '1.000000E+300'
print(repr('%#g' % 1.0))  # -> '1.00000'
print(repr('%g' % 1e-5))  # -> '1e-05'
print(repr('%08.2f' % -3.14159))  # -> '-0003.14'
print(repr('%+010.1e' % 12345.678))  # -> '+001.2e+04'
print(repr('%-12.3f|' % 2.0))  # -> '2.000       |'
print(repr('%010f' % float('-inf')))  # -> '-000000inf'
print(repr('%.60g' % 0.1))  # -> '0.1000000000000000055511151231257827021181583404541015625'
