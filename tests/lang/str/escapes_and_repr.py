# What repr escapes and what source text may say.
print(repr("a'b"), repr('a"b'), repr('a\'b"c'), repr("\\ \n\t\r\0\x7f\x1b"), repr("é漢😀\u200b\ud800\xa0\xad")) # -> "a'b" 'a"b' 'a\'b"c' '\\ \n\t\r\x00\x7f\x1b' 'é漢😀\u200b\ud800\xa0\xad'
print(ascii("é漢😀\n'"), len("\x41\101\u0041\U00000041\N{LATIN SMALL LETTER A WITH ACUTE}"), "\N{SNOWMAN}") # -> "\xe9\u6f22\U0001f600\n'" 5 ☃
print(r"\n\x", len(r"\""), "a" "b" 'c', "line\
continued", """x
y""")
# -> \n\x 2 abc linecontinued x
# -> y
print("\1\12\123".encode(), "\'\"\a\b\f\v".encode(), repr("\u2028\u3000\ue000\U000e0001")) # -> b'\x01\nS' b'\'"\x07\x08\x0c\x0b' '\u2028\u3000\ue000\U000e0001'
print(str("x"), str(), str(1), str(None), str(b"ab"), str(b"\xc3\xa9", "utf-8"), str([1, "a"]), str(object=3)) # -> x  1 None b'ab' é [1, 'a'] 3
str(b"\xff", "utf-8")     # raises UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte
str("a", "utf-8")         # raises TypeError: decoding str is not supported
str(1, "utf-8")           # raises TypeError: decoding to str: need a bytes-like object, int found
