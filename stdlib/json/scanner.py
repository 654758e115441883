"""Reads one JSON value at a position of a string."""

__all__ = ["make_scanner"]

try:
    from _json import make_scanner as c_make_scanner
except ImportError:
    c_make_scanner = None

_DIGITS = "0123456789"


def _number_end(string, idx):
    """(end, is a float) of the number at idx; the end is idx if there is none."""
    n = len(string)
    i = idx
    if string[i] == "-":
        i += 1
    if i < n and string[i] == "0":
        i += 1
    elif i < n and string[i] in _DIGITS:
        while i < n and string[i] in _DIGITS:
            i += 1
    else:
        return idx, False
    end = i
    is_float = False
    if i + 1 < n and string[i] == "." and string[i + 1] in _DIGITS:
        is_float = True
        i += 1
        while i < n and string[i] in _DIGITS:
            i += 1
        end = i
    if i < n and string[i] in "eE":
        i += 1
        if i < n and string[i] in "+-":
            i += 1
        if i < n and string[i] in _DIGITS:
            is_float = True
            while i < n and string[i] in _DIGITS:
                i += 1
            end = i
    return end, is_float


def py_make_scanner(context):
    """scan_once(string, idx) -> (value, end), for a decoder; StopIteration(idx) if there is no value."""
    parse_object = context.parse_object
    parse_array = context.parse_array
    parse_string = context.parse_string
    strict = context.strict
    parse_float = context.parse_float
    parse_int = context.parse_int
    parse_constant = context.parse_constant
    object_hook = context.object_hook
    object_pairs_hook = context.object_pairs_hook
    memo = context.memo

    def _scan_once(string, idx):
        try:
            nextchar = string[idx]
        except IndexError:
            raise StopIteration(idx) from None
        if nextchar == '"':
            return parse_string(string, idx + 1, strict)
        if nextchar == "{":
            return parse_object((string, idx + 1), strict, _scan_once, object_hook, object_pairs_hook, memo)
        if nextchar == "[":
            return parse_array((string, idx + 1), _scan_once)
        if nextchar == "n" and string.startswith("null", idx):
            return None, idx + 4
        if nextchar == "t" and string.startswith("true", idx):
            return True, idx + 4
        if nextchar == "f" and string.startswith("false", idx):
            return False, idx + 5
        if nextchar in "-0123456789":
            end, is_float = _number_end(string, idx)
            if end > idx:
                convert = parse_float if is_float else parse_int
                return convert(string[idx:end]), end
        for constant in ("NaN", "Infinity", "-Infinity"):
            if nextchar == constant[0] and string.startswith(constant, idx):
                return parse_constant(constant), idx + len(constant)
        raise StopIteration(idx)

    def scan_once(string, idx):
        if idx < 0:
            raise ValueError("idx cannot be negative")
        try:
            return _scan_once(string, idx)
        finally:
            memo.clear()

    return scan_once


make_scanner = c_make_scanner or py_make_scanner
