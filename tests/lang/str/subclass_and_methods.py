# Methods of a subclass of str return plain strings.
class S(str):
    def __str__(self): return "str"
    def __repr__(self): return "repr"
s = S("Ab")
print(type(s.upper()).__name__, type(s + "x").__name__, type(s[:]).__name__, s == "Ab", hash(s) == hash("Ab"), {s: 1}["Ab"], len(s)) # -> str str str True True 1 2
print(s, [s], f"{s}", f"{s!r}", "%s" % s, "%r" % s, str(s), format(s, ">5"), "".join([s])) # -> str [repr] str repr str repr str    Ab Ab
print(type(str(s)).__name__, type("".join([s])).__name__, S(5) == "5", S(b"x", "ascii") == "x", "abc".__contains__("b"), "a".__add__("b"), str.upper("q"), "abc".__getitem__(1), "a".__mul__(3), "b".__rmul__(2), "abc".__len__()) # -> str str True True True ab Q b aaa bb 3
str.upper(1)              # raises TypeError: descriptor 'upper' for 'str' objects doesn't apply to a 'int' object
str.upper()               # raises TypeError: unbound method str.upper() needs an argument
"a".upper(1)              # raises TypeError: str.upper() takes no arguments (1 given)
"a".nope                  # raises AttributeError: 'str' object has no attribute 'nope'
"a".x = 1                 # raises AttributeError: 'str' object has no attribute 'x' and no __dict__ for setting new attributes
