# Encodings and their error handlers.
s = "aé漢😀"
print(s.encode(), s.encode("utf-16-le"), s.encode("utf-32-be"), "é".encode("latin-1"), "a".encode("ascii"), s.encode("utf-16")[:2]) # -> b'a\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x98\x80' b'a\x00\xe9\x00"o=\xd8\x00\xde' b'\x00\x00\x00a\x00\x00\x00\xe9\x00\x00o"\x00\x01\xf6\x00' b'\xe9' b'a' b'\xff\xfe'
print(s.encode("ascii", "ignore"), s.encode("ascii", "replace"), s.encode("ascii", "backslashreplace"), s.encode("ascii", "xmlcharrefreplace")) # -> b'a' b'a???' b'a\\xe9\\u6f22\\U0001f600' b'a&#233;&#28450;&#128512;'
"é".encode("ascii")       # raises UnicodeEncodeError: 'ascii' codec can't encode character '\xe9' in position 0: ordinal not in range(128)
"aé漢".encode("latin-1")   # raises UnicodeEncodeError: 'latin-1' codec can't encode character '\u6f22' in position 2: ordinal not in range(256)
"éé".encode("ascii")      # raises UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)
"\ud800".encode()         # raises UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not allowed
"a".encode("nope")        # raises LookupError: unknown encoding: nope
"é".encode("ascii", "nope") # raises LookupError: unknown error handler name 'nope'
print("\ud800".encode("utf-8", "surrogatepass"), b"\xed\xa0\x80".decode("utf-8", "surrogatepass") == "\ud800", b"a\xff".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape")) # -> b'\xed\xa0\x80' True b'a\xff'
print(b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("utf-8", "ignore"), b"\xff".decode("utf-8", "backslashreplace"), b"\xe9".decode("latin-1"), b"\xff\xfea\x00".decode("utf-16")) # -> a�b ab \xff é a
b"\xff".decode()          # raises UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte
b"a\xe9".decode("ascii")  # raises UnicodeDecodeError: 'ascii' codec can't decode byte 0xe9 in position 1: ordinal not in range(128)
b"\xc3".decode()          # raises UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 0: unexpected end of data
b"\xe6\xbc".decode("utf-8") # raises UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: unexpected end of data
b"\xc3(".decode()         # raises UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 0: invalid continuation byte
b"\xf0\x9f\x98".decode()  # raises UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-2: unexpected end of data
b"\xed\xa0\x80".decode()  # raises UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte
print(b"\xf0\x9f\x98A".decode("utf-8", "replace"), b"\xed\xa0\x80".decode("utf-8", "replace"), "utf8".encode("UTF8"), "x".encode("U8"), "é".encode(encoding="utf-8", errors="strict")) # -> �A ��� b'utf8' b'x' b'\xc3\xa9'
