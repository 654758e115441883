# Every kind of expression once.
a or b and not c
x if y else z
lambda p, /, q=1, *r, s, t=2, **u: p
a < b <= c is not d not in e
-a + ~b ** -c @ d // 2 << 1 | 3 & 4 ^ 5
(n := 10, [1, *rest], {1, 2}, {**m, "k": 1}, ())
[i for i in range(3) if i if i > 1]
{i async for i in aiter}
{k: v for k, v in pairs for w in v}
f(x for x in y)
f(a, *b, c=1, **d)
s[1:2, ::3, ...][*t]
o.attr.b
None, True, False, 0xFF, 0o17, 0b11, 1_000, 1.5e3, 2j, 10**20, 123456789012345678901234567890
"a\tb" 'c' u"\N{EM DASH}" "\ud800"
b"\x00\xff" rb"\d"
f"plain {x} {y!r:>{width}.{prec}} {{}} {z = } {'nested' f'{deep}'}" "tail"
rf"\d{x}"
