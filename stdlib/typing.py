"""Type hints, at run time: what annotations are made of, and ways to look at them.

    >>> from typing import Optional, get_type_hints, get_args
    >>> def f(x: "int", y: Optional[str] = None) -> list[int]: ...
    >>> get_type_hints(f)
    {'x': <class 'int'>, 'y': typing.Optional[str], 'return': list[int]}
    >>> get_args(dict[str, int])
    (<class 'str'>, <class 'int'>)

Type variables and Generic are natives of _typing; they call the functions
here whose names begin with an underscore and their own name.
"""

__all__ = [
    "Annotated", "Any", "Callable", "ClassVar", "Concatenate", "Final", "ForwardRef", "Generic", "Literal", "Optional",
    "ParamSpec", "Protocol", "Tuple", "Type", "TypeVar", "TypeVarTuple", "Union", "AbstractSet", "ByteString",
    "Container", "ContextManager", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView", "Mapping",
    "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "Sequence", "Sized", "ValuesView", "Awaitable",
    "AsyncIterator", "AsyncIterable", "Coroutine", "Collection", "AsyncGenerator", "AsyncContextManager",
    "Reversible", "SupportsAbs", "SupportsBytes", "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt",
    "SupportsRound", "ChainMap", "Counter", "Deque", "Dict", "DefaultDict", "List", "OrderedDict", "Set", "FrozenSet",
    "NamedTuple", "TypedDict", "Generator", "BinaryIO", "IO", "Match", "Pattern", "TextIO", "AnyStr", "assert_type",
    "assert_never", "cast", "clear_overloads", "dataclass_transform", "final", "get_args", "get_origin",
    "get_overloads", "get_protocol_members", "get_type_hints", "is_protocol", "is_typeddict", "LiteralString",
    "Never", "NewType", "no_type_check", "no_type_check_decorator", "NoDefault", "NoReturn", "NotRequired",
    "overload", "override", "ParamSpecArgs", "ParamSpecKwargs", "ReadOnly", "Required", "reveal_type",
    "runtime_checkable", "Self", "Text", "TYPE_CHECKING", "TypeAlias", "TypeGuard", "TypeIs", "TypeAliasType", "Unpack",
]

import collections
import collections.abc
import contextlib
import functools
import operator
import sys
import types
from types import GenericAlias

from _typing import (Generic, NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar,
                     TypeVarTuple, _idfunc)
from _typing_alias import (ForwardRef, _AnnotatedAlias, _BaseGenericAlias, _CallableGenericAlias, _CallableType,
                           _ConcatenateGenericAlias, _Final, _GenericAlias, _LiteralGenericAlias,
                           _SpecialGenericAlias, _TupleType, _UnionGenericAlias, _UnpackGenericAlias,
                           _allow_reckless_class_checks, _caller, _cleanups, _collect_type_parameters, _eval_type,
                           _generic_class_getitem, _generic_init_subclass, _is_dunder, _is_typevar_like,
                           _is_unpacked_typevartuple, _make_union, _paramspec_prepare_subst, _paramspec_subst,
                           _remove_dups_flatten, _SpecialForm, _strip_annotations, _tp_cache, _type_check,
                           _type_convert, _type_repr, _typevar_subst, _typevartuple_prepare_subst, _unpack_args,
                           _value_and_type_iter, _TypedCacheSpecialForm, _should_unflatten_callable_args)
from _typing_protocol import (Protocol, _ProtocolMeta, get_protocol_members, is_protocol, runtime_checkable,
                              _get_protocol_attrs)

TYPE_CHECKING = False
_ASSERT_NEVER_REPR_MAX_LENGTH = 100
Text = str


# ---- special forms --------------------------------------------------------------------

