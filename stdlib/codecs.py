"""The registry of encodings, and classes to build codecs with.

    >>> import codecs
    >>> codecs.encode("é", "utf-8"), codecs.lookup("latin1").name
    (b'\\xc3\\xa9', 'iso8859-1')

The codecs that every program has (UTF-8, UTF-16, UTF-32, ASCII, Latin-1 and the
two escape codecs) are natives of _codecs; programs register more.
"""

import _codecs
from _codecs import *

__all__ = [
    "register", "lookup", "open", "BOM", "BOM_BE", "BOM_LE", "BOM32_BE", "BOM32_LE", "BOM64_BE", "BOM64_LE",
    "BOM_UTF8", "BOM_UTF16", "BOM_UTF16_LE", "BOM_UTF16_BE", "BOM_UTF32", "BOM_UTF32_LE", "BOM_UTF32_BE", "CodecInfo",
    "Codec", "IncrementalEncoder", "IncrementalDecoder", "StreamReader", "StreamWriter", "StreamReaderWriter",
    "getencoder", "getdecoder", "getincrementalencoder", "getincrementaldecoder", "getreader", "getwriter", "encode",
    "decode", "iterencode", "iterdecode", "strict_errors", "ignore_errors", "replace_errors", "xmlcharrefreplace_errors",
    "backslashreplace_errors", "register_error", "lookup_error", "unregister",
]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = BOM32_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = BOM32_BE = b"\xfe\xff"
BOM_UTF32_LE = BOM64_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = BOM64_BE = b"\x00\x00\xfe\xff"
BOM = BOM_UTF16 = BOM_UTF16_LE
BOM_UTF32 = BOM_UTF32_LE


class CodecInfo(tuple):
    """What lookup() gives: (encode, decode, streamreader, streamwriter), and more by name."""

    _is_text_encoding = True

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
                incrementaldecoder=None, name=None, *, _is_text_encoding=None):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode = encode
        self.decode = decode
        self.streamreader = streamreader
        self.streamwriter = streamwriter
        self.incrementalencoder = incrementalencoder
        self.incrementaldecoder = incrementaldecoder
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} object for encoding {self.name} at {id(self):#x}>"

    def __getnewargs__(self):
        return tuple(self)


# ---- base classes --------------------------------------------------------------------

class Codec:
    """encode() and decode() without a state."""

    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes a text that comes in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = ""

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return 0

    def setstate(self, state):
        pass


class BufferedIncrementalEncoder(IncrementalEncoder):
    """An encoder that may leave the end of a piece for later: _buffer_encode() says how much it used."""

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        text = self.buffer + input
        result, used = self._buffer_encode(text, self.errors, final)
        self.buffer = text[used:]
        return result

    def reset(self):
        super().reset()
        self.buffer = ""

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ""


class IncrementalDecoder:
    """Decodes bytes that come in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return b"", 0

    def setstate(self, state):
        pass


class BufferedIncrementalDecoder(IncrementalDecoder):
    """A decoder that keeps the incomplete end of a piece: _buffer_decode() says how much it used."""

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + input
        result, used = self._buffer_decode(data, self.errors, final)
        self.buffer = data[used:]
        return result

    def reset(self):
        super().reset()
        self.buffer = b""

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


class StreamWriter(Codec):
    """Writes text to a stream of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors

    def write(self, object):
        data, used = self.encode(object, self.errors)
        self.stream.write(data)

    def writelines(self, list):
        self.write("".join(list))

    def reset(self):
        pass

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


class StreamReader(Codec):
    """Reads text from a stream of bytes."""

    charbuffertype = str

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors
        self.bytebuffer = b""
        self.charbuffer = self.charbuffertype()

    def decode(self, input, errors="strict"):
        raise NotImplementedError

    def _fill(self, size):
        """More characters into the buffer; False at the end of the stream."""
        data = self.stream.read() if size < 0 else self.stream.read(size)
        text, used = self.decode(self.bytebuffer + data, self.errors)
        self.bytebuffer = (self.bytebuffer + data)[used:]
        self.charbuffer += text
        return bool(data)

    def read(self, size=-1, chars=-1, firstline=False):
        if chars < 0 and size < 0:
            self._fill(-1)
            result, self.charbuffer = self.charbuffer, self.charbuffertype()
            return result
        if chars < 0:
            if not self.charbuffer:
                self._fill(size)
            result, self.charbuffer = self.charbuffer, self.charbuffertype()
            return result
        while len(self.charbuffer) < chars and self._fill(max(size, 72)):
            pass
        result, self.charbuffer = self.charbuffer[:chars], self.charbuffer[chars:]
        return result

    def readline(self, size=None, keepends=True):
        while True:
            lines = self.charbuffer.splitlines(True)
            # A \r at the end may be half of a line end.
            if len(lines) > 1 or (lines and lines[0] != lines[0].rstrip("\r\n") and not lines[0].endswith("\r")):
                break
            if not self._fill(72 if size is None else size):
                break
        lines = self.charbuffer.splitlines(True)
        if not lines:
            return self.charbuffertype()
        line = lines[0]
        self.charbuffer = self.charbuffer[len(line):]
        return line if keepends else line.splitlines(False)[0]

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def reset(self):
        self.bytebuffer = b""
        self.charbuffer = self.charbuffertype()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def __iter__(self):
        return self

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


class StreamReaderWriter:
    """A reader and a writer on one stream."""

    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream = stream
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None, keepends=True):
        return self.reader.readline(size, keepends)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()
        if whence == 0 and offset == 0:
            self.writer.reset()

    def __next__(self):
        return next(self.reader)

    def __iter__(self):
        return self

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    """Open a file; with an encoding, text is read and written through its codec."""
    import builtins
    if encoding is not None and "b" not in mode:
        mode += "b"
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    try:
        info = lookup(encoding)
        result = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
        result.encoding = encoding
        return result
    except BaseException:
        file.close()
        raise


