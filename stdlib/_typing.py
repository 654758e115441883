"""Type parameters and aliases: the objects behind PEP 484, 612, 646, 695 and 696.

    def first[T](items: list[T]) -> T: ...
    type Pair[T] = tuple[T, T]

The compiler makes these objects for the bracket syntax; bounds, constraints, defaults and alias values
then come as functions that are called when somebody first asks (PEP 695, "lazy evaluation").
What needs the rest of typing imports it on first use: most programs with type parameters never do.
"""

import sys

__all__ = ["Generic", "NoDefault", "ParamSpec", "ParamSpecArgs", "ParamSpecKwargs", "TypeAliasType", "TypeVar", "TypeVarTuple"]


def _caller():
    return sys._getframemodulename(2)


def _typing():
    import typing
    return typing


class _NoDefaultType:
    """The class of NoDefault, the mark of a type parameter without a default."""

    __slots__ = ()

    def __new__(cls):
        return _no_default[0] if _no_default else object.__new__(cls)

    def __init_subclass__(cls):
        raise TypeError("type 'typing.NoDefaultType' is not an acceptable base type")

    def __repr__(self):
        return "typing.NoDefault"

    def __reduce__(self):
        return "NoDefault"


_NoDefaultType.__name__ = _NoDefaultType.__qualname__ = "NoDefaultType"
_NoDefaultType.__module__ = "typing"
_no_default = []
NoDefault = _NoDefaultType()
_no_default.append(NoDefault)


class _Lazy:
    """A value, or the function that will compute it."""

    __slots__ = ("_value", "_compute")

    def __init__(self, value=None, compute=None):
        self._value, self._compute = value, compute

    def get(self):
        if self._compute is not None:
            self._value = self._compute()
            self._compute = None
        return self._value


def _check(arg, message):
    return _typing()._type_check(arg, message)


def _read_only(name):
    def get(self):
        return getattr(self, "_" + name)

    return property(get, doc=None)


class _TypeParameter:
    """What TypeVar, ParamSpec and TypeVarTuple share: a name, a default, operators for unions."""

    def __init_subclass__(cls, final=True):
        if cls.__module__ != __name__:
            base = next(b for b in cls.__mro__[1:] if b.__module__ == "typing")
            raise TypeError(f"type 'typing.{base.__name__}' is not an acceptable base type")

    def _setup(self, name, default, module):
        if not isinstance(name, str):
            raise TypeError(f"{type(self).__name__.lower()}() argument 'name' must be str, not {type(name).__name__}")
        self._name = name
        self._default = _Lazy(default)
        if module is not None and module != "typing":
            self.__module__ = module

    @property
    def __name__(self):
        return self._name

    @property
    def __default__(self):
        return self._default.get()

    def has_default(self):
        default = self._default
        return default._compute is not None or default._value is not NoDefault

    def __reduce__(self):
        return self._name

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")

    def _signed(self):
        if self._infer_variance:
            return self._name
        return ("+" if self._covariant else "-" if self._contravariant else "~") + self._name

    def _set_variance(self, covariant, contravariant, infer_variance):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if infer_variance and (covariant or contravariant):
            raise ValueError("Variance cannot be specified with infer_variance.")
        self._covariant, self._contravariant = bool(covariant), bool(contravariant)
        self._infer_variance = bool(infer_variance)

    __covariant__ = _read_only("covariant")
    __contravariant__ = _read_only("contravariant")
    __infer_variance__ = _read_only("infer_variance")


class TypeVar(_TypeParameter):
    """Type variable."""

    def __init__(self, name, *constraints, bound=None, default=NoDefault, covariant=False, contravariant=False,
                 infer_variance=False):
        self._set_variance(covariant, contravariant, infer_variance)
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if bound is not None:
            if constraints:
                raise TypeError("Constraints cannot be combined with bound=...")
            bound = _check(bound, "Bound must be a type.")
        self._bound = _Lazy(bound)
        self._constraints = _Lazy(constraints)
        self._setup(name, default, _caller())

    def __repr__(self):
        return self._signed()

    @property
    def __bound__(self):
        return self._bound.get()

    @property
    def __constraints__(self):
        return self._constraints.get()

    def __typing_subst__(self, arg):
        return _typing()._typevar_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        params = alias.__parameters__
        index = params.index(self)
        if index < len(args):
            return args
        if index == len(args) and self.has_default():
            return (*args, self.__default__)
        raise TypeError(f"Too few arguments for {alias}")

    def __or__(self, other):
        return _typing()._make_union(self, other)

    def __ror__(self, other):
        return _typing()._make_union(other, self)


