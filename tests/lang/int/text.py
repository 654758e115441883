# Writing integers in every base.
print(bin(10), oct(-8), hex(255), hex(-2**70), bin(0)) # -> 0b1010 -0o10 0xff -0x400000000000000000 0b0
print(str(10**50), repr(-5), f"{10**25:,}", f"{255:#x} {255:#X} {5:08b} {-5:+d} {5: d}") # -> 100000000000000000000000000000000000000000000000000 -5 10,000,000,000,000,000,000,000,000 0xff 0XFF 00000101 -5  5
print(format(1234567, "_"), format(2**40, "_x"), format(65, "c"), format(-42, "=+8"), format(42, "*^9")) # -> 1_234_567 100_0000_0000 A -     42 ***42****
print("%d %5d %-5d| %05d %+d %x %X %#o" % (1, 2, 3, 4, 5, 255, 255, 8)) # -> 1     2 3    | 00004 +5 ff FF 0o10
format(1, "s")            # raises ValueError: Unknown format code 's' for object of type 'int'
format(1, ".2")           # raises ValueError: Precision not allowed in integer format specifier
format(1, ",x")           # raises ValueError: Cannot specify ',' with 'x'.
format(-1, "c")           # raises OverflowError: %c arg not in range(0x110000)
print(format(3, ".2f"), format(3, "e"), format(3, "%"), format(12345678, "g")) # -> 3.00 3.000000e+00 300.000000% 1.23457e+07
