"""TextIOWrapper: characters over a stream of bytes."""

import sys
from _io_base import UnsupportedOperation, _TextIOBase
from _io_memory import _newlines, _universal_end


def text_encoding(encoding, stacklevel=2):
    """The encoding to use when none was named: "locale", or "utf-8" in UTF-8 mode."""
    if encoding is not None:
        return encoding
    if getattr(sys.flags, "warn_default_encoding", False):
        import warnings
        warnings.warn("'encoding' argument not specified.", EncodingWarning, stacklevel + 1)
    return "utf-8" if getattr(sys.flags, "utf8_mode", 0) else "locale"


class IncrementalNewlineDecoder:
    """Translates line ends in pieces of text; a \\r at the end waits for what follows it."""

    def __init__(self, decoder, translate, errors="strict"):
        self.decoder = decoder
        self.translate = translate
        self.errors = errors
        self._seen = set()
        self._pending_cr = False

    def decode(self, input, final=False):
        output = input if self.decoder is None else self.decoder.decode(input, final)
        if self._pending_cr and (output or final):
            output = "\r" + output
            self._pending_cr = False
        if output.endswith("\r") and not final:
            output = output[:-1]
            self._pending_cr = True
        if "\r" in output:
            crlf = output.count("\r\n")
            if crlf:
                self._seen.add("\r\n")
            if output.count("\r") > crlf:
                self._seen.add("\r")
            if output.count("\n") > crlf:
                self._seen.add("\n")
            if self.translate:
                output = output.replace("\r\n", "\n").replace("\r", "\n")
        elif "\n" in output:
            self._seen.add("\n")
        return output

    def getstate(self):
        buffered, flag = (b"", 0) if self.decoder is None else self.decoder.getstate()
        return buffered, flag << 1 | self._pending_cr

    def setstate(self, state):
        buffered, flag = state
        self._pending_cr = bool(flag & 1)
        if self.decoder is not None:
            self.decoder.setstate((buffered, flag >> 1))

    def reset(self):
        self._seen = set()
        self._pending_cr = False
        if self.decoder is not None:
            self.decoder.reset()

    @property
    def newlines(self):
        return _newlines(self._seen)


class _Decoder:
    """Decodes pieces of bytes; an incomplete character at the end waits for the rest of it."""

    # At most so many bytes of a character can be missing at the end of a piece.
    _LONGEST = 4

    def __init__(self, encoding, errors):
        self.encoding = encoding
        self.errors = errors
        self.rest = b""

    def decode(self, data, final=False):
        data = self.rest + data
        self.rest = b""
        if final:
            return data.decode(self.encoding, self.errors)
        keep = self._incomplete(data)
        if keep:
            self.rest = data[-keep:]
            data = data[:-keep]
        return data.decode(self.encoding, self.errors)

    def _incomplete(self, data):
        """How many bytes at the end begin a character whose rest is still to come."""
        name = self.encoding.lower().replace("_", "-")
        if name in ("utf-8", "utf8", "utf-8-sig"):
            for back in range(1, min(4, len(data)) + 1):
                byte = data[-back]
                if byte >= 0xC0:
                    need = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                    return back if need > back else 0
                if byte < 0x80:
                    return 0
            return 0
        if name.startswith(("utf-16", "utf16")):
            return len(data) % 2
        if name.startswith(("utf-32", "utf32")):
            return len(data) % 4
        return 0

    def getstate(self):
        return self.rest, 0

    def setstate(self, state):
        self.rest = state[0]

    def reset(self):
        self.rest = b""


