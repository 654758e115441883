# translate maps code points through anything that can be indexed.
print("abc".translate({97: "xyz", 98: None, 99: 100}), "abc".translate(str.maketrans("ab", "xy", "c")), "abc".translate(str.maketrans({"a": 1234, 98: "é"}))) # -> xyzd xy Ӓéc
str.maketrans("ab", "x")  # raises ValueError: the first two maketrans arguments must have equal length
str.maketrans(1)          # raises TypeError: if you give only one argument to maketrans it must be a dict
str.maketrans({"ab": 1})  # raises ValueError: string keys in translate table must be of length 1
"a".translate({97: 0x110000}) # raises ValueError: character mapping must be in range(0x110000)
"a".translate({97: 1.5})  # raises TypeError: character mapping must return integer, None or str
print("abc".translate([str(i) for i in range(98)]), "abc".translate("x" * 98)) # -> 97bc xbc
