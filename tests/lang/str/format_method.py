# str.format: fields, attributes, indexes, conversions, nesting.
class P: x = 5; y = {"k": [1, 2]}
print("{} {}".format(1, 2), "{1} {0}".format(1, 2), "{a} {b}".format(a=1, b=2), "{0.x} {0.y[k][1]}".format(P), "{[a]} {[0]}".format({"a": 1}, [7])) # -> 1 2 2 1 1 2 5 2 1 7
print("{{}} {{{}}}".format(1), "{!r} {!s} {!a}".format("é", "é", "é"), "{:>{}}|{:{fill}^{w}}".format("a", 5, "b", fill="*", w=5), "{0:{1}.{2}f}".format(3.14159, 8, 2)) # -> {} {1} 'é' é '\xe9'     a|**b**     3.14
"{}".format()             # raises IndexError: Replacement index 0 out of range for positional args tuple
"{0} {}".format(1, 2)     # raises ValueError: cannot switch from manual field specification to automatic field numbering
"{} {0}".format(1, 2)     # raises ValueError: cannot switch from automatic field numbering to manual field specification
"{a}".format()            # raises KeyError: 'a'
"{".format()              # raises ValueError: Single '{' encountered in format string
"}".format()              # raises ValueError: Single '}' encountered in format string
"{0".format(1)            # raises ValueError: expected '}' before end of string
"{!x}".format(1)          # raises ValueError: Unknown conversion specifier x
"{0!r:}}".format(1)       # raises ValueError: Single '}' encountered in format string
"{0.z}".format(P)         # raises AttributeError: type object 'P' has no attribute 'z'
"{0[5]}".format([1])      # raises IndexError: list index out of range
"{:d}".format("a")        # raises ValueError: Unknown format code 'd' for object of type 'str'
"{:Q}".format(1)          # raises ValueError: Unknown format code 'Q' for object of type 'int'
"{:{:{}}}".format(1, 2, 3) # raises ValueError: Max string recursion exceeded
"{0[}".format([1])        # raises ValueError: expected '}' before end of string
"{0.}".format(1)          # raises ValueError: Empty attribute in format string
"{!}".format(1)           # raises ValueError: unmatched '{' in format spec
"{:>5}".format(None)      # raises TypeError: unsupported format string passed to NoneType.__format__
"{:5}".format([])         # raises TypeError: unsupported format string passed to list.__format__
print("{:}".format(None), "{!s:>5}".format(None), "{0[a b]}".format({"a b": 1}), "{0[-1]}".format({"-1": 2}), "{}".format_map({}) if 0 else "{k}".format_map({"k": 3})) # -> None  None 1 2 3