class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """A type that is compatible with every other. May be a base class, but has no instances."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


@_SpecialForm
def NoReturn(self, parameters):
    """The result of a function that never returns."""
    raise TypeError(f"{self} is not subscriptable")


@_SpecialForm
def Never(self, parameters):
    """The type without values."""
    raise TypeError(f"{self} is not subscriptable")


@_SpecialForm
def Self(self, parameters):
    """The class a method is called on."""
    raise TypeError(f"{self} is not subscriptable")


@_SpecialForm
def LiteralString(self, parameters):
    """A string made of literals only."""
    raise TypeError(f"{self} is not subscriptable")


@_SpecialForm
def TypeAlias(self, parameters):
    """Marks an assignment as the definition of a type alias."""
    raise TypeError(f"{self} is not subscriptable")


@_SpecialForm
def ClassVar(self, parameters):
    """ClassVar[int]: a variable of the class, not of instances."""
    item = _type_check(parameters, f"{self} accepts only single type.", allow_special_forms=True)
    return _GenericAlias(self, (item,))


@_SpecialForm
def Final(self, parameters):
    """Final[int]: a name that is not assigned again."""
    item = _type_check(parameters, f"{self} accepts only single type.", allow_special_forms=True)
    return _GenericAlias(self, (item,))


@_SpecialForm
def Union(self, parameters):
    """Union[X, Y]: an X or a Y. Nested ones are flattened, repeated members dropped."""
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    msg = "Union[arg, ...]: each arg must be a type."
    parameters = tuple(_type_check(p, msg) for p in parameters)
    parameters = _remove_dups_flatten(parameters)
    if len(parameters) == 1:
        return parameters[0]
    if len(parameters) == 2 and type(None) in parameters:
        return _UnionGenericAlias(self, parameters, name="Optional")
    return _UnionGenericAlias(self, parameters)


@_SpecialForm
def Optional(self, parameters):
    """Optional[X]: an X or None."""
    arg = _type_check(parameters, f"{self} requires a single type.")
    return Union[arg, type(None)]


@_TypedCacheSpecialForm
@_tp_cache(typed=True)
def Literal(self, *parameters):
    """Literal["r", "w"]: one of these values."""
    flattened = []
    for p in parameters:
        if isinstance(p, _LiteralGenericAlias):
            flattened.extend(p.__args__)
        else:
            flattened.append(p)
    parameters = tuple(flattened)
    try:
        # 1 and True are equal, but not the same literal.
        parameters = tuple(p for p, _ in dict.fromkeys(_value_and_type_iter(parameters)))
    except TypeError:
        pass    # unhashable
    return _LiteralGenericAlias(self, parameters)


@_SpecialForm
def Concatenate(self, parameters):
    """Concatenate[int, P]: the parameters P with one before them."""
    if parameters == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    if not (parameters[-1] is ... or isinstance(parameters[-1], ParamSpec)):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    msg = "Concatenate[arg, ...]: each arg must be a type."
    parameters = (*(_type_check(p, msg) for p in parameters[:-1]), parameters[-1])
    return _ConcatenateGenericAlias(self, parameters)


@_SpecialForm
def TypeGuard(self, parameters):
    """TypeGuard[X]: the function's True means that its argument is an X."""
    item = _type_check(parameters, f"{self} accepts only single type.")
    return _GenericAlias(self, (item,))


@_SpecialForm
def TypeIs(self, parameters):
    """TypeIs[X]: the same, and False means that it is none."""
    item = _type_check(parameters, f"{self} accepts only single type.")
    return _GenericAlias(self, (item,))


@_SpecialForm
def Unpack(self, parameters):
    """Unpack[Ts]: the same as *Ts."""
    item = _type_check(parameters, f"{self} accepts only single type.")
    return _UnpackGenericAlias(origin=self, args=(item,))


@_SpecialForm
def Required(self, parameters):
    """A key that a TypedDict with total=False must have."""
    item = _type_check(parameters, f"{self._name} accepts only a single type.")
    return _GenericAlias(self, (item,))


@_SpecialForm
def NotRequired(self, parameters):
    """A key that a TypedDict may lack."""
    item = _type_check(parameters, f"{self._name} accepts only a single type.")
    return _GenericAlias(self, (item,))


