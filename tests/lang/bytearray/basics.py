# bytearray: bytes that change.
a = bytearray(b"abc")
a[0] = 120
a[1:2] = b"123"
a.append(33)
a.extend(b"xy")
a += b"z"
print(a, len(a), a[0], a[-1], a[1:4], bytes(a), a == b"x123c!xyz", a.decode()) # -> bytearray(b'x123c!xyz') 9 120 122 bytearray(b'123') b'x123c!xyz' True x123c!xyz
a.insert(1, 45)
print(a.pop(), a.pop(0), a.remove(45), a) # -> 122 120 None bytearray(b'123c!xy')
a.reverse()
del a[0], a[::2]
print(a, a * 2, a + b"!", b"!" + a, type(b"!" + a).__name__, type(a + b"!").__name__, a.copy() is a) # -> bytearray(b'!31') bytearray(b'!31!31') bytearray(b'!31!') b'!!31' bytes bytearray False
a[0] = 256                # raises ValueError: byte must be in range(0, 256)
a[0] = "x"                # raises TypeError: 'str' object cannot be interpreted as an integer
a.append("x")             # raises TypeError: 'str' object cannot be interpreted as an integer
a.append(256)             # raises ValueError: byte must be in range(0, 256)
a.remove(0)               # raises ValueError: value not found in bytearray
a[100] = 1                # raises IndexError: bytearray index out of range
a[0:1] = "str"            # raises TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)
a.extend("str")           # raises TypeError: expected iterable of integers; got: 'str'
a[::2] = b"12345"         # raises ValueError: attempt to assign bytes of size 5 to extended slice of size 2
a.pop(100)                # raises IndexError: pop index out of range
hash(a)                   # raises TypeError: unhashable type: 'bytearray'
a.clear()
a.pop()                   # raises IndexError: pop from empty bytearray
print(a, bytearray(3), bytearray([1, 2]), bytearray("é", "utf-8"), bytearray(b"AbC").lower(), bytearray(b"a,b").split(b","), bytearray.fromhex("00ff"), repr(bytearray(b"'"))) # -> bytearray(b'') bytearray(b'\x00\x00\x00') bytearray(b'\x01\x02') bytearray(b'\xc3\xa9') bytearray(b'abc') [bytearray(b'a'), bytearray(b'b')] bytearray(b'\x00\xff') bytearray(b"\'")
a[:] = range(5)
a[1:1] = [9, 9]
a[5:] = b""
print(list(a), 9 in a, a.index(9), a.count(9), a.find(b"\t"), sum(a), bytearray(b"b") > b"a") # -> [0, 9, 9, 1, 2] True 1 2 1 21 True
