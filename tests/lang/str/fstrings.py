# f-strings, PEP 701 included.
x, d, w = 42, {"a": 1, 'b': [2]}, 8
print(f"{x} {x!r:>5} {x=} {x = } {x=:>5} {d['a']} {d["b"][0]} {x + 1} {'nested ' + f'{x}'}") # -> 42    42 x=42 x = 42 x=   42 1 2 43 nested 42
print(f"{x:{w}} {x:0{w}d} {x:>{w}.{w//2}}" if 0 else f"{x:{w}}|{3.14159:{w}.{w//4}}|{'a':{'*'}^{w}}") # ->       42|     3.1|***a****
print(f"{{}} {{{x}}} {'{'} {'a' if x else 'b'} {(lambda: 5)()} {[i for i in range(3)]} {x!s} {x!a}") # -> {} {42} { a 5 [0, 1, 2] 42 42
print(f"{f"{f"{x}"}"}", f'''{
    x
    + 1
} {x # comment
}''', f"{'\n'.join(['a', 'b'])!r}", rf"\{x}\n", f"\x41{x}\N{SNOWMAN}", f"{x,}", f"{*[1, 2],}")
# -> 42 43 42 'a\nb' \42\n A42☃ (42,) (1, 2)
print(f"{x:=}" if 0 else f"{x!r}", f"{(y := 3)} {y}", f"{x:%d}" if 0 else "", f"a{''}b", f"{x!r:^{w}}|", F"{x}" "{x}" f"{x}") # -> 42 3 3  ab    42   | 42{x}42
print(f"{d=}", f"{ d = !s}", f"{x=!r:^6}|", f"{'a'=}", f"{1+1=}", f"{x  =  }") # -> d={'a': 1, 'b': [2]}  d = {'a': 1, 'b': [2]} x=  42  | 'a'='a' 1+1=2 x  =  42
f"{undefined_name}"       # raises NameError: name 'undefined_name' is not defined
f"{1/0}"                  # raises ZeroDivisionError: division by zero
f"{x:zz}"                 # raises ValueError: Unknown format code 'z' for object of type 'int'
print(f"{x!r}" f"{'}'}" '{not}' f"{{{{", f"{3:{'>'}{5}}", f"{None}", f"{'x':>3}{'y':<3}.") # -> 42}{not}{{     3 None   xy  .