@_SpecialForm
def ReadOnly(self, parameters):
    """A key of a TypedDict that is not to be changed."""
    item = _type_check(parameters, f"{self._name} accepts only a single type.")
    return _GenericAlias(self, (item,))


@_TypedCacheSpecialForm
@_tp_cache(typed=True)
def Annotated(self, *params):
    """Annotated[X, note, ...]: an X with notes for whoever understands them."""
    if len(params) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    if _is_unpacked_typevartuple(params[0]):
        raise TypeError("Annotated[...] should not be used with an unpacked TypeVarTuple")
    origin = _type_check(params[0], "Annotated[t, ...]: t must be a type.", allow_special_forms=True)
    return _AnnotatedAlias(origin, tuple(params[1:]))


# ---- generic versions of classes -------------------------------------------------------------

_alias = _SpecialGenericAlias

T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")
T_co = TypeVar("T_co", covariant=True)
V_co = TypeVar("V_co", covariant=True)
VT_co = TypeVar("VT_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)
CT_co = TypeVar("CT_co", covariant=True, bound=type)
AnyStr = TypeVar("AnyStr", bytes, str)

Hashable = _alias(collections.abc.Hashable, 0)
Awaitable = _alias(collections.abc.Awaitable, 1)
Coroutine = _alias(collections.abc.Coroutine, 3)
AsyncIterable = _alias(collections.abc.AsyncIterable, 1)
AsyncIterator = _alias(collections.abc.AsyncIterator, 1)
Iterable = _alias(collections.abc.Iterable, 1)
Iterator = _alias(collections.abc.Iterator, 1)
Reversible = _alias(collections.abc.Reversible, 1)
Sized = _alias(collections.abc.Sized, 0)
Container = _alias(collections.abc.Container, 1)
Collection = _alias(collections.abc.Collection, 1)
Callable = _CallableType(collections.abc.Callable, 2)
AbstractSet = _alias(collections.abc.Set, 1, name="AbstractSet")
MutableSet = _alias(collections.abc.MutableSet, 1)
Mapping = _alias(collections.abc.Mapping, 2)
MutableMapping = _alias(collections.abc.MutableMapping, 2)
Sequence = _alias(collections.abc.Sequence, 1)
MutableSequence = _alias(collections.abc.MutableSequence, 1)
ByteString = _alias(collections.abc.ByteString, 0)
Tuple = _TupleType(tuple, -1, inst=False, name="Tuple")
List = _alias(list, 1, inst=False, name="List")
Deque = _alias(collections.deque, 1, name="Deque")
Set = _alias(set, 1, inst=False, name="Set")
FrozenSet = _alias(frozenset, 1, inst=False, name="FrozenSet")
MappingView = _alias(collections.abc.MappingView, 1)
KeysView = _alias(collections.abc.KeysView, 1)
ItemsView = _alias(collections.abc.ItemsView, 2)
ValuesView = _alias(collections.abc.ValuesView, 1)
Dict = _alias(dict, 2, inst=False, name="Dict")
DefaultDict = _alias(collections.defaultdict, 2, name="DefaultDict")
OrderedDict = _alias(collections.OrderedDict, 2)
Counter = _alias(collections.Counter, 1)
ChainMap = _alias(collections.ChainMap, 2)
Generator = _alias(collections.abc.Generator, 3, defaults=(types.NoneType, types.NoneType))
AsyncGenerator = _alias(collections.abc.AsyncGenerator, 2, defaults=(types.NoneType,))
Type = _alias(type, 1, inst=False, name="Type")
ContextManager = _alias(contextlib.AbstractContextManager, 2, name="ContextManager", defaults=(bool | None,))
AsyncContextManager = _alias(contextlib.AbstractAsyncContextManager, 2, name="AsyncContextManager",
                             defaults=(bool | None,))


@runtime_checkable
class SupportsInt(Protocol):
    """Has __int__."""
    __slots__ = ()

    def __int__(self) -> int:
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    """Has __float__."""
    __slots__ = ()

    def __float__(self) -> float:
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    """Has __complex__."""
    __slots__ = ()

    def __complex__(self) -> complex:
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    """Has __bytes__."""
    __slots__ = ()

    def __bytes__(self) -> bytes:
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    """Has __index__."""
    __slots__ = ()

    def __index__(self) -> int:
        pass


@runtime_checkable
class SupportsAbs[T](Protocol):
    """Has __abs__."""
    __slots__ = ()

    def __abs__(self) -> T:
        pass


@runtime_checkable
class SupportsRound[T](Protocol):
    """Has __round__."""
    __slots__ = ()

    def __round__(self, ndigits: int = 0) -> T:
        pass


# ---- looking at hints ----------------------------------------------------------------------------

_allowed_types = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType,
                  types.WrapperDescriptorType, types.MethodWrapperType, types.MethodDescriptorType)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class, module or function, with text evaluated; bases included.

    include_extras=True keeps Annotated and what says that keys are required.
    """
    if getattr(obj, "__no_type_check__", None):
        return {}
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            if globalns is None:
                base_globals = getattr(sys.modules.get(base.__module__, None), "__dict__", {})
            else:
                base_globals = globalns
            ann = base.__dict__.get("__annotations__", {})
            if isinstance(ann, types.GetSetDescriptorType):
                ann = {}
            base_locals = dict(vars(base)) if localns is None else localns
            if localns is None and globalns is None:
                # Names in the class hide those of the module only if the module lacks them.
                base_globals, base_locals = base_locals, base_globals
            for name, value in ann.items():
                if value is None:
                    value = type(None)
                if isinstance(value, str):
                    value = ForwardRef(value, is_argument=False, is_class=True)
                hints[name] = _eval_type(value, base_globals, base_locals, base.__type_params__)
        return hints if include_extras else {k: _strip_annotations(t) for k, t in hints.items()}

    if globalns is None:
        if isinstance(obj, types.ModuleType):
            globalns = obj.__dict__
        else:
            nsobj = obj
            while hasattr(nsobj, "__wrapped__"):
                nsobj = nsobj.__wrapped__
            globalns = getattr(nsobj, "__globals__", {})
        if localns is None:
            localns = globalns
    elif localns is None:
        localns = globalns
    hints = getattr(obj, "__annotations__", None)
    if hints is None:
        if isinstance(obj, _allowed_types):
            return {}
        raise TypeError(f"{obj!r} is not a module, class, method, or function.")
    hints = dict(hints)
    type_params = getattr(obj, "__type_params__", ())
    for name, value in hints.items():
        if value is None:
            value = type(None)
        if isinstance(value, str):
            value = ForwardRef(value, is_argument=not isinstance(obj, types.ModuleType), is_class=False)
        hints[name] = _eval_type(value, globalns, localns, type_params)
    return hints if include_extras else {k: _strip_annotations(t) for k, t in hints.items()}


def get_origin(tp):
    """What a parametrized type is made from: list for List[int]; None for a plain type."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_BaseGenericAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if isinstance(tp, types.UnionType):
        return types.UnionType
    return None


