"""Objects to bytes; see pickle.

A Pickler writes one opcode after the other into a buffer. What was written has a number in the memo; meeting it again
writes only a reference. From protocol 4 on the buffer goes out in frames of about 64 KB, whose length stands in front.
"""

import sys
from copyreg import _extension_registry, dispatch_table
from functools import partial
from itertools import batched
from struct import pack
from types import FunctionType

from _pickle_codes import *
from _pickle_codes import DEFAULT_PROTOCOL, HIGHEST_PROTOCOL, to_python2

_BATCH = 1000
_FRAME_LEAST = 4
_FRAME_ENOUGH = 64 * 1024
_WRITTEN = object()
_PUTS = [BINPUT + bytes((i,)) for i in range(256)]
_INTS = [BININT1 + bytes((i,)) for i in range(256)]


class PickleBuffer:
    """A buffer that may travel outside of the pickle (protocol 5)."""

    def __init__(self, object, /):
        self._view = memoryview(object)

    def raw(self):
        """The memory as flat bytes."""
        if self._view is None:
            raise ValueError("operation forbidden on released PickleBuffer object")
        return self._view if self._view.format == "B" and self._view.ndim == 1 else self._view.cast("B")

    def release(self):
        """Let go of the memory."""
        self._view = None


def encode_long(x):
    """An int in as few little-endian bytes as hold its sign; b'' for 0."""
    if x == 0:
        return b""
    data = x.to_bytes((x.bit_length() >> 3) + 1, "little", signed=True)
    if x < 0 and len(data) > 1 and data[-1] == 0xff and data[-2] & 0x80:
        data = data[:-1]
    return data


def _whichmodule(obj, name):
    module = getattr(obj, "__module__", None)
    if module is not None:
        return module
    for module_name, module in sys.modules.copy().items():
        if module_name in ("__main__", "__mp_main__") or module is None:
            continue
        try:
            if _resolve(module, name.split("."))[0] is obj:
                return module_name
        except AttributeError:
            pass
    return "__main__"


def _resolve(obj, path):
    """The object at the end of a dotted path, and the one that holds it."""
    parent = obj
    for name in path:
        parent, obj = obj, getattr(obj, name)
    return obj, parent


