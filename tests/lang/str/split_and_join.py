# split, its relatives and join.
print("a b  c ".split(), " a  b ".split(" "), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "".split(), "".split(","), "abc".split("b")) # -> ['a', 'b', 'c'] ['', 'a', '', 'b', ''] ['a', 'b,c'] ['a,b', 'c'] [] [''] ['a', 'c']
print(" a b c ".split(None, 1), " a b c ".rsplit(None, 1), "a\u2003b\x1cc".split(), "aXXbXXc".split("XX"), "aXXb".split("XX", 0)) # -> ['a', 'b c '] [' a b', 'c'] ['a', 'b', 'c'] ['a', 'b', 'c'] ['aXXb']
"a".split("")             # raises ValueError: empty separator
"a".split(1)              # raises TypeError: must be str or None, not int
print("a\nb\r\nc\rd\x0be\x85f\u2028g".splitlines(), "a\n\nb\n".splitlines(), "a\nb\r\n".splitlines(True), "".splitlines()) # -> ['a', 'b', 'c', 'd', 'e', 'f', 'g'] ['a', '', 'b'] ['a\n', 'b\r\n'] []
print("k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="), "kv".rpartition("=")) # -> ('k', '=', 'v=w') ('k=v', '=', 'w') ('kv', '', '') ('', '', 'kv')
"a".partition("")         # raises ValueError: empty separator
print(",".join(["a", "b"]), "".join(()), "-".join("xyz"), ", ".join(str(i) for i in range(3)), ",".join(["solo"])) # -> a,b  x-y-z 0, 1, 2 solo
",".join([1])             # raises TypeError: sequence item 0: expected str instance, int found
",".join(["a", None])     # raises TypeError: sequence item 1: expected str instance, NoneType found
",".join(5)               # raises TypeError: can only join an iterable
