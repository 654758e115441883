"""JSONEncoder: values to text."""

__all__ = ["JSONEncoder"]

try:
    from _json import encode_basestring_ascii as c_encode_basestring_ascii
except ImportError:
    c_encode_basestring_ascii = None
try:
    from _json import encode_basestring as c_encode_basestring
except ImportError:
    c_encode_basestring = None
try:
    from _json import make_encoder as c_make_encoder
except ImportError:
    c_make_encoder = None

INFINITY = float("inf")

_ESCAPES = {i: f"\\u{i:04x}" for i in range(0x20)}
_ESCAPES.update({ord("\\"): "\\\\", ord('"'): '\\"', ord("\b"): "\\b", ord("\f"): "\\f", ord("\n"): "\\n",
                 ord("\r"): "\\r", ord("\t"): "\\t"})


def _check_str(s):
    if not isinstance(s, str):
        raise TypeError(f"first argument must be a string, not {type(s).__name__}")


def py_encode_basestring(s):
    """A JSON string; characters outside ASCII stay."""
    _check_str(s)
    return '"' + str.translate(s, _ESCAPES) + '"'


encode_basestring = c_encode_basestring or py_encode_basestring


def py_encode_basestring_ascii(s):
    """A JSON string in ASCII: other characters become \\uXXXX, large ones two of them."""
    _check_str(s)
    s = str.translate(s, _ESCAPES)
    if not s.isascii():
        chunks = []
        for c in s:
            code = ord(c)
            if code < 0x80:
                chunks.append(c)
            elif code < 0x10000:
                chunks.append(f"\\u{code:04x}")
            else:
                code -= 0x10000
                chunks.append(f"\\u{0xD800 | code >> 10:04x}\\u{0xDC00 | code & 0x3FF:04x}")
        s = "".join(chunks)
    return '"' + s + '"'


encode_basestring_ascii = c_encode_basestring_ascii or py_encode_basestring_ascii


class JSONEncoder:
    """dict, list, tuple, str, int, float, bool and None; default(obj) for everything else.

    indent: a number or string makes one line per item; separators is a pair
    (between items, after keys); sort_keys, skipkeys (leave out keys that
    cannot be text), allow_nan, check_circular, ensure_ascii as named.
    """

    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """Something that can be encoded, for an object that cannot. Subclasses override this."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """The text for o."""
        if isinstance(o, str):
            return encode_basestring_ascii(o) if self.ensure_ascii else encode_basestring(o)
        chunks = self.iterencode(o, _one_shot=True)
        if not isinstance(chunks, (list, tuple)):
            chunks = list(chunks)
        return "".join(chunks)

    def iterencode(self, o, _one_shot=False):
        """The text for o in pieces."""
        markers = {} if self.check_circular else None
        _encoder = encode_basestring_ascii if self.ensure_ascii else encode_basestring

        def floatstr(o, allow_nan=self.allow_nan, _repr=float.__repr__):
            if o != o:
                text = "NaN"
            elif o == INFINITY:
                text = "Infinity"
            elif o == -INFINITY:
                text = "-Infinity"
            else:
                return _repr(o)
            if not allow_nan:
                raise ValueError(f"Out of range float values are not JSON compliant: {o!r}")
            return text

        indent = self.indent
        if indent is not None and not isinstance(indent, str):
            indent = " " * indent
        if _one_shot and c_make_encoder is not None and self.indent is None:
            _iterencode = c_make_encoder(markers, self.default, _encoder, indent, self.key_separator,
                                         self.item_separator, self.sort_keys, self.skipkeys, self.allow_nan)
        else:
            _iterencode = _make_iterencode(markers, self.default, _encoder, indent, floatstr, self.key_separator,
                                           self.item_separator, self.sort_keys, self.skipkeys, _one_shot)
        return _iterencode(o, 0)


def _make_iterencode(markers, _default, _encoder, _indent, _floatstr, _key_separator, _item_separator, _sort_keys,
                     _skipkeys, _one_shot):
    """The generator that yields the text of a value.

    markers holds the containers that are being written, to find cycles.
    """

    def atom(o):
        """The text of what is no container, or None."""
        if isinstance(o, str):
            return _encoder(o)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return int.__repr__(o)      # subclasses may print themselves otherwise
        if isinstance(o, float):
            return _floatstr(o)
        return None

    def enter(o):
        if markers is not None:
            markerid = id(o)
            if markerid in markers:
                raise ValueError("Circular reference detected")
            markers[markerid] = o

    def leave(o):
        if markers is not None:
            del markers[id(o)]

    def _iterencode_list(lst, level):
        if not lst:
            yield "[]"
            return
        enter(lst)
        level += 1
        newline = None if _indent is None else "\n" + _indent * level
        buf = "[" if newline is None else "[" + newline
        separator = _item_separator if newline is None else _item_separator + newline
        for i, value in enumerate(lst):
            if i:
                buf = separator
            try:
                text = atom(value)
                if text is not None:
                    yield buf + text
                else:
                    yield buf
                    yield from container(value, level)
            except GeneratorExit:
                raise
            except BaseException as exc:
                exc.add_note(f"when serializing {type(lst).__name__} item {i}")
                raise
        if newline is not None:
            yield "\n" + _indent * (level - 1)
        yield "]"
        leave(lst)

    def key_text(key):
        """The text of a key, or None for one to be left out."""
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return _floatstr(key)
        if key is True:
            return "true"
        if key is False:
            return "false"
        if key is None:
            return "null"
        if isinstance(key, int):
            return int.__repr__(key)
        if _skipkeys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")

    def _iterencode_dict(dct, level):
        if not dct:
            yield "{}"
            return
        enter(dct)
        yield "{"
        level += 1
        newline = None if _indent is None else "\n" + _indent * level
        separator = _item_separator if newline is None else _item_separator + newline
        first = True
        for key, value in sorted(dct.items()) if _sort_keys else dct.items():
            name = key_text(key)
            if name is None:
                continue
            if not first:
                yield separator
            elif newline is not None:
                yield newline
            first = False
            yield _encoder(name)
            yield _key_separator
            try:
                text = atom(value)
                if text is not None:
                    yield text
                else:
                    yield from container(value, level)
            except GeneratorExit:
                raise
            except BaseException as exc:
                exc.add_note(f"when serializing {type(dct).__name__} item {key!r}")
                raise
        if not first and newline is not None:
            yield "\n" + _indent * (level - 1)
        yield "}"
        leave(dct)

    def container(o, level):
        if isinstance(o, (list, tuple)):
            yield from _iterencode_list(o, level)
        elif isinstance(o, dict):
            yield from _iterencode_dict(o, level)
        else:
            enter(o)
            newobj = _default(o)
            try:
                yield from _iterencode(newobj, level)
            except GeneratorExit:
                raise
            except BaseException as exc:
                exc.add_note(f"when serializing {type(o).__name__} object")
                raise
            leave(o)

    def _iterencode(o, level):
        text = atom(o)
        if text is not None:
            yield text
        else:
            yield from container(o, level)

    return _iterencode