# ---- parts of a codec by name ------------------------------------------------------------

def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    found = lookup(encoding).incrementalencoder
    if found is None:
        raise LookupError(encoding)
    return found


def getincrementaldecoder(encoding):
    found = lookup(encoding).incrementaldecoder
    if found is None:
        raise LookupError(encoding)
    return found


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


def iterencode(iterator, encoding, errors="strict", **kwargs):
    """Encode the pieces of text that iterator gives."""
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for text in iterator:
        data = encoder.encode(text)
        if data:
            yield data
    data = encoder.encode("", True)
    if data:
        yield data


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    """Decode the pieces of bytes that iterator gives."""
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for data in iterator:
        text = decoder.decode(data)
        if text:
            yield text
    text = decoder.decode(b"", True)
    if text:
        yield text


# ---- error handlers -----------------------------------------------------------------------

def _cannot(exc):
    if isinstance(exc, Exception):
        return TypeError(f"don't know how to handle {type(exc).__name__} in error callback")
    return TypeError("codec must pass exception instance")


def strict_errors(exc):
    """Raise the exception."""
    if isinstance(exc, Exception):
        raise exc
    raise _cannot(exc)


def ignore_errors(exc):
    """Leave out what cannot be coded."""
    if not isinstance(exc, (UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)):
        raise _cannot(exc)
    return "", exc.end


def replace_errors(exc):
    """Put a question mark, or U+FFFD, instead."""
    if isinstance(exc, UnicodeEncodeError):
        return "?" * (exc.end - exc.start), exc.end
    if isinstance(exc, UnicodeDecodeError):
        return "\ufffd", exc.end
    if isinstance(exc, UnicodeTranslateError):
        return "\ufffd" * (exc.end - exc.start), exc.end
    raise _cannot(exc)


def xmlcharrefreplace_errors(exc):
    """Write characters as &#number;."""
    if not isinstance(exc, UnicodeEncodeError):
        raise _cannot(exc)
    return "".join(f"&#{ord(c)};" for c in exc.object[exc.start:exc.end]), exc.end


def _escaped(code):
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def backslashreplace_errors(exc):
    """Write what cannot be coded as escapes."""
    if isinstance(exc, UnicodeDecodeError):
        return "".join(f"\\x{b:02x}" for b in exc.object[exc.start:exc.end]), exc.end
    if not isinstance(exc, (UnicodeEncodeError, UnicodeTranslateError)):
        raise _cannot(exc)
    return "".join(_escaped(ord(c)) for c in exc.object[exc.start:exc.end]), exc.end


def _surrogateescape_errors(exc):
    """Bytes that are no text become U+DC80..U+DCFF, and back."""
    if isinstance(exc, UnicodeEncodeError):
        codes = [ord(c) for c in exc.object[exc.start:exc.end]]
        if not all(0xDC80 <= code <= 0xDCFF for code in codes):
            raise exc
        return bytes(code - 0xDC00 for code in codes), exc.end
    if isinstance(exc, UnicodeDecodeError):
        text = []
        for byte in exc.object[exc.start:exc.end]:
            if byte < 128:
                break
            text.append(chr(0xDC00 + byte))
        if not text:
            raise exc
        return "".join(text), exc.start + len(text)
    raise _cannot(exc)