class TextIOWrapper(_TextIOBase):
    """Encodes what is written and decodes what is read.

    _text[_at:] is decoded text that was not yet asked for; _pending are the
    pieces of text that were not yet passed on.
    """

    _CHUNK_SIZE = 8192
    _buffer = None

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        if newline is not None and not isinstance(newline, str):
            raise TypeError(f"illegal newline type: {type(newline)!r}")
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        encoding = text_encoding(encoding)
        if encoding == "locale":
            encoding = "UTF-8"
        if not isinstance(encoding, str):
            raise ValueError(f"invalid encoding: {encoding!r}")
        if errors is None:
            errors = "strict"
        elif not isinstance(errors, str):
            raise ValueError(f"invalid errors: {errors!r}")
        "".encode(encoding)     # LookupError for one that is not known
        self._buffer = buffer
        self._encoding = encoding
        self._errors = errors
        self._line_buffering = line_buffering
        self._write_through = write_through
        self._set_newline(newline)
        self._text = ""
        self._at = 0
        self._snapshot = None       # (decoder state, bytes since) for tell()
        self._pending = []
        self._pending_size = 0
        self._decoder = None
        self._seekable = self._telling = buffer.seekable()
        self._has_read1 = hasattr(buffer, "read1")
        # A mark at the start of the file is written only there.
        self._bom_done = not (self._seekable and self.writable() and buffer.tell() == 0)

    def _set_newline(self, newline):
        self._newline = newline
        self._readuniversal = not newline
        self._readtranslate = newline is None
        self._readnl = newline
        self._writetranslate = newline != ""
        self._writenl = newline or "\n"

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def __repr__(self):
        cls = f"{self.__class__.__module__}.{self.__class__.__qualname__}"
        result = f"<{cls}"
        for attr in ("name", "mode"):
            try:
                result += f" {attr}={getattr(self, attr)!r}"
            except (AttributeError, ValueError):
                pass
        return f"{result} encoding={self.encoding!r}>"

    # ---- properties -----------------------------------------------------------

    @property
    def buffer(self):
        if self._buffer is None:
            raise ValueError("underlying buffer has been detached" if "_encoding" in self.__dict__
                             else "I/O operation on uninitialized object")
        return self._buffer

    @property
    def encoding(self):
        return self._encoding

    @property
    def errors(self):
        return self._errors

    @property
    def line_buffering(self):
        return self._line_buffering

    @property
    def write_through(self):
        return self._write_through

    @property
    def closed(self):
        return self.buffer.closed

    @property
    def name(self):
        return self.buffer.name

    @property
    def newlines(self):
        return self._decoder.newlines if isinstance(self._decoder, IncrementalNewlineDecoder) else None

    def seekable(self):
        self._checkClosed()
        return self._seekable

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def reconfigure(self, *, encoding=None, errors=None, newline=Ellipsis, line_buffering=None, write_through=None):
        """Change some of the arguments of the constructor."""
        if self._decoder is not None and (encoding is not None or errors is not None or newline is not Ellipsis):
            raise UnsupportedOperation("It is not possible to set the encoding or newline of stream after the "
                                       "first read")
        self.flush()
        if encoding is not None:
            if not isinstance(encoding, str):
                raise TypeError(f"reconfigure() argument 'encoding' must be str or None, not "
                                f"{type(encoding).__name__}")
            if encoding == "locale":
                encoding = "UTF-8"
            "".encode(encoding)
            self._encoding = encoding
            if errors is None:
                errors = "strict"
        if errors is not None:
            self._errors = errors
        if newline is not Ellipsis:
            if newline not in (None, "", "\n", "\r", "\r\n"):
                raise ValueError(f"illegal newline value: {newline!r}")
            self._set_newline(newline)
        if line_buffering is not None:
            self._line_buffering = bool(line_buffering)
        if write_through is not None:
            self._write_through = bool(write_through)

    # ---- writing ----------------------------------------------------------------

    def write(self, s):
        """Write text; returns how many characters."""
        if self.closed:
            raise ValueError("write to closed file")
        if not isinstance(s, str):
            raise TypeError(f"write() argument must be str, not {type(s).__name__}")
        length = len(s)
        haslf = (self._writetranslate or self._line_buffering) and "\n" in s
        if haslf and self._writetranslate and self._writenl != "\n":
            s = s.replace("\n", self._writenl)
        data = self._encode(s)
        if not self.writable():
            raise UnsupportedOperation("not writable")
        self._pending.append(data)
        self._pending_size += len(data)
        if self._pending_size > self._CHUNK_SIZE or self._write_through:
            self._pass_on()
        if self._line_buffering and (haslf or "\r" in s):
            self.flush()
        if self._text:
            self._forget()
        return length

    def _encode(self, s):
        data = s.encode(self._encoding, self._errors)
        if self._bom_done and s:
            # Not a second mark in the middle of the file.
            for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\xff\xfe", "utf-16")):
                if self._encoding.lower().replace("_", "-") == name and data.startswith(mark):
                    return data[len(mark):]
        elif s:
            self._bom_done = True
        return data

    def _pass_on(self):
        """Give the pending bytes to the buffer."""
        if self._pending:
            data = b"".join(self._pending)
            self._pending = []
            self._pending_size = 0
            self.buffer.write(data)

    def flush(self):
        self._checkClosed()
        self._pass_on()
        self.buffer.flush()
        self._telling = self._seekable

    def close(self):
        if self._buffer is not None and not self.closed:
            try:
                self.flush()
            finally:
                self.buffer.close()

    def detach(self):
        """Give the buffer away; this object is no longer usable."""
        buffer = self.buffer
        self.flush()
        self._buffer = None
        return buffer

    def __del__(self):
        if self._buffer is not None and not self._buffer.closed:
            self.close()

    # ---- reading --------------------------------------------------------------------

    def _forget(self):
        self._text = ""
        self._at = 0
        self._snapshot = None

    def _get_decoder(self):
        if self._decoder is None:
            if not self.readable():
                raise UnsupportedOperation("not readable")
            decoder = _Decoder(self._encoding, self._errors)
            if self._readuniversal:
                decoder = IncrementalNewlineDecoder(decoder, self._readtranslate)
            self._decoder = decoder
        return self._decoder

    def _read_chunk(self):
        """Decode the next piece of the file into _text; False at the end."""
        decoder = self._get_decoder()
        self._pass_on()
        state = decoder.getstate() if self._telling else None
        data = self.buffer.read1(self._CHUNK_SIZE) if self._has_read1 else self.buffer.read(self._CHUNK_SIZE)
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"underlying {'read1' if self._has_read1 else 'read'}() should have returned a "
                            f"bytes-like object, not '{type(data).__name__}'")
        eof = not data
        self._text = decoder.decode(bytes(data), eof)
        self._at = 0
        if self._telling:
            self._snapshot = (state, state[0] + bytes(data))
        return not eof

    def read(self, size=-1):
        """So many characters, or all."""
        self._checkClosed()
        if size is None:
            size = -1
        try:
            size = size.__index__()
        except AttributeError:
            raise TypeError(f"argument should be integer or None, not '{type(size).__name__}'") from None
        self._get_decoder()
        if size < 0:
            have = self._text[self._at:]
            self._pass_on()
            data = self.buffer.read()
            if data is None:
                raise BlockingIOError(11, "Read returned None.")
            result = have + self._decoder.decode(bytes(data), final=True)
            self._forget()
            return result
        chunks = [self._text[self._at:self._at + size]]
        self._at += len(chunks[0])
        got = len(chunks[0])
        while got < size:
            more = self._read_chunk()
            piece = self._text[:size - got]
            self._at = len(piece)
            chunks.append(piece)
            got += len(piece)
            if not more:
                break
        return "".join(chunks)

    def readline(self, size=-1):
        self._checkClosed()
        if size is None:
            size = -1
        try:
            size = size.__index__()
        except AttributeError:
            raise TypeError(f"{size!r} is not an integer") from None
        line = self._text[self._at:]
        base = self._at         # where in _text the line starts; negative: before it
        searched = 0
        while True:
            end = self._line_end(line, searched)
            if end >= 0:
                break
            if 0 <= size <= len(line):
                end = size
                break
            searched = max(0, len(line) - 1)
            base = -len(line)
            more = self._read_chunk()
            while more and not self._text:
                more = self._read_chunk()
            if not self._text:
                # The end of the file: what there is.
                self._forget()
                end = len(line) if size < 0 else min(size, len(line))
                rest = line[end:]
                self._text, self._at = rest, 0
                return line[:end]
            line += self._text
        if 0 <= size < end:
            end = size
        self._at = base + end
        if self._at < 0:
            # The line ends before this piece: put the overhang in front.
            self._text = line[end:]
            self._at = 0
            self._snapshot = None
        return line[:end]

    def _line_end(self, line, start):
        """The end of the first line, -1 if it is not in there."""
        if self._readtranslate or self._readnl == "\n":
            return line.find("\n", start) + 1 or -1
        if self._readuniversal:
            if "\n" not in line and "\r" not in line:
                return -1
            return _universal_end(line, 0)
        end = line.find(self._readnl)
        return -1 if end < 0 else end + len(self._readnl)

    def __iter__(self):
        self._checkClosed()
        return self

    def __next__(self):
        self._telling = False
        line = self.readline()
        if not line:
            self._snapshot = None
            self._telling = self._seekable
            raise StopIteration
        return line

    # ---- position ------------------------------------------------------------------------

    def tell(self):
        """A number for seek(); not a count of characters."""
        if not self._seekable:
            raise UnsupportedOperation("underlying stream is not seekable")
        if not self._telling:
            raise OSError("telling position disabled by next() call")
        self.flush()
        position = self.buffer.tell()
        if self._decoder is None or self._snapshot is None:
            return position
        state, data = self._snapshot
        position -= len(data)
        if self._at == 0:
            return position + len(state[0]) if not data else position
        # How many bytes make the characters that were taken? Decode ever more of them.
        decoder = self._decoder
        saved = decoder.getstate()
        try:
            low, high = 0, len(data)
            while low < high:
                middle = (low + high) // 2
                decoder.setstate((b"", state[1]))
                if len(decoder.decode(data[:middle])) >= self._at:
                    high = middle
                else:
                    low = middle + 1
            return position + low
        finally:
            decoder.setstate(saved)

    def seek(self, cookie, whence=0):
        """Go to where tell() said, to the start or to the end."""
        if self.closed:
            raise ValueError("tell on closed file")
        if not self._seekable:
            raise UnsupportedOperation("underlying stream is not seekable")
        if whence == 1:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            cookie = self.tell()
            whence = 0
        elif whence == 2:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero end-relative seeks")
            self.flush()
            position = self.buffer.seek(0, 2)
            self._forget()
            if self._decoder is not None:
                self._decoder.reset()
            self._bom_done = position != 0
            return position
        if whence != 0:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        if cookie < 0:
            raise ValueError(f"negative seek position {cookie!r}")
        self.flush()
        self.buffer.seek(cookie)
        self._forget()
        if self._decoder is not None:
            self._decoder.reset()
        self._bom_done = cookie != 0
        return cookie

    def truncate(self, pos=None):
        self.flush()
        if pos is None:
            pos = self.tell()
        return self.buffer.truncate(pos)
