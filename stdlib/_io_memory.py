"""Streams in memory: BytesIO and StringIO."""

from _io_base import UnsupportedOperation, _BufferedIOBase, _TextIOBase


def _size(size):
    if size is None:
        return -1
    try:
        return size.__index__()
    except AttributeError:
        raise TypeError(f"argument should be integer or None, not '{type(size).__name__}'") from None


class BytesIO(_BufferedIOBase):
    """A stream of bytes over a bytearray."""

    _buffer = None

    def __init__(self, initial_bytes=None):
        self._buffer = bytearray()
        if initial_bytes is not None:
            self._buffer += memoryview(initial_bytes) if not isinstance(initial_bytes, (bytes, bytearray)) \
                else initial_bytes
        self._pos = 0

    def __getstate__(self):
        self._check()
        extra = {k: v for k, v in self.__dict__.items() if k not in ("_buffer", "_pos")}
        return self.getvalue(), self._pos, extra or None

    def __setstate__(self, state):
        if not isinstance(state, tuple) or len(state) < 3:
            raise TypeError(f"{type(self).__name__}.__setstate__ argument should be 3-tuple, "
                            f"got {type(state).__name__}")
        value, pos, extra = state[:3]
        self.__init__(value)
        if not isinstance(pos, int):
            raise TypeError(f"second item of state must be an integer, not {type(pos).__name__}")
        if pos < 0:
            raise ValueError("position value cannot be negative")
        self._pos = pos
        if extra is not None:
            if not isinstance(extra, dict):
                raise TypeError(f"third item of state should be a dict, got a {type(extra).__name__}")
            self.__dict__.update(extra)

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def getvalue(self):
        """All bytes, wherever the position is."""
        self._check()
        return bytes(self._buffer)

    def getbuffer(self):
        """A view of the bytes; writing to it changes the stream."""
        self._check()
        return memoryview(self._buffer)

    def close(self):
        if self._buffer is not None:
            self._buffer = bytearray()
        super().close()

    def read(self, size=-1):
        self._check()
        size = _size(size)
        end = len(self._buffer) if size < 0 else min(len(self._buffer), self._pos + size)
        if end <= self._pos:
            return b""
        data = bytes(self._buffer[self._pos:end])
        self._pos = end
        return data

    def read1(self, size=-1):
        return self.read(size)

    def readline(self, size=-1):
        self._check()
        size = _size(size)
        if self._pos >= len(self._buffer):
            return b""
        end = self._buffer.find(b"\n", self._pos) + 1 or len(self._buffer)
        if size >= 0:
            end = min(end, self._pos + size)
        data = bytes(self._buffer[self._pos:end])
        self._pos = end
        return data

    def write(self, b):
        self._check()
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if not isinstance(b, (bytes, bytearray)):
            with memoryview(b) as view:
                b = view.tobytes()
        n = len(b)
        if n == 0:
            return 0
        pos = self._pos
        if pos > len(self._buffer):
            self._buffer += bytes(pos - len(self._buffer))      # the gap reads as zeros
        self._buffer[pos:pos + n] = b
        self._pos += n
        return n

    def seek(self, pos, whence=0):
        self._check()
        try:
            pos = pos.__index__()
        except AttributeError:
            raise TypeError(f"'{type(pos).__name__}' object cannot be interpreted as an integer") from None
        if whence == 0:
            if pos < 0:
                raise ValueError(f"negative seek value {pos}")
            self._pos = pos
        elif whence == 1:
            self._pos = max(0, self._pos + pos)
        elif whence == 2:
            self._pos = max(0, len(self._buffer) + pos)
        else:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        return self._pos

    def tell(self):
        self._check()
        return self._pos

    def truncate(self, size=None):
        self._check()
        size = self._pos if size is None else _size(size)
        if size < 0:
            raise ValueError(f"negative size value {size}")
        del self._buffer[size:]
        return size

    def readable(self):
        self._check()
        return True

    writable = seekable = readable


