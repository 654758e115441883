"""How objects are taken apart and rebuilt, for copy and pickle.

    >>> import copyreg, copy
    >>> class Celsius:
    ...     def __init__(self, degrees): self.degrees = degrees
    >>> copyreg.pickle(Celsius, lambda c: (Celsius, (c.degrees,)))
    >>> copy.copy(Celsius(20)).degrees
    20
"""

__all__ = ["pickle", "constructor", "add_extension", "remove_extension", "clear_extension_cache"]

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Let pickle_function(obj) say how objects of ob_type are rebuilt."""
    if not callable(pickle_function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Check that object may be used to rebuild one."""
    if not callable(object):
        raise TypeError("constructors must be callable")


def _reduce_complex(c):
    return complex, (c.real, c.imag)


def _reduce_union(union):
    import functools
    import operator
    return functools.reduce, (operator.or_, union.__args__)


pickle(complex, _reduce_complex, complex)
pickle(type(int | str), _reduce_union)


# ---- what object.__reduce_ex__ hands out --------------------------------------

def _reconstructor(cls, base, state):
    """Protocols 0 and 1: rebuild the built-in part of an instance."""
    if base is object:
        return object.__new__(cls)
    obj = base.__new__(cls, state)
    if base.__init__ != object.__init__:
        base.__init__(obj, state)
    return obj


_HEAPTYPE = 1 << 9
_new_type = type(int.__new__)


def _reduce_ex(self, proto):
    """object.__reduce_ex__ for protocols 0 and 1."""
    assert proto < 2
    cls = self.__class__
    for base in cls.__mro__:
        if not base.__flags__ & _HEAPTYPE:
            break
        new = base.__new__
        if isinstance(new, _new_type) and new.__self__ is base:
            break
    else:
        base = object
    if base is object:
        state = None
    elif base is cls:
        raise TypeError(f"cannot pickle {cls.__name__!r} object")
    else:
        state = base(self)
    args = (cls, base, state)

    try:
        getstate = self.__getstate__
    except AttributeError:
        if getattr(self, "__slots__", None):
            raise TypeError(f"cannot pickle {cls.__name__!r} object: a class that defines __slots__ without "
                            f"defining __getstate__ cannot be pickled with protocol {proto}") from None
        members = getattr(self, "__dict__", None)
    else:
        if (getattr(self, "__slots__", None)
                and getattr(cls, "__getstate__", None) is object.__getstate__):
            raise TypeError("a class that defines __slots__ without defining __getstate__ cannot be pickled")
        members = getstate()
    return (_reconstructor, args, members) if members else (_reconstructor, args)


def __newobj__(cls, *args):
    """Protocol 2: rebuild with cls.__new__(cls, *args)."""
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    """Protocol 4: the same with keyword arguments."""
    return cls.__new__(cls, *args, **kwargs)


def _slotnames(cls):
    """The names of all slots of cls and its bases, kept in cls.__slotnames__.

    __dict__ and __weakref__ hold no data; a private slot appears under its
    mangled name.
    """
    names = cls.__dict__.get("__slotnames__")
    if names is not None:
        return names

    names = []
    if hasattr(cls, "__slots__"):
        for base in cls.__mro__:
            slots = base.__dict__.get("__slots__", ())
            if isinstance(slots, str):
                slots = (slots,)
            for name in slots:
                if name in ("__dict__", "__weakref__"):
                    continue
                if name.startswith("__") and not name.endswith("__"):
                    owner = base.__name__.lstrip("_")
                    names.append(f"_{owner}{name}" if owner else name)
                else:
                    names.append(name)
    try:
        cls.__slotnames__ = names
    except Exception:
        pass    # an immutable class: computed each time
    return names


# ---- extension codes: short numbers for often pickled globals ------------------

_extension_registry = {}    # (module, name) -> code
_inverted_registry = {}     # code -> (module, name)
_extension_cache = {}       # code -> object


def add_extension(module, name, code):
    """Give the global module.name a number in pickles."""
    code = int(code)
    if not 1 <= code <= 0x7fffffff:
        raise ValueError("code out of range")
    key = (module, name)
    if _extension_registry.get(key) == code and _inverted_registry.get(code) == key:
        return
    if key in _extension_registry:
        raise ValueError(f"key {key} is already registered with code {_extension_registry[key]}")
    if code in _inverted_registry:
        raise ValueError(f"code {code} is already in use for key {_inverted_registry[code]}")
    _extension_registry[key] = code
    _inverted_registry[code] = key


def remove_extension(module, name, code):
    """Take the number back."""
    key = (module, name)
    if _extension_registry.get(key) != code or _inverted_registry.get(code) != key:
        raise ValueError(f"key {key} is not registered with code {code}")
    del _extension_registry[key]
    del _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    _extension_cache.clear()
