"""Values as packed binary data: bytes laid out by a format string.

    >>> import struct
    >>> struct.pack(">hI", -2, 7)
    b'\\xff\\xfe\\x00\\x00\\x00\\x07'
    >>> struct.unpack("<3sx?", b"abc\\0\\1")
    (b'abc', True)
"""

__all__ = ["calcsize", "pack", "pack_into", "unpack", "unpack_from", "iter_unpack", "Struct", "error"]

from _struct import Struct, _clearcache, calcsize, error, iter_unpack, pack, pack_into, unpack, unpack_from
