"""The Python half of a session at a prompt: completion, what values look like, the commands behind a colon.

The other half, the line editor, calls a Session: complete(before, text), command(text), failed(exc).
"""

import builtins
import keyword
import sys

_STATIC_TYPES = (type, type(sys))
_COMMANDS = ("dis", "doc", "help", "load", "quit", "reset", "save", "tasks", "tb", "time")


# ---- completion: nothing of the program runs ----

def _static(obj, name, missing):
    """The attribute as it is stored; properties and __getattr__ are not asked."""
    for cls in type.__dict__["__mro__"].__get__(obj) if isinstance(obj, type) else ():
        if name in cls.__dict__:
            return cls.__dict__[name]
    try:
        own = object.__getattribute__(obj, "__dict__")
    except AttributeError:
        own = {}
    if isinstance(own, dict) and name in own:
        return own[name]
    for cls in type(obj).__mro__:
        if name in cls.__dict__:
            found = cls.__dict__[name]
            if hasattr(type(found), "__get__") and not callable(found):
                return missing      # a property or slot: who knows what it does
            return found
    return missing


def _names(obj):
    """dir() without __dir__."""
    found = {}
    if isinstance(obj, type):
        for cls in obj.__mro__:
            found.update(dict.fromkeys(cls.__dict__))
    try:
        own = object.__getattribute__(obj, "__dict__")
    except AttributeError:
        own = {}
    if isinstance(own, dict):
        found.update(dict.fromkeys(k for k in own if isinstance(k, str)))
    for cls in type(obj).__mro__:
        found.update(dict.fromkeys(cls.__dict__))
    return list(found)


def _start_of_chain(text):
    """Where the names and dots at the end of the text begin."""
    at = len(text)
    while at and (text[at - 1].isalnum() or text[at - 1] in "_."):
        at -= 1
    return at


def _quote_before(text):
    """(quote, its index) if the text ends inside a string, else None."""
    quote, at, i = None, 0, 0
    while i < len(text):
        c = text[i]
        if quote is None and c == "#":
            return None
        if quote is None and c in "\"'":
            quote, at = c, i
        elif quote is not None and c == "\\":
            i += 1
        elif c == quote:
            quote = None
        i += 1
    return (quote, at) if quote else None


