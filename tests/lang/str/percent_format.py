# The % operator to the last corner.
print("%s|%5s|%-5s|%.2s|%5.1s|%r|%a" % ("é", "ab", "ab", "abcdef", "xyz", "é", "é")) # -> é|   ab|ab   |ab|    x|'é'|'\xe9'
print("%(a)s %(b)05d %(a)r" % {"a": "x", "b": 42}, "%c%c" % (65, "é"), "%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159)) # -> x 00042 'x' Aé    42|42   |3.14
print("%+d % d %05d %x %#x %X %o %#o %i %u" % (5, 5, -5, -255, 255, 255, 8, 8, 3, 4), "%ld %hd" % (1, 2)) # -> +5  5 -0005 -ff 0xff FF 10 0o10 3 4 1 2
print("%s" % (1,), "%s" % [1, 2], "%s" % {"a": 1}, "%s %s" % ([1], (2,)), "100%%" % (), "%(x)s" % {"x": 1, "y": 2}) # -> 1 [1, 2] {'a': 1} [1] (2,) 100% 1
print("%d" % 10**3, "%d" % True, "%.3d|%+.3d|%8.3d|%-8.3d|%08.3d" % (5, 5, 5, 5, 5), "%#.3x" % 10) # -> 1000 1 005|+005|     005|005     |00000005 0x00a
"%d" % "x"                # raises TypeError: %d format: a real number is required, not str
"%d" % 1.5j               # raises TypeError: %d format: a real number is required, not complex
"%x" % 1.5                # raises TypeError: %x format: an integer is required, not float
"%s %s" % 1               # raises TypeError: not enough arguments for format string
"%s" % (1, 2)             # raises TypeError: not all arguments converted during string formatting
"%(a)s" % 1               # raises TypeError: format requires a mapping
"%(a)s" % {}              # raises KeyError: 'a'
"%c" % "ab"               # raises TypeError: %c requires int or char
"%c" % -1                 # raises OverflowError: %c arg not in range(0x110000)
"%c" % 1.5                # raises TypeError: %c requires int or char
"%z" % 1                  # raises ValueError: unsupported format character 'z' (0x7a) at index 1
"%" % 1                   # raises ValueError: incomplete format
"%5" % 1                  # raises ValueError: incomplete format
"%(a" % {}                # raises ValueError: incomplete format key
"%*d" % ("a", 1)          # raises TypeError: * wants int
"%.*f" % (1.5, 1)         # raises TypeError: * wants int
"%s" % ()                 # raises TypeError: not enough arguments for format string
"abc" % (1,)              # raises TypeError: not all arguments converted during string formatting
print("abc" % {}, "abc" % [], "%s%%" % 5) # -> abc abc 5%
