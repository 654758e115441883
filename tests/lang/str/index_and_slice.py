# Strings are sequences of code points, whatever their bytes.
s = "aé漢😀z"
print(len(s), s[0], s[1], s[2], s[3], s[4], s[-1], s[-5]) # -> 5 a é 漢 😀 z z a
print(s[1:3], s[::-1], s[::2], s[3:], s[:-1], s[10:], s[-100:2], s[4:1], s[4:1:-1]) # -> é漢 z😀漢éa a漢z 😀z aé漢😀  aé  z😀漢
s[5]                      # raises IndexError: string index out of range
s[-6]                     # raises IndexError: string index out of range
s["a"]                    # raises TypeError: string indices must be integers, not 'str'
s[1.0]                    # raises TypeError: string indices must be integers, not 'float'
s[::0]                    # raises ValueError: slice step cannot be zero
s[0] = "x"                # raises TypeError: 'str' object does not support item assignment
del s[0]                  # raises TypeError: 'str' object doesn't support item deletion
print([c for c in s], list(reversed(s)), "é" in s, "漢😀" in s, "" in s, s.index("😀"), s.find("z")) # -> ['a', 'é', '漢', '😀', 'z'] ['z', '😀', '漢', 'é', 'a'] True True True 3 4
1 in s                    # raises TypeError: 'in <string>' requires string as left operand, not int
print(len("é" * 100000), ("é" * 100000)[99999], ("x" * 100000 + "😀")[100000]) # -> 100000 é 😀
