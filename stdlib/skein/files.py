"""Files for the native face: nothing here blocks the other tasks (the work is done on libuv's threads).

    from skein import files

    text = await files.read_text("notes.txt")
    async with await files.open("log", "ab") as f:
        await f.write(b"a line\\n")

A file is binary; read_text() and write_text() are there for whole texts, lines() for reading them line by line.
"""

import _uv
import os

from _skein import ClosedResourceError

__all__ = ["File", "open", "read_bytes", "read_text", "write_bytes", "write_text", "size"]

_FLAGS = {
    "rb": os.O_RDONLY, "r+b": os.O_RDWR, "wb": os.O_WRONLY | os.O_CREAT | os.O_TRUNC, "w+b": os.O_RDWR | os.O_CREAT | os.O_TRUNC,
    "ab": os.O_WRONLY | os.O_CREAT | os.O_APPEND, "xb": os.O_WRONLY | os.O_CREAT | os.O_EXCL}
_CHUNK = 256 * 1024


class File:
    """An open file, read and written where it stands; seek() sets where."""

    def __init__(self, fd, name, mode):
        self._fd = fd
        self.name = name
        self.mode = mode

    def __repr__(self):
        return f"<File {self.name!r} {'closed' if self._fd < 0 else self.mode}>"

    def fileno(self):
        if self._fd < 0:
            raise ClosedResourceError("this File is closed")
        return self._fd

    async def read(self, size=-1):
        """At most size bytes, all there are when it is negative; b"" at the end."""
        if size >= 0:
            return await _uv.file_read(self.fileno(), size)
        parts = []
        while part := await _uv.file_read(self.fileno(), _CHUNK):
            parts.append(part)
        return b"".join(parts)

    async def write(self, data):
        """Write all of data; the number of bytes."""
        return await _uv.file_write(self.fileno(), data)

    def seek(self, offset, whence=os.SEEK_SET):
        return os.lseek(self.fileno(), offset, whence)

    def tell(self):
        return os.lseek(self.fileno(), 0, os.SEEK_CUR)

    async def sync(self):
        """Wait until everything is on the disk."""
        await _uv.file_sync(self.fileno())

    async def size(self):
        return (await _uv.file_stat(self.fileno()))[1]

    async def lines(self):
        """The lines from here on, with their newlines."""
        rest = b""
        while part := await _uv.file_read(self.fileno(), _CHUNK):
            *lines, rest = (rest + part).splitlines(True)
            if rest.endswith(b"\n"):
                lines.append(rest)
                rest = b""
            for line in lines:
                yield line
        if rest:
            yield rest

    async def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            await _uv.file_close(fd)

    def __del__(self):
        if self._fd >= 0:
            os.close(self._fd)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)        # at once: a cancelled task closes its files too


async def open(path, mode="rb"):
    """Open a file: "rb", "r+b", "wb", "w+b", "ab" or "xb"."""
    if mode not in _FLAGS:
        raise ValueError(f"mode must be one of {', '.join(map(repr, _FLAGS))}, not {mode!r}")
    path = os.fspath(path)
    return File(await _uv.file_open(path, _FLAGS[mode]), path, mode)


async def read_bytes(path):
    async with await open(path) as f:
        return await f.read()


async def read_text(path, encoding="utf-8"):
    return (await read_bytes(path)).decode(encoding)


async def write_bytes(path, data):
    async with await open(path, "wb") as f:
        return await f.write(data)


async def write_text(path, text, encoding="utf-8"):
    return await write_bytes(path, text.encode(encoding))


async def size(path):
    """The size of a file in bytes."""
    return (await _uv.file_stat(os.fspath(path)))[1]
