"""A stand-in for CPython's C test module: the sequence functions that test_bytes calls."""


def _place(sequence, i):
    return i + len(sequence) if i < 0 else i


def sequence_getitem(sequence, i):
    i = _place(sequence, i)
    if i < 0:
        raise IndexError("index out of range")
    return sequence[i]


def sequence_setitem(sequence, i, value):
    i = _place(sequence, i)
    if i < 0:
        raise IndexError("index out of range")
    sequence[i] = value


def sequence_delitem(sequence, i):
    i = _place(sequence, i)
    if i < 0:
        raise IndexError("index out of range")
    del sequence[i]
