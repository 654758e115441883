"""Files over posix descriptors, and open(): what the native _io does not have.

Layers, as in `open("f.txt")`:  TextIOWrapper (characters, lines)
                                over BufferedReader or -Writer (few system calls)
                                over FileIO (a descriptor).

    >>> with open("/etc/hostname") as f:
    ...     name = f.readline()
"""

import posix
from _io_base import BlockingIOError, DEFAULT_BUFFER_SIZE, UnsupportedOperation, _RawIOBase
from _io_buffered import BufferedRandom, BufferedReader, BufferedRWPair, BufferedWriter
from _io_memory import BytesIO, StringIO
from _io_text import IncrementalNewlineDecoder, TextIOWrapper, text_encoding


class FileIO(_RawIOBase):
    """A file by its descriptor, unbuffered."""

    _fd = -1
    _closefd = True

    def __init__(self, file, mode="r", closefd=True, opener=None):
        if self._fd >= 0:
            self.close()
        if isinstance(file, float):
            raise TypeError("integer argument expected, got float")
        if isinstance(file, bool):
            import warnings
            warnings.warn("bool is used as a file descriptor", RuntimeWarning, stacklevel=2)
            file = int(file)
        fd = -1
        if isinstance(file, int):
            fd = file
            if fd < 0:
                raise ValueError("negative file descriptor")
        if not isinstance(mode, str):
            raise TypeError(f"invalid mode: {mode}")
        self._set_mode(mode)
        if fd < 0:
            if not closefd:
                raise ValueError("Cannot use closefd=False with file name")
            fd = self._open(file, opener)
        self._fd = fd
        self._closefd = closefd
        try:
            self._check_is_file(file)
        except OSError:
            self._fd = -1
            if not isinstance(file, int):
                posix.close(fd)
            raise
        self.name = file
        if self._appending:
            try:
                posix.lseek(fd, 0, 2)
            except OSError:
                pass    # a pipe

    def _set_mode(self, mode):
        if not set(mode) <= set("xrwab+"):
            raise ValueError(f"invalid mode: {mode}")
        if sum(c in "rwax" for c in mode) != 1 or mode.count("+") > 1:
            raise ValueError("Must have exactly one of create/read/write/append mode and at most one plus")
        self._created = "x" in mode
        self._appending = "a" in mode
        self._readable = "r" in mode or "+" in mode
        self._writable = "r" not in mode or "+" in mode
        flags = posix.O_RDWR if "+" in mode else posix.O_RDONLY if "r" in mode else posix.O_WRONLY
        if "x" in mode:
            flags |= posix.O_EXCL | posix.O_CREAT
        elif "w" in mode:
            flags |= posix.O_CREAT | posix.O_TRUNC
        elif "a" in mode:
            flags |= posix.O_APPEND | posix.O_CREAT
        self._flags = flags | getattr(posix, "O_CLOEXEC", 0)

    def _open(self, file, opener):
        if opener is None:
            return posix.open(file, self._flags, 0o666)
        fd = opener(file, self._flags)
        if not isinstance(fd, int):
            raise TypeError("expected integer from opener")
        if fd < 0:
            # A negative result means an error that the opener has not raised.
            raise ValueError(f"opener returned {fd}")
        return fd

    def _check_is_file(self, file):
        st = posix.fstat(self._fd)
        if st.st_mode & 0o170000 == 0o040000:
            import errno
            raise IsADirectoryError(errno.EISDIR, posix.strerror(errno.EISDIR), file)
        self._blksize = getattr(st, "st_blksize", 0) or DEFAULT_BUFFER_SIZE

    def __del__(self):
        if self._fd >= 0 and self._closefd and not self.closed:
            import warnings
            warnings.warn(f"unclosed file {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def __repr__(self):
        cls = f"{self.__class__.__module__}.{self.__class__.__qualname__}"
        if self.closed:
            return f"<{cls} [closed]>"
        try:
            return f"<{cls} name={self.name!r} mode={self.mode!r} closefd={self._closefd!r}>"
        except AttributeError:
            return f"<{cls} fd={self._fd} mode={self.mode!r} closefd={self._closefd!r}>"

    @property
    def closefd(self):
        return self._closefd

    @property
    def mode(self):
        if self._created:
            return "xb+" if self._readable else "xb"
        if self._appending:
            return "ab+" if self._readable else "ab"
        if self._readable:
            return "rb+" if self._writable else "rb"
        return "wb"

    def _need(self, able, what):
        self._checkClosed()
        if not able:
            raise UnsupportedOperation(f"File not open for {what}")

    def read(self, size=-1):
        """At most size bytes; b'' at the end."""
        self._need(self._readable, "reading")
        if size is None or size < 0:
            return self.readall()
        try:
            return posix.read(self._fd, size)
        except BlockingIOError:
            return None

    def readall(self):
        """Everything up to the end."""
        self._need(self._readable, "reading")
        chunks = []
        size = DEFAULT_BUFFER_SIZE
        while True:
            try:
                chunk = posix.read(self._fd, size)
            except BlockingIOError:
                if chunks:
                    break
                return None
            if not chunk:
                break
            chunks.append(chunk)
            size = min(size * 2, 1 << 20)
        return b"".join(chunks)

    def readinto(self, buffer):
        """Read into a buffer; returns how many bytes."""
        m = memoryview(buffer).cast("B")
        data = self.read(len(m))
        if data is None:
            return None
        m[:len(data)] = data
        return len(data)

    def write(self, b):
        """Write bytes; returns how many went out."""
        self._need(self._writable, "writing")
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        try:
            return posix.write(self._fd, b)
        except BlockingIOError:
            return None

    def seek(self, pos, whence=0):
        if isinstance(pos, float):
            raise TypeError("an integer is required")
        self._checkClosed()
        return posix.lseek(self._fd, pos, whence)

    def tell(self):
        self._checkClosed()
        return posix.lseek(self._fd, 0, 1)

    def truncate(self, size=None):
        self._need(self._writable, "writing")
        if size is None:
            size = self.tell()
        posix.ftruncate(self._fd, size)
        return size

    def close(self):
        if not self.closed:
            try:
                if self._closefd and self._fd >= 0:
                    fd, self._fd = self._fd, -1
                    posix.close(fd)
            finally:
                super().close()

    def seekable(self):
        self._checkClosed()
        try:
            posix.lseek(self._fd, 0, 1)
        except OSError:
            return False
        return True

    def readable(self):
        self._checkClosed()
        return self._readable

    def writable(self):
        self._checkClosed()
        return self._writable

    def fileno(self):
        self._checkClosed()
        return self._fd

    def isatty(self):
        self._checkClosed()
        return posix.isatty(self._fd)


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Open a file, by name or descriptor.

    mode: r read, w write, x create, a append; b bytes, t text, + both ways.
    buffering: 0 none (bytes only), 1 by lines (text only), more: that many
    bytes. newline: None translates line ends, '' keeps them all.
    """
    if not isinstance(file, int):
        file = posix.fspath(file) if hasattr(posix, "fspath") else _fspath(file)
    if not isinstance(file, (str, bytes, int)):
        raise TypeError(f"invalid file: {file!r}")
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    if not isinstance(buffering, int):
        raise TypeError(f"'{type(buffering).__name__}' object cannot be interpreted as an integer")
    if encoding is not None and not isinstance(encoding, str):
        raise TypeError(f"open() argument 'encoding' must be str or None, not {type(encoding).__name__}")
    if errors is not None and not isinstance(errors, str):
        raise TypeError(f"open() argument 'errors' must be str or None, not {type(errors).__name__}")
    modes = set(mode)
    if modes - set("axrwb+t") or len(mode) > len(modes):
        raise ValueError(f"invalid mode: {mode!r}")
    text, binary = "t" in modes, "b" in modes
    if text and binary:
        raise ValueError("can't have text and binary mode at once")
    if sum(c in modes for c in "xrwa") != 1:
        raise ValueError("must have exactly one of create/read/write/append mode")
    if binary:
        for name, value in (("an encoding", encoding), ("an errors", errors), ("a newline", newline)):
            if value is not None:
                raise ValueError(f"binary mode doesn't take {name} argument")
    if binary and buffering == 1:
        import warnings
        warnings.warn("line buffering (buffering=1) isn't supported in binary mode, the default buffer size "
                      "will be used", RuntimeWarning, 2)

    updating = "+" in modes
    raw = FileIO(file, "".join(c for c in mode if c in "xrwa+"), closefd, opener)
    result = raw
    try:
        line_buffering = False
        if buffering == 1 or buffering < 0 and raw.isatty():
            buffering = -1
            line_buffering = True
        if buffering < 0:
            buffering = raw._blksize if raw._blksize > 1 else DEFAULT_BUFFER_SIZE
        if buffering == 0:
            if binary:
                return result
            raise ValueError("can't have unbuffered text I/O")
        if updating:
            buffer = BufferedRandom(raw, buffering)
        elif "r" in modes:
            buffer = BufferedReader(raw, buffering)
        else:
            buffer = BufferedWriter(raw, buffering)
        result = buffer
        if binary:
            return result
        result = TextIOWrapper(buffer, text_encoding(encoding), errors, newline, line_buffering)
        result.mode = mode
        return result
    except:
        result.close()
        raise


def _fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    try:
        return type(path).__fspath__(path)
    except AttributeError:
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}") from None


def open_code(path):
    """Open a file of program text, as bytes."""
    return open(path, "rb")


for _cls in (FileIO, BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair, TextIOWrapper, StringIO, BytesIO,
             IncrementalNewlineDecoder):
    _cls.__module__ = "_io"
del _cls
