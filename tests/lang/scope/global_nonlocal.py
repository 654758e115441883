# global and nonlocal, and what they bind.
x = 1
def f():
    global x, fresh
    x += 1
    fresh = "made"
f()
print(x, fresh)           # -> 2 made
def g():
    x = "local"
    def h():
        global x
        x = "changed"
        return x
    return h(), x
print(g(), x)             # -> ('changed', 'local') changed
def outer():
    a = b = 0
    def mid():
        nonlocal a
        a += 1
        def inner():
            nonlocal a, b
            a += 10
            b = "b"
        inner()
    mid()
    return a, b
print(outer())            # -> (11, 'b')
class C:
    global in_class
    in_class = 5
    y = x
    def m(self): return in_class
print(C().m(), hasattr(C, "in_class"), C.y) # -> 5 False changed
def cls():
    v = "outer"
    class D:
        nonlocal v
        v = "from class"
    return v, hasattr(D, "v")
print(cls())              # -> ('from class', False)
for bad in ("def f():\n x=1\n global x", "nonlocal x", "def f():\n nonlocal q", "def f(a):\n global a", "def f(a):\n nonlocal a", "global x\nnonlocal x", "def f():\n print(y)\n global y", "class A:\n def f(self):\n  nonlocal A", "def f():\n x: int\n global x", "def f():\n global __class__; nonlocal __class__"):
    try: compile(bad, "s", "exec"); print("compiled")
    except SyntaxError as e: print(e.msg, e.lineno, e.offset)
# -> name 'x' is assigned to before global declaration 3 2
# -> nonlocal declaration not allowed at module level 1 1
# -> no binding for nonlocal 'q' found 2 2
# -> name 'a' is parameter and global 2 2
# -> name 'a' is parameter and nonlocal 2 2
# -> name 'x' is nonlocal and global 1 1
# -> name 'y' is used prior to global declaration 3 2
# -> no binding for nonlocal 'A' found 3 3
# -> annotated name 'x' can't be global 3 2
# -> name '__class__' is nonlocal and global 2 2
print(__name__, "x" in globals(), globals()["x"], sorted(k for k in (lambda q, w=1: locals())(5))) # -> __main__ True changed ['q', 'w']
def loc():
    a = 1
    d = locals()
    d["a"] = 2
    b = 3
    return a, d is locals(), sorted(locals())
print(loc())              # -> (1, False, ['a', 'b', 'd'])
del x
print(x)                  # raises NameError: name 'x' is not defined
def delnl():
    z = 1
    def i():
        nonlocal z
        del z
    i()
    return z
delnl()                   # raises UnboundLocalError: cannot access local variable 'z' where it is not associated with a value
