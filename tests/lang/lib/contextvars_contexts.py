# Contexts are immutable maps behind a mutable front; a variable reads the current one.
import contextvars, weakref
from contextvars import Context, ContextVar, Token, copy_context

v = ContextVar("v")
w = ContextVar("w", default=3)
try: v.get()
except LookupError as e: print(e.args[0] is v)      # -> True
print(v.get(5), w.get(), w.get(6))                  # -> 5 3 6
c = Context()
print(len(c), list(c), c == Context(), v in c)      # -> 0 [] True False

def change():
    token = v.set(1)
    w.set(9)
    return token

token = c.run(change)
print(c[v], c[w], len(c), sorted(x.name for x in c))        # -> 1 9 2 ['v', 'w']
print(sorted(c.values()), sorted(value for _, value in c.items()), len(c.keys()))   # -> [1, 9] [1, 9] 2
print(v.get("outside"))                             # -> outside
print(token.var is v, token.old_value is Token.MISSING, Token.MISSING)  # -> True True <Token.MISSING>

# copy() is another context with the same values.
d = c.copy()
print(d == c, d is c, d != c, c == 1)               # -> True False False False
d.run(v.set, 2)
print(d == c, c[v], d[v])                           # -> False 1 2
print(weakref.ref(c)() is c)                        # -> True

# A token undoes its own set(), once, in its own context.
def undo():
    t = v.set(10)
    u = v.set(11)
    v.reset(u)
    print(v.get())
    v.reset(t)
    print(v.get("gone"))
    return u
used = Context().run(undo)                          # -> 10
# -> gone
def shown(f, *args):
    import re
    try: f(*args)
    except Exception as e: print(type(e).__name__, re.sub("0x[0-9a-f]+", "0x", str(e)))
shown(v.reset, used)            # -> RuntimeError <Token used var=<ContextVar name='v' at 0x> at 0x> has already been used once
shown(v.reset, token)           # -> ValueError <Token var=<ContextVar name='v' at 0x> at 0x> was created in a different Context
shown(w.reset, token)           # -> ValueError <Token var=<ContextVar name='v' at 0x> at 0x> was created by a different ContextVar
shown(v.reset, 1)               # -> TypeError expected an instance of Token, got 1
shown(c.run, c.run, print)      # -> RuntimeError cannot enter context: <_contextvars.Context object at 0x> is already entered
shown(c.run)                    # -> TypeError run() missing 1 required positional argument
shown(c.get, "v")               # -> TypeError a ContextVar key was expected, got 'v'
shown(c.__getitem__, ContextVar("x"))   # -> KeyError <ContextVar name='x' at 0x>
shown(hash, c)                  # -> TypeError unhashable type: '_contextvars.Context'
shown(Token)                    # -> RuntimeError Tokens can only be created by ContextVars
shown(Context, 1)               # -> TypeError Context() does not accept any arguments
shown(ContextVar)               # -> TypeError ContextVar() takes exactly 1 positional argument (0 given)
shown(ContextVar, 1)            # -> TypeError context variable name must be a str
shown(lambda: ContextVar("a", b=1))     # -> TypeError ContextVar() got an unexpected keyword argument 'b'
shown(setattr, v, "name", "n")  # -> AttributeError readonly attribute
shown(lambda: type("T", (Context,), {}))        # -> TypeError type '_contextvars.Context' is not an acceptable base type

# An exception leaves the context as well.
def fail():
    v.set("in")
    1 / 0
shown(c.run, fail)              # -> ZeroDivisionError division by zero
print(c[v], v.get("out"))       # -> in out
print(c.run(lambda *a, **k: (a, k), 1, x=2))        # -> ((1,), {'x': 2})
