"""Buffers between a program and a raw stream of bytes."""

from _io_base import DEFAULT_BUFFER_SIZE, BlockingIOError, UnsupportedOperation, _BufferedIOBase


class _Buffered(_BufferedIOBase):
    """Passes everything that is not reading and writing on to the raw stream."""

    _raw = None

    def _init(self, raw, buffer_size):
        if buffer_size <= 0:
            raise ValueError("buffer size must be strictly positive")
        self._raw = raw
        self.buffer_size = buffer_size

    def _usable(self):
        if self._raw is None:
            raise ValueError("raw stream has been detached" if "buffer_size" in self.__dict__
                             else "I/O operation on uninitialized object")
        return self._raw

    @property
    def raw(self):
        return self._usable()

    @property
    def closed(self):
        return self._usable().closed

    @property
    def name(self):
        return self.raw.name

    @property
    def mode(self):
        return self.raw.mode

    def seekable(self):
        return self.raw.seekable()

    def fileno(self):
        return self.raw.fileno()

    def isatty(self):
        return self.raw.isatty()

    def truncate(self, pos=None):
        self._checkClosed()
        self._checkWritable("truncate")
        self.flush()
        if pos is None:
            pos = self.tell()
        return self.raw.truncate(pos)

    def flush(self):
        if self.closed:
            raise ValueError("flush of closed file")
        self.raw.flush()

    def close(self):
        if self._raw is not None and not self.closed:
            try:
                self.flush()
            finally:
                self._raw.close()

    def detach(self):
        """Give the raw stream away; this object is no longer usable."""
        raw = self._usable()
        self.flush()
        self._raw = None
        return raw

    def __del__(self):
        raw = self._raw
        if raw is not None and not raw.closed:
            self.close()

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def __repr__(self):
        cls = f"{self.__class__.__module__}.{self.__class__.__qualname__}"
        try:
            return f"<{cls} name={self.name!r}>"
        except (AttributeError, ValueError):
            return f"<{cls}>"


class BufferedReader(_Buffered):
    """Reads ahead: _ahead[_at:] is what was read from the raw stream but not yet asked for."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.readable():
            raise OSError("File or stream is not readable.")
        self._init(raw, buffer_size)
        self._ahead = b""
        self._at = 0

    def readable(self):
        return self.raw.readable()

    def _forget(self):
        self._ahead = b""
        self._at = 0

    def _raw_read(self, n):
        data = self.raw.read(n)
        if data is not None and not isinstance(data, bytes):
            raise OSError(f"raw readinto() returned invalid length {data!r}")
        return data

    def read(self, size=-1):
        """So many bytes, less only at the end; None if none are there yet."""
        if size is not None and size < -1:
            raise ValueError("read length must be non-negative or -1")
        if self.closed:
            raise ValueError("read of closed file")
        have = self._ahead[self._at:]
        if size is None or size == -1:
            self._forget()
            readall = getattr(self.raw, "readall", None)
            if readall is not None:
                rest = readall()
                if rest is None:
                    return have or None
                return have + rest
            chunks = [have]
            while chunk := self._raw_read(DEFAULT_BUFFER_SIZE):
                chunks.append(chunk)
            return b"".join(chunks)
        if size <= len(have):
            self._at += size
            return have[:size]
        chunks = [have]
        got = len(have)
        self._forget()
        wanted = max(self.buffer_size, size)
        while got < size:
            chunk = self._raw_read(wanted)
            if not chunk:
                if chunk is None and not got:
                    return None
                break
            chunks.append(chunk)
            got += len(chunk)
        data = b"".join(chunks)
        self._ahead = data[size:]
        return data[:size]

    def peek(self, size=0):
        """Bytes that come next, at least one unless at the end, without taking them."""
        if self.closed:
            raise ValueError("peek of closed file")
        if self._at >= len(self._ahead):
            self._ahead = self._raw_read(self.buffer_size) or b""
            self._at = 0
        return self._ahead[self._at:]

    def read1(self, size=-1):
        """At most size bytes, with at most one read of the raw stream."""
        if self.closed:
            raise ValueError("read of closed file")
        if size < 0:
            size = self.buffer_size
        if size == 0:
            return b""
        if self._at >= len(self._ahead):
            self._forget()
            return self._raw_read(size) or b"" if size >= self.buffer_size else self._from_one_read(size)
        data = self._ahead[self._at:self._at + size]
        self._at += len(data)
        return data

    def _from_one_read(self, size):
        self._ahead = self._raw_read(self.buffer_size) or b""
        self._at = min(size, len(self._ahead))
        return self._ahead[:size]

    def readline(self, size=-1):
        if self.closed:
            raise ValueError("readline of closed file")
        if size is None:
            size = -1
        chunks = []
        got = 0
        while size < 0 or got < size:
            if self._at >= len(self._ahead):
                self._ahead = self._raw_read(self.buffer_size) or b""
                self._at = 0
                if not self._ahead:
                    break
            end = self._ahead.find(b"\n", self._at) + 1
            done = end > 0
            if not done:
                end = len(self._ahead)
            if size >= 0 and end - self._at > size - got:
                end = self._at + size - got
                done = True
            chunks.append(self._ahead[self._at:end])
            got += end - self._at
            self._at = end
            if done:
                break
        return b"".join(chunks)

    def tell(self):
        if self.closed:
            raise ValueError("tell of closed file")
        return self.raw.tell() - (len(self._ahead) - self._at)

    def seek(self, pos, whence=0):
        if whence not in (0, 1, 2):
            raise ValueError(f"invalid whence value")
        if self.closed:
            raise ValueError("seek of closed file")
        self._checkSeekable()
        if whence == 1:
            pos -= len(self._ahead) - self._at
        pos = self.raw.seek(pos, whence)
        self._forget()
        return pos


class BufferedWriter(_Buffered):
    """Collects what is written, until there is enough of it."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.writable():
            raise OSError("File or stream is not writable.")
        self._init(raw, buffer_size)
        self._pending = bytearray()

    def writable(self):
        return self.raw.writable()

    def write(self, b):
        if self.closed:
            raise ValueError("write to closed file")
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if not isinstance(b, (bytes, bytearray)):
            with memoryview(b) as view:
                b = view.tobytes()
        if len(self._pending) > self.buffer_size:
            self._flush_pending()
        before = len(self._pending)
        self._pending += b
        if len(self._pending) > self.buffer_size:
            try:
                self._flush_pending()
            except BlockingIOError as e:
                if len(self._pending) > self.buffer_size:
                    # What does not fit is not taken.
                    overage = len(self._pending) - self.buffer_size
                    del self._pending[self.buffer_size:]
                    raise BlockingIOError(e.errno, e.strerror, len(b) - overage)
        return len(self._pending) - before if len(self._pending) > before else len(b)

    def flush(self):
        if self.closed:
            raise ValueError("flush of closed file")
        self._flush_pending()
        self.raw.flush()

    def _flush_pending(self):
        while self._pending:
            n = self.raw.write(bytes(self._pending))
            if n is None:
                import errno
                raise BlockingIOError(errno.EAGAIN, "write could not complete without blocking", 0)
            if n > len(self._pending) or n < 0:
                raise OSError(f"raw write() returned invalid length {n} (should have been between 0 and "
                              f"{len(self._pending)})")
            del self._pending[:n]

    def tell(self):
        return self.raw.tell() + len(self._pending)

    def seek(self, pos, whence=0):
        if whence not in (0, 1, 2):
            raise ValueError("invalid whence value")
        if self.closed:
            raise ValueError("seek of closed file")
        self._checkSeekable()
        self._flush_pending()
        return self.raw.seek(pos, whence)


