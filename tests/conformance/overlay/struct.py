"""A stand-in for struct: integers and floats of the standard sizes."""
from math import copysign, frexp, inf, isinf, isnan, ldexp, nan

_SIZES = {"x": 1, "c": 1, "b": 1, "B": 1, "?": 1, "h": 2, "H": 2, "i": 4, "I": 4, "l": 4, "L": 4, "q": 8, "Q": 8,
          "n": 8, "N": 8, "P": 8, "e": 2, "f": 4, "d": 8}
_FLOATS = {"e": (5, 10), "f": (8, 23), "d": (11, 52)}


class error(Exception):
    pass


def _float_bits(value, exponent_bits, fraction_bits):
    bias = (1 << exponent_bits - 1) - 1
    top = (1 << exponent_bits) - 1
    sign = copysign(1.0, value) < 0
    if isnan(value):
        exponent, fraction = top, 1 << fraction_bits - 1
    elif isinf(value):
        exponent, fraction = top, 0
    elif value == 0:
        exponent = fraction = 0
    else:
        mantissa, e = frexp(abs(value))
        e += bias - 1
        shift = fraction_bits + 1 if e > 0 else fraction_bits + e
        bits = round(ldexp(mantissa, shift))
        exponent, fraction = (e, bits - (1 << fraction_bits)) if e > 0 else (0, bits)
        if fraction >> fraction_bits:
            exponent, fraction = exponent + 1, fraction - (1 << fraction_bits)
        if exponent >= top:
            raise OverflowError("float too large to pack")
    return (sign << exponent_bits + fraction_bits) | (exponent << fraction_bits) | fraction


def _float_of(bits, exponent_bits, fraction_bits):
    bias = (1 << exponent_bits - 1) - 1
    fraction = bits & (1 << fraction_bits) - 1
    exponent = bits >> fraction_bits & (1 << exponent_bits) - 1
    sign = -1.0 if bits >> exponent_bits + fraction_bits else 1.0
    if exponent == (1 << exponent_bits) - 1:
        return sign * inf if not fraction else copysign(nan, sign)
    if exponent:
        fraction += 1 << fraction_bits
    return sign * ldexp(fraction, max(exponent, 1) - bias - fraction_bits)


def _items(fmt):
    if isinstance(fmt, bytes):
        fmt = fmt.decode()
    order = "little"
    if fmt[:1] and fmt[0] in "@=<>!":
        order = "big" if fmt[0] in ">!" else "little"
        fmt = fmt[1:]
    items, count = [], ""
    for letter in fmt:
        if letter.isdigit():
            count += letter
        elif letter.isspace():
            pass
        elif letter == "s":
            items.append(("s", int(count or "1")))
            count = ""
        elif letter in _SIZES:
            items += [(letter, _SIZES[letter])] * int(count or "1")
            count = ""
        else:
            raise error("bad char in struct format")
    return order, items


def calcsize(fmt):
    return sum(size for _, size in _items(fmt)[1])


def pack(fmt, *values):
    order, items = _items(fmt)
    wanted = sum(letter != "x" for letter, _ in items)
    if wanted != len(values):
        raise error(f"pack expected {wanted} items for packing (got {len(values)})")
    out, values = b"", iter(values)
    for letter, size in items:
        if letter == "x":
            out += b"\0"
            continue
        value = next(values)
        if letter in "sc":
            out += bytes(value)[:size].ljust(size, b"\0")
        elif letter in _FLOATS:
            out += _float_bits(float(value), *_FLOATS[letter]).to_bytes(size, order)
        else:
            try:
                out += int(value).to_bytes(size, order, signed=letter.islower())
            except OverflowError as problem:
                raise error(f"'{letter}' format requires a smaller number") from problem
    return out


def unpack(fmt, data):
    order, items = _items(fmt)
    if len(data) != calcsize(fmt):
        raise error(f"unpack requires a buffer of {calcsize(fmt)} bytes")
    return unpack_from(fmt, data)


def unpack_from(fmt, data, offset=0):
    order, items = _items(fmt)
    found = []
    for letter, size in items:
        part = bytes(data[offset:offset + size])
        offset += size
        if letter in "sc":
            found.append(part)
        elif letter in _FLOATS:
            found.append(_float_of(int.from_bytes(part, order), *_FLOATS[letter]))
        elif letter == "?":
            found.append(part != b"\0")
        elif letter != "x":
            found.append(int.from_bytes(part, order, signed=letter.islower()))
    return tuple(found)


class Struct:
    def __init__(self, format):
        self.format, self.size = format, calcsize(format)

    def pack(self, *values):
        return pack(self.format, *values)

    def unpack(self, data):
        return unpack(self.format, data)