class Session:
    def __init__(self, namespace=None):
        self.namespace = sys.modules["__main__"].__dict__ if namespace is None else namespace
        self.entered = []
        self.fresh = set(self.namespace)
        self.error = None
        builtins._ = builtins.__ = None
        sys.displayhook = self.display

    # ---- completion ----

    def complete(self, before, text):
        """(byte where the replaced part begins, candidates) for a row up to the cursor."""
        start, found = self._complete(before)
        return len(before[:start].encode()), sorted(set(found), key=lambda s: (s.rpartition(".")[2].startswith("_"), s))[:500]

    def _complete(self, before):
        words = before.lstrip()
        if words.startswith(":") and " " not in words:
            return len(before) - len(words), [f":{c}" for c in _COMMANDS if f":{c}".startswith(words)]
        inside = _quote_before(before)
        if inside:
            return self._in_string(before, *inside)
        if words.startswith(("import ", "from ")):
            found = self._modules(before, words)
            if found is not None:
                return found
        start = _start_of_chain(before)
        chain = before[start:]
        if "." in chain:
            return start, self._attributes(chain)
        if not chain:
            return (start, []) if words else (start, ["    "])
        return start, self._globals(chain)

    def _lookup(self, chain):
        """The object behind a.b.c, or raises LookupError."""
        names = chain.split(".")
        for space in (self.namespace, builtins.__dict__):
            if names[0] in space:
                obj = space[names[0]]
                break
        else:
            raise LookupError(chain)
        missing = object()
        for name in names[1:]:
            obj = _static(obj, name, missing)
            if obj is missing:
                raise LookupError(chain)
        return obj

    def _attributes(self, chain):
        head, _, tail = chain.rpartition(".")
        try:
            names = _names(self._lookup(head))
        except LookupError:
            return []
        return [f"{head}.{n}" for n in names if n.startswith(tail) and (tail.startswith("_") or not n.startswith("_"))]

    def _globals(self, start):
        names = [*self.namespace, *dir(builtins), *keyword.kwlist, "match", "case", "type", "TaskGroup"]
        return [n for n in names if n.startswith(start) and (start.startswith("_") or not n.startswith("_"))]

    def _in_string(self, before, quote, at):
        text = before[at + 1:]
        if before[:at].endswith("["):
            start = _start_of_chain(before[:at - 1])
            try:
                obj = self._lookup(before[start:at - 1])
            except LookupError:
                obj = None
            if isinstance(obj, dict):
                return at + 1, [k + quote for k in dict.keys(obj) if isinstance(k, str) and k.startswith(text)]
        return at + 1, self._paths(text)

    @staticmethod
    def _paths(text):
        import os
        head, slash, tail = text.rpartition("/")
        try:
            entries = list(os.scandir(os.path.expanduser(head or slash or ".")))
        except OSError:
            return []
        return [head + slash + e.name + ("/" if e.is_dir() else "") for e in entries if e.name.startswith(tail) and (tail.startswith(".") or not e.name.startswith("."))]

    def _modules(self, before, words):
        parts = words.split()
        if parts[0] == "from" and len(parts) > 2 and parts[2] == "import" or parts[0] == "from" and words.endswith(" ") and len(parts) == 2:
            if len(parts) == 2:
                return len(before), ["import "]
            name = parts[1]
            start = _start_of_chain(before)
            module = sys.modules.get(name)
            if module is None:
                try:
                    module = __import__(name, fromlist=["x"])
                except Exception:
                    return start, []
            return start, [n for n in _names(module) if n.startswith(before[start:]) and not n.startswith("_")] + self._submodules(name, before[start:])
        start = _start_of_chain(before)
        head, dot, tail = before[start:].rpartition(".")
        if dot:
            return start, [f"{head}.{n}" for n in self._submodules(head, tail)]
        return start, [n for n in self._top_modules() if n.startswith(tail)]

    @staticmethod
    def _top_modules():
        import os
        found = [n for n in sys.stdlib_module_names if not n.startswith("_")]
        for directory in sys.path:
            try:
                names = os.listdir(directory or ".")
            except OSError:
                continue
            for n in names:
                if n.endswith(".py"):
                    found.append(n[:-3])
                elif n.isidentifier() and os.path.exists(os.path.join(directory or ".", n, "__init__.py")):
                    found.append(n)
        return found

    @staticmethod
    def _submodules(package, start):
        import os
        found = [n[len(package) + 1:] for n in sys.modules if n.startswith(package + ".")]
        module = sys.modules.get(package)
        for directory in getattr(module, "__path__", ()):
            try:
                found += [n[:-3] for n in os.listdir(directory) if n.endswith(".py") and not n.startswith("_")]
            except OSError:
                pass
        return [n for n in found if n.startswith(start) and "." not in n]

    # ---- values ----

    def display(self, value):
        if value is None:
            return
        builtins.__ = builtins._
        builtins._ = value
        sys.stdout.write(self.picture(value) + "\n")

    @staticmethod
    def picture(value):
        """repr(), containers over several lines, what is very long with its middle left out."""
        if isinstance(value, (dict, list, tuple, set, frozenset)) and type(value).__repr__ in (dict.__repr__, list.__repr__, tuple.__repr__, set.__repr__, frozenset.__repr__):
            text = repr(value) if len(value) < 1000 else _folded(value)
            if 79 < len(text) and len(value) < 1000:
                import pprint
                text = pprint.pformat(value, width=79, sort_dicts=False)
        else:
            text = repr(value)
        rows = text.split("\n")
        if len(rows) > 200:
            rows = rows[:150] + [f"... {len(rows) - 180} more lines (all of it: print(_)) ..."] + rows[-30:]
        return "\n".join(row if len(row) <= 4000 else f"{row[:3000]} ... {len(row) - 3500} more characters ... {row[-500:]}" for row in rows)

    # ---- what the editor tells ----

    def ran(self, text):
        self.entered.append(text)

    def failed(self, exc):
        self.error = self.namespace["_exc"] = exc

    # ---- commands ----

    def command(self, text):
        """Lines that begin with : or ?, or end with ?.  None: it is no command; else what is to be done: "" or "quit"."""
        text = text.strip()
        if "\n" in text:
            return None
        if text.startswith("?") or (text.endswith("?") and not text.startswith(":") and text[:-1].strip().replace(".", "").isidentifier()):
            self.doc(text.strip("? "))
            return ""
        if not text.startswith(":"):
            return None
        name, _, rest = text[1:].partition(" ")
        found = [c for c in _COMMANDS if c.startswith(name)] if name else []
        if name in _COMMANDS:
            found = [name]
        if len(found) != 1:
            print(f"no command :{name}" if not found else f":{name} may be " + ", ".join(f":{c}" for c in found))
            print("there are " + ", ".join(f":{c}" for c in _COMMANDS))
            return ""
        return getattr(self, f"do_{found[0]}")(rest.strip()) or ""

    def do_help(self, rest):
        print(":tb [PATH]     the last error once more, whole, or the member at PATH of it (:tb 1.2)\n"
              ":time CODE     how long it takes\n"
              ":tasks         the tasks that run, and what they wait for\n"
              ":dis NAME      the instructions of a function\n"
              ":doc NAME      what it is; also ?NAME\n"
              ":load FILE     run a file here           :save FILE   what was entered, as a program\n"
              ":reset         forget all names          :quit        leave")

    def do_quit(self, rest):
        return "quit"

    def do_tb(self, rest):
        exc = self.error
        if exc is None:
            print("no error so far")
            return
        for step in filter(None, rest.split(".")):
            members = getattr(exc, "exceptions", ())
            if not step.isdigit() or not 1 <= int(step) <= len(members):
                print(f"no member {step} there: {type(exc).__name__} has {len(members)}")
                return
            exc = members[int(step) - 1]
        import traceback
        traceback.print_exception(exc)

    def do_time(self, rest):
        import time
        code = compile(rest, "<time>", "eval" if self._is_expression(rest) else "exec")
        runs, total = 0, 0.0
        while total < 0.2 and runs < 1000000:
            began = time.perf_counter()
            value = eval(code, self.namespace)
            total += time.perf_counter() - began
            runs += 1
        if value is not None:
            self.display(value)
        each = total / runs
        unit, scale = next((u, s) for u, s in (("s", 1), ("ms", 1e3), ("us", 1e6), ("ns", 1e9)) if each * s >= 1 or u == "ns")
        print(f"{each * scale:.3g} {unit}" + (f" each of {runs}" if runs > 1 else ""))

    @staticmethod
    def _is_expression(text):
        try:
            compile(text, "<time>", "eval")
        except SyntaxError:
            return False
        return True

    def do_tasks(self, rest):
        import _skein
        _skein.report_tasks()

    def do_dis(self, rest):
        import dis
        dis.dis(self._lookup(rest))

    def do_load(self, rest):
        with open(rest, "rb") as f:
            text = f.read()
        exec(compile(text, rest, "exec"), self.namespace)

    def do_save(self, rest):
        with open(rest, "w") as f:
            for text in self.entered:
                f.write(text.rstrip("\n") + "\n")
        print(f"{len(self.entered)} entries in {rest}")

    def do_reset(self, rest):
        for name in list(self.namespace):
            if name not in self.fresh:
                del self.namespace[name]
        builtins._ = builtins.__ = None

    def do_doc(self, rest):
        self.doc(rest)

    def doc(self, name):
        try:
            obj = self._lookup(name)
        except LookupError:
            print(f"nothing is called {name!r} here")
            return
        import inspect
        try:
            signature = str(inspect.signature(obj)) if callable(obj) else ""
        except (TypeError, ValueError):
            signature = "(...)"
        kind = type(obj).__name__
        print(f"{name}{signature}" if signature else f"{name}: {kind}")
        text = inspect.getdoc(obj) if callable(obj) or isinstance(obj, _STATIC_TYPES) else None
        if text:
            print(text)
        if not callable(obj) and not isinstance(obj, _STATIC_TYPES):
            print(self.picture(obj))


def _folded(value):
    """A container with very many members: the first and the last of them."""
    items = list(value.items()) if isinstance(value, dict) else list(value)
    show = (lambda i: f"{i[0]!r}: {i[1]!r}") if isinstance(value, dict) else repr
    left, right = ("[", "]") if isinstance(value, list) else ("(", ")") if isinstance(value, tuple) else ("{", "}")
    return f"{left}{', '.join(map(show, items[:20]))}, ... {len(items) - 25} more ..., {', '.join(map(show, items[-5:]))}{right}"
