# replace, strip, prefixes and padding.
print("aaa".replace("a", "b"), "aaa".replace("a", "b", 2), "abc".replace("", "-"), "abc".replace("", "-", 2), "".replace("", "x"), "abc".replace("x", "y"), "aaa".replace("aa", "b", count=1)) # -> bbb bba -a-b-c- -a-bc x abc ba
print(repr("  a ".strip()), repr(" a ".lstrip()), repr(" a ".rstrip()), "xxaxbxx".strip("x"), "abcba".strip("ab"), "abc".lstrip("cab"), repr("\u2003a\n".strip())) # -> 'a' 'a ' ' a' axb c  'a'
print("TestCase".removeprefix("Test"), "TestCase".removesuffix("Case"), "x".removeprefix("xyz"), "abab".removesuffix("ab")) # -> Case Test x ab
print("7".zfill(3), "-7".zfill(4), "+7".zfill(4), "".zfill(2), "abc".zfill(2), "--7".zfill(5)) # -> 007 -007 +007 00 abc -00-7
print("a".center(4, "*"), "ab".center(5, "*"), "a".ljust(3, "."), "a".rjust(3, "."), "abc".center(2), "ab".center(4, "é")) # -> *a** **ab* a.. ..a abc éabé
"a".center(3, "ab")       # raises TypeError: The fill character must be exactly one character long
"a".ljust("3")            # raises TypeError: 'str' object cannot be interpreted as an integer
print("a\tb\tc".expandtabs(4), "ab\tc\n\td".expandtabs(), "a\tb".expandtabs(0), "\t|".expandtabs(2)) # -> a   b   c ab      c
# ->         d ab   |
