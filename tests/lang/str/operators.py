# Concatenation, repetition and order.
print("a" + "b", "ab" * 3, 3 * "ab", "a" * 0, "a" * -1, "a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "é" > "z", "😀" > "\uffff") # -> ab ababab ababab   True False True True True True
s = "x"
s += "y"
s *= 2
print(s, "a" == "a", "a" == b"a", "a" != 1, "" == "", hash("a") == hash("a")) # -> xyxy True False True True True
"a" + 1                   # raises TypeError: can only concatenate str (not "int") to str
1 + "a"                   # raises TypeError: unsupported operand type(s) for +: 'int' and 'str'
"a" * "b"                 # raises TypeError: can't multiply sequence by non-int of type 'str'
"a" * 1.0                 # raises TypeError: can't multiply sequence by non-int of type 'float'
"a" < 1                   # raises TypeError: '<' not supported between instances of 'str' and 'int'
"a" - "b"                 # raises TypeError: unsupported operand type(s) for -: 'str' and 'str'
"a" % 1                   # raises TypeError: not all arguments converted during string formatting
"a" * (2**62)             # raises MemoryError
print("%s" % "x", "%s %s" % (1, 2), "%%" % ()) # -> x 1 2 %