def get_args(tp):
    """The arguments of a parametrized type: (int, str) for dict[int, str]."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, (_GenericAlias, GenericAlias)):
        res = tp.__args__
        if _should_unflatten_callable_args(tp, res):
            res = (list(res[:-1]), res[-1])
        return res
    if isinstance(tp, types.UnionType):
        return tp.__args__
    return ()


def is_typeddict(tp):
    """Whether it is a TypedDict class."""
    return isinstance(tp, _TypedDictMeta)


def cast(typ, val):
    """The value as it is; type checkers take it for a typ."""
    return val


def assert_type(val, typ, /):
    """The value as it is; type checkers complain if it is no typ."""
    return val


def assert_never(arg, /):
    """For code that cannot be reached."""
    value = repr(arg)
    if len(value) > _ASSERT_NEVER_REPR_MAX_LENGTH:
        value = value[:_ASSERT_NEVER_REPR_MAX_LENGTH] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {value}")


def reveal_type(obj, /):
    """Print the type of an object; type checkers show what they think it is."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


# ---- decorators ------------------------------------------------------------------------------------

def no_type_check(arg):
    """Decorator: the annotations are no type hints."""
    if isinstance(arg, type):
        for key in dir(arg):
            obj = getattr(arg, key)
            if (not hasattr(obj, "__qualname__") or obj.__qualname__ != f"{arg.__qualname__}.{obj.__name__}"
                    or getattr(obj, "__module__", None) != arg.__module__):
                continue        # not defined in this class
            if isinstance(obj, types.FunctionType):
                obj.__no_type_check__ = True
            if isinstance(obj, types.MethodType):
                obj.__func__.__no_type_check__ = True
            if isinstance(obj, type):
                no_type_check(obj)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass    # a native
    return arg


