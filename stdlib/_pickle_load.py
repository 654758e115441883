"""Bytes to objects; see pickle.

The format is a program for a small stack machine: opcodes push values, and take what lies above the last mark.
"""

import re
import sys
from copyreg import _extension_cache, _inverted_registry
from struct import unpack

from _pickle_codes import *
from _pickle_codes import HIGHEST_PROTOCOL, _Stop, to_python3


def decode_long(data):
    """The reverse of _pickle_dump.encode_long."""
    return int.from_bytes(data, "little", signed=True)


def _truncated():
    raise UnpicklingError("pickle data was truncated")


_escapes = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v", b"\n": b""}


def _unescape(data):
    """Resolve the escapes of a bytes literal."""
    def one(match):
        code = match[1]
        if code[:1] == b"x":
            return bytes((int(code[1:], 16),))
        if code.isdigit():
            return bytes((int(code, 8) & 0xff,))
        return _escapes.get(code, code if code in b"\\'\"" else match[0])
    return re.sub(rb"\\([0-7]{1,3}|x[0-9a-fA-F]{2}|.)", one, data, flags=re.DOTALL) if b"\\" in data else data


class _Loads:
    """The file behind loads(): nothing comes after the data."""

    @staticmethod
    def read(n):
        return b""

    @staticmethod
    def readline():
        return b""


