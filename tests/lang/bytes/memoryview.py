# A view shares memory with what it looks at.
a = bytearray(b"abcdef")
m = memoryview(a)
print(m[0], m[1:3].tobytes(), len(m), m.tolist(), m.readonly, m.nbytes, m.itemsize, m.format, m == b"abcdef", bytes(m[::2])) # -> 97 b'bc' 6 [97, 98, 99, 100, 101, 102] False 6 1 B True b'ace'
m[0] = 65
m[1:3] = b"XY"
print(a, m[-1], m.hex())  # -> bytearray(b'AXYdef') 102 415859646566
a.append(1)               # raises BufferError: Existing exports of data: object cannot be re-sized
m.release()
m[0]                      # raises ValueError: operation forbidden on released memoryview object
a.append(1)
print(a)                  # -> bytearray(b'AXYdef\x01')
memoryview(b"x")[0] = 1   # raises TypeError: cannot modify read-only memory
memoryview("x")           # raises TypeError: memoryview: a bytes-like object is required, not 'str'
memoryview(b"abc")[5]     # raises IndexError: index out of bounds on dimension 1
with memoryview(b"abc") as v: print(v.tolist()) # -> [97, 98, 99]