class Pickler:
    """Writes pickles to a file."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f"pickle protocol must be <= {HIGHEST_PROTOCOL}")
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self._buffer_callback = buffer_callback
        self.proto = protocol
        self.bin = protocol >= 1
        self.fast = False
        self.fix_imports = fix_imports and protocol < 3
        self.memo = {}
        self._out = bytearray()
        self._write = self._out.extend

    def clear_memo(self):
        """Forget what was written: the next dump() repeats it."""
        self.memo.clear()

    def dump(self, obj):
        """Write obj and everything it refers to."""
        if not hasattr(self, "_file_write"):
            raise PicklingError(f"Pickler.__init__() was not called by {type(self).__name__}.__init__()")
        self._out.clear()
        if self.proto >= 2:
            self._file_write(PROTO + bytes((self.proto,)))
        self._hooked = type(self) is not Pickler or "persistent_id" in self.__dict__
        self.save(obj)
        self._write(STOP)
        self._flush()

    def persistent_id(self, obj):
        """To be overridden: not None stands for obj in the pickle."""
        return None

    # ---- the buffer ----

    def _flush(self):
        out = self._out
        if self.proto >= 4 and len(out) >= _FRAME_LEAST:
            self._file_write(FRAME + pack("<Q", len(out)))
        self._file_write(bytes(out))
        out.clear()

    def _write_large(self, header, payload):
        """Payloads as large as a frame go past the buffer."""
        if self.proto < 4 or len(payload) < _FRAME_ENOUGH:
            self._write(header)
            self._write(payload)
            return
        if self._out:
            self._flush()
        self._file_write(header)
        self._file_write(payload)

    # ---- the memo: id -> (number, object kept alive) ----

    def memoize(self, obj):
        """Give what was just written a number."""
        if self.fast:
            return
        n = len(self.memo)
        self.memo[id(obj)] = n, obj
        if self.proto >= 4:
            self._write(MEMOIZE)
        elif not self.bin:
            self._write(PUT + b"%d\n" % n)
        elif n < 256:
            self._write(_PUTS[n])
        else:
            self._write(LONG_BINPUT + pack("<I", n))

    def _get(self, n):
        if not self.bin:
            return GET + b"%d\n" % n
        return BINGET + bytes((n,)) if n < 256 else LONG_BINGET + pack("<I", n)

    # ---- any object ----

    def save(self, obj, save_persistent_id=True):
        """Write one object."""
        if self._hooked and save_persistent_id:
            pid = self.persistent_id(obj)
            if pid is not None:
                self._save_persistent(pid)
                return
        known = self.memo.get(id(obj))
        if known is not None:
            self._write(self._get(known[0]))
            return
        reduced = NotImplemented
        if self._hooked:
            override = getattr(self, "reducer_override", None)
            if override is not None:
                cls = type(obj)
                writer = self._writers.get(cls)
                if writer is not None and cls is not FunctionType and cls is not type:
                    writer(self, obj)
                    return
                reduced = override(obj)
        if reduced is NotImplemented:
            writer = self._writers.get(type(obj))
            if writer is not None:
                writer(self, obj)
                if self.proto >= 4 and len(self._out) >= _FRAME_ENOUGH:
                    self._flush()
                return
            reduced = self._reduced(obj)
            if reduced is _WRITTEN:
                return
        self._save_reduced(obj, reduced)
        if self.proto >= 4 and len(self._out) >= _FRAME_ENOUGH:
            self._flush()

    def _reduced(self, obj):
        """What the object says it is made of; _WRITTEN: it has been written by name."""
        cls = type(obj)
        reduce = getattr(self, "dispatch_table", dispatch_table).get(cls)
        if reduce is not None:
            return reduce(obj)
        if issubclass(cls, type):
            self.save_global(obj)
            return _WRITTEN
        reduce = getattr(obj, "__reduce_ex__", None)
        if reduce is not None:
            return reduce(self.proto)
        reduce = getattr(obj, "__reduce__", None)
        if reduce is None:
            raise PicklingError(f"can't pickle {cls.__name__!r} object: {obj!r}")
        return reduce()

    def _save_reduced(self, obj, reduced):
        if isinstance(reduced, str):
            self.save_global(obj, reduced)
            return
        if not isinstance(reduced, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(reduced) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self.save_reduce(*reduced, obj=obj)

    def _save_persistent(self, pid):
        if self.bin:
            self.save(pid, save_persistent_id=False)
            self._write(BINPERSID)
            return
        try:
            self._write(PERSID + str(pid).encode("ascii") + b"\n")
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None, state_setter=None, *, obj=None):
        """Write an object as func(*args), with state, items and pairs to be put into the result."""
        if not callable(func):
            raise PicklingError("first item of the tuple returned by __reduce__ must be callable")
        if not isinstance(args, tuple):
            raise PicklingError("second item of the tuple returned by __reduce__ must be a tuple")
        for nth, items in (("fourth", listitems), ("fifth", dictitems)):
            if items is not None and not hasattr(type(items), "__next__"):
                raise PicklingError(f"{nth} element of the tuple returned by __reduce__ "
                                    f"must be an iterator, not {type(items).__name__}")
        if state_setter is not None and not callable(state_setter):
            raise PicklingError("sixth element of the tuple returned by __reduce__ "
                                f"must be a function, not {type(state_setter).__name__}")
        self._save_construction(func, args, obj)
        if obj is not None:
            known = self.memo.get(id(obj))
            if known is not None:       # it met itself while its arguments were written
                self._write(POP + self._get(known[0]))
            else:
                self.memoize(obj)
        if listitems is not None:
            self._save_items(listitems)
        if dictitems is not None:
            self._save_pairs(dictitems)
        if state is not None and state_setter is None:
            self.save(state)
            self._write(BUILD)
        elif state is not None:
            self.save(state_setter)
            self.save(obj)
            self.save(state)
            self._write(TUPLE2 + REDUCE + POP)

    def _save_construction(self, func, args, obj):
        name = getattr(func, "__name__", "")
        if self.proto >= 2 and name == "__newobj_ex__":
            cls, positional, keywords = self._check_newobj_ex(args, obj)
            if self.proto >= 4:
                self.save(cls)
                self.save(positional)
                self.save(keywords)
                self._write(NEWOBJ_EX)
            else:
                self.save(partial(cls.__new__, cls, *positional, **keywords))
                self.save(())
                self._write(REDUCE)
        elif self.proto >= 2 and name == "__newobj__":
            if not args:
                raise PicklingError("__newobj__ arglist is empty")
            cls = args[0]
            if not hasattr(cls, "__new__"):
                raise PicklingError("args[0] from __newobj__ args has no __new__")
            if obj is not None and cls is not obj.__class__:
                raise PicklingError("args[0] from __newobj__ args has the wrong class")
            self.save(cls)
            self.save(args[1:])
            self._write(NEWOBJ)
        else:
            self.save(func)
            self.save(args)
            self._write(REDUCE)

    @staticmethod
    def _check_newobj_ex(args, obj):
        if len(args) != 3:
            raise PicklingError(f"length of the NEWOBJ_EX argument tuple must be exactly 3, not {len(args)}")
        cls, positional, keywords = args
        if not hasattr(cls, "__new__"):
            raise PicklingError("first item from NEWOBJ_EX argument tuple must be a class, "
                                f"not {type(cls).__name__}")
        if not isinstance(positional, tuple):
            raise PicklingError("second item from NEWOBJ_EX argument tuple must be a tuple, "
                                f"not {type(positional).__name__}")
        if not isinstance(keywords, dict):
            raise PicklingError("third item from NEWOBJ_EX argument tuple must be a dict, "
                                f"not {type(keywords).__name__}")
        return args

    # ---- simple values ----

    def _save_none(self, obj):
        self._write(NONE)

    def _save_bool(self, obj):
        if self.proto >= 2:
            self._write(NEWTRUE if obj else NEWFALSE)
        else:
            self._write(TRUE if obj else FALSE)

    def _save_int(self, obj):
        if -0x80000000 <= obj <= 0x7fffffff:
            if not self.bin:
                self._write(INT + b"%d\n" % obj)
            elif 0 <= obj <= 0xff:
                self._write(_INTS[obj])
            elif 0 <= obj <= 0xffff:
                self._write(BININT2 + pack("<H", obj))
            else:
                self._write(BININT + pack("<i", obj))
        elif self.proto < 2:
            self._write(LONG + b"%d" % obj + b"L\n")
        else:
            data = encode_long(obj)
            if len(data) < 256:
                self._write(LONG1 + bytes((len(data),)) + data)
            else:
                self._write(LONG4 + pack("<i", len(data)) + data)

    def _save_float(self, obj):
        if self.bin:
            self._write(BINFLOAT + pack(">d", obj))
        else:
            self._write(FLOAT + repr(obj).encode("ascii") + b"\n")

    def _save_bytes(self, obj):
        n = len(obj)
        if self.proto < 3:
            if n:
                import _codecs
                self.save_reduce(_codecs.encode, (str(obj, "latin1"), "latin1"), obj=obj)
            else:
                self.save_reduce(bytes, (), obj=obj)
            return
        if n < 256:
            self._write(SHORT_BINBYTES + bytes((n,)) + obj)
        elif n > 0xffffffff and self.proto >= 4:
            self._write_large(BINBYTES8 + pack("<Q", n), obj)
        else:
            self._write_large(BINBYTES + pack("<I", n), obj)
        self.memoize(obj)

    def _save_bytearray(self, obj):
        if self.proto < 5:
            self.save_reduce(bytearray, (bytes(obj),) if obj else (), obj=obj)
            return
        self._write_large(BYTEARRAY8 + pack("<Q", len(obj)), bytes(obj))
        self.memoize(obj)

    def _save_buffer(self, obj):
        if self.proto < 5:
            raise PicklingError("PickleBuffer can only be pickled with protocol >= 5")
        view = obj.raw()
        inside = self._buffer_callback is None or bool(self._buffer_callback(obj))
        if inside:
            if view.readonly:
                self._save_bytes(view.tobytes())
            else:
                self._save_bytearray(bytearray(view))
        else:
            self._write(NEXT_BUFFER)
            if view.readonly:
                self._write(READONLY_BUFFER)

    def _save_str(self, obj):
        if self.bin:
            data = obj.encode("utf-8", "surrogatepass")
            n = len(data)
            if n < 256 and self.proto >= 4:
                self._write(SHORT_BINUNICODE + bytes((n,)) + data)
            elif n > 0xffffffff and self.proto >= 4:
                self._write_large(BINUNICODE8 + pack("<Q", n), data)
            else:
                self._write_large(BINUNICODE + pack("<I", n), data)
        else:
            text = obj.replace("\\", "\\u005c")     # it would be read as the beginning of another escape
            for c in "\0\n\r\x1a":
                text = text.replace(c, f"\\u{ord(c):04x}")
            self._write(UNICODE + text.encode("raw-unicode-escape") + b"\n")
        self.memoize(obj)

    # ---- containers ----

    def _save_tuple(self, obj):
        n = len(obj)
        if n == 0:
            self._write(EMPTY_TUPLE if self.bin else MARK + TUPLE)
            return
        short = n <= 3 and self.proto >= 2
        if not short:
            self._write(MARK)
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:           # an item led back to the tuple: it is written already, drop these items
            if short:
                self._write(POP * n)
            else:
                self._write(POP_MARK if self.bin else POP * (n + 1))
            self._write(self._get(known[0]))
            return
        self._write((TUPLE1, TUPLE2, TUPLE3)[n - 1] if short else TUPLE)
        self.memoize(obj)

    def _save_list(self, obj):
        self._write(EMPTY_LIST if self.bin else MARK + LIST)
        self.memoize(obj)
        self._save_items(obj)

    def _save_items(self, items):
        if not self.bin:
            for item in items:
                self.save(item)
                self._write(APPEND)
            return
        for batch in batched(items, _BATCH):
            if len(batch) == 1:
                self.save(batch[0])
                self._write(APPEND)
                continue
            self._write(MARK)
            for item in batch:
                self.save(item)
            self._write(APPENDS)

    def _save_dict(self, obj):
        self._write(EMPTY_DICT if self.bin else MARK + DICT)
        self.memoize(obj)
        self._save_pairs(obj.items())

    def _save_pairs(self, pairs):
        if not self.bin:
            for key, value in pairs:
                self.save(key)
                self.save(value)
                self._write(SETITEM)
            return
        for batch in batched(pairs, _BATCH):
            if len(batch) == 1:
                (key, value), = batch
                self.save(key)
                self.save(value)
                self._write(SETITEM)
                continue
            self._write(MARK)
            for key, value in batch:
                self.save(key)
                self.save(value)
            self._write(SETITEMS)

    def _save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self._write(EMPTY_SET)
        self.memoize(obj)
        for batch in batched(obj, _BATCH):
            self._write(MARK)
            for item in batch:
                self.save(item)
            self._write(ADDITEMS)

    def _save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self._write(MARK)
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            self._write(POP_MARK + self._get(known[0]))
            return
        self._write(FROZENSET)
        self.memoize(obj)

    # ---- what has a name ----

    def save_global(self, obj, name=None):
        """Write a class or function as its module and name."""
        if name is None:
            name = getattr(obj, "__qualname__", None) or obj.__name__
        path = name.split(".")
        if "<locals>" in path:
            raise AttributeError(f"Can't get local object {name!r}")
        module_name = _whichmodule(obj, name)
        try:
            __import__(module_name, level=0)
            module = sys.modules[module_name]
        except ImportError:
            raise PicklingError(f"Can't pickle {obj!r}: import of module {module_name!r} failed") from None
        try:
            found, parent = _resolve(module, path)
        except AttributeError:
            raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module_name} failed") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        if self.proto >= 2 and (code := _extension_registry.get((module_name, name))):
            self._write(EXT1 + bytes((code,)) if code <= 0xff else
                        EXT2 + pack("<H", code) if code <= 0xffff else EXT4 + pack("<i", code))
            return
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self._write(STACK_GLOBAL)
        elif parent is not module:
            self.save_reduce(getattr, (parent, path[-1]))
        else:
            self._write_global(obj, module_name, name)
        self.memoize(obj)

    def _write_global(self, obj, module, name):
        if self.fix_imports:
            module, name = to_python2(module, name)
        encoding = "utf-8" if self.proto >= 3 else "ascii"
        try:
            self._write(GLOBAL + f"{module}\n{name}\n".encode(encoding))
        except UnicodeEncodeError:
            raise PicklingError(f"can't pickle global identifier '{module}.{name}' "
                                f"using pickle protocol {self.proto}") from None

    def _save_type(self, obj):
        for singleton in (None, NotImplemented, ...):
            if obj is type(singleton):
                self.save_reduce(type, (singleton,), obj=obj)
                return
        self.save_global(obj)

    _writers = {
        type(None): _save_none, bool: _save_bool, int: _save_int, float: _save_float, str: _save_str,
        bytes: _save_bytes, bytearray: _save_bytearray, PickleBuffer: _save_buffer, tuple: _save_tuple,
        list: _save_list, dict: _save_dict, set: _save_set, frozenset: _save_frozenset,
        FunctionType: save_global, type: _save_type,
    }


for _cls in (Pickler, PickleBuffer):
    _cls.__module__ = "_pickle"
del _cls
