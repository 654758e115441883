# Searching, with bounds like slices.
s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("a", 1, 3), s.find("x"), s.rfind("a"), s.rfind("a", 0, -1), s.find(""), s.find("", 11), s.find("", 12), s.rfind("")) # -> 0 3 -1 -1 10 7 0 11 -1 11
print(s.index("bra"), s.rindex("bra"), s.count("a"), s.count("abra"), s.count(""), s.count("a", 1, -1), "aaaa".count("aa")) # -> 1 8 5 2 12 3 2
s.index("x")              # raises ValueError: substring not found
s.rindex("x")             # raises ValueError: substring not found
s.find(1)                 # raises TypeError: find() argument 1 must be str, not int
s.find()                  # raises TypeError: find expected at least 1 argument, got 0
print(s.startswith("abra"), s.startswith(("x", "ab")), s.startswith("bra", 1), s.endswith("bra"), s.endswith(("x",)), s.endswith("abr", 0, -1), s.startswith(""), s.startswith("", 12)) # -> True True True True False True True False
s.startswith(1)           # raises TypeError: startswith first arg must be str or a tuple of str, not int
s.startswith(["a"])       # raises TypeError: startswith first arg must be str or a tuple of str, not list
s.startswith(("a", 1) if 0 else (1, "a")) # raises TypeError: tuple for startswith must only contain str, not int
