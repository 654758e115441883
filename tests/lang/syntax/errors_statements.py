# Malformed statements.
import warnings
warnings.simplefilter("ignore")
def check(*sources):
    for s in sources:
        try: compile(s, "s", "exec"); print("ok", repr(s))
        except SyntaxError as e: print(f"{s!r}: {e.msg} {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
check("if x", "if x\n  y", "if x = 1: pass", "if x = 1:\n pass", "while x = 1: pass", "for x y: pass", "for x in y", "for in y: pass", "for 1 in y: pass", "for f() in y: pass", "for x in: pass", "while: pass", "if: pass", "else: pass", "elif x: pass", "x y", "x = ", "= 1", "x == ", "x = 1 2", "def f: pass", "def f(: pass", "def (x): pass", "def f(x) pass", "def f(x):", "def 1f(): pass", "class: pass", "class A(: pass", "class A", "class 1: pass", "return", "yield 1", "await x", "break", "continue", "def f():\n break", "for x in y:\n def f(): continue", "if 1: break", "class A: return 1", "x = return", "x = pass", "print x", "print 'a', b", "exec 'x'", "import", "import a.b as", "import a as b.c", "from a import", "from import x", "from a import (b, c", "from a import b,", "from a import *, b", "from . import *x", "import a, ", "from a import b as c.d", "import *", "from a.b. import c") # -> 'if x': expected ':' 1:5-1:6
# -> 'if x\n  y': expected ':' 1:5-1:6
# -> 'if x = 1: pass': invalid syntax. Maybe you meant '==' or ':=' instead of '='? 1:4-1:9
# -> 'if x = 1:\n pass': invalid syntax. Maybe you meant '==' or ':=' instead of '='? 1:4-1:9
# -> 'while x = 1: pass': invalid syntax. Maybe you meant '==' or ':=' instead of '='? 1:7-1:12
# -> 'for x y: pass': invalid syntax 1:7-1:8
# -> 'for x in y': expected ':' 1:11-1:12
# -> 'for in y: pass': invalid syntax 1:5-1:7
# -> 'for 1 in y: pass': cannot assign to literal 1:5-1:6
# -> 'for f() in y: pass': cannot assign to function call 1:5-1:8
# -> 'for x in: pass': invalid syntax 1:9-1:10
# -> 'while: pass': invalid syntax 1:6-1:7
# -> 'if: pass': invalid syntax 1:3-1:4
# -> 'else: pass': invalid syntax 1:1-1:5
# -> 'elif x: pass': invalid syntax 1:1-1:5
# -> 'x y': invalid syntax 1:3-1:4
# -> 'x = ': invalid syntax 1:5-1:6
# -> '= 1': invalid syntax 1:1-1:2
# -> 'x == ': invalid syntax 1:6-1:7
# -> 'x = 1 2': invalid syntax 1:7-1:8
# -> 'def f: pass': expected '(' 1:6-1:7
# -> 'def f(: pass': invalid syntax 1:7-1:8
# -> 'def (x): pass': invalid syntax 1:5-1:6
# -> 'def f(x) pass': expected ':' 1:10-1:14
# -> 'def f(x):': expected an indented block after function definition on line 1 1:10-1:-1
# -> 'def 1f(): pass': invalid decimal literal 1:5-1:5
# -> 'class: pass': invalid syntax 1:6-1:7
# -> 'class A(: pass': invalid syntax 1:9-1:10
# -> 'class A': expected ':' 1:8-1:9
# -> 'class 1: pass': invalid syntax 1:7-1:8
# -> 'return': 'return' outside function 1:1-1:7
# -> 'yield 1': 'yield' outside function 1:1-1:8
# -> 'await x': 'await' outside function 1:1-1:8
# -> 'break': 'break' outside loop 1:1-1:6
# -> 'continue': 'continue' not properly in loop 1:1-1:9
# -> 'def f():\n break': 'break' outside loop 2:2-2:7
# -> 'for x in y:\n def f(): continue': 'continue' not properly in loop 2:11-2:19
# -> 'if 1: break': 'break' outside loop 1:7-1:12
# -> 'class A: return 1': 'return' outside function 1:10-1:18
# -> 'x = return': invalid syntax 1:5-1:11
# -> 'x = pass': invalid syntax 1:5-1:9
# -> 'print x': Missing parentheses in call to 'print'. Did you mean print(...)? 1:1-1:8
# -> "print 'a', b": Missing parentheses in call to 'print'. Did you mean print(...)? 1:1-1:13
# -> "exec 'x'": Missing parentheses in call to 'exec'. Did you mean exec(...)? 1:1-1:9
# -> 'import': Expected one or more names after 'import' 1:7-1:7
# -> 'import a.b as': invalid syntax 1:14-1:15
# -> 'import a as b.c': invalid syntax 1:14-1:15
# -> 'from a import': Expected one or more names after 'import' 1:14-1:14
# -> 'from import x': invalid syntax 1:6-1:12
# -> 'from a import (b, c': '(' was never closed 1:15-1:0
# -> 'from a import b,': trailing comma not allowed without surrounding parentheses 1:17-1:18
# -> 'from a import *, b': invalid syntax 1:16-1:17
# -> 'from . import *x': invalid syntax 1:16-1:17
# -> 'import a, ': invalid syntax 1:11-1:12
# -> 'from a import b as c.d': invalid syntax 1:21-1:22
# -> 'import *': invalid syntax 1:8-1:9
# -> 'from a.b. import c': invalid syntax 1:11-1:17
check("del", "del 1", "del f()", "del x + 1", "del (x, 1)", "del [f()]", "del *x", "del None", "del x = 1", "del (a if b else c)", "assert", "assert x,", "assert x = 1", "assert (x, y)" if 0 else "assert x y", "raise x from", "raise from x", "raise x, y", "global", "global 1", "global x = 1", "nonlocal x.y", "try: pass", "try:\n pass\nx", "try:\n pass\nexcept a, b: pass", "try:\n pass\nexcept a as b.c: pass", "try:\n pass\nexcept a as 1: pass", "try:\n pass\nexcept: pass\nexcept a: pass", "try:\n pass\nexcept*: pass", "try:\n pass\nexcept a: pass\nexcept* b: pass", "try:\n pass\nexcept* b: pass\nexcept a: pass", "try:\n pass\nexcept* a: return", "try:\n pass\nfinally: pass\nexcept: pass", "except: pass", "finally: pass", "try:\n pass\nelse: pass", "with: pass", "with a as 1: pass", "with a as f(): pass", "with a b: pass", "with (a as b, c as d: pass", "with a,: pass", "async x", "async def", "async for x in y: pass", "async with a: pass", "pass x", "break 1", "x: int: str", "x: int = ", "(x, y): int", "[x]: int", "f(): int", "x.y: int = 1; 5: int" , "lambda x: (yield)" if 0 else "lambda x=: 1", "type x", "type = 1; type X = int", "type 1 = int", "@", "@x", "@x\ny = 1", "x = yield", "a; ; b", ";", "if 1: pass; else: pass") # -> 'del': invalid syntax 1:4-1:5
# -> 'del 1': cannot delete literal 1:5-1:6
# -> 'del f()': cannot delete function call 1:5-1:8
# -> 'del x + 1': cannot delete expression 1:5-1:10
# -> 'del (x, 1)': cannot delete literal 1:9-1:10
# -> 'del [f()]': cannot delete function call 1:6-1:9
# -> 'del *x': cannot delete starred 1:5-1:7
# -> 'del None': cannot delete None 1:5-1:9
# -> 'del x = 1': invalid syntax 1:7-1:8
# -> 'del (a if b else c)': cannot delete conditional expression 1:6-1:19
# -> 'assert': invalid syntax 1:7-1:8
# -> 'assert x,': invalid syntax 1:10-1:11
# -> 'assert x = 1': invalid syntax 1:10-1:11
# -> 'assert x y': invalid syntax 1:10-1:11
# -> 'raise x from': invalid syntax 1:13-1:14
# -> 'raise from x': invalid syntax 1:7-1:11
# -> 'raise x, y': invalid syntax 1:8-1:9
# -> 'global': invalid syntax 1:7-1:8
# -> 'global 1': invalid syntax 1:8-1:9
# -> 'global x = 1': invalid syntax 1:10-1:11
# -> 'nonlocal x.y': invalid syntax 1:11-1:12
# -> 'try: pass': expected 'except' or 'finally' block 1:10-1:-1
# -> 'try:\n pass\nx': expected 'except' or 'finally' block 3:1-3:2
# -> 'try:\n pass\nexcept a, b: pass': multiple exception types must be parenthesized 3:8-3:12
# -> 'try:\n pass\nexcept a as b.c: pass': invalid syntax 3:14-3:15
# -> 'try:\n pass\nexcept a as 1: pass': invalid syntax 3:13-3:14
# -> 'try:\n pass\nexcept: pass\nexcept a: pass': default 'except:' must be last 3:1-3:13
# -> 'try:\n pass\nexcept*: pass': expected one or more exception types 3:8-3:9
# -> 'try:\n pass\nexcept a: pass\nexcept* b: pass': cannot have both 'except' and 'except*' on the same 'try' 4:1-4:8
# -> 'try:\n pass\nexcept* b: pass\nexcept a: pass': cannot have both 'except' and 'except*' on the same 'try' 4:1-4:7
# -> 'try:\n pass\nexcept* a: return': 'return' outside function 3:12-3:18
# -> 'try:\n pass\nfinally: pass\nexcept: pass': invalid syntax 4:1-4:7
# -> 'except: pass': invalid syntax 1:1-1:7
# -> 'finally: pass': invalid syntax 1:1-1:8
# -> 'try:\n pass\nelse: pass': expected 'except' or 'finally' block 3:1-3:5
# -> 'with: pass': invalid syntax 1:5-1:6
# -> 'with a as 1: pass': cannot assign to literal 1:11-1:12
# -> 'with a as f(): pass': cannot assign to function call 1:11-1:14
# -> 'with a b: pass': invalid syntax 1:8-1:9
# -> 'with (a as b, c as d: pass': invalid syntax 1:21-1:22
# -> 'with a,: pass': invalid syntax 1:8-1:9
# -> 'async x': invalid syntax 1:7-1:8
# -> 'async def': invalid syntax 1:10-1:11
# -> 'async for x in y: pass': 'async for' outside async function 1:1-1:23
# -> 'async with a: pass': 'async with' outside async function 1:1-1:19
# -> 'pass x': invalid syntax 1:6-1:7
# -> 'break 1': invalid syntax 1:7-1:8
# -> 'x: int: str': invalid syntax 1:7-1:8
# -> 'x: int = ': invalid syntax 1:10-1:11
# -> '(x, y): int': only single target (not tuple) can be annotated 1:1-1:7
# -> '[x]: int': only single target (not list) can be annotated 1:1-1:4
# -> 'f(): int': illegal target for annotation 1:1-1:4
# -> 'x.y: int = 1; 5: int': illegal target for annotation 1:15-1:16
# -> 'lambda x=: 1': invalid syntax 1:10-1:11
# -> 'type x': invalid syntax 1:7-1:8
# -> ok 'type = 1; type X = int'
# -> 'type 1 = int': invalid syntax 1:6-1:7
# -> '@': invalid syntax 1:2-1:3
# -> '@x': invalid syntax 1:0-1:0
# -> '@x\ny = 1': invalid syntax 2:1-2:2
# -> 'x = yield': 'yield' outside function 1:5-1:10
# -> 'a; ; b': invalid syntax 1:4-1:5
# -> ';': invalid syntax 1:1-1:2
# -> 'if 1: pass; else: pass': invalid syntax 1:13-1:17
