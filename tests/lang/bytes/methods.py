# Methods bytes shares with str.
b = b"Hello World"
print(b.upper(), b.lower(), b.swapcase(), b.title(), b.capitalize(), b.find(b"o"), b.rfind(b"o"), b.find(111), b.index(b"W"), b.count(b"l"), b.count(108)) # -> b'HELLO WORLD' b'hello world' b'hELLO wORLD' b'Hello World' b'Hello world' 4 7 4 6 3 3
print(b.split(), b.split(b"o"), b.rsplit(b"o", 1), b.partition(b" "), b.replace(b"l", b"L", 2), b.startswith(b"He"), b.endswith((b"x", b"ld")), b.strip(b"Hd")) # -> [b'Hello', b'World'] [b'Hell', b' W', b'rld'] [b'Hello W', b'rld'] (b'Hello', b' ', b'World') b'HeLLo World' True True b'ello Worl'
print(b.center(15, b"*"), b.ljust(13, b"."), b.rjust(13), b"7".zfill(3), b"a\tb".expandtabs(4), b"a\nb\r\nc".splitlines(), b",".join([b"a", b"b"]), b"abc".translate(None, b"b"), b"abc".translate(bytes.maketrans(b"a", b"x"))) # -> b'**Hello World**' b'Hello World..' b'  Hello World' b'007' b'a   b' [b'a', b'b', b'c'] b'a,b' b'ac' b'xbc'
print(b.isalpha(), b"abc".isalpha(), b"12".isdigit(), b" ".isspace(), b"a1".isalnum(), b"A".isupper(), b"a".islower(), b"Aa Bb".istitle(), b"\x80".isascii(), b"ab".removeprefix(b"a"), b"ab".removesuffix(b"b")) # -> False True True True True True True True False b'b' b'a'
b.index(b"zz")            # raises ValueError: subsection not found
b.find("a")               # raises TypeError: argument should be integer or bytes-like object, not 'str'
b.split("a")              # raises TypeError: a bytes-like object is required, not 'str'
b.startswith("a")         # raises TypeError: startswith first arg must be bytes or a tuple of bytes, not str
b",".join(["a"])          # raises TypeError: sequence item 0: expected a bytes-like object, str found
b.replace("a", "b")       # raises TypeError: a bytes-like object is required, not 'str'
b.decode("ascii", 1)      # raises TypeError: decode() argument 'errors' must be str, not int
print(b.decode(), bytes(reversed(b"abc")), sorted(b"cab"), max(b"abc"), b"ab".__contains__(b"b"), [*b"ab"], tuple(b"ab")) # -> Hello World b'cba' [97, 98, 99] 99 True [97, 98] (97, 98)
