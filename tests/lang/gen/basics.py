# Generators: next, send, throw, close, return values.
def g():
    x = yield 1
    print("got", x)
    try:
        y = yield 2
    except ValueError as e:
        print("caught", e)
        y = yield "after throw"
    print("y", y)
    return "done"
i = g()
print(next(i), i.send("s"), i.throw(ValueError("v"))) # -> got s
# -> caught v
# -> 1 2 after throw
# -> y None
i.send(None)              # raises StopIteration: done
next(i)                   # raises StopIteration
i = g()
i.send(1)                 # raises TypeError: can't send non-None value to a just-started generator
print(next(i), i.gi_frame is not None, i.gi_running, i.gi_code.co_name, i.__name__, i.gi_yieldfrom) # -> 1 True False g g None
i.throw(KeyError("k"))    # raises KeyError: 'k'
print(list(i), i.gi_frame) # -> [] None
def c():
    try: yield 1
    finally: print("cleanup")
i = c()
print(next(i), i.close(), i.close()) # -> cleanup
# -> 1 None None
def stubborn():
    while True:
        try: yield 1
        except GeneratorExit:
            if again: again.pop()
            else: raise
again = [1]
i = stubborn()
next(i)
i.close()                 # raises RuntimeError: generator ignored GeneratorExit
def ret():
    try: yield 1
    except GeneratorExit: return "closed value"
i = ret()
next(i)
print(i.close())          # -> closed value
def stop():
    yield 1
    raise StopIteration("inside")
list(stop())              # raises RuntimeError: generator raised StopIteration
def reenter():
    yield next(me)
me = reenter()
next(me)                  # raises ValueError: generator already executing
print(list(x for x in range(3)), sum(x * x for x in range(4)), max((y for y in "hello")), tuple(x for x in () or "ab")) # -> [0, 1, 2] 14 o ('a', 'b')
print(type(g()).__name__, repr(g()).startswith("<generator object g at 0x"), iter(i) is i) # -> generator True True
i.nope                    # raises AttributeError: 'generator' object has no attribute 'nope'
g().throw(5)              # raises TypeError: exceptions must be classes or instances deriving from BaseException, not int
g().throw(ValueError, "old style", None) if 0 else g().throw(TypeError("not started")) # raises TypeError: not started
