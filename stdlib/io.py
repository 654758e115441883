"""Streams: text, bytes and raw.

    >>> import io
    >>> f = io.StringIO("one\\ntwo\\n")
    >>> f.readline(), f.read()
    ('one\\n', 'two\\n')

Streams are natives of _io, or classes of _io_files where _io has none. Here
they get their abstract base classes.
"""

import abc
import builtins
import sys
import _io
import _io_files

_PUBLIC = ("BlockingIOError", "DEFAULT_BUFFER_SIZE", "UnsupportedOperation", "open", "open_code", "text_encoding",
           "FileIO", "BytesIO", "StringIO", "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom",
           "TextIOWrapper", "IncrementalNewlineDecoder")
globals().update({name: getattr(_io, name, None) or getattr(_io_files, name) for name in _PUBLIC})

# The builtin imports this module at its first call; from then on it is this very function.
builtins.open = open

__all__ = [
    "BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO",
    "BufferedIOBase", "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom", "TextIOBase",
    "TextIOWrapper", "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END", "text_encoding",
    "DEFAULT_BUFFER_SIZE", "IncrementalNewlineDecoder",
]

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2


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
            base.register(globals()[name])
    # The streams a program starts with have classes of their own.
    for stream in (sys.__stdin__, sys.__stdout__):
        if stream is not None:
            TextIOBase.register(type(stream))
            BufferedIOBase.register(type(stream.buffer))


_register()
del _register
