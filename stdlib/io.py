"""Streams: text, bytes and raw.

    >>> import io
    >>> f = io.StringIO("one\\ntwo\\n")
    >>> f.readline(), f.read()
    ('one\\n', 'two\\n')

The streams are natives of _io. Here they get their abstract base classes.
"""

import abc
import _io
from _io import *
from _io import DEFAULT_BUFFER_SIZE, UnsupportedOperation

__all__ = [entry for entry in (
    "BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO",
    "BufferedIOBase", "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom", "TextIOBase",
    "TextIOWrapper", "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END", "text_encoding",
    "DEFAULT_BUFFER_SIZE", "IncrementalNewlineDecoder",
) if hasattr(_io, entry) or entry in ("IOBase", "RawIOBase", "BufferedIOBase", "TextIOBase", "SEEK_SET", "SEEK_CUR",
                                      "SEEK_END")]

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2

UnsupportedOperation.__module__ = "io"


class IOBase(_io._IOBase, metaclass=abc.ABCMeta):
    __doc__ = _io._IOBase.__doc__


class RawIOBase(_io._RawIOBase, IOBase):
    __doc__ = _io._RawIOBase.__doc__


class BufferedIOBase(_io._BufferedIOBase, IOBase):
    __doc__ = _io._BufferedIOBase.__doc__


class TextIOBase(_io._TextIOBase, IOBase):
    __doc__ = _io._TextIOBase.__doc__


def _register():
    for base, names in ((RawIOBase, ("FileIO",)),
                        (BufferedIOBase, ("BytesIO", "BufferedReader", "BufferedWriter", "BufferedRandom",
                                          "BufferedRWPair")),
                        (TextIOBase, ("StringIO", "TextIOWrapper"))):
        for name in names:
            cls = getattr(_io, name, None)
            if cls is not None:
                base.register(cls)


_register()
del _register
