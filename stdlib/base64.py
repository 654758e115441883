"""Bytes as text: base 64, 32, 16 and 85.

    >>> import base64
    >>> base64.b64encode(b"hello"), base64.b16decode("FF00")
    (b'aGVsbG8=', b'\\xff\\x00')
"""

__all__ = [
    "encode", "decode", "encodebytes", "decodebytes", "b64encode", "b64decode", "b32encode", "b32decode",
    "b32hexencode", "b32hexdecode", "b16encode", "b16decode", "b85encode", "b85decode", "a85encode", "a85decode",
    "z85encode", "z85decode", "standard_b64encode", "standard_b64decode", "urlsafe_b64encode", "urlsafe_b64decode",
]

try:
    from binascii import Error
except ImportError:
    class Error(ValueError):
        """Text that is not in the encoding."""

        __module__ = "binascii"

_B64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_B64_VALUE = {c: i for i, c in enumerate(_B64)}


def _bytes_from_decode_data(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    if isinstance(s, (bytes, bytearray)):
        return bytes(s)
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError(f"argument should be a bytes-like object or ASCII string, not {s.__class__.__name__!r}") \
            from None


def _input_bytes(s):
    return bytes(s) if isinstance(s, (bytes, bytearray)) else memoryview(s).tobytes()


# ---- base 64 ---------------------------------------------------------------------------

def _to_base64(data):
    out = bytearray()
    for i in range(0, len(data) - len(data) % 3, 3):
        n = data[i] << 16 | data[i + 1] << 8 | data[i + 2]
        out += bytes((_B64[n >> 18], _B64[n >> 12 & 63], _B64[n >> 6 & 63], _B64[n & 63]))
    rest = data[len(data) - len(data) % 3:]
    if len(rest) == 1:
        n = rest[0] << 4
        out += bytes((_B64[n >> 6], _B64[n & 63])) + b"=="
    elif len(rest) == 2:
        n = (rest[0] << 8 | rest[1]) << 2
        out += bytes((_B64[n >> 12], _B64[n >> 6 & 63], _B64[n & 63])) + b"="
    return bytes(out)


def _from_base64(data, strict):
    out = bytearray()
    acc = bits = quad = pads = 0
    padding_started = False
    if strict and data[:1] == b"=":
        raise Error("Leading padding not allowed")
    for i, c in enumerate(data):
        if c == 0x3D:
            padding_started = True
            if strict and quad == 0:
                raise Error("Excess padding not allowed")
            pads += 1
            if quad >= 2 and quad + pads >= 4:
                if strict and i + 1 < len(data):
                    raise Error("Excess data after padding")
                return bytes(out)
            continue
        value = _B64_VALUE.get(c)
        if value is None:
            if strict:
                raise Error("Only base64 data is allowed")
            continue
        if strict and padding_started:
            raise Error("Discontinuous padding not allowed")
        pads = 0
        acc = acc << 6 | value
        bits += 6
        quad = (quad + 1) & 3
        if bits >= 8:
            bits -= 8
            out.append(acc >> bits & 255)
            acc &= (1 << bits) - 1
    if quad:
        if quad == 1:
            raise Error(f"Invalid base64-encoded string: number of data characters ({len(out) // 3 * 4 + 1}) "
                        "cannot be 1 more than a multiple of 4")
        raise Error("Incorrect padding")
    return bytes(out)


try:
    from binascii import a2b_base64 as _a2b, b2a_base64 as _b2a
except ImportError:
    pass
else:
    def _to_base64(data):
        return _b2a(data, newline=False)

    def _from_base64(data, strict):
        return _a2b(data, strict_mode=strict)


def b64encode(s, altchars=None):
    """Base 64; altchars replace + and /."""
    encoded = _to_base64(_input_bytes(s))
    if altchars is not None:
        assert len(altchars) == 2, repr(altchars)
        return encoded.translate(bytes.maketrans(b"+/", altchars))
    return encoded


def b64decode(s, altchars=None, validate=False):
    """Back from base 64; other characters are left out, or with validate are an error."""
    s = _bytes_from_decode_data(s)
    if altchars is not None:
        altchars = _bytes_from_decode_data(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return _from_base64(s, validate)


def standard_b64encode(s):
    """Base 64 with + and /."""
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


_urlsafe_encode = bytes.maketrans(b"+/", b"-_")
_urlsafe_decode = bytes.maketrans(b"-_", b"+/")


def urlsafe_b64encode(s):
    """Base 64 with - and _, for names of files and addresses."""
    return b64encode(s).translate(_urlsafe_encode)


def urlsafe_b64decode(s):
    return b64decode(_bytes_from_decode_data(s).translate(_urlsafe_decode))


# ---- base 32 and 16 --------------------------------------------------------------------------

_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_B32HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"


def _b32encode(alphabet, s):
    s = _input_bytes(s)
    leftover = len(s) % 5
    if leftover:
        s += bytes(5 - leftover)
    out = bytearray()
    for i in range(0, len(s), 5):
        n = int.from_bytes(s[i:i + 5])
        out += bytes(alphabet[n >> shift & 31] for shift in range(35, -1, -5))
    if leftover:
        pads = {1: 6, 2: 4, 3: 3, 4: 1}[leftover]
        out[-pads:] = b"=" * pads
    return bytes(out)


def _b32decode(alphabet, s, casefold=False, map01=None):
    s = _bytes_from_decode_data(s)
    if len(s) % 8:
        raise Error("Incorrect padding")
    if map01 is not None:
        map01 = _bytes_from_decode_data(map01)
        assert len(map01) == 1, repr(map01)
        s = s.translate(bytes.maketrans(b"01", b"O" + map01))
    if casefold:
        s = s.upper()
    length = len(s)
    s = s.rstrip(b"=")
    padchars = length - len(s)
    values = {c: i for i, c in enumerate(alphabet)}
    out = bytearray()
    acc = 0
    for i in range(0, len(s), 8):
        quanta = s[i:i + 8]
        acc = 0
        try:
            for c in quanta:
                acc = acc << 5 | values[c]
        except KeyError:
            raise Error("Non-base32 digit found") from None
        acc <<= 5 * (8 - len(quanta))
        out += acc.to_bytes(5)
    if length % 8 or padchars not in {0, 1, 3, 4, 6}:
        raise Error("Incorrect padding")
    if padchars and out:
        leftover = (43 - 5 * padchars) // 8
        del out[len(out) - 5 + leftover:]
    return bytes(out)


def b32encode(s):
    """Base 32."""
    return _b32encode(_B32, s)


def b32decode(s, casefold=False, map01=None):
    """Back from base 32; casefold takes small letters too, map01 takes 0 for O and 1 for what it says."""
    return _b32decode(_B32, s, casefold, map01)


def b32hexencode(s):
    """Base 32 with digits first: sorts as the bytes do."""
    return _b32encode(_B32HEX, s)


def b32hexdecode(s, casefold=False):
    return _b32decode(_B32HEX, s, casefold)


def b16encode(s):
    """Hexadecimal, in capitals."""
    return _input_bytes(s).hex().upper().encode("ascii")


def b16decode(s, casefold=False):
    """Back from hexadecimal; casefold takes small letters too."""
    s = _bytes_from_decode_data(s)
    if casefold:
        s = s.upper()
    if any(c not in b"0123456789ABCDEF" for c in s):
        raise Error("Non-base16 digit found")
    if len(s) % 2:
        raise Error("Odd-length string")
    return bytes.fromhex(s.decode("ascii"))


# ---- base 85 -----------------------------------------------------------------------------------

_A85 = bytes(range(33, 118))
_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_Z85 = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
_z85_to_b85 = bytes.maketrans(_Z85, _B85)
_b85_to_z85 = bytes.maketrans(_B85, _Z85)


def _85encode(b, alphabet, pad=False, foldnuls=False, foldspaces=False):
    b = _input_bytes(b)
    padding = -len(b) % 4
    b += bytes(padding)
    chunks = []
    for i in range(0, len(b), 4):
        word = int.from_bytes(b[i:i + 4])
        if foldnuls and not word:
            chunks.append(b"z")
            continue
        if foldspaces and word == 0x20202020:
            chunks.append(b"y")
            continue
        digits = []
        for _ in range(5):
            word, digit = divmod(word, 85)
            digits.append(alphabet[digit])
        chunks.append(bytes(reversed(digits)))
    if padding and not pad:
        if chunks[-1] == b"z":
            chunks[-1] = bytes([alphabet[0]]) * 5
        chunks[-1] = chunks[-1][:-padding]
    return b"".join(chunks)


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Ascii85; foldspaces writes four blanks as y, adobe puts <~ ~> around it."""
    result = _85encode(b, _A85, pad, True, foldspaces)
    if adobe:
        result = b"<~" + result
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        chunks = [result[i:i + wrapcol] for i in range(0, len(result), wrapcol)]
        if adobe and len(chunks[-1]) + 2 > wrapcol:
            chunks.append(b"")
        result = b"\n".join(chunks)
    if adobe:
        result += b"~>"
    return result


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    """Back from Ascii85."""
    b = _bytes_from_decode_data(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError(f"Ascii85 encoded byte sequences must end with {b'~>'!r}")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    out = bytearray()
    group = []
    for x in b + b"u" * 4:
        if 33 <= x <= 117:
            group.append(x - 33)
            if len(group) == 5:
                acc = 0
                for digit in group:
                    acc = acc * 85 + digit
                try:
                    out += acc.to_bytes(4)
                except OverflowError:
                    raise ValueError("Ascii85 overflow") from None
                group.clear()
        elif x == 122:
            if group:
                raise ValueError("z inside Ascii85 5-tuple")
            out += b"\0\0\0\0"
        elif foldspaces and x == 121:
            if group:
                raise ValueError("y inside Ascii85 5-tuple")
            out += b"    "
        elif x not in ignorechars:
            raise ValueError(f"Non-Ascii85 digit found: {chr(x)}")
    padding = 4 - len(group)
    if padding:
        del out[len(out) - padding:]
    return bytes(out)


def b85encode(b, pad=False):
    """Base 85 as git writes it."""
    return _85encode(b, _B85, pad)


def b85decode(b):
    """Back from base 85."""
    b = _bytes_from_decode_data(b)
    values = {c: i for i, c in enumerate(_B85)}
    padding = -len(b) % 5
    b += b"~" * padding
    out = bytearray()
    for i in range(0, len(b), 5):
        chunk = b[i:i + 5]
        acc = 0
        for j, c in enumerate(chunk):
            if c not in values:
                raise ValueError(f"bad base85 character at position {i + j}")
            acc = acc * 85 + values[c]
        try:
            out += acc.to_bytes(4)
        except OverflowError:
            raise ValueError(f"base85 overflow in hunk starting at byte {i}") from None
    if padding:
        del out[len(out) - padding:]
    return bytes(out)


def z85encode(s):
    """Base 85 as ZeroMQ writes it."""
    return b85encode(s).translate(_b85_to_z85)


def z85decode(s):
    """Back from it."""
    s = _bytes_from_decode_data(s).translate(_z85_to_b85)
    try:
        return b85decode(s)
    except ValueError as e:
        raise ValueError(e.args[0].replace("base85", "z85")) from None


# ---- whole files --------------------------------------------------------------------------------

MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3


def encode(input, output):
    """Encode one binary file to another, in lines."""
    while s := input.read(MAXBINSIZE):
        while len(s) < MAXBINSIZE and (ns := input.read(MAXBINSIZE - len(s))):
            s += ns
        output.write(_to_base64(s) + b"\n")


def decode(input, output):
    """Back."""
    while line := input.readline():
        output.write(_from_base64(line, False))


def encodebytes(s):
    """Base 64 in lines of 76 characters."""
    m = memoryview(s)
    if m.format not in ("c", "b", "B"):
        raise TypeError(f"expected single byte elements, not {m.format!r} from {s.__class__.__name__}")
    if m.ndim != 1:
        raise TypeError(f"expected 1-D data, not {m.ndim}-D data from {s.__class__.__name__}")
    s = m.tobytes()
    return b"".join(_to_base64(s[i:i + MAXBINSIZE]) + b"\n" for i in range(0, len(s), MAXBINSIZE))


def decodebytes(s):
    """Back."""
    m = memoryview(s)
    if m.format not in ("c", "b", "B"):
        raise TypeError(f"expected single byte elements, not {m.format!r} from {s.__class__.__name__}")
    return _from_base64(m.tobytes(), False)
