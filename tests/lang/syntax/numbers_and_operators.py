# Literals and precedence.
print(0x_ff, 0b1_0, 0o17, 1_000, 1e3, 1E-2, .5, 5., 1_0.0_1, 1j, 1.5J, 0xDEADbeef, 00, 1e1_0, 0XfF, 0B11, 0O7) # -> 255 2 15 1000 1000.0 0.01 0.5 5.0 10.01 1j 1.5j 3735928559 0 10000000000.0 255 3 7
print(2 + 3 * 4, (2 + 3) * 4, 2 ** 3 ** 2, -2 ** 2, 2 ** -1, -1 ** -2, not 1 == 2, not True is False, 1 < 2 == 2, 1 | 2 ^ 3 & 4, 1 << 2 + 1, ~1 + 1, -3 // 2, 10 - 3 - 2, 2 * 3 % 4, 1 if 0 else 2 if 0 else 3) # -> 14 20 512 -4 0.5 -1.0 True True True 3 8 -1 -2 5 2 3
print(1 or 2 and 0, (1 or 2) and 0, 1 in [1] == True, 3 > 2 > 1, 1 < 3 < 2, (lambda: 1 if 0 else 2)(), [*[1], *(2,)], {**{}, 'a': 1}, (yield_ := 5), *[3]) # -> 1 0 False True False 2 [1, 2] {'a': 1} 5 3
x = y = 5
x -= - - 2
print(x, - - 3, + + 3, ~ ~ 3, not not 3, -+~3, 5 -- 3, 2 ** ~1, x if x else y, (1,), (1, 2)[0], [1][0], {1: 2}[1], "ab"[0], 5 .real, 5.0.real, 1..real, 0xf.real) # -> 3 3 3 3 True 4 8 0.25 3 (1,) 1 1 2 a 5 5.0 1.0 15
a = [1, 2, 3]; b = a[0:2]; c = a[-1]
print(a, b, c); print(a[::2], # -> [1, 2, 3] [1, 2] 3
    a[1:],  # comment inside
    end="\n")
# -> [1, 3] [2, 3]
if a: print("one line"); print("two") # -> one line
# -> two
for i in a: print(i); last = i # -> 1
# -> 2
# -> 3
print(last) if last else None # -> 3
while a: a.pop()
else: print("while else")
# -> while else
for i in []: pass
else: print("for else")
# -> for else
for i in [1, 2]:
    if i == 2: break
else: print("never")
try: pass
finally: print("f")
# -> f
s = ("implicit "
     'concat' """ triple
line""")
print(s, "tab\there", r"raw\n", b"by" b"tes", u"uni", rb"\x", Rb"\y", f"{1}" "x", "a\
b")
# -> implicit concat triple
# -> line tab	here raw\n b'bytes' uni b'\\x' b'\\y' 1x ab
def f(): return
def g(): return 1, 2
def h(*, a=1): return a
print(f(), g(), h(), (lambda *a, b=2, **c: (a, b, c))(1, z=3), (lambda: (yield))().__class__.__name__) # -> None (1, 2) 1 ((1,), 2, {'z': 3}) generator
class A: pass; x = 1
print(A.x, ..., Ellipsis, None, True, __debug__, __name__) # -> 1 Ellipsis Ellipsis None True True __main__
é = ｘ２ = 5
print(é, x２, ª if 0 else "nfkc", "ﬁ" == "fi", eval("ﬁ", {"fi": 7})) # -> 5 5 nfkc False 7
1; 2; "statement"; None; ...
print(1_0 if 1_0 else 0, [i for i in range(3) if i]) # -> 10 [1, 2]
