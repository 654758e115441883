# yield from delegates values, sends, throws and the return value.
def inner():
    got = yield 1
    print("inner got", got)
    try: yield 2
    except KeyError as e: print("inner caught", e); yield 3
    return "inner result"
def outer():
    r = yield from inner()
    print("result", r)
    yield from [10, 20]
    yield from "ab"
    return "outer result"
o = outer()
print(next(o), o.gi_yieldfrom.__name__, o.send("S"), o.throw(KeyError("K")), next(o), list(o)) # -> inner got S
# -> inner caught 'K'
# -> result inner result
# -> 1 inner 2 3 10 [20, 'a', 'b']
def catch():
    try: yield from outer()
    except ValueError as e: yield f"caught {e}"
c = catch()
next(c)
print(c.throw(ValueError("thru")), list(c)) # -> caught thru []
def bad(): yield from 5
list(bad())               # raises TypeError: 'int' object is not iterable
def chain(n):
    if n: yield from chain(n - 1)
    yield n
print(list(chain(5)), sum(chain(100))) # -> [0, 1, 2, 3, 4, 5] 5050
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration("it result")
        return self.n
    def send(self, v): print("sent", v); return v
    def throw(self, e): print("thrown", type(e).__name__); return "T"
    def close(self): print("closed")
def d(): return (yield from It())
i = d()
print(next(i), i.send(5), i.throw(ValueError()), next(i)) # -> sent 5
# -> thrown ValueError
# -> 1 5 T 2
next(i)                   # raises StopIteration: it result
i = d()
next(i)
i.close()                 # -> closed
def nosend(): yield from iter([1, 2])
i = nosend()
next(i)
i.send(5)                 # raises AttributeError: 'list_iterator' object has no attribute 'send'
def value():
    x = yield from (i for i in range(2))
    yield ("x", x)
print(list(value()))      # -> [0, 1, ('x', None)]
def deepclose():
    try: yield from closing()
    finally: print("outer closed")
def closing():
    try: yield 1
    finally: print("inner closed")
i = deepclose()
next(i)
i.close()                 # -> inner closed
# -> outer closed
