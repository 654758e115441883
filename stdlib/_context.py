"""Contexts in Python, for one thread; see contextvars."""

import _collections_abc

GenericAlias = type(list[int])


class _Missing:
    def __repr__(self):
        return "<Token.MISSING>"


_MISSING = _Missing()


def _no_subclass(cls):
    name = f"{cls.__bases__[0].__module__}.{cls.__bases__[0].__name__}"
    raise TypeError(f"type '{name}' is not an acceptable base type")


class Context:
    """A mapping of variables to values. Copies share their dict until one is changed."""

    __slots__ = ("_data", "_shared", "_previous", "_entered", "__weakref__")
    __hash__ = None

    def __new__(cls, *args, **kwargs):
        if args or kwargs:
            raise TypeError("Context() does not accept any arguments")
        self = object.__new__(cls)
        self._data = {}
        self._shared = False
        self._previous = None
        self._entered = False
        return self

    def __init_subclass__(cls):
        _no_subclass(cls)

    def run(self, callable, /, *args, **kwargs):
        """Call callable(...) with this as the current context."""
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        self._previous = _state.current
        self._entered = True
        _state.current = self
        try:
            return callable(*args, **kwargs)
        finally:
            _state.current = self._previous
            self._previous = None
            self._entered = False

    def copy(self):
        """A context with the same values."""
        new = Context()
        new._data = self._data
        self._shared = new._shared = True
        return new

    def _set(self, var, value):
        if self._shared:
            self._data = self._data.copy()
            self._shared = False
        self._data[var] = value

    def _delete(self, var):
        if self._shared:
            self._data = self._data.copy()
            self._shared = False
        del self._data[var]

    @staticmethod
    def _check(key):
        if not isinstance(key, ContextVar):
            raise TypeError(f"a ContextVar key was expected, got {key!r}")

    def __getitem__(self, key):
        self._check(key)
        return self._data[key]

    def __contains__(self, key):
        self._check(key)
        return key in self._data

    def get(self, key, default=None, /):
        self._check(key)
        return self._data.get(key, default)

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()

    def __eq__(self, other):
        if not isinstance(other, Context):
            return NotImplemented
        return self._data == other._data


class _State:
    """The current context, made when it is first asked for."""

    __slots__ = ("current",)


_state = _State()
_state.current = Context()


class ContextVar:
    """A variable with a name and perhaps a default."""

    __slots__ = ("_name", "_default", "__weakref__")

    def __new__(cls, /, *args, default=_MISSING):
        if len(args) != 1:
            raise TypeError(f"ContextVar() takes exactly 1 positional argument ({len(args)} given)")
        (name,) = args
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self = object.__new__(cls)
        self._name = name
        self._default = default
        return self

    def __init_subclass__(cls):
        _no_subclass(cls)

    def __setattr__(self, name, value):
        if name == "name":
            raise AttributeError("readonly attribute")
        object.__setattr__(self, name, value)

    @property
    def name(self):
        return self._name

    def get(self, default=_MISSING, /):
        """The value here; else default, else the variable's default; else LookupError."""
        value = _state.current._data.get(self, _MISSING)
        if value is not _MISSING:
            return value
        if default is not _MISSING:
            return default
        if self._default is not _MISSING:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        """Set the value here; the token it returns can undo that."""
        context = _state.current
        token = object.__new__(Token)
        token._var = self
        token._context = context
        token._old_value = context._data.get(self, _MISSING)
        token._used = False
        context._set(self, value)
        return token

    def reset(self, token, /):
        """Undo the set() that gave the token."""
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        if token._context is not _state.current:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        if token._old_value is _MISSING:
            token._context._delete(self)
        else:
            token._context._set(self, token._old_value)

    def __repr__(self):
        default = "" if self._default is _MISSING else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at {id(self):#x}>"

    __class_getitem__ = classmethod(GenericAlias)


class Token:
    """What ContextVar.set() returns."""

    __slots__ = ("_var", "_context", "_old_value", "_used")
    __hash__ = None
    MISSING = _MISSING

    def __new__(cls, *args, **kwargs):
        raise RuntimeError("Tokens can only be created by ContextVars")

    def __init_subclass__(cls):
        _no_subclass(cls)

    @property
    def var(self):
        return self._var

    @property
    def old_value(self):
        return self._old_value

    def __repr__(self):
        used = " used" if self._used else ""
        return f"<Token{used} var={self._var!r} at {id(self):#x}>"

    __class_getitem__ = classmethod(GenericAlias)


def copy_context():
    """A copy of the current context."""
    return _state.current.copy()


_collections_abc.Mapping.register(Context)
for _cls in (Context, ContextVar, Token):
    _cls.__module__ = "_contextvars"
del _cls
