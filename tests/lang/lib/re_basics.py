# re: matching, groups, substitution, flags, errors.
import re
m = re.match(r"(\w+)@(\w+)(?:\.(?P<tld>\w+))?", "bob@example.com rest")
print(m.group(), m.group(1, 2), m["tld"], m.groups(), m.groupdict(), m.span(), m.start(2), m.end("tld"), m.lastindex, m.lastgroup, m.re.groups, m.string[:3], m.pos, m.endpos) # -> bob@example.com ('bob', 'example') com ('bob', 'example', 'com') {'tld': 'com'} (0, 15) 4 15 3 tld 3 bob 0 20
print(m, re.match("x", "y"), re.search("b+", "aabbb").span(), re.fullmatch(r"\d+", "123") is not None, re.fullmatch(r"\d+", "123a"), re.findall(r"\d", "a1b2"), re.findall(r"(\w)(\d)", "a1b2"), [x.group() for x in re.finditer("a.", "abacad")]) # -> <re.Match object; span=(0, 15), match='bob@example.com'> None (2, 5) True None ['1', '2'] [('a', '1'), ('b', '2')] ['ab', 'ac', 'ad']
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.sub("a", lambda m: m.group().upper(), "banana", count=2), re.subn("x*", "-", "abxd"), re.sub(r"(?P<n>a)", r"<\g<n>\g<0>>", "aba"), re.split(r"[,;]\s*", "a, b;c"), re.split("(-)", "a-b"), re.split("x*", "axbc"), re.split(r"\W", "a b c", maxsplit=1)) # -> world hello bAnAna ('-a-b--d-', 5) <aa>b<aa> ['a', 'b', 'c'] ['a', '-', 'b'] ['', 'a', '', 'b', 'c', ''] ['a', 'b c']
print(re.findall(r"^\w", "ab\ncd", re.M), re.findall("a.c", "a\nc", re.S), re.findall("A", "aA", re.I), re.search(r"(?i)É", "é") is not None, re.findall(r"\bfoo\b", "foo food foo"), re.findall(r"""a  # comment
 b""", "ab", re.X), re.escape("a.b*c [x]"), re.findall(r"(?<=a)b(?!c)", "abc abd"), re.findall(r"(a)|b", "ab"))
# -> ['a', 'c'] ['a\nc'] ['a', 'A'] True ['foo', 'foo'] ['ab'] a\.b\*c\ \[x\] ['b'] ['a', '']
p = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)", re.I)
print(p.pattern, p.flags, p.groupindex, p.search("on 2024-05").expand(r"\g<m>/\g<y>"), p, p.match("x2024-05", 1) is not None, re.compile(p) is p, p == re.compile(p.pattern, re.I)) # -> (?P<y>\d{4})-(?P<m>\d\d) 34 {'y': 1, 'm': 2} 05/2024 re.compile('(?P<y>\\d{4})-(?P<m>\\d\\d)', re.IGNORECASE) True True True
re.compile("(")           # raises PatternError: missing ), unterminated subpattern at position 0
re.compile("a**")         # raises PatternError: multiple repeat at position 2
re.compile("[a")          # raises PatternError: unterminated character set at position 0
re.compile(r"\1")         # raises PatternError: invalid group reference 1 at position 1
re.compile("(?P<a>x)(?P<a>y)") # raises PatternError: redefinition of group name 'a' as group 2; was group 1 at position 12
re.compile("*a")          # raises PatternError: nothing to repeat at position 0
re.compile("(?P<1>x)")    # raises PatternError: bad character in group name '1' at position 4
re.compile("a{2,1}")      # raises PatternError: min repeat greater than max repeat at position 2
re.compile(")")           # raises PatternError: unbalanced parenthesis at position 0
re.compile(r"\q")         # raises PatternError: bad escape \q at position 0
re.compile("(?<=a*)b")    # raises PatternError: look-behind requires fixed-width pattern
re.compile(5)             # raises TypeError: first argument must be string or compiled pattern
re.sub("a", r"\2", "a")   # raises PatternError: invalid group reference 2 at position 1
re.match("a", b"a")       # raises TypeError: cannot use a string pattern on a bytes-like object
re.match(b"a", "a")       # raises TypeError: cannot use a bytes pattern on a string-like object
m.group(9)                # raises IndexError: no such group
m.group("zz")             # raises IndexError: no such group
print(re.match(b"a(.)", b"ab").groups(), re.findall(rb"\w", b"a1"), re.match(r"(a)?(b)", "b").groups("dflt"), re.match("(a)?b", "b").group(1), re.match("", "").span(), re.I | re.M, repr(re.A)) # -> (b'b',) [b'a', b'1'] ('dflt', 'b') None (0, 0) re.IGNORECASE|re.MULTILINE re.ASCII
print(re.match(r"(\w)\1", "aab").group(), re.findall(r"[^\W\d_]+", "été_1x"), re.findall(r"\d+", "٣4"), re.findall(r"(?a:\d+)", "٣4"), re.match(r"a{,2}", "aaa").group(), re.match(r"a*?b", "aab").group(), re.match(r"(?>a+)b", "aab").group(), re.match(r"a++b", "aab").group(), re.match(r"\N{SNOWMAN}", "☃") is not None, re.split(r"(?=b)", "abab")) # -> aa ['été', 'x'] ['٣4'] ['4'] aa aab aab aab True ['a', 'ba', 'b']
