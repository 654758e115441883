# Folded: arithmetic, tuples, negation, items of constants.  Not folded: what could fail or grow.
a = (1, -2, 3.5 * 2, "a" "b" + "c", (None, ...), 1 + 2j)
b = 60 * 60 * 24, 2 ** 10, "ab"[1], not 0
c = 1 / 0, 1 << 1000, "x" * 10000
if 0:
    print("never")
while 1:
    if x in [1, 2] or x in {3, 4}:
        break
d = 0x1ffffffffffffffffffff, -0xffffffffffffffffffffffff, b"\x00", 1e400
