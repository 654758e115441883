# Malformed expressions and what one may assign to.
import warnings
warnings.simplefilter("ignore")
def check(*sources):
    for s in sources:
        try: compile(s, "s", "exec"); print("ok", repr(s))
        except SyntaxError as e: print(f"{s!r}: {e.msg} {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
check("1 = x", "None = 1", "True = 1", "x = None = 1", "f() = 1", "x + 1 = 2", "'a' = 1", "f'{x}' = 1", "(a, 1) = x", "[a, f()] = x", "a if b else c = 1", "lambda: 1 = 2", "-x = 1", "x < y = 1", "not x = 1", "x and y = 1", "[x for x in y] = 1", "{x: 1} = 1", "{x} = 1", "(x for x in y) = 1", "x() += 1", "1 += 1", "(a, b) += 1", "[a] += 1", "None += 1", "x = 1 = y", "*x = 1", "*x", "x = *y", "*a, *b = c", "a = (*x)", "print(*x) = 1", "... = 1", "__debug__ = 1", "x.None = 1", "x.__debug__ = 1", "(yield) = 1", "def f(): (yield x) = 1", "a, b = c = 1, d() = 2", "x := 1", "(x := 1)", "(x.y := 1)", "(x[0] := 1)", "(1 := 2)", "f(x := 1)", "f(a=x := 1)", "x = y := 1", "[x := 1 for y in z]", "[y := 1 for y in z]", "[z for y in (z := w)]", "(lambda: x := 1)", "def f(x=y := 1): pass", "{x := 1}", "a[b := 1]", "a[b:c := 1]", "class A: [x := 1 for y in z]") # -> '1 = x': cannot assign to literal here. Maybe you meant '==' instead of '='? 1:1-1:2
# -> 'None = 1': cannot assign to None 1:1-1:5
# -> 'True = 1': cannot assign to True 1:1-1:5
# -> 'x = None = 1': cannot assign to None 1:5-1:9
# -> 'f() = 1': cannot assign to function call here. Maybe you meant '==' instead of '='? 1:1-1:4
# -> 'x + 1 = 2': cannot assign to expression here. Maybe you meant '==' instead of '='? 1:1-1:6
# -> "'a' = 1": cannot assign to literal here. Maybe you meant '==' instead of '='? 1:1-1:4
# -> "f'{x}' = 1": cannot assign to f-string expression here. Maybe you meant '==' instead of '='? 1:1-1:7
# -> '(a, 1) = x': cannot assign to literal 1:5-1:6
# -> '[a, f()] = x': cannot assign to function call 1:5-1:8
# -> 'a if b else c = 1': cannot assign to conditional expression 1:1-1:14
# -> 'lambda: 1 = 2': cannot assign to lambda 1:1-1:10
# -> '-x = 1': cannot assign to expression here. Maybe you meant '==' instead of '='? 1:1-1:3
# -> 'x < y = 1': cannot assign to comparison 1:1-1:6
# -> 'not x = 1': cannot assign to expression 1:1-1:6
# -> 'x and y = 1': cannot assign to expression 1:1-1:8
# -> '[x for x in y] = 1': cannot assign to list comprehension here. Maybe you meant '==' instead of '='? 1:1-1:15
# -> '{x: 1} = 1': cannot assign to dict literal here. Maybe you meant '==' instead of '='? 1:1-1:7
# -> '{x} = 1': cannot assign to set display here. Maybe you meant '==' instead of '='? 1:1-1:4
# -> '(x for x in y) = 1': cannot assign to generator expression 1:1-1:15
# -> 'x() += 1': 'function call' is an illegal expression for augmented assignment 1:1-1:4
# -> '1 += 1': 'literal' is an illegal expression for augmented assignment 1:1-1:2
# -> '(a, b) += 1': 'tuple' is an illegal expression for augmented assignment 1:1-1:7
# -> '[a] += 1': 'list' is an illegal expression for augmented assignment 1:1-1:4
# -> 'None += 1': 'None' is an illegal expression for augmented assignment 1:1-1:5
# -> 'x = 1 = y': cannot assign to literal 1:5-1:6
# -> '*x = 1': starred assignment target must be in a list or tuple 1:1-1:3
# -> '*x': can't use starred expression here 1:1-1:3
# -> 'x = *y': can't use starred expression here 1:5-1:7
# -> '*a, *b = c': multiple starred expressions in assignment 1:1-1:7
# -> 'a = (*x)': cannot use starred expression here 1:6-1:8
# -> 'print(*x) = 1': cannot assign to function call here. Maybe you meant '==' instead of '='? 1:1-1:10
# -> '... = 1': cannot assign to ellipsis here. Maybe you meant '==' instead of '='? 1:1-1:4
# -> '__debug__ = 1': cannot assign to __debug__ 1:1-1:10
# -> 'x.None = 1': invalid syntax 1:3-1:7
# -> 'x.__debug__ = 1': cannot assign to __debug__ 1:1-1:12
# -> '(yield) = 1': cannot assign to yield expression here. Maybe you meant '==' instead of '='? 1:2-1:7
# -> 'def f(): (yield x) = 1': cannot assign to yield expression here. Maybe you meant '==' instead of '='? 1:11-1:18
# -> 'a, b = c = 1, d() = 2': cannot assign to literal 1:12-1:13
# -> 'x := 1': invalid syntax 1:3-1:5
# -> ok '(x := 1)'
# -> '(x.y := 1)': cannot use assignment expressions with attribute 1:2-1:5
# -> '(x[0] := 1)': cannot use assignment expressions with subscript 1:2-1:6
# -> '(1 := 2)': cannot use assignment expressions with literal 1:2-1:3
# -> ok 'f(x := 1)'
# -> 'f(a=x := 1)': invalid syntax 1:7-1:9
# -> 'x = y := 1': invalid syntax 1:7-1:9
# -> ok '[x := 1 for y in z]'
# -> '[y := 1 for y in z]': assignment expression cannot rebind comprehension iteration variable 'y' 1:2-1:3
# -> '[z for y in (z := w)]': assignment expression cannot be used in a comprehension iterable expression 1:14-1:20
# -> '(lambda: x := 1)': cannot use assignment expressions with lambda 1:2-1:11
# -> 'def f(x=y := 1): pass': invalid syntax 1:11-1:13
# -> ok '{x := 1}'
# -> ok 'a[b := 1]'
# -> 'a[b:c := 1]': invalid syntax 1:7-1:9
# -> 'class A: [x := 1 for y in z]': assignment expression within a comprehension cannot be used in a class body 1:11-1:12
check("f(a=1, b)", "f(**a, *b)", "f(**a, b)", "f(a for b in c, d)", "f(d, a for b in c)", "f(a.b=1)", "f(1=2)", "f(True=1)", "f(a b)", "f(a=)", "f(a, a=1, a=2)", "f(a=1, a=2)", "f(=1)", "f(*)", "f(**)", "f(*a=1)", "f(**a=1)", "f(a()=1)", "f(x for x in y, 1)", "f(a=b for b in c)", "f((a)=1)", "f(a, b=c, d=e f)", "f(lambda: 1=2)", "f(a if b)", "f(,)", "f(a,,b)", "f(None=1)", "f('a'=1)", "f(a+b=1)") # -> 'f(a=1, b)': positional argument follows keyword argument 1:9-1:10
# -> 'f(**a, *b)': iterable argument unpacking follows keyword argument unpacking 1:6-1:10
# -> 'f(**a, b)': positional argument follows keyword argument unpacking 1:9-1:10
# -> 'f(a for b in c, d)': Generator expression must be parenthesized 1:3-1:15
# -> 'f(d, a for b in c)': Generator expression must be parenthesized 1:6-1:18
# -> 'f(a.b=1)': expression cannot contain assignment, perhaps you meant "=="? 1:3-1:7
# -> 'f(1=2)': expression cannot contain assignment, perhaps you meant "=="? 1:3-1:5
# -> 'f(True=1)': cannot assign to True 1:3-1:8
# -> 'f(a b)': invalid syntax. Perhaps you forgot a comma? 1:3-1:6
# -> 'f(a=)': expected argument value expression 1:3-1:5
# -> 'f(a, a=1, a=2)': keyword argument repeated: a 1:11-1:14
# -> 'f(a=1, a=2)': keyword argument repeated: a 1:8-1:11
# -> 'f(=1)': invalid syntax 1:3-1:4
# -> 'f(*)': Invalid star expression 1:4-1:5
# -> 'f(**)': invalid syntax 1:5-1:6
# -> 'f(*a=1)': cannot assign to iterable argument unpacking 1:3-1:7
# -> 'f(**a=1)': cannot assign to keyword argument unpacking 1:3-1:8
# -> 'f(a()=1)': expression cannot contain assignment, perhaps you meant "=="? 1:3-1:7
# -> 'f(x for x in y, 1)': Generator expression must be parenthesized 1:3-1:15
# -> 'f(a=b for b in c)': invalid syntax. Maybe you meant '==' or ':=' instead of '='? 1:3-1:5
# -> 'f((a)=1)': expression cannot contain assignment, perhaps you meant "=="? 1:4-1:7
# -> 'f(a, b=c, d=e f)': invalid syntax. Perhaps you forgot a comma? 1:13-1:16
# -> 'f(lambda: 1=2)': expression cannot contain assignment, perhaps you meant "=="? 1:3-1:13
# -> 'f(a if b)': expected 'else' after 'if' expression 1:3-1:9
# -> 'f(,)': invalid syntax 1:3-1:4
# -> 'f(a,,b)': invalid syntax 1:5-1:6
# -> 'f(None=1)': cannot assign to None 1:3-1:8
# -> "f('a'=1)": expression cannot contain assignment, perhaps you meant "=="? 1:3-1:7
# -> 'f(a+b=1)': expression cannot contain assignment, perhaps you meant "=="? 1:3-1:7
check("def f(a, a): pass", "def f(a=1, b): pass", "def f(*): pass", "def f(*, **k): pass", "def f(**k, a): pass", "def f(*a, *b): pass", "def f(**a, **b): pass", "def f(a, /, b, /): pass", "def f(/, a): pass", "def f(*a, /): pass", "def f(*, a, /): pass", "def f(a, (b, c)): pass", "def f(None): pass", "def f(a=1, /, b): pass", "def f(*a=1): pass", "def f(**k=1): pass", "def f(a.b): pass", "def f(1): pass", "def f(a b): pass", "def f(a:): pass", "def f(*, a=1, b, a): pass", "lambda a, a: 1", "lambda a=1, b: 1", "lambda *: 1", "lambda (a): 1", "lambda a b: 1", "lambda: ", "lambda *a, *b: 1", "lambda **k, a: 1", "lambda a: yield", "def __debug__(): pass", "def f(__debug__): pass", "lambda /, a: 1", "def f(*, ): pass", "def f(,): pass", "def f(a,,b): pass", "def f(a = ): pass", "def f(a) -> : pass") # -> 'def f(a, a): pass': duplicate argument 'a' in function definition 1:10-1:11
# -> 'def f(a=1, b): pass': parameter without a default follows parameter with a default 1:12-1:13
# -> 'def f(*): pass': named arguments must follow bare * 1:7-1:8
# -> 'def f(*, **k): pass': named arguments must follow bare * 1:7-1:8
# -> 'def f(**k, a): pass': arguments cannot follow var-keyword argument 1:12-1:13
# -> 'def f(*a, *b): pass': * argument may appear only once 1:11-1:12
# -> 'def f(**a, **b): pass': arguments cannot follow var-keyword argument 1:12-1:14
# -> 'def f(a, /, b, /): pass': / may appear only once 1:16-1:17
# -> 'def f(/, a): pass': at least one argument must precede / 1:7-1:8
# -> 'def f(*a, /): pass': / must be ahead of * 1:11-1:12
# -> 'def f(*, a, /): pass': / must be ahead of * 1:13-1:14
# -> 'def f(a, (b, c)): pass': Function parameters cannot be parenthesized 1:10-1:16
# -> 'def f(None): pass': invalid syntax 1:7-1:11
# -> 'def f(a=1, /, b): pass': parameter without a default follows parameter with a default 1:15-1:16
# -> 'def f(*a=1): pass': var-positional argument cannot have default value 1:9-1:10
# -> 'def f(**k=1): pass': var-keyword argument cannot have default value 1:10-1:11
# -> 'def f(a.b): pass': invalid syntax 1:8-1:9
# -> 'def f(1): pass': invalid syntax 1:7-1:8
# -> 'def f(a b): pass': invalid syntax 1:9-1:10
# -> 'def f(a:): pass': invalid syntax 1:9-1:10
# -> 'def f(*, a=1, b, a): pass': duplicate argument 'a' in function definition 1:18-1:19
# -> 'lambda a, a: 1': duplicate argument 'a' in function definition 1:11-1:12
# -> 'lambda a=1, b: 1': parameter without a default follows parameter with a default 1:13-1:14
# -> 'lambda *: 1': named arguments must follow bare * 1:9-1:10
# -> 'lambda (a): 1': Lambda expression parameters cannot be parenthesized 1:8-1:11
# -> 'lambda a b: 1': invalid syntax 1:10-1:11
# -> 'lambda: ': invalid syntax 1:9-1:10
# -> 'lambda *a, *b: 1': * argument may appear only once 1:12-1:13
# -> 'lambda **k, a: 1': arguments cannot follow var-keyword argument 1:13-1:14
# -> 'lambda a: yield': invalid syntax 1:11-1:16
# -> 'def __debug__(): pass': cannot assign to __debug__ 1:1-1:22
# -> 'def f(__debug__): pass': cannot assign to __debug__ 1:7-1:16
# -> 'lambda /, a: 1': at least one argument must precede / 1:8-1:9
# -> 'def f(*, ): pass': named arguments must follow bare * 1:7-1:8
# -> 'def f(,): pass': invalid syntax 1:7-1:8
# -> 'def f(a,,b): pass': invalid syntax 1:9-1:10
# -> 'def f(a = ): pass': expected default value expression 1:9-1:10
# -> 'def f(a) -> : pass': expected ':' 1:10-1:12
check("a if b", "a if b else", "a +", "a + * b", "a ** ", "not", "a not b", "a is", "a not", "a in", "(a, b", "[a b]", "[a, b c]", "{a b}", "{a: b c: d}", "{a: b, c}", "{a, b: c}", "{a:}", "{**a, b}", "{a, **b}", "{*a: 1}", "{a: *b}", "[a for b in]", "[a for b c]", "[for x in y]", "[*a for a in b]", "{**a for a in b}", "{a: b for a in c, d}", "[a, b for a in c]", "(a, b for a in c)", "[a for a in b, c]", "a[", "a[]", "a[1:2:3:4]", "a[,]", "a.", "a.1", "a..b", "a.b c", "a b", "1 2", "'a' 1", "1 'a'", "x.y.", "a <> b", "a => b", "a =< b", "a ! b", "a !b", "a && b", "a || b", "a ++", "++", "a -> b", "a := b", "(a b c)", "print(a b)", "a, b c", "foo(a, b for b in c)", "None.x = 1" , "a == b == ", "x = {'a': 1 'b': 2}", "x = [1 2]", "x = (1 2)", "x = {1 2}", "x = {'a' 1}", "f(a, 'b' c)", "await", "yield = 1", "a = yield b = 1", "return = 1", "await x = 1", "x for x in y", "**x", "a if b else c d", "1.real", "1 .real", "1..real", "1if 1 else 2", "class = 1", "f(class=1)", "a.class", "x = lambda: yield", "if True == : pass", "not = 1", "1 + not 2", "- not 1", "a not in", "[1,2,3][1,2", "\"a\" b \"c\"") # -> 'a if b': expected 'else' after 'if' expression 1:1-1:7
# -> 'a if b else': invalid syntax 1:12-1:13
# -> 'a +': invalid syntax 1:4-1:5
# -> 'a + * b': invalid syntax 1:5-1:6
# -> 'a ** ': invalid syntax 1:6-1:7
# -> 'not': invalid syntax 1:4-1:5
# -> 'a not b': invalid syntax 1:7-1:8
# -> 'a is': invalid syntax 1:5-1:6
# -> 'a not': invalid syntax 1:6-1:7
# -> 'a in': invalid syntax 1:5-1:6
# -> '(a, b': '(' was never closed 1:1-1:0
# -> '[a b]': invalid syntax. Perhaps you forgot a comma? 1:2-1:5
# -> '[a, b c]': invalid syntax. Perhaps you forgot a comma? 1:5-1:8
# -> '{a b}': invalid syntax. Perhaps you forgot a comma? 1:2-1:5
# -> '{a: b c: d}': invalid syntax. Perhaps you forgot a comma? 1:5-1:8
# -> '{a: b, c}': ':' expected after dictionary key 1:8-1:0
# -> '{a, b: c}': invalid syntax 1:6-1:7
# -> '{a:}': expression expected after dictionary key and ':' 1:3-1:4
# -> '{**a, b}': ':' expected after dictionary key 1:7-1:0
# -> '{a, **b}': invalid syntax 1:5-1:7
# -> '{*a: 1}': invalid syntax 1:4-1:5
# -> '{a: *b}': cannot use a starred expression in a dictionary value 1:5-1:7
# -> '[a for b in]': invalid syntax 1:12-1:13
# -> '[a for b c]': 'in' expected after for-loop variables 1:10-1:11
# -> '[for x in y]': invalid syntax 1:2-1:5
# -> '[*a for a in b]': iterable unpacking cannot be used in comprehension 1:2-1:4
# -> '{**a for a in b}': dict unpacking cannot be used in dict comprehension 1:2-1:4
# -> '{a: b for a in c, d}': invalid syntax 1:17-1:18
# -> '[a, b for a in c]': did you forget parentheses around the comprehension target? 1:2-1:6
# -> '(a, b for a in c)': invalid syntax 1:7-1:10
# -> '[a for a in b, c]': invalid syntax 1:14-1:15
# -> 'a[': '[' was never closed 1:2-1:0
# -> 'a[]': invalid syntax 1:3-1:4
# -> 'a[1:2:3:4]': invalid syntax 1:8-1:9
# -> 'a[,]': invalid syntax 1:3-1:4
# -> 'a.': invalid syntax 1:3-1:4
# -> 'a.1': invalid syntax 1:2-1:4
# -> 'a..b': invalid syntax 1:3-1:4
# -> 'a.b c': invalid syntax 1:5-1:6
# -> 'a b': invalid syntax 1:3-1:4
# -> '1 2': invalid syntax 1:3-1:4
# -> "'a' 1": invalid syntax 1:5-1:6
# -> "1 'a'": invalid syntax 1:3-1:6
# -> 'x.y.': invalid syntax 1:5-1:6
# -> 'a <> b': invalid syntax 1:3-1:5
# -> 'a => b': invalid syntax 1:4-1:5
# -> 'a =< b': invalid syntax 1:4-1:5
# -> 'a ! b': invalid syntax 1:3-1:4
# -> 'a !b': invalid syntax 1:3-1:4
# -> 'a && b': invalid syntax 1:4-1:5
# -> 'a || b': invalid syntax 1:4-1:5
# -> 'a ++': invalid syntax 1:5-1:6
# -> '++': invalid syntax 1:3-1:4
# -> 'a -> b': invalid syntax 1:3-1:5
# -> 'a := b': invalid syntax 1:3-1:5
# -> '(a b c)': invalid syntax. Perhaps you forgot a comma? 1:2-1:5
# -> 'print(a b)': invalid syntax. Perhaps you forgot a comma? 1:7-1:10
# -> 'a, b c': invalid syntax 1:6-1:7
# -> 'foo(a, b for b in c)': Generator expression must be parenthesized 1:8-1:20
# -> ok 'None.x = 1'
# -> 'a == b == ': invalid syntax 1:11-1:12
# -> "x = {'a': 1 'b': 2}": invalid syntax. Perhaps you forgot a comma? 1:11-1:16
# -> 'x = [1 2]': invalid syntax. Perhaps you forgot a comma? 1:6-1:9
# -> 'x = (1 2)': invalid syntax. Perhaps you forgot a comma? 1:6-1:9
# -> 'x = {1 2}': invalid syntax. Perhaps you forgot a comma? 1:6-1:9
# -> "x = {'a' 1}": invalid syntax. Perhaps you forgot a comma? 1:6-1:11
# -> "f(a, 'b' c)": invalid syntax. Perhaps you forgot a comma? 1:6-1:11
# -> 'await': invalid syntax 1:6-1:7
# -> 'yield = 1': assignment to yield expression not possible 1:1-1:6
# -> 'a = yield b = 1': assignment to yield expression not possible 1:5-1:12
# -> 'return = 1': invalid syntax 1:8-1:9
# -> 'await x = 1': cannot assign to await expression here. Maybe you meant '==' instead of '='? 1:1-1:8
# -> 'x for x in y': invalid syntax 1:3-1:6
# -> '**x': invalid syntax 1:1-1:3
# -> 'a if b else c d': invalid syntax 1:15-1:16
# -> '1.real': invalid decimal literal 1:2-1:2
# -> ok '1 .real'
# -> ok '1..real'
# -> ok '1if 1 else 2'
# -> 'class = 1': invalid syntax 1:7-1:8
# -> 'f(class=1)': invalid syntax 1:3-1:8
# -> 'a.class': invalid syntax 1:3-1:8
# -> 'x = lambda: yield': invalid syntax 1:13-1:18
# -> 'if True == : pass': invalid syntax 1:12-1:13
# -> 'not = 1': invalid syntax 1:5-1:6
# -> '1 + not 2': 'not' after an operator must be parenthesized 1:5-1:10
# -> '- not 1': 'not' after an operator must be parenthesized 1:3-1:8
# -> 'a not in': invalid syntax 1:9-1:10
# -> '[1,2,3][1,2': '[' was never closed 1:8-1:0
# -> '"a" b "c"': invalid syntax 1:5-1:6