for _name, _handler in (("strict", strict_errors), ("ignore", ignore_errors), ("replace", replace_errors),
                        ("xmlcharrefreplace", xmlcharrefreplace_errors), ("backslashreplace", backslashreplace_errors),
                        ("surrogateescape", _surrogateescape_errors)):
    register_error(_name, _handler)


# ---- the built-in codecs as CodecInfo ---------------------------------------------------------

def _make(name, encode, decode, incremental=True):
    """A CodecInfo around two natives; decode takes a third argument, final, if incremental."""
    def whole_decode(input, errors="strict"):
        return decode(input, errors, True)

    def partial_decode(input, errors="strict"):
        return decode(input, errors, False)

    def encode_text(input, errors="strict"):
        return encode(input, errors)

    class Encoder(IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, self.errors)[0]

    class Decoder(BufferedIncrementalDecoder):
        def _buffer_decode(self, input, errors, final):
            return decode(input, errors, final)

    class Reader(StreamReader):
        pass

    class Writer(StreamWriter):
        pass

    Reader.decode = staticmethod(partial_decode)
    Writer.encode = staticmethod(encode_text)
    return CodecInfo(encode_text, whole_decode, Reader, Writer, Encoder, Decoder, name=name)


def _with_bom(name, first, rest, decode):
    """UTF-16, UTF-32 and utf-8-sig: a byte order mark at the start; decode(input, errors, order, final)."""
    info = _make(name, first, lambda input, errors, final: decode(input, errors, 0, final)[:2])

    class Encoder(IncrementalEncoder):
        started = False

        def encode(self, input, final=False):
            encode = rest if self.started else first
            self.started = True
            return encode(input, self.errors)[0]

        def reset(self):
            self.started = False

        def getstate(self):
            return 0 if self.started else 2

        def setstate(self, state):
            self.started = not state

    class Decoder(BufferedIncrementalDecoder):
        order = 0

        def _buffer_decode(self, input, errors, final):
            text, used, self.order = decode(input, errors, self.order, final)
            return text, used

        def reset(self):
            super().reset()
            self.order = 0

    info.incrementalencoder = Encoder
    info.incrementaldecoder = Decoder
    return info


def _utf_8_sig_encode(input, errors="strict"):
    data, used = utf_8_encode(input, errors)
    return BOM_UTF8 + data, used


def _utf_8_sig_decode(input, errors, order, final):
    """order 1: the start has been seen."""
    input = bytes(input)
    start = 0
    if not order:
        if not final and len(input) < 3 and BOM_UTF8.startswith(input):
            return "", 0, 0
        if input.startswith(BOM_UTF8):
            start = 3
    text, used = utf_8_decode(input[start:], errors, final)
    return text, used + start, 1


_BUILT_IN = {
    "utf_8": ("utf-8", "utf8 u8 utf cp65001", lambda: _make("utf-8", utf_8_encode, utf_8_decode)),
    "ascii": ("ascii", "us_ascii 646 us", lambda: _make("ascii", ascii_encode, ascii_decode)),
    "latin_1": ("iso8859-1", "latin1 iso_8859_1 iso8859_1 iso8859 8859 cp819 l1 latin",
                lambda: _make("iso8859-1", latin_1_encode, latin_1_decode)),
    "utf_8_sig": ("utf-8-sig", "", lambda: _with_bom("utf-8-sig", _utf_8_sig_encode, utf_8_encode, _utf_8_sig_decode)),
    "utf_16": ("utf-16", "utf16 u16", lambda: _with_bom("utf-16", utf_16_encode, utf_16_le_encode, utf_16_ex_decode)),
    "utf_16_le": ("utf-16-le", "utf_16le", lambda: _make("utf-16-le", utf_16_le_encode, utf_16_le_decode)),
    "utf_16_be": ("utf-16-be", "utf_16be", lambda: _make("utf-16-be", utf_16_be_encode, utf_16_be_decode)),
    "utf_32": ("utf-32", "utf32 u32", lambda: _with_bom("utf-32", utf_32_encode, utf_32_le_encode, utf_32_ex_decode)),
    "utf_32_le": ("utf-32-le", "utf_32le", lambda: _make("utf-32-le", utf_32_le_encode, utf_32_le_decode)),
    "utf_32_be": ("utf-32-be", "utf_32be", lambda: _make("utf-32-be", utf_32_be_encode, utf_32_be_decode)),
    "unicode_escape": ("unicode-escape", "unicodeescape",
                       lambda: _make("unicode-escape", unicode_escape_encode, unicode_escape_decode)),
    "raw_unicode_escape": ("raw-unicode-escape", "rawunicodeescape",
                           lambda: _make("raw-unicode-escape", raw_unicode_escape_encode, raw_unicode_escape_decode)),
}