class BufferedRandom(BufferedWriter, BufferedReader):
    """Reading and writing: only one of the two buffers holds something at a time."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        raw._checkSeekable()
        BufferedReader.__init__(self, raw, buffer_size)
        BufferedWriter.__init__(self, raw, buffer_size)

    def seek(self, pos, whence=0):
        if whence not in (0, 1, 2):
            raise ValueError("invalid whence value")
        if self.closed:
            raise ValueError("seek of closed file")
        self._flush_pending()
        self._back_up()
        pos = self.raw.seek(pos, whence)
        if pos < 0:
            raise OSError("seek() returned invalid position")
        return pos

    def _back_up(self):
        """Put the raw stream where the program believes to be."""
        unread = len(self._ahead) - self._at
        if unread:
            self.raw.seek(-unread, 1)
        self._forget()

    def tell(self):
        if self._pending:
            return BufferedWriter.tell(self)
        return BufferedReader.tell(self)

    def truncate(self, pos=None):
        if pos is None:
            pos = self.tell()
        return BufferedWriter.truncate(self, pos)

    def read(self, size=-1):
        self.flush()
        return BufferedReader.read(self, size)

    def readline(self, size=-1):
        self.flush()
        return BufferedReader.readline(self, size)

    def readinto(self, b):
        self.flush()
        return BufferedReader.readinto(self, b)

    def peek(self, size=0):
        self.flush()
        return BufferedReader.peek(self, size)

    def read1(self, size=-1):
        self.flush()
        return BufferedReader.read1(self, size)

    def write(self, b):
        self._back_up()
        return BufferedWriter.write(self, b)


class BufferedRWPair(_BufferedIOBase):
    """A reader and a writer that are two streams, such as both ends of pipes."""

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        if not reader.readable():
            raise OSError('"reader" argument must be readable.')
        if not writer.writable():
            raise OSError('"writer" argument must be writable.')
        self.reader = BufferedReader(reader, buffer_size)
        self.writer = BufferedWriter(writer, buffer_size)

    def read(self, size=-1):
        return self.reader.read(-1 if size is None else size)

    def readinto(self, b):
        return self.reader.readinto(b)

    def write(self, b):
        return self.writer.write(b)

    def peek(self, size=0):
        return self.reader.peek(size)

    def read1(self, size=-1):
        return self.reader.read1(size)

    def readinto1(self, b):
        return self.reader.readinto1(b)

    def readable(self):
        return self.reader.readable()

    def writable(self):
        return self.writer.writable()

    def flush(self):
        return self.writer.flush()

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()

    def isatty(self):
        return self.reader.isatty() or self.writer.isatty()

    @property
    def closed(self):
        return self.writer.closed
