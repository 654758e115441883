"""Objects to bytes and back.

    >>> import pickle
    >>> data = pickle.dumps({"a": [1, 2.5, None]})
    >>> pickle.loads(data)
    {'a': [1, 2.5, None]}

Loading a pickle may call anything: never load one that you would not run. Unpickler.find_class can be overridden to
limit what it may name.
"""

import io

import _pickle_codes
from _pickle_codes import DEFAULT_PROTOCOL, HIGHEST_PROTOCOL, PickleError, PicklingError, UnpicklingError
from _pickle_codes import *
from _pickle_dump import PickleBuffer, Pickler, encode_long
from _pickle_load import Unpickler, decode_long, loads

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads",
           "PickleBuffer", "HIGHEST_PROTOCOL", "DEFAULT_PROTOCOL"]
__all__ += [name for name, value in vars(_pickle_codes).items() if isinstance(value, bytes)]

format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Write obj to a file that has write()."""
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """The bytes that loads() makes into an equal object."""
    file = io.BytesIO()
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return file.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    """The next object of a file that has read() and readline()."""
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


# The same under the names of CPython's Python half.
_Pickler, _Unpickler, _dump, _dumps, _load, _loads = Pickler, Unpickler, dump, dumps, load, loads
