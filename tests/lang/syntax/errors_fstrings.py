# f-strings gone wrong.
import warnings
warnings.simplefilter("ignore")
def check(*sources):
    for s in sources:
        try: compile(s, "s", "exec"); print("ok", repr(s))
        except SyntaxError as e: print(f"{s!r}: {e.msg} {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
check("f'{}'", "f'{ }'", "f'{a'", "f'a}'", "f'{a!}'", "f'{a!x}'", "f'{a!r'", "f'{a:'", "f'{a:{'", "f'{a:{b}'", "f'{!r}'", "f'{:x}'", "f'{a b}'", "f'{a!r b}'", "f'{a=!}'", "f'{a $ b}'", "f'{=}'", "f'{a==}'", "f'{'", "f'}'", "f'{{}'", "f'{a}}'", "f'{lambda x: 1}'", "f'{(lambda x: 1)}'", "f'{a!r:{b!z}}'", "f'{*}'", "f'{*a}'", "f'{**a}'", "f'{yield}'", "f'{1 +}'", "f'{a;b}'", "f'{a=b}'", "f'{a:=5}'", "f'{(a:=5)}'", "f'{#}'", "f'{a\n}'", "f'{a[}'", "f'{a)}'", "f'{(a}'", "f'{a!rx}'", "f'{a! r}'", "f'{a !r}'", "f'{a!r }'", "f'\\N'", "f'\\N{nope}'", "f'{a' + '}'", "f'{a!1}'", "f'{for}'", "f'{import x}'", "f'{pass}'", "b'a' f'{x}'", "f'a' b'b'", "u'a' b'b'", "fb'a'", "ub'a'", "f'{f'{f'{'", "f'{a:{b:{c:{d}}}}'", "f'{,}'", "f'{a,}'", "f'{a.}'", "f'{.5}'", "f'{a..b}'", "f'{>}'", "f'{a!r:>{w}}'", "f'''{\na\n!r\n}'''", "f'{x:{y:}}'", "f'{None=}'", "f'{ !r}'", "f'{a or}'", "f'{a::}'", "f\"{'a' 1}\"") # -> "f'{}'": f-string: valid expression required before '}' 1:4-1:5
# -> "f'{ }'": f-string: valid expression required before '}' 1:5-1:6
# -> "f'{a'": f-string: expecting '}' 1:5-1:5
# -> "f'a}'": f-string: single '}' is not allowed 1:4-1:4
# -> "f'{a!}'": f-string: missing conversion character 1:6-1:7
# -> "f'{a!x}'": f-string: invalid conversion character 'x': expected 's', 'r', or 'a' 1:6-1:7
# -> "f'{a!r'": f-string: expecting '}' 1:6-1:6
# -> "f'{a:'": f-string: expecting '}', or format specs 1:6-1:7
# -> "f'{a:{'": f-string: expecting '}' 1:7-1:7
# -> "f'{a:{b}'": f-string: expecting '}', or format specs 1:9-1:10
# -> "f'{!r}'": f-string: valid expression required before '!' 1:4-1:5
# -> "f'{:x}'": f-string: valid expression required before ':' 1:4-1:5
# -> "f'{a b}'": invalid syntax. Perhaps you forgot a comma? 1:4-1:7
# -> "f'{a!r b}'": f-string: expecting ':' or '}' 1:8-1:9
# -> "f'{a=!}'": f-string: missing conversion character 1:7-1:8
# -> "f'{a $ b}'": f-string: expecting '=', or '!', or ':', or '}' 1:6-1:7
# -> "f'{=}'": f-string: valid expression required before '=' 1:4-1:5
# -> "f'{a==}'": f-string: expecting '=', or '!', or ':', or '}' 1:5-1:7
# -> "f'{'": f-string: expecting '}' 1:4-1:4
# -> "f'}'": f-string: single '}' is not allowed 1:3-1:3
# -> "f'{{}'": f-string: single '}' is not allowed 1:5-1:5
# -> "f'{a}}'": f-string: single '}' is not allowed 1:6-1:6
# -> "f'{lambda x: 1}'": f-string: lambda expressions are not allowed without parentheses 1:4-1:13
# -> ok "f'{(lambda x: 1)}'"
# -> "f'{a!r:{b!z}}'": f-string: invalid conversion character 'z': expected 's', 'r', or 'a' 1:11-1:12
# -> "f'{*}'": f-string: expecting a valid expression after '{' 1:4-1:5
# -> "f'{*a}'": can't use starred expression here 1:4-1:6
# -> "f'{**a}'": f-string: expecting a valid expression after '{' 1:4-1:6
# -> "f'{yield}'": 'yield' outside function 1:4-1:9
# -> "f'{1 +}'": f-string: expecting '=', or '!', or ':', or '}' 1:6-1:7
# -> "f'{a;b}'": f-string: expecting '=', or '!', or ':', or '}' 1:5-1:6
# -> "f'{a=b}'": f-string: expecting '!', or ':', or '}' 1:6-1:7
# -> ok "f'{a:=5}'"
# -> ok "f'{(a:=5)}'"
# -> "f'{#}'": '{' was never closed 1:3-1:0
# -> ok "f'{a\n}'"
# -> "f'{a[}'": closing parenthesis '}' does not match opening parenthesis '[' 1:6-1:6
# -> "f'{a)}'": f-string: unmatched ')' 1:5-1:5
# -> "f'{(a}'": closing parenthesis '}' does not match opening parenthesis '(' 1:6-1:6
# -> "f'{a!rx}'": f-string: invalid conversion character 'rx': expected 's', 'r', or 'a' 1:6-1:8
# -> "f'{a! r}'": f-string: conversion type must come right after the exclamanation mark 1:5-1:8
# -> ok "f'{a !r}'"
# -> ok "f'{a!r }'"
# -> "f'\\N'": (unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: malformed \N character escape 1:5-1:6
# -> "f'\\N{nope}'": (unicode error) 'unicodeescape' codec can't decode bytes in position 0-7: unknown Unicode character name 1:11-1:12
# -> "f'{a' + '}'": f-string: expecting '=', or '!', or ':', or '}' 1:5-1:10
# -> "f'{a!1}'": f-string: invalid conversion character 1:6-1:7
# -> "f'{for}'": f-string: expecting a valid expression after '{' 1:4-1:7
# -> "f'{import x}'": f-string: expecting a valid expression after '{' 1:4-1:10
# -> "f'{pass}'": f-string: expecting a valid expression after '{' 1:4-1:8
# -> "b'a' f'{x}'": cannot mix bytes and nonbytes literals 1:12-1:13
# -> "f'a' b'b'": cannot mix bytes and nonbytes literals 1:10-1:11
# -> "u'a' b'b'": cannot mix bytes and nonbytes literals 1:10-1:11
# -> "fb'a'": invalid syntax 1:3-1:6
# -> "ub'a'": invalid syntax 1:3-1:6
# -> "f'{f'{f'{'": f-string: expecting '}' 1:10-1:10
# -> "f'{a:{b:{c:{d}}}}'": f-string: expressions nested too deeply 1:11-1:11
# -> "f'{,}'": f-string: expecting a valid expression after '{' 1:4-1:5
# -> ok "f'{a,}'"
# -> "f'{a.}'": f-string: expecting '=', or '!', or ':', or '}' 1:5-1:6
# -> ok "f'{.5}'"
# -> "f'{a..b}'": f-string: expecting '=', or '!', or ':', or '}' 1:5-1:6
# -> "f'{>}'": f-string: expecting a valid expression after '{' 1:4-1:5
# -> ok "f'{a!r:>{w}}'"
# -> ok "f'''{\na\n!r\n}'''"
# -> ok "f'{x:{y:}}'"
# -> ok "f'{None=}'"
# -> "f'{ !r}'": f-string: valid expression required before '!' 1:5-1:6
# -> "f'{a or}'": f-string: expecting '=', or '!', or ':', or '}' 1:6-1:8
# -> ok "f'{a::}'"
# -> 'f"{\'a\' 1}"': invalid syntax. Perhaps you forgot a comma? 1:4-1:9