def no_type_check_decorator(decorator):
    """Decorator of a decorator: what it decorates gets no_type_check."""
    import warnings
    warnings._deprecated("typing.no_type_check_decorator", remove=(3, 15))

    @functools.wraps(decorator)
    def wrapped_decorator(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))

    return wrapped_decorator


def _overload_dummy(*args, **kwds):
    """What @overload leaves in the place of a function."""
    raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated "
                              "functions outside a stub module should always be followed by an implementation "
                              "that is not @overload-ed.")


# module -> qualified name -> first line -> function
_overload_registry = collections.defaultdict(functools.partial(collections.defaultdict, dict))


def overload(func):
    """Decorator: one of several signatures; the implementation follows without it."""
    f = getattr(func, "__func__", func)
    try:
        _overload_registry[f.__module__][f.__qualname__][f.__code__.co_firstlineno] = func
    except AttributeError:
        pass    # nothing to remember it by
    return _overload_dummy


def get_overloads(func):
    """The functions that were given to @overload under the name of func."""
    f = getattr(func, "__func__", func)
    mod_dict = _overload_registry.get(f.__module__)
    if not mod_dict or f.__qualname__ not in mod_dict:
        return []
    return list(mod_dict[f.__qualname__].values())


def clear_overloads():
    """Forget all of them."""
    _overload_registry.clear()