class _ParamSpecPart:
    """P.args or P.kwargs."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return self.__origin__ == other.__origin__

    __hash__ = None

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")

    def __repr__(self):
        origin = self.__origin__
        name = origin.__name__ if isinstance(origin, ParamSpec) else repr(origin)
        return f"{name}.{self._part}"


class ParamSpecArgs(_ParamSpecPart):
    """The positional arguments of a ParamSpec."""

    _part = "args"


class ParamSpecKwargs(_ParamSpecPart):
    """The keyword arguments of a ParamSpec."""

    _part = "kwargs"


class ParamSpec(_TypeParameter):
    """Parameter specification."""

    def __init__(self, name, *, bound=None, default=NoDefault, covariant=False, contravariant=False,
                 infer_variance=False):
        self._set_variance(covariant, contravariant, infer_variance)
        if bound is not None:
            bound = _check(bound, "Bound must be a type.")
        self.__bound__ = bound
        self._setup(name, default, _caller())

    def __repr__(self):
        return self._signed()

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    def __typing_subst__(self, arg):
        return _typing()._paramspec_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        return _typing()._paramspec_prepare_subst(self, alias, args)

    def __or__(self, other):
        return _typing()._make_union(self, other)

    def __ror__(self, other):
        return _typing()._make_union(other, self)


class TypeVarTuple(_TypeParameter):
    """Type variable tuple."""

    def __init__(self, name, *, default=NoDefault):
        self._setup(name, default, _caller())

    def __repr__(self):
        return self._name

    def __iter__(self):
        yield _typing().Unpack[self]

    def __typing_subst__(self, arg):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")

    def __typing_prepare_subst__(self, alias, args):
        return _typing()._typevartuple_prepare_subst(self, alias, args)


class TypeAliasType:
    """Type alias: what `type X = ...` makes."""

    def __init__(self, name, value, *, type_params=()):
        if not isinstance(type_params, tuple):
            raise TypeError("type_params must be a tuple")
        self._fill(name, _Lazy(value), type_params, _caller())

    def _fill(self, name, value, params, module):
        set_ = object.__setattr__
        set_(self, "_name", name)
        set_(self, "_value", value)
        set_(self, "_params", params)
        set_(self, "__module__", module)

    def __init_subclass__(cls):
        raise TypeError("type 'typing.TypeAliasType' is not an acceptable base type")

    @property
    def __name__(self):
        return self._name

    @property
    def __value__(self):
        return self._value.get()

    @property
    def __type_params__(self):
        return self._params or ()

    @property
    def __parameters__(self):
        unpacked = []
        for param in self._params or ():
            unpacked.extend(param) if isinstance(param, TypeVarTuple) else unpacked.append(param)
        return tuple(unpacked)

    def __setattr__(self, name, value):
        if name in ("__name__", "__value__", "__type_params__", "__parameters__", "__module__"):
            raise AttributeError("readonly attribute" if name == "__name__" else
                                 f"attribute '{name}' of 'typing.TypeAliasType' objects is not writable")
        raise AttributeError(f"'typing.TypeAliasType' object has no attribute '{name}'")

    def __repr__(self):
        return self._name

    def __getitem__(self, args):
        if not self._params:
            raise TypeError("Only generic type aliases are subscriptable")
        from types import GenericAlias
        return GenericAlias(self, args)

    def __iter__(self):
        yield _typing().Unpack[self]

    def __or__(self, other):
        return _typing()._make_union(self, other)

    def __ror__(self, other):
        return _typing()._make_union(other, self)

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of TypeAliasType")

    def __reduce__(self):
        return self._name


class Generic:
    """Abstract base class for generic types."""

    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, *args, **kwargs):
        return _typing()._generic_class_getitem(cls, *args, **kwargs)

    def __init_subclass__(cls, *args, **kwargs):
        _typing()._generic_init_subclass(cls, *args, **kwargs)


# ---- what compiled code calls -------------------------------------------------------------------------

def _typevar_bound(name, compute):
    var = TypeVar(name, infer_variance=True)
    var.__module__ = _caller()
    var._bound = _Lazy(compute=compute)
    return var


def _typevar_constraints(name, compute):
    var = TypeVar(name, infer_variance=True)
    var.__module__ = _caller()
    var._constraints = _Lazy(compute=compute)
    return var


def _typeparam_default(param, compute):
    param._default = _Lazy(compute=compute)
    return param


def _generic_base(params):
    unpacked = []
    for param in params:
        unpacked.extend(param) if isinstance(param, TypeVarTuple) else unpacked.append(param)
    return Generic[tuple(unpacked)]


def _type_alias(name, params, compute):
    alias = object.__new__(TypeAliasType)
    alias._fill(name, _Lazy(compute=compute), params, _caller())
    return alias


def _idfunc(*args):
    return args[-1]


for _class in (TypeVar, ParamSpec, TypeVarTuple, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, Generic):
    _class.__module__ = "typing"
del _class
