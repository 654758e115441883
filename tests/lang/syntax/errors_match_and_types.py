# Patterns and type parameters.
import warnings
warnings.simplefilter("ignore")
def check(*sources):
    for s in sources:
        try: compile(s, "s", "exec"); print("ok", repr(s))
        except SyntaxError as e: print(f"{s!r}: {e.msg} {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
def pat(*patterns): check(*[f"match x:\n case {p}: pass" for p in patterns])
pat("a.b", "a()", "a(b, b)", "[a, a]", "a | b", "a | 1", "_ | 1", "[*a, *b]", "{**a, 'b': 1}", "{'a': 1, 'a': 2}", "{a: 1}", "{1 + 1: x}", "-a", "1 + 2", "1 + 2j", "1j + 2", "-1 - 2j", "a as b", "a as _", "a as b.c", "1 as 2", "(a, b) as c", "*a", "[*_]", "{**_}", "a(b=1, c)", "a(b=c, b=d)", "a(1, *b)", "f'{x}'", "None", "True", "...", "lambda: 1", "a[1]", "a if b", "a if", "", "a, b", "a,", "(a)", "()", "[]", "{}", "{'a': 1,}", "a(1,)", "a.b()", "a.b.c(d=1)", "'a' 'b'", "b'a'", "not a", "a or b", "[1, 2 | 3]", "(1 | 2) as x", "1 | 2 as x", "x | y as z", "[x, 1] | [1, x]", "[x] | [y]", "(x as y) as z", "--1", "+1", "1.5", "1 - 1", "'a' + 'b'", "a == 1", "a.b | 1", "{'a': b, **c}", "{**c, }", "{-1: a}", "{a.b: c}", "x:=1") # -> ok 'match x:\n case a.b: pass'
# -> ok 'match x:\n case a(): pass'
# -> 'match x:\n case a(b, b): pass': multiple assignments to name 'b' in pattern 2:12-2:13
# -> 'match x:\n case [a, a]: pass': multiple assignments to name 'a' in pattern 2:11-2:12
# -> 'match x:\n case a | b: pass': name capture 'a' makes remaining patterns unreachable 2:7-2:8
# -> 'match x:\n case a | 1: pass': name capture 'a' makes remaining patterns unreachable 2:7-2:8
# -> 'match x:\n case _ | 1: pass': wildcard makes remaining patterns unreachable 2:7-2:8
# -> 'match x:\n case [*a, *b]: pass': multiple starred names in sequence pattern 2:7-2:15
# -> "match x:\n case {**a, 'b': 1}: pass": invalid syntax 2:13-2:16
# -> "match x:\n case {'a': 1, 'a': 2}: pass": mapping pattern checks duplicate key ('a') 2:7-2:23
# -> 'match x:\n case {a: 1}: pass': invalid syntax 2:9-2:10
# -> 'match x:\n case {1 + 1: x}: pass': imaginary number required in complex literal 2:12-2:13
# -> 'match x:\n case -a: pass': invalid syntax 2:8-2:9
# -> 'match x:\n case 1 + 2: pass': imaginary number required in complex literal 2:11-2:12
# -> ok 'match x:\n case 1 + 2j: pass'
# -> 'match x:\n case 1j + 2: pass': real number required in complex literal 2:7-2:9
# -> ok 'match x:\n case -1 - 2j: pass'
# -> ok 'match x:\n case a as b: pass'
# -> 'match x:\n case a as _: pass': cannot use '_' as a target 2:12-2:13
# -> 'match x:\n case a as b.c: pass': invalid syntax 2:13-2:14
# -> 'match x:\n case 1 as 2: pass': invalid pattern target 2:12-2:13
# -> ok 'match x:\n case (a, b) as c: pass'
# -> 'match x:\n case *a: pass': invalid syntax 2:9-2:10
# -> ok 'match x:\n case [*_]: pass'
# -> 'match x:\n case {**_}: pass': invalid syntax 2:10-2:11
# -> 'match x:\n case a(b=1, c): pass': positional patterns follow keyword patterns 2:14-2:15
# -> 'match x:\n case a(b=c, b=d): pass': attribute name repeated in class pattern: b 2:16-2:17
# -> 'match x:\n case a(1, *b): pass': invalid syntax 2:12-2:13
# -> "match x:\n case f'{x}': pass": patterns may only match literals and attribute lookups 2:7-2:13
# -> ok 'match x:\n case None: pass'
# -> ok 'match x:\n case True: pass'
# -> 'match x:\n case ...: pass': invalid syntax 2:7-2:10
# -> 'match x:\n case lambda: 1: pass': invalid syntax 2:7-2:13
# -> 'match x:\n case a[1]: pass': invalid syntax 2:8-2:9
# -> ok 'match x:\n case a if b: pass'
# -> 'match x:\n case a if: pass': invalid syntax 2:11-2:12
# -> 'match x:\n case : pass': invalid syntax 2:7-2:8
# -> ok 'match x:\n case a, b: pass'
# -> ok 'match x:\n case a,: pass'
# -> ok 'match x:\n case (a): pass'
# -> ok 'match x:\n case (): pass'
# -> ok 'match x:\n case []: pass'
# -> ok 'match x:\n case {}: pass'
# -> ok "match x:\n case {'a': 1,}: pass"
# -> ok 'match x:\n case a(1,): pass'
# -> ok 'match x:\n case a.b(): pass'
# -> ok 'match x:\n case a.b.c(d=1): pass'
# -> ok "match x:\n case 'a' 'b': pass"
# -> ok "match x:\n case b'a': pass"
# -> 'match x:\n case not a: pass': invalid syntax 2:7-2:10
# -> 'match x:\n case a or b: pass': invalid syntax 2:9-2:11
# -> ok 'match x:\n case [1, 2 | 3]: pass'
# -> ok 'match x:\n case (1 | 2) as x: pass'
# -> ok 'match x:\n case 1 | 2 as x: pass'
# -> 'match x:\n case x | y as z: pass': name capture 'x' makes remaining patterns unreachable 2:7-2:8
# -> ok 'match x:\n case [x, 1] | [1, x]: pass'
# -> 'match x:\n case [x] | [y]: pass': alternative patterns bind different names 2:7-2:16
# -> ok 'match x:\n case (x as y) as z: pass'
# -> 'match x:\n case --1: pass': invalid syntax 2:8-2:9
# -> 'match x:\n case +1: pass': invalid syntax 2:7-2:8
# -> ok 'match x:\n case 1.5: pass'
# -> 'match x:\n case 1 - 1: pass': imaginary number required in complex literal 2:11-2:12
# -> "match x:\n case 'a' + 'b': pass": invalid syntax 2:11-2:12
# -> 'match x:\n case a == 1: pass': invalid syntax 2:9-2:11
# -> ok 'match x:\n case a.b | 1: pass'
# -> ok "match x:\n case {'a': b, **c}: pass"
# -> ok 'match x:\n case {**c, }: pass'
# -> ok 'match x:\n case {-1: a}: pass'
# -> ok 'match x:\n case {a.b: c}: pass'
# -> 'match x:\n case x:=1: pass': invalid syntax 2:8-2:10
check("match x:\n case a: pass\n case b: pass", "match x:\n case _: pass\n case 1: pass", "match x:\n case a if b: pass\n case c: pass", "match x:\n pass", "match x:\n case 1\n  pass", "match:\n case 1: pass", "match x, y:\n case 1, 2: pass", "match *x, y:\n case _: pass", "match *x:\n case _: pass", "match(x)", "match[x]", "match * x", "match -x", "match.x", "match: int = 1", "match = case = _ = type = 1", "match x", "case 1: pass", "match (x):\n case 1: pass", "match x:\n case [x, y, *z] if z: pass\n case _: pass", "match x:\n case 1: pass\n else: pass") # -> 'match x:\n case a: pass\n case b: pass': name capture 'a' makes remaining patterns unreachable 2:7-2:8
# -> 'match x:\n case _: pass\n case 1: pass': wildcard makes remaining patterns unreachable 2:7-2:8
# -> ok 'match x:\n case a if b: pass\n case c: pass'
# -> 'match x:\n pass': invalid syntax 2:2-2:6
# -> 'match x:\n case 1\n  pass': expected ':' 2:8-2:9
# -> 'match:\n case 1: pass': invalid syntax 1:7-1:8
# -> ok 'match x, y:\n case 1, 2: pass'
# -> ok 'match *x, y:\n case _: pass'
# -> 'match *x:\n case _: pass': invalid syntax 1:9-1:10
# -> ok 'match(x)'
# -> ok 'match[x]'
# -> ok 'match * x'
# -> ok 'match -x'
# -> ok 'match.x'
# -> ok 'match: int = 1'
# -> ok 'match = case = _ = type = 1'
# -> 'match x': expected ':' 1:8-1:9
# -> 'case 1: pass': invalid syntax 1:6-1:7
# -> ok 'match (x):\n case 1: pass'
# -> ok 'match x:\n case [x, y, *z] if z: pass\n case _: pass'
# -> 'match x:\n case 1: pass\n else: pass': invalid syntax 3:2-3:6
check("def f[T](): pass", "def f[](): pass", "def f[T: int = str, *Ts, **P](): pass", "class A[T = int, U]: pass", "class A[*Ts = *int]: pass", "class A[**P = [int]]: pass", "def f[*T: int](): pass", "def f[**T: int](): pass", "type X[T] = list[T]", "type X = ", "type X[T = int] = T", "type (X) = int", "type X.y = int", "type X: int = 5", "class A[1]: pass", "def f[T, T](): pass", "type X[T, T] = 1", "def f[**P, T](): pass", "type X = int; type X2 = X", "type type = type", "type[x] = 1", "type(x)", "type, x = 1, 2", "def f[__debug__](): pass", "class A[T](x=T): pass", "def f[T](x: T = T): pass", "@x[T]\ndef f[T](): pass") # -> ok 'def f[T](): pass'
# -> 'def f[](): pass': Type parameter list cannot be empty 1:7-1:7
# -> 'def f[T: int = str, *Ts, **P](): pass': non-default type parameter 'Ts' follows default type parameter 1:21-1:24
# -> 'class A[T = int, U]: pass': non-default type parameter 'U' follows default type parameter 1:18-1:19
# -> ok 'class A[*Ts = *int]: pass'
# -> ok 'class A[**P = [int]]: pass'
# -> 'def f[*T: int](): pass': cannot use bound with TypeVarTuple 1:9-1:14
# -> 'def f[**T: int](): pass': cannot use bound with ParamSpec 1:10-1:15
# -> ok 'type X[T] = list[T]'
# -> 'type X = ': invalid syntax 1:10-1:11
# -> ok 'type X[T = int] = T'
# -> 'type (X) = int': cannot assign to function call here. Maybe you meant '==' instead of '='? 1:1-1:9
# -> 'type X.y = int': invalid syntax 1:7-1:8
# -> 'type X: int = 5': invalid syntax 1:7-1:8
# -> 'class A[1]: pass': invalid syntax 1:9-1:10
# -> 'def f[T, T](): pass': duplicate type parameter 'T' 1:10-1:11
# -> 'type X[T, T] = 1': duplicate type parameter 'T' 1:11-1:12
# -> ok 'def f[**P, T](): pass'
# -> ok 'type X = int; type X2 = X'
# -> ok 'type type = type'
# -> ok 'type[x] = 1'
# -> ok 'type(x)'
# -> ok 'type, x = 1, 2'
# -> 'def f[__debug__](): pass': cannot assign to __debug__ 1:7-1:16
# -> ok 'class A[T](x=T): pass'
# -> ok 'def f[T](x: T = T): pass'
# -> ok '@x[T]\ndef f[T](): pass'