class Unpickler:
    """Reads pickles from a file."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
        try:
            self._file_read = file.read
            self._file_readline = file.readline
        except AttributeError:
            raise TypeError("file must have 'read' and 'readline' attributes") from None
        self._data = b""
        self._at = 0
        self._framed = False    # _data is a frame of the file's
        self._buffers = None if buffers is None else iter(buffers)
        self.memo = {}
        self.encoding = encoding
        self.errors = errors
        self.fix_imports = fix_imports
        self.proto = 0

    def load(self):
        """Read one pickle and return its object."""
        if not hasattr(self, "_file_read"):
            raise UnpicklingError(f"Unpickler.__init__() was not called by {type(self).__name__}.__init__()")
        self._marks = []
        self.stack = []
        loaders = self._loaders
        try:
            while True:
                at = self._at
                if at < len(self._data):
                    self._at = at + 1
                    code = self._data[at]
                else:
                    code = self._opcode()
                loader = loaders[code]
                if loader is None:
                    self._bad_opcode(code)
                loader(self)
        except _Stop as stop:
            return stop.value
        finally:
            del self.stack, self._marks

    @staticmethod
    def _bad_opcode(code):
        shown = chr(code) if 0x20 <= code <= 0x7e and code not in b"'\\" else f"\\x{code:02x}"
        raise UnpicklingError(f"invalid load key, '{shown}'.")

    def persistent_load(self, pid):
        """To be overridden: the object that pid stands for."""
        raise UnpicklingError("A load persistent id instruction was encountered, "
                              "but no persistent_load function was specified.")

    def find_class(self, module, name):
        """The global of that name. Overriding this limits what a pickle may call."""
        if self.proto < 3 and self.fix_imports:
            module, name = to_python3(module, name)
        __import__(module, level=0)
        obj = sys.modules[module]
        for part in name.split(".") if self.proto >= 4 else (name,):
            if part == "<locals>":
                raise AttributeError(f"Can't get local attribute {name!r} on {sys.modules[module]!r}")
            try:
                obj = getattr(obj, part)
            except AttributeError:
                raise AttributeError(f"Can't get attribute {name!r} on {sys.modules[module]!r}") from None
        return obj

    # ---- reading: from _data at _at; when that is used up, from the file ----

    def _opcode(self):
        """The next opcode as an int, beyond _data."""
        code = self._file_read(1)
        if not code:
            raise EOFError("Ran out of input")
        return code[0]

    def _byte(self):
        """One byte as an int."""
        at = self._at
        if at < len(self._data):
            self._at = at + 1
            return self._data[at]
        return self._read(1)[0]

    def _read(self, n):
        at = self._at
        end = at + n
        if end <= len(self._data):
            self._at = end
            return self._data[at:end]
        if at < len(self._data):
            self._exhausted()
        data = self._file_read(n)
        if len(data) < n:
            _truncated()
        return data

    def _readline(self):
        at = self._at
        if at < len(self._data):
            end = self._data.find(b"\n", at)
            if end < 0:
                self._exhausted()
            self._at = end + 1
            return self._data[at:end]
        line = self._file_readline()
        if line[-1:] != b"\n":
            _truncated()
        return line[:-1]

    def _exhausted(self):
        if self._framed:
            raise UnpicklingError("pickle exhausted before end of frame")
        _truncated()

    # ---- the stack ----

    def _pop(self):
        if not self.stack:
            self._underflow()
        return self.stack.pop()

    def _underflow(self):
        raise UnpicklingError("unexpected MARK found" if self._marks else "unpickling stack underflow")

    def _top(self):
        if not self.stack:
            self._underflow()
        return self.stack[-1]

    def _pop_mark(self):
        """What lies above the last mark."""
        if not self._marks:
            raise UnpicklingError("could not find MARK")
        items = self.stack
        self.stack = self._marks.pop()
        return items

    def _replace_top(self, value):
        self.stack[-1] = value

    # ---- frames, protocol, end ----

    def _load_proto(self):
        proto = self._byte()
        if proto > HIGHEST_PROTOCOL:
            raise ValueError(f"unsupported pickle protocol: {proto}")
        self.proto = proto

    def _load_frame(self):
        size, = unpack("<Q", self._read(8))
        if size > sys.maxsize:
            raise ValueError(f"FRAME length exceeds system's maximum of {sys.maxsize} bytes")
        if self._at < len(self._data):
            if self._framed:
                raise UnpicklingError("beginning of a new frame before end of current frame")
            if len(self._data) - self._at < size:
                _truncated()
            return
        self._data = b""
        self._data = self._read(size)
        self._at = 0
        self._framed = True

    def _load_stop(self):
        raise _Stop(self._pop())

    def _load_mark(self):
        self._marks.append(self.stack)
        self.stack = []

    def _load_pop(self):
        if self.stack:
            self.stack.pop()
        else:
            if not self._marks:
                self._underflow()
            self._pop_mark()

    def _load_pop_mark(self):
        self._pop_mark()

    def _load_dup(self):
        self.stack.append(self._top())

    # ---- simple values ----

    def _load_none(self):
        self.stack.append(None)

    def _load_true(self):
        self.stack.append(True)

    def _load_false(self):
        self.stack.append(False)

    def _load_int(self):
        text = self._readline()
        if text == b"00":
            value = False
        elif text == b"01":
            value = True
        elif not text:
            _truncated()
        else:
            try:
                value = int(text, 0)
            except ValueError:
                raise ValueError("could not convert string to int") from None
        self.stack.append(value)

    def _load_long(self):
        text = self._readline()
        if not text:
            _truncated()
        self.stack.append(int(text[:-1] if text[-1:] == b"L" else text, 0))

    def _load_binint(self):
        self.stack.append(int.from_bytes(self._read(4), "little", signed=True))

    def _load_binint1(self):
        self.stack.append(self._byte())

    def _load_binint2(self):
        self.stack.append(int.from_bytes(self._read(2), "little"))

    def _load_long1(self):
        self.stack.append(decode_long(self._read(self._byte())))

    def _load_long4(self):
        n, = unpack("<i", self._read(4))
        if n < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self.stack.append(decode_long(self._read(n)))

    def _load_float(self):
        text = self._readline()
        if not text:
            _truncated()
        try:
            self.stack.append(float(text))
        except ValueError:
            raise ValueError("could not convert string to float") from None

    def _load_binfloat(self):
        self.stack.append(unpack(">d", self._read(8))[0])

    def _load_sized(self, size_bytes, make):
        n = int.from_bytes(self._read(size_bytes), "little")
        if n > sys.maxsize:
            raise OverflowError("size exceeds system's maximum")
        self.stack.append(make(self._read(n)))

    def _decode_string(self, data):
        """Strings of Python 2: bytes in an encoding that the caller knows."""
        return data if self.encoding == "bytes" else data.decode(self.encoding, self.errors)

    def _load_string(self):
        data = self._readline().rstrip()
        if len(data) < 2 or data[0] != data[-1] or data[0] not in b"\"'":
            raise UnpicklingError("the STRING opcode argument must be quoted")
        self.stack.append(self._decode_string(_unescape(data[1:-1])))

    def _load_binstring(self):
        n, = unpack("<i", self._read(4))
        if n < 0:
            raise UnpicklingError("BINSTRING pickle has negative byte count")
        self.stack.append(self._decode_string(self._read(n)))

    def _load_unicode(self):
        self.stack.append(str(self._readline(), "raw-unicode-escape"))

    def _load_next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given")
        try:
            self.stack.append(next(self._buffers))
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers") from None

    def _load_readonly_buffer(self):
        with memoryview(self._top()) as view:
            if not view.readonly:
                self._replace_top(view.toreadonly())

    # ---- containers ----

    def _load_tuple(self):
        items = self._pop_mark()
        self.stack.append(tuple(items))

    def _load_short_tuple(self, n):
        if len(self.stack) < n:
            self._underflow()
        self.stack[-n:] = [tuple(self.stack[-n:])]

    def _load_list(self):
        items = self._pop_mark()
        self.stack.append(items)

    def _load_dict(self):
        items = self._pop_mark()
        if len(items) % 2:
            raise UnpicklingError("odd number of items for DICT")
        self.stack.append(dict(zip(items[::2], items[1::2])))

    def _load_frozenset(self):
        items = self._pop_mark()
        self.stack.append(frozenset(items))

    def _load_append(self):
        value = self._pop()
        self._extend(self._top(), [value])

    def _load_appends(self):
        items = self._pop_mark()
        self._extend(self._top(), items)

    @staticmethod
    def _extend(target, items):
        if type(target) is list:
            target += items
            return
        extend = getattr(target, "extend", None)
        if extend is not None:
            extend(items)
            return
        append = target.append
        for item in items:
            append(item)

    def _load_setitem(self):
        value = self._pop()
        key = self._pop()
        self._top()[key] = value

    def _load_setitems(self):
        items = self._pop_mark()
        if len(items) % 2:
            raise UnpicklingError("odd number of items for SETITEMS")
        target = self._top()
        for i in range(0, len(items), 2):
            target[items[i]] = items[i + 1]

    def _load_additems(self):
        items = self._pop_mark()
        target = self._top()
        if isinstance(target, set):
            target.update(items)
        else:
            for item in items:
                target.add(item)

    # ---- objects ----

    def _load_global(self):
        module = self._readline().decode("utf-8")
        name = self._readline().decode("utf-8")
        self.stack.append(self.find_class(module, name))

    def _load_stack_global(self):
        name = self._pop()
        module = self._pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self.stack.append(self.find_class(module, name))

    def _load_extension(self, size):
        code = int.from_bytes(self._read(size), "little", signed=size == 4)
        if code in _extension_cache:
            self.stack.append(_extension_cache[code])
            return
        if code <= 0:
            raise UnpicklingError("EXT specifies code <= 0")
        known = _inverted_registry.get(code)
        if known is None:
            raise ValueError(f"unregistered extension code {code}")
        _extension_cache[code] = obj = self.find_class(*known)
        self.stack.append(obj)

    def _instantiate(self, cls, args):
        if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
            return cls(*args)
        return cls.__new__(cls)

    def _load_inst(self):
        module = self._readline().decode("ascii")
        name = self._readline().decode("ascii")
        args = self._pop_mark()
        self.stack.append(self._instantiate(self.find_class(module, name), args))

    def _load_obj(self):
        items = self._pop_mark()
        if not items:
            self._underflow()
        self.stack.append(self._instantiate(items[0], items[1:]))

    def _load_newobj(self):
        args = self._pop()
        cls = self._pop()
        self._check_newobj("NEWOBJ", cls, args)
        self.stack.append(cls.__new__(cls, *args))

    def _load_newobj_ex(self):
        keywords = self._pop()
        args = self._pop()
        cls = self._pop()
        self._check_newobj("NEWOBJ_EX", cls, args)
        if not isinstance(keywords, dict):
            raise UnpicklingError(f"NEWOBJ_EX keyword arguments must be a dict, not {type(keywords).__name__}")
        self.stack.append(cls.__new__(cls, *args, **keywords))

    @staticmethod
    def _check_newobj(opcode, cls, args):
        if not isinstance(cls, type):
            raise UnpicklingError(f"{opcode} class argument must be a type, not {type(cls).__name__}")
        if not isinstance(args, tuple):
            raise UnpicklingError(f"{opcode} args argument must be a tuple, not {type(args).__name__}")

    def _load_reduce(self):
        args = self._pop()
        func = self._top()
        if type(args) is not tuple and not isinstance(args, tuple):
            raise TypeError(f"argument after * must be an iterable, not {type(args).__name__}")
        self._replace_top(func(*args))

    def _load_build(self):
        state = self._pop()
        obj = self._top()
        setstate = getattr(obj, "__setstate__", None)
        if setstate is not None:
            setstate(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            if not isinstance(state, dict):
                raise UnpicklingError("state is not a dictionary")
            attributes = obj.__dict__
            for name, value in state.items():
                attributes[sys.intern(name) if type(name) is str else name] = value
        if slots:
            if not isinstance(slots, dict):
                raise UnpicklingError("slot state is not a dictionary")
            for name, value in slots.items():
                setattr(obj, name, value)

    def _load_persid(self):
        try:
            pid = self._readline().decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings") from None
        self.stack.append(self.persistent_load(pid))

    def _load_binpersid(self):
        self.stack.append(self.persistent_load(self._pop()))

    # ---- the memo ----

    def _get(self, n):
        try:
            self.stack.append(self.memo[n])
        except KeyError:
            raise UnpicklingError(f"Memo value not found at index {n}") from None

    def _put(self, n):
        if n < 0:
            raise ValueError("negative PUT argument")
        self.memo[n] = self._top()

    def _load_memoize(self):
        self.memo[len(self.memo)] = self._top()


def _text(data):
    return str(data, "utf-8", "surrogatepass")


_U = Unpickler
_simple = {
    PROTO: _U._load_proto, FRAME: _U._load_frame, STOP: _U._load_stop, MARK: _U._load_mark, POP: _U._load_pop,
    POP_MARK: _U._load_pop_mark, DUP: _U._load_dup, NONE: _U._load_none, NEWTRUE: _U._load_true,
    NEWFALSE: _U._load_false, INT: _U._load_int, LONG: _U._load_long, BININT: _U._load_binint,
    BININT1: _U._load_binint1, BININT2: _U._load_binint2, LONG1: _U._load_long1, LONG4: _U._load_long4,
    FLOAT: _U._load_float, BINFLOAT: _U._load_binfloat, STRING: _U._load_string, BINSTRING: _U._load_binstring,
    UNICODE: _U._load_unicode, NEXT_BUFFER: _U._load_next_buffer, READONLY_BUFFER: _U._load_readonly_buffer,
    TUPLE: _U._load_tuple, LIST: _U._load_list, DICT: _U._load_dict, FROZENSET: _U._load_frozenset,
    APPEND: _U._load_append, APPENDS: _U._load_appends, SETITEM: _U._load_setitem, SETITEMS: _U._load_setitems,
    ADDITEMS: _U._load_additems, GLOBAL: _U._load_global, STACK_GLOBAL: _U._load_stack_global, INST: _U._load_inst,
    OBJ: _U._load_obj, NEWOBJ: _U._load_newobj, NEWOBJ_EX: _U._load_newobj_ex, REDUCE: _U._load_reduce,
    BUILD: _U._load_build, PERSID: _U._load_persid, BINPERSID: _U._load_binpersid, MEMOIZE: _U._load_memoize,
}
_made = {
    EMPTY_TUPLE: lambda self: self.stack.append(()), EMPTY_LIST: lambda self: self.stack.append([]),
    EMPTY_DICT: lambda self: self.stack.append({}), EMPTY_SET: lambda self: self.stack.append(set()),
    TUPLE1: lambda self: self._load_short_tuple(1), TUPLE2: lambda self: self._load_short_tuple(2),
    TUPLE3: lambda self: self._load_short_tuple(3), EXT1: lambda self: self._load_extension(1),
    EXT2: lambda self: self._load_extension(2), EXT4: lambda self: self._load_extension(4),
    SHORT_BINSTRING: lambda self: self._load_sized(1, self._decode_string),
    SHORT_BINBYTES: lambda self: self._load_sized(1, bytes), BINBYTES: lambda self: self._load_sized(4, bytes),
    BINBYTES8: lambda self: self._load_sized(8, bytes), BYTEARRAY8: lambda self: self._load_sized(8, bytearray),
    SHORT_BINUNICODE: lambda self: self._load_sized(1, _text), BINUNICODE: lambda self: self._load_sized(4, _text),
    BINUNICODE8: lambda self: self._load_sized(8, _text),
    GET: lambda self: self._get(int(self._readline())), BINGET: lambda self: self._get(self._byte()),
    LONG_BINGET: lambda self: self._get(int.from_bytes(self._read(4), "little")),
    PUT: lambda self: self._put(int(self._readline())), BINPUT: lambda self: self._put(self._byte()),
    LONG_BINPUT: lambda self: self._put(int.from_bytes(self._read(4), "little")),
}
Unpickler._loaders = [None] * 256
for _code, _loader in (_simple | _made).items():
    Unpickler._loaders[_code[0]] = _loader
Unpickler.__module__ = "_pickle"


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    """The object that dumps() made into data; what follows it is ignored."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    unpickler = Unpickler(_Loads, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers)
    unpickler._data = bytes(data) if type(data) is bytes else memoryview(data).tobytes()
    return unpickler.load()