def final(f):
    """Decorator: not to be overridden or subclassed."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def override(method, /):
    """Decorator: the method overrides one of a base class."""
    try:
        method.__override__ = True
    except (AttributeError, TypeError):
        pass
    return method


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, frozen_default=False,
                        field_specifiers=(), **kwargs):
    """Decorator: what it decorates makes dataclass-like classes."""
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default,
            "order_default": order_default,
            "kw_only_default": kw_only_default,
            "frozen_default": frozen_default,
            "field_specifiers": field_specifiers,
            "kwargs": kwargs,
        }
        return cls_or_fn
    return decorator


# ---- NamedTuple, TypedDict, NewType -----------------------------------------------------------------

def _make_nmtuple(name, field_types, module, defaults=()):
    fields = [n for n, t in field_types]
    field_types = {n: _type_check(t, f"field {n} annotation must be a type") for n, t in field_types}
    nm_tpl = collections.namedtuple(name, fields, defaults=defaults, module=module)
    nm_tpl.__annotations__ = nm_tpl.__new__.__annotations__ = field_types
    return nm_tpl


_PROHIBITED = frozenset({"__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults",
                         "_field_types", "_make", "_replace", "_asdict", "_source"})
_SPECIAL = frozenset({"__module__", "__name__", "__annotations__"})


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        assert _NamedTuple in bases
        if "__classcell__" in ns:
            raise TypeError("uses of super() and __class__ are unsupported in methods of NamedTuple subclasses")
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        bases = tuple(tuple if base is _NamedTuple else base for base in bases)
        annotations = ns.get("__annotations__", {})
        default_names = []
        for field_name in annotations:
            if field_name in ns:
                default_names.append(field_name)
            elif default_names:
                raise TypeError(f"Non-default namedtuple field {field_name} cannot follow default "
                                f"field{'s' if len(default_names) > 1 else ''} {', '.join(default_names)}")
        nm_tpl = _make_nmtuple(typename, annotations.items(), defaults=[ns[n] for n in default_names],
                               module=ns["__module__"])
        nm_tpl.__bases__ = bases
        if Generic in bases:
            nm_tpl.__class_getitem__ = classmethod(_generic_class_getitem)
        for key, val in ns.items():
            if key in _PROHIBITED:
                raise AttributeError(f"Cannot overwrite NamedTuple attribute {key}")
            if key in _SPECIAL:
                continue
            if key not in nm_tpl._fields:
                setattr(nm_tpl, key, val)
            try:
                set_name = type(val).__set_name__
            except AttributeError:
                continue
            try:
                set_name(val, nm_tpl, key)
            except BaseException as e:
                e.add_note(f"Error calling __set_name__ on {type(val).__name__!r} instance {key!r} in {typename!r}")
                raise
        if Generic in bases:
            nm_tpl.__init_subclass__()
        return nm_tpl


_sentinel = object()


def NamedTuple(typename, fields=_sentinel, /, **kwargs):
    """A named tuple with typed fields.

        class Employee(NamedTuple):
            name: str
            id: int = 3
    """
    if fields is _sentinel or fields is None:
        import warnings
        if kwargs:
            how = "Creating NamedTuple classes using keyword arguments"
            message = "{name} is deprecated and will be disallowed in Python {remove}. Use the class-based or " \
                      "functional syntax instead."
            if fields is None and kwargs:
                raise TypeError("Cannot pass `None` as the 'fields' parameter and also specify fields using "
                                "keyword arguments")
        else:
            how = ("Failing to pass a value for the 'fields' parameter" if fields is _sentinel
                   else "Passing `None` as the 'fields' parameter")
            example = f"`{typename} = NamedTuple({typename!r}, [])`"
            message = ("{name} is deprecated and will be disallowed in Python {remove}. To create a NamedTuple class "
                       "with 0 fields using the functional syntax, pass an empty list, e.g. ") + example + "."
        warnings._deprecated(how, message=message, remove=(3, 15))
        fields = kwargs.items()
    elif kwargs:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
    nt = _make_nmtuple(typename, fields, module=_caller())
    nt.__orig_bases__ = (NamedTuple,)
    return nt


_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


def _get_typeddict_qualifiers(annotation_type):
    """The qualifiers around the type of a key: Required, NotRequired, ReadOnly."""
    while True:
        origin = get_origin(annotation_type)
        if origin is Annotated:
            annotation_type = annotation_type.__origin__
        elif origin in (Required, NotRequired, ReadOnly):
            yield origin
            (annotation_type,) = annotation_type.__args__
        else:
            break


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        generic_base = (Generic,) if any(issubclass(b, Generic) for b in bases) else ()
        tp_dict = type.__new__(_TypedDictMeta, name, (*generic_base, dict), ns)
        if not hasattr(tp_dict, "__orig_bases__"):
            tp_dict.__orig_bases__ = bases

        msg = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own_annotations = {n: _type_check(tp, msg, module=tp_dict.__module__)
                           for n, tp in ns.get("__annotations__", {}).items()}
        annotations = {}
        required_keys, optional_keys, readonly_keys, mutable_keys = set(), set(), set(), set()
        for base in bases:
            annotations.update(base.__dict__.get("__annotations__", {}))
            base_required = base.__dict__.get("__required_keys__", set())
            base_optional = base.__dict__.get("__optional_keys__", set())
            required_keys |= base_required
            optional_keys -= base_required
            required_keys -= base_optional
            optional_keys |= base_optional
            readonly_keys.update(base.__dict__.get("__readonly_keys__", ()))
            mutable_keys.update(base.__dict__.get("__mutable_keys__", ()))
        annotations.update(own_annotations)
        for key, tp in own_annotations.items():
            qualifiers = set(_get_typeddict_qualifiers(tp))
            is_required = Required in qualifiers or NotRequired not in qualifiers and total
            (required_keys if is_required else optional_keys).add(key)
            (optional_keys if is_required else required_keys).discard(key)
            if ReadOnly in qualifiers:
                if key in mutable_keys:
                    raise TypeError(f"Cannot override mutable key {key!r} with read-only key")
                readonly_keys.add(key)
            else:
                mutable_keys.add(key)
                readonly_keys.discard(key)
        tp_dict.__annotations__ = annotations
        tp_dict.__required_keys__ = frozenset(required_keys)
        tp_dict.__optional_keys__ = frozenset(optional_keys)
        tp_dict.__readonly_keys__ = frozenset(readonly_keys)
        tp_dict.__mutable_keys__ = frozenset(mutable_keys)
        tp_dict.__total__ = total
        return tp_dict

    __call__ = dict     # at run time it is a plain dict

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=_sentinel, /, *, total=True):
    """A dict with given keys, of given types; at run time a plain dict.

        class Point(TypedDict):
            x: int
            y: int
    """
    if fields is _sentinel or fields is None:
        import warnings
        how = ("Failing to pass a value for the 'fields' parameter" if fields is _sentinel
               else "Passing `None` as the 'fields' parameter")
        example = f"`{typename} = TypedDict({typename!r}, {{{{}}}})`"
        message = ("{name} is deprecated and will be disallowed in Python {remove}. To create a TypedDict class with "
                   "0 fields using the functional syntax, pass an empty dictionary, e.g. ") + example + "."
        warnings._deprecated(how, message=message, remove=(3, 15))
        fields = {}
    ns = {"__annotations__": dict(fields)}
    module = _caller()
    if module is not None:
        ns["__module__"] = module
    td = _TypedDictMeta(typename, (), ns, total=total)
    td.__orig_bases__ = (TypedDict,)
    return td


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


class NewType:
    """UserId = NewType("UserId", int): a type of its own for checkers; at run time the value as it is."""

    __call__ = _idfunc

    def __init__(self, name, tp):
        self.__qualname__ = name
        if "." in name:
            name = name.rpartition(".")[-1]
        self.__name__ = name
        self.__supertype__ = tp
        def_mod = _caller()
        if def_mod != "typing":
            self.__module__ = def_mod

    def __mro_entries__(self, bases):
        # Subclassing it is most likely a mistake; say what was meant.
        superclass_name = self.__name__

        class Dummy:
            def __init_subclass__(cls):
                subclass_name = cls.__name__
                raise TypeError(f"Cannot subclass an instance of NewType. Perhaps you were looking for: "
                                f"`{subclass_name} = NewType({subclass_name!r}, {superclass_name})`")

        return (Dummy,)

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __reduce__(self):
        return self.__qualname__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


# ---- files -------------------------------------------------------------------------------------------

def _abstract(name, signature=""):
    def method(self, *args):
        pass
    method.__name__ = name
    method.__isabstractmethod__ = True
    return method


class IO(Generic[AnyStr]):
    """A file of bytes or text; not a base class of the ones that open() gives."""

    __slots__ = ()

    mode = property(_abstract("mode"))
    name = property(_abstract("name"))
    closed = property(_abstract("closed"))
    for _name in ("close", "fileno", "flush", "isatty", "read", "readable", "readline", "readlines", "seek",
                  "seekable", "tell", "truncate", "writable", "write", "writelines", "__enter__", "__exit__"):
        locals()[_name] = _abstract(_name)
    del _name


class BinaryIO(IO[bytes]):
    """A file of bytes."""

    __slots__ = ()


class TextIO(IO[str]):
    """A file of text."""

    __slots__ = ()

    buffer = property(_abstract("buffer"))
    encoding = property(_abstract("encoding"))
    errors = property(_abstract("errors"))
    line_buffering = property(_abstract("line_buffering"))
    newlines = property(_abstract("newlines"))


def __getattr__(attr):
    # Pattern and Match would import re for all.
    if attr in ("Pattern", "Match"):
        import re
        obj = _alias(getattr(re, attr), 1)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {attr!r}")
    globals()[attr] = obj
    return obj
