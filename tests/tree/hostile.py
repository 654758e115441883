# Exceptions that fail when they are asked, lie, change themselves or write to the terminal.
class NoStr(Exception):
    def __str__(self):
        raise RuntimeError("no")

class NotText(Exception):
    def __str__(self):
        return 42

class Exit(Exception):
    def __str__(self):
        raise SystemExit(3)

class Changes(Exception):
    def __str__(self):
        self.args = ()
        self.__traceback__ = self.__cause__ = self.__context__ = None
        return "changed"

class BadNotes(Exception):
    @property
    def __notes__(self):
        raise ZeroDivisionError

class Meta(type):
    @property
    def __module__(cls):
        raise KeyError("m")

class Odd(Exception, metaclass=Meta):
    pass

class Huge(Exception):
    def __str__(self):
        return "x" * 1_000_000

class Repr:
    def __repr__(self):
        raise ValueError
    __str__ = __repr__

shown = ValueError("shown")
shown.add_note("n")
shown.__notes__.append(Repr())
errors = [NoStr("a"), NotText("b"), Exit(), Changes(1, 2), BadNotes("n"), Odd("odd"), Huge(), ValueError(Repr()), ValueError(Repr(), 1), shown,
          ValueError("\x1b[31mred\x07\r\x00 \ud800 \u202e done")]
raise ExceptionGroup("hostile", errors)