# ---- character maps of one byte: ASCII or Latin-1 with some places filled otherwise ----------------

class _CharMap:
    """The codec of a table of 256 characters; U+FFFE marks bytes that mean nothing."""

    def __init__(self, name, table):
        self.name = name
        self.table = table
        self.codes = {c: bytes([i]) for i, c in enumerate(table) if c != "\ufffe"}

    def encode(self, input, errors="strict"):
        codes, out, i = self.codes, [], 0
        while i < len(input):
            code = codes.get(input[i])
            if code is not None:
                out.append(code)
                i += 1
                continue
            end = i + 1
            while end < len(input) and input[end] not in codes:
                end += 1
            error = UnicodeEncodeError("charmap", input, i, end, "character maps to <undefined>")
            instead, i = lookup_error(errors or "strict")(error)
            if isinstance(instead, str):
                try:
                    instead = b"".join([codes[c] for c in instead])
                except KeyError:
                    raise error from None
            out.append(instead)
        return b"".join(out), len(input)

    def decode(self, input, errors="strict", final=True):
        input = bytes(input)
        table, out, i = self.table, [], 0
        while i < len(input):
            c = table[input[i]]
            if c != "\ufffe":
                out.append(c)
                i += 1
                continue
            error = UnicodeDecodeError("charmap", input, i, i + 1, "character maps to <undefined>")
            instead, i = lookup_error(errors or "strict")(error)
            out.append(instead)
        return "".join(out), len(input)


def _latin(**changes):
    """Latin-1 with these bytes changed: x80="..." sets 0x80 and what follows."""
    table = [chr(i) for i in range(256)]
    for place, text in changes.items():
        start = int(place[1:], 16)
        table[start:start + len(text)] = text
    return "".join(table)


def _charmap(name, **changes):
    def make():
        codec = _CharMap(name, _latin(**changes))
        return _make(name, codec.encode, codec.decode)
    return make


_CP437 = ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈"
          "°∙·√ⁿ²■\xa0")
_CP1251 = ("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\ufffe™љ›њќћџ\xa0ЎўЈ¤Ґ¦§Ё©Є«¬\xad®Ї°±Ііґµ¶·ё№є»јЅѕї"
           "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя")
_CP1252 = "€\ufffe‚ƒ„…†‡ˆ‰Š‹Œ\ufffeŽ\ufffe\ufffe‘’“”•–—˜™š›œ\ufffežŸ"
_KOI8_R = ("─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\xa0⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©"
           "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ")
_BUILT_IN.update({
    "cp437": ("cp437", "437 ibm437", _charmap("cp437", x80=_CP437)),
    "cp1251": ("cp1251", "1251 windows_1251", _charmap("cp1251", x80=_CP1251)),
    "cp1252": ("cp1252", "1252 windows_1252", _charmap("cp1252", x80=_CP1252)),
    "koi8_r": ("koi8-r", "cskoi8r", _charmap("koi8-r", x80=_KOI8_R)),
    "iso8859_15": ("iso8859-15", "iso_8859_15 latin9 latin_9 l9",
                   _charmap("iso8859-15", xa4="€", xa6="Š", xa8="š", xb4="Ž", xb8="ž", xbc="ŒœŸ")),
    "iso8859_5": ("iso8859-5", "iso_8859_5 cyrillic",
                  _charmap("iso8859-5", xa1="ЁЂЃЄЅІЇЈЉЊЋЌ", xae="ЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
                                                                "№ёђѓєѕіїјљњћќ§ўџ")),
})
_ALIASES = {alias: name for name, (_, aliases, _) in _BUILT_IN.items() for alias in aliases.split()}
_made = {}


def _search(encoding):
    """The built-in codec of that name, or None."""
    words = "".join(c if c.isalnum() or c == "." else " " for c in encoding if c.isascii()).split()
    name = "_".join(words)
    name = _ALIASES.get(name, name)
    entry = _BUILT_IN.get(name)
    if entry is None:
        return None
    if name not in _made:
        _made[name] = entry[2]()
    return _made[name]


register(_search)
