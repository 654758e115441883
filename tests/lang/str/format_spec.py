# Format specifications of strings and numbers.
print(f"{'a':5}|{'a':<5}|{'a':>5}|{'a':^5}|{'a':*^5}|{'abcdef':.3}|{'abc':^10.2}|{'é':é>3}|{'a':05}|{'a':s}") # -> a    |a    |    a|  a  |**a**|abc|    ab    |ééé|a0000|a
for bad in ("d", "=5", "+", ",", "#", ".", "05x", "z", "5.", " "):
    try: print(format("a", bad))
    except (ValueError, TypeError) as e: print(bad, "->", e)
# -> d -> Unknown format code 'd' for object of type 'str'
# -> =5 -> '=' alignment not allowed in string format specifier
# -> + -> Sign not allowed in string format specifier
# -> , -> Cannot specify ',' with 's'.
# -> # -> Alternate form (#) not allowed in string format specifier
# -> . -> Format specifier missing precision
# -> 05x -> Unknown format code 'x' for object of type 'str'
# -> z -> Negative zero coercion (z) not allowed in string format specifier
# -> 5. -> Format specifier missing precision
# ->   -> Space not allowed in string format specifier
for bad in (".2", "s", "#c", "+c", ".3d", ",c", "_,", ",_", ",o", "99999999999999999999", "%d", "5!", "r"):
    try: print(format(5, bad))
    except (ValueError, OverflowError, TypeError) as e: print(bad, "->", e)
# -> .2 -> Precision not allowed in integer format specifier
# -> s -> Unknown format code 's' for object of type 'int'
# -> #c -> Alternate form (#) not allowed with integer format specifier 'c'
# -> +c -> Sign not allowed with integer format specifier 'c'
# -> .3d -> Precision not allowed in integer format specifier
# -> ,c -> Cannot specify ',' with 'c'.
# -> _, -> Cannot specify both ',' and '_'.
# -> ,_ -> Cannot specify both ',' and '_'.
# -> ,o -> Cannot specify ',' with 'o'.
# -> 99999999999999999999 -> Too many decimal digits in format string
# -> %d -> Invalid format specifier '%d' for object of type 'int'
# -> 5! -> Unknown format code '!' for object of type 'int'
# -> r -> Unknown format code 'r' for object of type 'int'
print(format(5, "b"), format(5, "#010b"), format(-5, "#x"), format(1234567, ",d"), format(1234567, "020,"), format(-1234567, "015,d"), format(0xABCDEF12, "_X"), format(12345, "012_")) # -> 101 0b00000101 -0x5 1,234,567 0,000,000,001,234,567 -00,001,234,567 ABCD_EF12 0_000_012_345
print(format(3, "<5") + "|", format(3, ">5"), format(3, "^5") + "|", format(3, "=+5"), format(3, "x<05"), format(3, "05"), format(True, "5"), format(True, "")) # -> 3    |     3   3  | +   3 3xxxx 00003     1 True
class A:
    def __format__(self, spec): return f"<{spec}>"
    def __str__(self): return "S"
print(f"{A()} {A():x y} {A():{'a'}b} {A()!s:>3}", format(A()), "{:%H:%M}".format(A())) # -> <> <x y> <ab>   S <> <%H:%M>
format(object(), "x")     # raises TypeError: unsupported format string passed to object.__format__
format(A, "x")            # raises TypeError: unsupported format string passed to type.__format__
class B:
    def __format__(self, spec): return 1
format(B())               # raises TypeError: __format__ must return a str, not int
