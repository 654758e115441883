# Code from text.
print(eval("1 + 2"), eval("x * 2", {"x": 4}), eval("a + b", {"a": 1}, {"b": 2}), eval(" 5 "), eval("[i for i in range(3)]"), eval(compile("7", "f", "eval"))) # -> 3 8 3 5 [0, 1, 2] 7
ns = {}
exec("x = 1\ndef f(): return x + 1\ny = f()", ns)
print(ns["x"], ns["y"], "__builtins__" in ns, exec("pass")) # -> 1 2 True None
exec("z = 5")
print(z)                  # -> 5
def f():
    q = 1
    exec("q = 2; w = 3")
    return q, eval("q")
print(f())                # -> (1, 1)
eval("1 +")               # raises SyntaxError: invalid syntax (<string>, line 1)
eval("x = 1")             # raises SyntaxError: invalid syntax (<string>, line 1)
eval("")                  # raises SyntaxError: invalid syntax (<string>, line 0)
eval("undefined_q")       # raises NameError: name 'undefined_q' is not defined
eval(5)                   # raises TypeError: eval() arg 1 must be a string, bytes or code object
exec("raise ValueError('from exec')") # raises ValueError: from exec
exec(5)                   # raises TypeError: exec() arg 1 must be a string, bytes or code object
exec("x = (")             # raises SyntaxError: '(' was never closed (<string>, line 1)
compile("x", "f", "bad")  # raises ValueError: compile() mode must be 'exec', 'eval' or 'single'
compile("a\0b", "f", "exec") # raises SyntaxError: source code string cannot contain null bytes
eval("1\n2")              # raises SyntaxError: invalid syntax (<string>, line 2)
c = compile("a = 1; b = a + 1", "file.py", "exec")
exec(c, ns)
print(ns["b"], c.co_filename, c.co_name, type(c).__name__, c.co_consts[:1] is not None) # -> 2 file.py <module> code True
exec(compile("1 + 1\nNone\n'shown'", "f", "single")) if 0 else exec(compile("1 + 1", "f", "single")) # -> 2
exec(compile("x: int = 5\nprint(x, __annotations__)", "f", "exec"), {}) # -> 5 {'x': <class 'int'>}
exec("print(a, b)", {"a": 1}, {"b": 2}) # -> 1 2
class M(dict):
    def __missing__(self, k): return f"<{k}>"
exec("print(anything, len([1]))" if 0 else "print(anything)", {"print": print}, M(print=print)) # -> <anything>
print(eval("__name__"), eval("lambda: 5")(), eval("(yield_ := 3)"), eval("locals() is not None")) # -> __main__ 5 3 True
exec("def g(): pass\nclass H: pass", ns)
print(ns["g"].__module__ if "__name__" in ns else "builtins", ns["H"].__module__) # -> builtins builtins
eval("len(5)", {"__builtins__": {}}) # raises NameError: name 'len' is not defined
print(eval("x", {"__builtins__": {"x": 9}}), eval(b"1+1"), eval(bytearray(b"2"))) # -> 9 2 2
exec("import math; print(math.floor(2.5))", {}) # -> 2
