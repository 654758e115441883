# Decorators run from the bottom up, their expressions from the top down.
def tag(name):
    print("make", name)
    def deco(f):
        print("apply", name, f.__name__)
        def wrapper(*a): return f"<{name}>{f(*a)}"
        wrapper.__name__ = f.__name__
        return wrapper
    return deco
@tag("a")
@tag("b")
def hello(who): return "hi " + who
# -> make a
# -> make b
# -> apply b hello
# -> apply a hello
print(hello("x"))         # -> <a><b>hi x
@(lambda c: c.__name__)
class Name: pass
print(Name)               # -> Name
@[lambda f: f.__name__][0]
def gone(): return 1
print(gone)               # -> gone
table = {"k": staticmethod}
@table["k"]
def st(): return 5
print(st())               # -> 5
def late():
    @5
    def bad(): pass
late()                    # raises TypeError: 'int' object is not callable
