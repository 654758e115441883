# Bits of negative numbers are those of an endless two's complement.
print(-1 & 0xff, -256 | 1, ~5, ~-6, 5 ^ -3) # -> 255 -255 -6 5 -8
print(1 << 100, (1 << 100) >> 98, -1 >> 50, -(1 << 70) >> 69) # -> 1267650600228229401496703205376 4 -1 -2
print((-(2**70)) & (2**64 - 1), (2**70 + 5) | -(2**65), (2**70) ^ -1) # -> 0 -36893488147419103227 -1180591620717411303425
print((255).bit_length(), (-256).bit_length(), (0).bit_length(), (2**100).bit_length()) # -> 8 9 0 101
print((255).bit_count(), (-7).bit_count(), (2**100 - 1).bit_count()) # -> 8 3 100
1 << -1                   # raises ValueError: negative shift count
1 >> -1                   # raises ValueError: negative shift count
1.0 << 2                  # raises TypeError: unsupported operand type(s) for <<: 'float' and 'int'
print(True & 1, True & True, True ^ False, ~False) # -> 1 True True -1
