# What the built-in exceptions carry.
def show(e): print(type(e).__name__, e.args, str(e), repr(e))
for e in (Exception(), Exception(1), Exception("a", 2), KeyError("k"), KeyError(), KeyError(1, 2), OSError(2, "No such"), OSError(2, "No such", "f.txt"), OSError(2, "m", "a", None, "b"), OSError("just"), SystemExit(3), SystemExit(), StopIteration(5), UnicodeDecodeError("utf-8", b"ab\xff", 2, 3, "why"), UnicodeEncodeError("ascii", "é", 0, 1, "why"), SyntaxError("msg"), SyntaxError("msg", ("f", 1, 2, "text")), ImportError("i", name="n", path="p"), NameError("n", name="x"), AttributeError("a", name="b", obj=1), ModuleNotFoundError("m")): show(e) # -> Exception ()  Exception()
# -> Exception (1,) 1 Exception(1)
# -> Exception ('a', 2) ('a', 2) Exception('a', 2)
# -> KeyError ('k',) 'k' KeyError('k')
# -> KeyError ()  KeyError()
# -> KeyError (1, 2) (1, 2) KeyError(1, 2)
# -> FileNotFoundError (2, 'No such') [Errno 2] No such FileNotFoundError(2, 'No such')
# -> FileNotFoundError (2, 'No such') [Errno 2] No such: 'f.txt' FileNotFoundError(2, 'No such')
# -> FileNotFoundError (2, 'm') [Errno 2] m: 'a' -> 'b' FileNotFoundError(2, 'm')
# -> OSError ('just',) just OSError('just')
# -> SystemExit (3,) 3 SystemExit(3)
# -> SystemExit ()  SystemExit()
# -> StopIteration (5,) 5 StopIteration(5)
# -> UnicodeDecodeError ('utf-8', b'ab\xff', 2, 3, 'why') 'utf-8' codec can't decode byte 0xff in position 2: why UnicodeDecodeError('utf-8', b'ab\xff', 2, 3, 'why')
# -> UnicodeEncodeError ('ascii', 'é', 0, 1, 'why') 'ascii' codec can't encode character '\xe9' in position 0: why UnicodeEncodeError('ascii', 'é', 0, 1, 'why')
# -> SyntaxError ('msg',) msg SyntaxError('msg')
# -> SyntaxError ('msg', ('f', 1, 2, 'text')) msg (f, line 1) SyntaxError('msg', ('f', 1, 2, 'text'))
# -> ImportError ('i',) i ImportError('i')
# -> NameError ('n',) n NameError('n')
# -> AttributeError ('a',) a AttributeError('a')
# -> ModuleNotFoundError ('m',) m ModuleNotFoundError('m')
print(type(OSError(2, "x")).__name__, type(OSError(13, "x")).__name__, type(OSError(17, "x")).__name__, type(OSError(32, "x")).__name__, type(OSError(4, "x")).__name__, type(OSError(110, "x")).__name__, type(OSError(9999, "x")).__name__) # -> FileNotFoundError PermissionError FileExistsError BrokenPipeError InterruptedError TimeoutError OSError
o = OSError(2, "No such", "f.txt")
print(o.errno, o.strerror, o.filename, o.filename2, IOError is OSError, EnvironmentError is OSError) # -> 2 No such f.txt None True True
print(SystemExit(3).code, SystemExit(1, 2).code, StopIteration(5).value, StopIteration().value, SyntaxError("m", ("f", 1, 2, "t")).lineno, ImportError("x", name="n").name) # -> 3 (1, 2) 5 None 1 n
ImportError("x", foo=1)   # raises TypeError: ImportError() got an unexpected keyword argument 'foo'
NameError(nme="x")        # raises TypeError: NameError() got an unexpected keyword argument 'nme'. Did you mean 'name'?
UnicodeDecodeError("utf-8") # raises TypeError: function takes exactly 5 arguments (1 given)
ValueError(x=1)           # raises TypeError: ValueError() takes no keyword arguments
SyntaxError("m", (1, 2))  # raises TypeError: function takes at least 4 arguments (2 given)
print(issubclass(FileNotFoundError, OSError), issubclass(RecursionError, RuntimeError), issubclass(ModuleNotFoundError, ImportError), issubclass(IndentationError, SyntaxError), issubclass(NotADirectoryError, OSError), issubclass(BrokenPipeError, ConnectionError), issubclass(UnboundLocalError, NameError), issubclass(KeyboardInterrupt, Exception), issubclass(PythonFinalizationError, RuntimeError), issubclass(EncodingWarning, Warning)) # -> True True True True True True True False True True
class My(ValueError):
    def __init__(self, a, b): super().__init__(a); self.b = b
    def __str__(self): return f"My<{self.b}>"
show(My(1, 2))            # -> My (1,) My<2> My(1)
raise My(1, 2)            # raises My: My<2>
def leaf(): undefined_variable
try: leaf()
except NameError as e: print(e.name)
# -> undefined_variable
try: (5).nope
except AttributeError as e: print(e.name, e.obj)
# -> nope 5
try: import nope_module
except ImportError as e: print(e.name, e.path, e.msg)
# -> nope_module None No module named 'nope_module'
try: from os import nope_name
except ImportError as e: print(e.name, e.msg.split(" (")[0])
# -> os cannot import name 'nope_name' from 'os'
