# Indentation.
import warnings
warnings.simplefilter("ignore")
def check(*sources):
    for s in sources:
        try: compile(s, "s", "exec"); print("ok", repr(s))
        except SyntaxError as e: print(f"{s!r}: {type(e).__name__} {e.msg} {e.lineno}:{e.offset}-{e.end_lineno}:{e.end_offset}")
check(" x", "if 1:\nx", "if 1:\n  x\n y", "if 1:\n\tx\n        y", "if 1:\n        x\n\ty", "def f():\nx", "class A:\nx", "for a in b:\nx", "while 1:\nx", "try:\nx", "try:\n x\nexcept:\ny", "try:\n x\nfinally:\ny", "with a:\nx", "with a as b:\nx", "if 1:\n x\nelse:\ny", "if 1:\n x\nelif 2:\ny", "for a in b:\n x\nelse:\ny", "while 1:\n x\nelse:\ny", "match x:\n case 1:\n y", "match x:\ncase 1:\n  y", "try:\n x\nexcept A:\ny", "try:\n x\nexcept* A:\ny", "async def f():\nx", "def f(): x\n  y", "x\n  y", "if 1: x\n  y", "if 1:", "def f():", "class A:", "try:", "lambda:", "with a:", "match x:", "match x:\n case 1:", "if 1:\n  x\n    y", "def f():\n    x\n  y\n", "if True:\n    x = 1\n   y = 2", "\tx = 1", "if 1:\n \t x\n\t y") # -> ' x': IndentationError unexpected indent 1:1-1:-1
# -> 'if 1:\nx': IndentationError expected an indented block after 'if' statement on line 1 2:1-2:2
# -> 'if 1:\n  x\n y': IndentationError unindent does not match any outer indentation level 3:3-3:-1
# -> 'if 1:\n\tx\n        y': TabError inconsistent use of tabs and spaces in indentation 3:1-3:0
# -> 'if 1:\n        x\n\ty': TabError inconsistent use of tabs and spaces in indentation 3:1-3:0
# -> 'def f():\nx': IndentationError expected an indented block after function definition on line 1 2:1-2:2
# -> 'class A:\nx': IndentationError expected an indented block after class definition on line 1 2:1-2:2
# -> 'for a in b:\nx': IndentationError expected an indented block after 'for' statement on line 1 2:1-2:2
# -> 'while 1:\nx': IndentationError expected an indented block after 'while' statement on line 1 2:1-2:2
# -> 'try:\nx': IndentationError expected an indented block after 'try' statement on line 1 2:1-2:2
# -> 'try:\n x\nexcept:\ny': IndentationError expected an indented block after 'except' statement on line 3 4:1-4:2
# -> 'try:\n x\nfinally:\ny': IndentationError expected an indented block after 'finally' statement on line 3 4:1-4:2
# -> 'with a:\nx': IndentationError expected an indented block after 'with' statement on line 1 2:1-2:2
# -> 'with a as b:\nx': IndentationError expected an indented block after 'with' statement on line 1 2:1-2:2
# -> 'if 1:\n x\nelse:\ny': IndentationError expected an indented block after 'else' statement on line 3 4:1-4:2
# -> 'if 1:\n x\nelif 2:\ny': IndentationError expected an indented block after 'elif' statement on line 3 4:1-4:2
# -> 'for a in b:\n x\nelse:\ny': IndentationError expected an indented block after 'else' statement on line 3 4:1-4:2
# -> 'while 1:\n x\nelse:\ny': IndentationError expected an indented block after 'else' statement on line 3 4:1-4:2
# -> 'match x:\n case 1:\n y': IndentationError expected an indented block after 'case' statement on line 2 3:2-3:3
# -> 'match x:\ncase 1:\n  y': IndentationError expected an indented block after 'match' statement on line 1 2:1-2:5
# -> 'try:\n x\nexcept A:\ny': IndentationError expected an indented block after 'except' statement on line 3 4:1-4:2
# -> 'try:\n x\nexcept* A:\ny': IndentationError expected an indented block after 'except*' statement on line 3 4:1-4:2
# -> 'async def f():\nx': IndentationError expected an indented block after function definition on line 1 2:1-2:2
# -> 'def f(): x\n  y': IndentationError unexpected indent 2:2-2:-1
# -> 'x\n  y': IndentationError unexpected indent 2:2-2:-1
# -> 'if 1: x\n  y': IndentationError unexpected indent 2:2-2:-1
# -> 'if 1:': IndentationError expected an indented block after 'if' statement on line 1 1:6-1:-1
# -> 'def f():': IndentationError expected an indented block after function definition on line 1 1:9-1:-1
# -> 'class A:': IndentationError expected an indented block after class definition on line 1 1:9-1:-1
# -> 'try:': IndentationError expected an indented block after 'try' statement on line 1 1:5-1:-1
# -> 'lambda:': SyntaxError invalid syntax 1:8-1:9
# -> 'with a:': IndentationError expected an indented block after 'with' statement on line 1 1:8-1:-1
# -> 'match x:': IndentationError expected an indented block after 'match' statement on line 1 1:9-1:-1
# -> 'match x:\n case 1:': IndentationError expected an indented block after 'case' statement on line 2 2:9-2:-1
# -> 'if 1:\n  x\n    y': IndentationError unexpected indent 3:4-3:-1
# -> 'def f():\n    x\n  y\n': IndentationError unindent does not match any outer indentation level 3:4-3:-1
# -> 'if True:\n    x = 1\n   y = 2': IndentationError unindent does not match any outer indentation level 3:9-3:-1
# -> '\tx = 1': IndentationError unexpected indent 1:1-1:-1
# -> 'if 1:\n \t x\n\t y': TabError inconsistent use of tabs and spaces in indentation 3:1-3:0
check("if 1:\n  pass\n   \n  # c\n\n  x", "x = (\n1,\n  2)", "if 1:\n\n\n    x\n", "def f():\n  '''doc\n no indent'''\n  x") # -> ok 'if 1:\n  pass\n   \n  # c\n\n  x'
# -> ok 'x = (\n1,\n  2)'
# -> ok 'if 1:\n\n\n    x\n'
# -> ok "def f():\n  '''doc\n no indent'''\n  x"