class StringIO(_TextIOBase):
    """A stream of characters.

    What is written at the end collects in a list of pieces; anything else
    first joins them to one string.
    """

    _pieces = None

    def __init__(self, initial_value="", newline="\n"):
        if newline is not None and not isinstance(newline, str):
            raise TypeError(f"newline must be str or None, not {type(newline).__name__}")
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError(f"illegal newline value: {newline!r}")
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        self._newline = newline
        self._seen = set()          # kinds of line ends, for `newlines`
        self._pieces = []
        self._length = 0
        self._pos = 0
        if initial_value:
            self.write(initial_value)
            self._pos = 0

    def __getstate__(self):
        self._check()
        names = ("_newline", "_seen", "_pieces", "_length", "_pos")
        extra = {k: v for k, v in self.__dict__.items() if k not in names}
        return self.getvalue(), self._newline, self._pos, extra or None

    def __setstate__(self, state):
        if not isinstance(state, tuple) or len(state) < 4:
            raise TypeError(f"{type(self).__name__}.__setstate__ argument should be 4-tuple, "
                            f"got {type(state).__name__}")
        value, newline, pos, extra = state[:4]
        self.__init__("", newline)
        if value:
            self._pieces = [value]
            self._length = len(value)
        if not isinstance(pos, int):
            raise TypeError(f"third item of state must be an integer, got {type(pos).__name__}")
        if pos < 0:
            raise ValueError("position value cannot be negative")
        self._pos = pos
        if extra is not None:
            if not isinstance(extra, dict):
                raise TypeError(f"fourth item of state should be a dict, got a {type(extra).__name__}")
            self.__dict__.update(extra)

    def _check(self):
        if self._pieces is None:
            raise ValueError("I/O operation on uninitialized object")
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def _text(self):
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    def getvalue(self):
        """All characters, wherever the position is."""
        self._check()
        return self._text()

    def _translated(self, s):
        """Line ends as `newline` wants them."""
        newline = self._newline
        if newline is None:
            if "\r" in s:
                self._note(s)
                s = s.replace("\r\n", "\n").replace("\r", "\n")
            elif "\n" in s:
                self._seen.add("\n")
            return s
        if newline == "":
            self._note(s)
            return s
        return s if newline == "\n" else s.replace("\n", newline)

    def _note(self, s):
        crlf = s.count("\r\n")
        if crlf:
            self._seen.add("\r\n")
        if s.count("\r") > crlf:
            self._seen.add("\r")
        if s.count("\n") > crlf:
            self._seen.add("\n")

    def write(self, s):
        """Write at the position; returns how many characters."""
        self._check()
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got '{type(s).__name__}'")
        length = len(s)
        if length == 0:
            return 0
        s = self._translated(s)
        n = len(s)
        if self._pos == self._length:
            self._pieces.append(s)
            self._length += n
        else:
            text = self._text()
            if self._pos > len(text):
                text += "\0" * (self._pos - len(text))
            text = text[:self._pos] + s + text[self._pos + n:]
            self._pieces = [text]
            self._length = len(text)
        self._pos += n
        return length

    def read(self, size=-1):
        self._check()
        size = _size(size)
        text = self._text()
        end = len(text) if size < 0 else min(len(text), self._pos + size)
        if end <= self._pos:
            return ""
        result = text[self._pos:end]
        self._pos = end
        return result

    def readline(self, size=-1):
        self._check()
        size = _size(size)
        text = self._text()
        start = self._pos
        if start >= len(text) or size == 0:
            return ""
        if self._newline == "":
            end = _universal_end(text, start)
        else:
            nl = self._newline or "\n"
            end = text.find(nl, start)
            end = len(text) if end < 0 else end + len(nl)
        if size >= 0:
            end = min(end, start + size)
        self._pos = end
        return text[start:end]

    def seek(self, pos, whence=0):
        self._check()
        if isinstance(pos, float):
            raise TypeError("'float' object cannot be interpreted as an integer")
        pos = pos.__index__()
        if whence == 0:
            if pos < 0:
                raise ValueError(f"Negative seek position {pos}")
        elif whence == 1:
            if pos:
                raise UnsupportedOperation("Can't do nonzero cur-relative seeks")
            pos = self._pos
        elif whence == 2:
            if pos:
                raise UnsupportedOperation("Can't do nonzero cur-relative seeks")
            pos = self._length
        else:
            raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
        self._pos = pos
        return pos

    def tell(self):
        self._check()
        return self._pos

    def truncate(self, size=None):
        self._check()
        size = self._pos if size is None else _size(size)
        if size < 0:
            raise ValueError(f"Negative size value {size}")
        text = self._text()[:size]
        self._pieces = [text] if text else []
        self._length = len(text)
        return size

    def close(self):
        super().close()
        self._pieces = []
        self._length = 0

    def readable(self):
        self._check()
        return True

    writable = seekable = readable

    @property
    def line_buffering(self):
        self._check()
        return False

    @property
    def newlines(self):
        self._check()
        return _newlines(self._seen)


def _newlines(seen):
    """The line ends met so far: None, one of them, or a tuple."""
    found = tuple(nl for nl in ("\r", "\n", "\r\n") if nl in seen)
    return found[0] if len(found) == 1 else found or None


def _universal_end(text, start):
    """The end of the line at start, where \\r, \\n and \\r\\n all end lines."""
    nl = text.find("\n", start)
    cr = text.find("\r", start, nl if nl >= 0 else len(text))
    if cr < 0:
        return len(text) if nl < 0 else nl + 1
    return cr + 2 if nl == cr + 1 else cr + 1
