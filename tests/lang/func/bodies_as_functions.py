# The code of a module or a class may be made a function: called, it works on its globals.  (Its register for the namespace held
# whatever the last frame had left there.)
import types
def call(code, *args):
    g = {}
    types.FunctionType(code, g)(*args)
    return {k: v for k, v in g.items() if k[0] != "_"}
print(call(compile("x = 1\ny = x + 1", "m", "exec"))) # -> {'x': 1, 'y': 2}
def holder():
    class C:
        a = 1
        b = a + 1
body = next(k for k in holder.__code__.co_consts if hasattr(k, "co_name"))
print(call(body))         # -> {'a': 1, 'b': 2}
call(compile("x = 1", "m", "exec"), 1) # raises TypeError: <module>() takes 0 positional arguments but 1 was given
call(body, 1, 2)          # raises TypeError: holder.<locals>.C() takes 0 positional arguments but 2 were given

# A lookup that ends in StopIteration is an error like others, whatever the method call's cache held before.
class Stops:
    def __getattr__(self, name): raise StopIteration(name)
def append(o): o.append(1)
for o in [1], bytearray(b"x"), [2]: append(o)
append(Stops())           # raises StopIteration: append

# Loops whose test is no bool can be interrupted.
import _thread
def spin(x):
    _thread.interrupt_main()
    while x: pass
spin([1])                 # raises KeyboardInterrupt
