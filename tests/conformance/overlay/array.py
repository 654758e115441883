"""A stand-in for array: a typed list."""
import struct


class _Bytes(bytearray):
    """array('B'): the one kind the tests hand to what takes bytes-like objects."""
    typecode, itemsize = "B", 1

    def tobytes(self):
        return bytes(self)


class array:
    def __new__(cls, typecode, initializer=()):
        return _Bytes(initializer) if typecode == "B" else super().__new__(cls)

    def __init__(self, typecode, initializer=()):
        self.typecode, self.itemsize = typecode, struct.calcsize(typecode) if typecode not in "uw" else 4
        self._items = []
        if isinstance(initializer, (bytes, bytearray)):
            self.frombytes(initializer)
        else:
            self.extend(initializer)

    def frombytes(self, data):
        self._items += struct.unpack("=%d%s" % (len(data) // self.itemsize, self.typecode), data)

    def tobytes(self):
        return struct.pack("=%d%s" % (len(self._items), self.typecode), *self._items)

    __bytes__ = tobytes

    def append(self, item):
        self._items.append(item)

    def extend(self, items):
        self._items.extend(items)

    def tolist(self):
        return list(self._items)

    def __len__(self):
        return len(self._items)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return array(self.typecode, self._items[index])
        return self._items[index]

    def __setitem__(self, index, item):
        self._items[index] = item._items if isinstance(item, array) else item

    def __delitem__(self, index):
        del self._items[index]

    def __iter__(self):
        return iter(self._items)

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, array) else NotImplemented

    def __repr__(self):
        return f"array({self.typecode!r}, {self._items!r})" if self._items else f"array({self.typecode!r})"


ArrayType = array

import collections.abc
collections.abc.MutableSequence.register(array)
