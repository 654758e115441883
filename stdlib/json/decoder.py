"""JSONDecoder: text to values."""

__all__ = ["JSONDecoder", "JSONDecodeError"]

from sys import maxsize

from . import scanner

try:
    from _json import scanstring as c_scanstring
except ImportError:
    c_scanstring = None

NaN = float("nan")
PosInf = float("inf")
NegInf = float("-inf")


class JSONDecodeError(ValueError):
    """Text that is not JSON: msg, doc (the text), pos, lineno, colno."""

    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {lineno} column {colno} (char {pos})")
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


_CONSTANTS = {"-Infinity": NegInf, "Infinity": PosInf, "NaN": NaN}

_BACKSLASH = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

_HEX = frozenset("0123456789abcdefABCDEF")


def _decode_uXXXX(s, pos):
    """The code after \\u; pos is that of the u."""
    digits = s[pos + 1:pos + 5]
    if len(digits) == 4 and _HEX.issuperset(digits):
        return int(digits, 16)
    raise JSONDecodeError("Invalid \\uXXXX escape", s, pos)


def py_scanstring(s, end, strict=True):
    """(string, end) of the literal whose contents start at end."""
    if end > maxsize:
        raise OverflowError("Python int too large to convert to C ssize_t")
    chunks = []
    begin = end - 1
    n = len(s)
    while True:
        # Up to the next quote, backslash or control character.
        i = end
        while i < n:
            c = s[i]
            if c == '"' or c == "\\" or c < " ":
                break
            i += 1
        else:
            raise JSONDecodeError("Unterminated string starting at", s, begin)
        chunks.append(s[end:i])
        end = i + 1
        if c == '"':
            return "".join(chunks), end
        if c != "\\":
            if strict:
                raise JSONDecodeError(f"Invalid control character {c!r} at", s, i)
            chunks.append(c)
            continue
        if end >= n:
            raise JSONDecodeError("Unterminated string starting at", s, begin)
        esc = s[end]
        if esc != "u":
            try:
                chunks.append(_BACKSLASH[esc])
            except KeyError:
                raise JSONDecodeError(f"Invalid \\escape: {esc!r}", s, end) from None
            end += 1
            continue
        code = _decode_uXXXX(s, end)
        end += 5
        if 0xD800 <= code <= 0xDBFF and s[end:end + 2] == "\\u":
            # The first half of a pair: with the second one it is a character.
            low = _decode_uXXXX(s, end + 1)
            if 0xDC00 <= low <= 0xDFFF:
                code = 0x10000 + ((code - 0xD800) << 10 | low - 0xDC00)
                end += 6
        chunks.append(chr(code))


scanstring = c_scanstring or py_scanstring

_WHITESPACE = " \t\n\r"


def _skip(s, end):
    """The next position that is not whitespace."""
    n = len(s)
    while end < n and s[end] in _WHITESPACE:
        end += 1
    return end


def JSONObject(s_and_end, strict, scan_once, object_hook, object_pairs_hook, memo=None):
    """(dict, end) of the object whose contents start at end."""
    s, end = s_and_end
    pairs = []
    if memo is None:
        memo = {}
    end = _skip(s, end)
    nextchar = s[end:end + 1]
    if nextchar == "}":
        if object_pairs_hook is not None:
            return object_pairs_hook(pairs), end + 1
        return ({} if object_hook is None else object_hook({})), end + 1
    if nextchar != '"':
        raise JSONDecodeError("Expecting property name enclosed in double quotes", s, end)
    while True:
        key, end = scanstring(s, end + 1, strict)
        key = memo.setdefault(key, key)     # equal keys are the same string
        end = _skip(s, end)
        if s[end:end + 1] != ":":
            raise JSONDecodeError("Expecting ':' delimiter", s, end)
        end = _skip(s, end + 1)
        try:
            value, end = scan_once(s, end)
        except StopIteration as err:
            raise JSONDecodeError("Expecting value", s, err.value) from None
        pairs.append((key, value))
        end = _skip(s, end)
        nextchar = s[end:end + 1]
        if nextchar == "}":
            end += 1
            break
        if nextchar != ",":
            raise JSONDecodeError("Expecting ',' delimiter", s, end)
        comma = end
        end = _skip(s, end + 1)
        nextchar = s[end:end + 1]
        if nextchar != '"':
            if nextchar == "}":
                raise JSONDecodeError("Illegal trailing comma before end of object", s, comma)
            raise JSONDecodeError("Expecting property name enclosed in double quotes", s, end)
    if object_pairs_hook is not None:
        return object_pairs_hook(pairs), end
    result = dict(pairs)
    return (result if object_hook is None else object_hook(result)), end


def JSONArray(s_and_end, scan_once):
    """(list, end) of the array whose contents start at end."""
    s, end = s_and_end
    values = []
    end = _skip(s, end)
    if s[end:end + 1] == "]":
        return values, end + 1
    while True:
        try:
            value, end = scan_once(s, end)
        except StopIteration as err:
            raise JSONDecodeError("Expecting value", s, err.value) from None
        values.append(value)
        end = _skip(s, end)
        nextchar = s[end:end + 1]
        if nextchar == "]":
            return values, end + 1
        if nextchar != ",":
            raise JSONDecodeError("Expecting ',' delimiter", s, end)
        comma = end
        end = _skip(s, end + 1)
        if s[end:end + 1] == "]":
            raise JSONDecodeError("Illegal trailing comma before end of array", s, comma)


class JSONDecoder:
    """Objects become dicts, arrays lists; true, false, null become True, False, None.

    object_hook(dict) or object_pairs_hook(pairs) may make something else of
    objects; parse_float, parse_int get the text of numbers, parse_constant
    'NaN', 'Infinity' or '-Infinity'. strict=False allows control characters
    in strings.
    """

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook
        self.parse_object = JSONObject
        self.parse_array = JSONArray
        self.parse_string = scanstring
        self.memo = {}
        self.scan_once = scanner.make_scanner(self)

    def decode(self, s, _w=_skip):
        """The value of the text s; nothing but whitespace may follow it."""
        obj, end = self.raw_decode(s, idx=_w(s, 0))
        end = _w(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return obj

    def raw_decode(self, s, idx=0):
        """(value, end) of the text that starts at idx; anything may follow it."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as err:
            raise JSONDecodeError("Expecting value", s, err.value) from None
