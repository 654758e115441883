# SyntaxError carries the line's text; file name and print form follow.
for s in ("x = (1,\ny = 2\nz = $", "def f():\n    return 1 +\n", "a = 'x\n", "if 1:\n  é = 1 1", "\n\n  x"):
    try: compile(s, "file.py", "exec")
    except SyntaxError as e: print(type(e).__name__, e.filename, e.lineno, e.offset, repr(e.text), e.end_lineno, e.end_offset, e.args[0], str(e), e.print_file_and_line)
# -> SyntaxError file.py 1 5 'x = (1,' 1 0 '(' was never closed '(' was never closed (file.py, line 1) None
# -> SyntaxError file.py 2 15 '    return 1 +\n' 2 16 invalid syntax invalid syntax (file.py, line 2) None
# -> SyntaxError file.py 1 5 "a = 'x" 1 5 unterminated string literal (detected at line 1) unterminated string literal (detected at line 1) (file.py, line 1) None
# -> SyntaxError file.py 2 9 '  é = 1 1\n' 2 10 invalid syntax invalid syntax (file.py, line 2) None
# -> IndentationError file.py 3 2 '  x\n' 3 -1 unexpected indent unexpected indent (file.py, line 3) None
try: eval("1 +")
except SyntaxError as e: print(e.filename, e.lineno, e.offset, repr(e.text), e)
# -> <string> 1 0 '1 +' invalid syntax (<string>, line 1)
try: exec("é = 漢 字")
except SyntaxError as e: print(e.filename, e.lineno, e.offset, repr(e.text), e.end_offset)
# -> <string> 1 7 'é = 漢 字\n' 8
import traceback
for s in ("foo(1, 2", "x = = 1", "  bad", "print 'a'", "a\n  b", "x = 1 if 2", "class A\n  pass", "'abc", "f'{a b}'", "x = [1,\n 2\n 3]", "def f(a=1, b): pass"):
    try: compile(s, "<s>", "exec")
    except SyntaxError as e: print("".join(traceback.format_exception_only(e)), end="")
# ->   File "<s>", line 1
# ->     foo(1, 2
# ->        ^
# -> SyntaxError: '(' was never closed
# ->   File "<s>", line 1
# ->     x = = 1
# ->         ^
# -> SyntaxError: invalid syntax
# ->   File "<s>", line 1
# ->     bad
# -> IndentationError: unexpected indent
# ->   File "<s>", line 1
# ->     print 'a'
# ->     ^^^^^^^^^
# -> SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?
# ->   File "<s>", line 2
# ->     b
# -> IndentationError: unexpected indent
# ->   File "<s>", line 1
# ->     x = 1 if 2
# ->         ^^^^^^
# -> SyntaxError: expected 'else' after 'if' expression
# ->   File "<s>", line 1
# ->     class A
# ->            ^
# -> SyntaxError: expected ':'
# ->   File "<s>", line 1
# ->     'abc
# ->     ^
# -> SyntaxError: unterminated string literal (detected at line 1)
# ->   File "<s>", line 1
# ->     f'{a b}'
# ->        ^^^
# -> SyntaxError: invalid syntax. Perhaps you forgot a comma?
# ->   File "<s>", line 2
# ->     2
# ->     ^
# -> SyntaxError: invalid syntax. Perhaps you forgot a comma?
# ->   File "<s>", line 1
# ->     def f(a=1, b): pass
# ->                ^
# -> SyntaxError: parameter without a default follows parameter with a default
try: compile("x = 1\n" * 3 + "y = (\n", "big.py", "exec")
except SyntaxError as e: print(e, e.args)
# -> '(' was never closed (big.py, line 4) ("'(' was never closed", ('big.py', 4, 5, 'y = (\n', 4, 0))
compile(b"# coding: latin-1\nx = '\xe9'", "f", "exec")
compile("(" * 300, "f", "exec") # raises SyntaxError: too many nested parentheses (f, line 1)
compile("((" * 50 + "1" + "))" * 50, "f", "eval")
print(eval("(" * 100 + "1" + ")" * 100), eval("[" * 50 + "]" * 50) != []) # -> 1 True
