# bytes: numbers inside, ASCII in front.
b = b"ab\x00\xff'"
print(b, b[0], b[-1], b[1:3], len(b), list(b), b"a'\"", bytes([1, 2]), bytes(3), bytes(), bytes("é", "utf-8"), bytes(b"x"), b"\t\n\r\\\x7f") # -> b"ab\x00\xff'" 97 39 b'b\x00' 5 [97, 98, 0, 255, 39] b'a\'"' b'\x01\x02' b'\x00\x00\x00' b'' b'\xc3\xa9' b'x' b'\t\n\r\\\x7f'
bytes("a")                # raises TypeError: string argument without an encoding
bytes([256])              # raises ValueError: bytes must be in range(0, 256)
bytes([-1])               # raises ValueError: bytes must be in range(0, 256)
bytes(-1)                 # raises ValueError: negative count
bytes(["a"])              # raises TypeError: 'str' object cannot be interpreted as an integer
bytes(1.5)                # raises TypeError: cannot convert 'float' object to bytes
bytes(1, "ascii")         # raises TypeError: encoding without a string argument
b[5]                      # raises IndexError: index out of range
b["a"]                    # raises TypeError: byte indices must be integers or slices, not str
b[0] = 1                  # raises TypeError: 'bytes' object does not support item assignment
print(b"a" + b"b", b"ab" * 2, b"a" in b"abc", 97 in b"abc", b"a" < b"b", b"a" == "a", hash(b"a") == hash(bytes([97])), b"" or "empty") # -> b'ab' b'abab' True True True False True empty
b"a" + "b"                # raises TypeError: can't concat str to bytes
"a" in b"abc"             # raises TypeError: a bytes-like object is required, not 'str'
256 in b"a"               # raises ValueError: byte must be in range(0, 256)
b"a" < "b"                # raises TypeError: '<' not supported between instances of 'bytes' and 'str'
print(b"ab".hex(), b"abcd".hex("-"), b"abcde".hex(":", 2), b"abcde".hex(":", -2), bytes.fromhex("61 62\n63"), bytes.fromhex("")) # -> 6162 61-62-63-64 61:6263:6465 6162:6364:65 b'abc' b''
bytes.fromhex("6")        # raises ValueError: non-hexadecimal number found in fromhex() arg at position 1
bytes.fromhex("zz")       # raises ValueError: non-hexadecimal number found in fromhex() arg at position 0
print(repr(b"\""), str(b"a"), f"{b'a'}", b"%d %s %r %c %b %a %x" % (1, b"x", "y", 65, b"z", "é", 255), b"%5.1f|%-4d|" % (1.25, 3)) # -> b'"' b'a' b'a' b"1 x 'y' A z '\\xe9' ff" b'  1.2|3   |'
b"%s" % "x"               # raises TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'str'
b"%d" % "x"               # raises TypeError: %d format: a real number is required, not str
b"%c" % 256               # raises OverflowError: %c arg not in range(256)
