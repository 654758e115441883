# Predicates by Unicode category.
for s in ("", "a", "A1", "1", "²", "½", "٣", " ", "\t\u2003", "é", "_a", "1a", "\x00", "漢", "a b"):
    print(repr(s), *[int(f(s)) for f in (str.isalpha, str.isdigit, str.isdecimal, str.isnumeric, str.isalnum, str.isspace, str.isidentifier, str.isprintable, str.isascii)])
# -> '' 0 0 0 0 0 0 0 1 1
# -> 'a' 1 0 0 0 1 0 1 1 1
# -> 'A1' 0 0 0 0 1 0 1 1 1
# -> '1' 0 1 1 1 1 0 0 1 1
# -> '²' 0 1 0 1 1 0 0 1 0
# -> '½' 0 0 0 1 1 0 0 1 0
# -> '٣' 0 1 1 1 1 0 0 1 0
# -> ' ' 0 0 0 0 0 1 0 1 1
# -> '\t\u2003' 0 0 0 0 0 1 0 0 0
# -> 'é' 1 0 0 0 1 0 1 1 0
# -> '_a' 0 0 0 0 0 0 1 1 1
# -> '1a' 0 0 0 0 1 0 0 1 1
# -> '\x00' 0 0 0 0 0 0 0 0 1
# -> '漢' 1 0 0 0 1 0 1 1 0
# -> 'a b' 0 0 0 0 0 0 0 1 1
