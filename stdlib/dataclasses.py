"""Classes that mainly hold data, with the usual methods written for them.

    >>> from dataclasses import dataclass, field
    >>> @dataclass(order=True)
    ... class Item:
    ...     name: str
    ...     price: float = 1.0
    ...     tags: list = field(default_factory=list)
    >>> Item("pen") == Item("pen", 1.0), Item("pen")
    (True, Item(name='pen', price=1.0, tags=[]))

The methods are written out as source text and compiled, so that they are as
fast and report errors as if they had been written by hand.
"""

__all__ = [
    "dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
    "astuple", "make_dataclass", "replace", "is_dataclass",
]

import abc
import copy
import itertools
import keyword
import sys
import types
from reprlib import recursive_repr
from types import FunctionType, GenericAlias


class FrozenInstanceError(AttributeError):
    """An assignment to a field of a frozen instance."""


class _HAS_DEFAULT_FACTORY_CLASS:
    """The default of a parameter whose field has a default factory."""

    def __repr__(self):
        return "<factory>"


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    """Nothing was given (None may be a value)."""


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    """As an annotation: the fields that follow are keyword-only."""


KW_ONLY = _KW_ONLY_TYPE()

_EMPTY_METADATA = types.MappingProxyType({})


class _FIELD_BASE:
    """The kind of a field."""

    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE("_FIELD")
_FIELD_CLASSVAR = _FIELD_BASE("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FIELD_BASE("_FIELD_INITVAR")

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_POST_INIT_NAME = "__post_init__"

# Values that copies can share.
_ATOMIC_TYPES = frozenset({
    types.NoneType, bool, int, float, str, complex, bytes, types.EllipsisType, types.NotImplementedType,
    types.CodeType, types.BuiltinFunctionType, types.FunctionType, type, range, property,
})


class InitVar:
    """InitVar[type]: a parameter of __init__ that goes to __post_init__ and is no field."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        if isinstance(self.type, type) and not isinstance(self.type, GenericAlias):
            type_name = self.type.__name__
        else:
            type_name = repr(self.type)
        return f"dataclasses.InitVar[{type_name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known about one field; made by field()."""

    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata",
                 "kw_only", "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _EMPTY_METADATA if metadata is None else types.MappingProxyType(metadata)
        self.kw_only = kw_only
        self._field_type = None

    @recursive_repr()
    def __repr__(self):
        return (f"Field(name={self.name!r},type={self.type!r},default={self.default!r},"
                f"default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},"
                f"hash={self.hash!r},compare={self.compare!r},metadata={self.metadata!r},"
                f"kw_only={self.kw_only!r},_field_type={self._field_type})")

    def __set_name__(self, owner, name):
        # The default stands in the class in our place: let it know its name.
        func = getattr(type(self.default), "__set_name__", None)
        if func:
            func(self.default, owner, name)

    __class_getitem__ = classmethod(GenericAlias)


class _DataclassParams:
    """The arguments of @dataclass."""

    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args", "kw_only", "slots",
                 "weakref_slot")

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen
        self.match_args = match_args
        self.kw_only = kw_only
        self.slots = slots
        self.weakref_slot = weakref_slot

    def __repr__(self):
        return (f"_DataclassParams(init={self.init!r},repr={self.repr!r},eq={self.eq!r},order={self.order!r},"
                f"unsafe_hash={self.unsafe_hash!r},frozen={self.frozen!r},match_args={self.match_args!r},"
                f"kw_only={self.kw_only!r},slots={self.slots!r},weakref_slot={self.weakref_slot!r})")


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """Say more about a field than a default value can.

    default_factory makes the default anew for each instance; init, repr,
    hash, compare: whether the methods take the field into account.
    """
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# ---- compiling methods --------------------------------------------------------------

class _FuncBuilder:
    """Collects the source of methods and compiles them together."""

    def __init__(self, globals):
        self.names = []
        self.src = []
        self.globals = globals
        self.locals = {}
        self.overwrite_errors = {}
        self.unconditional_adds = set()
        self.decorators = {}

    def add_fn(self, name, args, body, *, locals=None, return_type=MISSING, overwrite_error=False,
               unconditional_add=False, decorator=None):
        """A method; body is a list of lines indented by two blanks.

        overwrite_error: the class may not have one of its own (a text: more
        to say about it). unconditional_add: it is replaced if it has.
        """
        if locals is not None:
            self.locals.update(locals)
        self.names.append(name)
        if return_type is not MISSING:
            self.locals[f"__dataclass_{name}_return_type__"] = return_type
            returns = f"->__dataclass_{name}_return_type__"
        else:
            returns = ""
        decorated = f" {decorator}\n" if decorator else ""
        body = "\n".join(body)
        self.src.append(f"{decorated} def {name}({','.join(args)}){returns}:\n{body}")
        if overwrite_error:
            self.overwrite_errors[name] = overwrite_error
        if unconditional_add:
            self.unconditional_adds.add(name)

    def add_fns_to_class(self, cls):
        if not self.names:
            return
        # An outer function makes the locals free variables of the methods.
        params = ",".join(self.locals)
        text = f"def __create_fn__({params}):\n" + "\n".join(self.src) + f"\n return {','.join(self.names)},"
        namespace = {}
        exec(text, self.globals, namespace)
        for name, fn in zip(self.names, namespace["__create_fn__"](**self.locals)):
            fn.__qualname__ = f"{cls.__qualname__}.{fn.__name__}"
            if name in self.unconditional_adds:
                setattr(cls, name, fn)
            elif _set_new_attribute(cls, name, fn):
                extra = self.overwrite_errors.get(name)
                if extra:
                    text = f" {extra}" if isinstance(extra, str) else ""
                    raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}.{text}"
                                    if text else f"Cannot overwrite attribute {name} in class {cls.__name__}")


def _set_new_attribute(cls, name, value):
    """Set an attribute unless the class itself has it; True if it had."""
    if name in cls.__dict__:
        return True
    setattr(cls, name, value)
    return False


def _tuple_str(obj_name, fields):
    """The source of a tuple of fields: (self.x,self.y,)."""
    if not fields:
        return "()"
    return f"({','.join(f'{obj_name}.{f.name}' for f in fields)},)"


# ---- __init__ ------------------------------------------------------------------------

def _field_assign(frozen, name, value, self_name):
    if frozen:
        return f"  __dataclass_builtins_object__.__setattr__({self_name},{name!r},{value})"
    return f"  {self_name}.{name}={value}"


def _field_init(f, frozen, globals, self_name, slots):
    """The line of __init__ that sets a field, or None."""
    default_name = f"__dataclass_dflt_{f.name}__"
    if f.default_factory is not MISSING:
        if f.init:
            value = (f"{default_name}() if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}")
        else:
            value = f"{default_name}()"
        globals[default_name] = f.default_factory
    elif f.init:
        if f.default is not MISSING:
            globals[default_name] = f.default
        value = f.name
    elif slots and f.default is not MISSING:
        # No class attribute will hold the default: a slot is in its place.
        globals[default_name] = f.default
        value = default_name
    else:
        return None
    if f._field_type is _FIELD_INITVAR:
        return None
    return _field_assign(frozen, f.name, value, self_name)


def _init_param(f):
    """A parameter of __init__, with annotation and default."""
    if f.default is MISSING and f.default_factory is MISSING:
        default = ""
    elif f.default is not MISSING:
        default = f"=__dataclass_dflt_{f.name}__"
    else:
        default = "=__dataclass_HAS_DEFAULT_FACTORY__"
    return f"{f.name}:__dataclass_type_{f.name}__{default}"


def _init_fn(fields, std_fields, kw_only_fields, frozen, has_post_init, self_name, func_builder, slots):
    seen_default = None
    for f in std_fields:
        if f.init:
            if not (f.default is MISSING and f.default_factory is MISSING):
                seen_default = f
            elif seen_default:
                raise TypeError(f"non-default argument {f.name!r} follows default argument {seen_default.name!r}")

    locals = {f"__dataclass_type_{f.name}__": f.type for f in fields}
    locals["__dataclass_HAS_DEFAULT_FACTORY__"] = _HAS_DEFAULT_FACTORY
    locals["__dataclass_builtins_object__"] = object

    body_lines = []
    for f in fields:
        line = _field_init(f, frozen, locals, self_name, slots)
        if line:
            body_lines.append(line)
    if has_post_init:
        params_str = ",".join(f.name for f in fields if f._field_type is _FIELD_INITVAR)
        body_lines.append(f"  {self_name}.{_POST_INIT_NAME}({params_str})")
    if not body_lines:
        body_lines = ["  pass"]

    params = [_init_param(f) for f in std_fields]
    if kw_only_fields:
        params += ["*"] + [_init_param(f) for f in kw_only_fields]
    func_builder.add_fn("__init__", [self_name] + params, body_lines, locals=locals, return_type=None)


# ---- the other methods ---------------------------------------------------------------------

def _add_repr(fields, func_builder):
    shown = ", ".join(f"{f.name}={{self.{f.name}!r}}" for f in fields)
    func_builder.add_fn("__repr__", ("self",), [f'  return f"{{self.__class__.__qualname__}}({shown})"'],
                        locals={"__dataclasses_recursive_repr": recursive_repr},
                        decorator="@__dataclasses_recursive_repr()")


def _add_eq(fields, func_builder):
    terms = [f"self.{f.name}==other.{f.name}" for f in fields if f.compare]
    func_builder.add_fn("__eq__", ("self", "other"),
                        ["  if self is other:",
                         "   return True",
                         "  if other.__class__ is self.__class__:",
                         f"   return {' and '.join(terms) or 'True'}",
                         "  return NotImplemented"])


def _add_order(fields, func_builder):
    flds = [f for f in fields if f.compare]
    self_tuple = _tuple_str("self", flds)
    other_tuple = _tuple_str("other", flds)
    for name, op in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
        func_builder.add_fn(name, ("self", "other"),
                            ["  if other.__class__ is self.__class__:",
                             f"   return {self_tuple}{op}{other_tuple}",
                             "  return NotImplemented"],
                            overwrite_error="Consider using functools.total_ordering")


def _add_frozen(cls, fields, func_builder):
    locals = {"__dataclass_cls__": cls, "__dataclass_FrozenInstanceError__": FrozenInstanceError}
    condition = "type(self) is __dataclass_cls__"
    if fields:
        condition += " or name in {" + ", ".join(repr(f.name) for f in fields) + "}"
    func_builder.add_fn("__setattr__", ("self", "name", "value"),
                        [f"  if {condition}:",
                         '   raise __dataclass_FrozenInstanceError__(f"cannot assign to field {name!r}")',
                         "  super(__dataclass_cls__, self).__setattr__(name, value)"],
                        locals=locals, overwrite_error=True)
    func_builder.add_fn("__delattr__", ("self", "name"),
                        [f"  if {condition}:",
                         '   raise __dataclass_FrozenInstanceError__(f"cannot delete field {name!r}")',
                         "  super(__dataclass_cls__, self).__delattr__(name)"],
                        locals=locals, overwrite_error=True)


def _hash_set_none(cls, fields, func_builder):
    cls.__hash__ = None


def _hash_add(cls, fields, func_builder):
    flds = [f for f in fields if (f.compare if f.hash is None else f.hash)]
    func_builder.add_fn("__hash__", ("self",), [f"  return hash({_tuple_str('self', flds)})"],
                        unconditional_add=True)


def _hash_exception(cls, fields, func_builder):
    raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")


def _hash_action(unsafe_hash, eq, frozen, has_explicit_hash):
    """What to do about __hash__: nothing (None), remove, add, or refuse.

        eq, frozen     the hash
        False          inherited
        True, False    None: equal but mutable
        True, True     from the fields
    An explicit one stays, unless unsafe_hash asks for ours: an error.
    """
    if unsafe_hash:
        return _hash_exception if has_explicit_hash else _hash_add
    if not eq or has_explicit_hash:
        return None
    return _hash_add if frozen else _hash_set_none


# ---- reading the class body --------------------------------------------------------------------

def _is_classvar(a_type, typing):
    return (a_type is typing.ClassVar
            or typing.get_origin(a_type) is typing.ClassVar)


def _is_initvar(a_type, dataclasses):
    return a_type is dataclasses.InitVar or type(a_type) is dataclasses.InitVar


def _is_kw_only(a_type, dataclasses):
    return a_type is dataclasses.KW_ONLY


def _is_type(annotation, cls, a_module, a_type, is_type_predicate):
    """Whether an annotation that is text means a_type of a_module, as far as text can tell."""
    module_name, name = _leading_name(annotation)
    if not name:
        return False
    ns = None
    if not module_name:
        ns = sys.modules.get(cls.__module__).__dict__
    else:
        module = sys.modules.get(cls.__module__)
        if module and module.__dict__.get(module_name) is a_module:
            ns = sys.modules.get(a_type.__module__).__dict__
    return bool(ns and is_type_predicate(ns.get(name), a_module))


def _leading_name(annotation):
    """(module or None, name) of `module.Name` or `Name` at the start of a text."""
    def word_at(i):
        while i < len(annotation) and annotation[i].isspace():
            i += 1
        end = i
        while end < len(annotation) and (annotation[end].isalnum() or annotation[end] == "_"):
            end += 1
        return annotation[i:end], end

    first, end = word_at(0)
    rest = annotation[end:].lstrip()
    if first and rest[:1] == ".":
        second, _ = word_at(len(annotation) - len(rest) + 1)
        if second:
            return first, second
    return None, first


def _get_field(cls, a_name, a_type, default_kw_only):
    """The Field for an annotated name of the class."""
    default = getattr(cls, a_name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if isinstance(default, types.MemberDescriptorType):
            default = MISSING       # a slot of that name, no default
        f = field(default=default)
    f.name = a_name
    f.type = a_type

    # typing is only looked at if the program has imported it.
    f._field_type = _FIELD
    typing = sys.modules.get("typing")
    if typing:
        if (_is_classvar(a_type, typing)
                or isinstance(f.type, str) and _is_type(f.type, cls, typing, typing.ClassVar, _is_classvar)):
            f._field_type = _FIELD_CLASSVAR
    if f._field_type is _FIELD:
        dataclasses = sys.modules[__name__]
        if (_is_initvar(a_type, dataclasses)
                or isinstance(f.type, str) and _is_type(f.type, cls, dataclasses, dataclasses.InitVar, _is_initvar)):
            f._field_type = _FIELD_INITVAR

    if f._field_type in (_FIELD_CLASSVAR, _FIELD_INITVAR) and f.default_factory is not MISSING:
        raise TypeError(f"field {f.name} cannot have a default factory")
    if f._field_type in (_FIELD, _FIELD_INITVAR):
        if f.kw_only is MISSING:
            f.kw_only = default_kw_only
    elif f.kw_only is not MISSING:
        raise TypeError(f"field {f.name} is a ClassVar but specifies kw_only")
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        # All instances would share it.
        raise ValueError(f"mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory")
    return f


def _inherited_fields(cls):
    """(fields of the bases by name, whether any base is frozen, all are frozen, any is a dataclass)"""
    fields = {}
    any_frozen = False
    has_bases = False
    all_frozen = None
    for b in cls.__mro__[-1:0:-1]:
        base_fields = getattr(b, _FIELDS, None)
        if base_fields is not None:
            has_bases = True
            for f in base_fields.values():
                fields[f.name] = f
            if all_frozen is None:
                all_frozen = True
            current_frozen = getattr(b, _PARAMS).frozen
            all_frozen = all_frozen and current_frozen
            any_frozen = any_frozen or current_frozen
    return fields, any_frozen, all_frozen, has_bases


def _own_fields(cls, kw_only):
    """The fields that the class body itself annotates, in order."""
    result = []
    KW_ONLY_seen = False
    dataclasses = sys.modules[__name__]
    for name, a_type in cls.__dict__.get("__annotations__", {}).items():
        if (_is_kw_only(a_type, dataclasses)
                or isinstance(a_type, str) and _is_type(a_type, cls, dataclasses, dataclasses.KW_ONLY, _is_kw_only)):
            if KW_ONLY_seen:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            KW_ONLY_seen = True
            kw_only = True
        else:
            result.append(_get_field(cls, name, a_type, kw_only))
    return result


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    if cls.__module__ in sys.modules:
        globals = sys.modules[cls.__module__].__dict__
    else:
        globals = {}
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots,
                                           weakref_slot))

    fields, any_frozen_base, all_frozen_bases, has_dataclass_bases = _inherited_fields(cls)
    for f in _own_fields(cls, kw_only):
        fields[f.name] = f
        # In the class stands the default, or nothing.
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    cls_annotations = cls.__dict__.get("__annotations__", {})
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in cls_annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")

    if has_dataclass_bases:
        if any_frozen_base and not frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if all_frozen_bases is False and frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    setattr(cls, _FIELDS, fields)

    # `__hash__ = None` together with __eq__ is what the compiler puts there, not the program.
    class_hash = cls.__dict__.get("__hash__", MISSING)
    has_explicit_hash = not (class_hash is MISSING or class_hash is None and "__eq__" in cls.__dict__)
    if order and not eq:
        raise ValueError("eq must be true if order is true")

    func_builder = _FuncBuilder(globals)
    all_init_fields = [f for f in fields.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    std_init_fields = tuple(f for f in all_init_fields if f.init and not f.kw_only)
    kw_only_init_fields = tuple(f for f in all_init_fields if f.init and f.kw_only)
    field_list = [f for f in fields.values() if f._field_type is _FIELD]
    if init:
        has_post_init = hasattr(cls, _POST_INIT_NAME)
        # A field may be called self.
        self_name = "__dataclass_self__" if "self" in fields else "self"
        _init_fn(all_init_fields, std_init_fields, kw_only_init_fields, frozen, has_post_init, self_name,
                 func_builder, slots)
    _set_new_attribute(cls, "__replace__", _replace)
    if repr:
        _add_repr([f for f in field_list if f.repr], func_builder)
    if eq:
        _add_eq(field_list, func_builder)
    if order:
        _add_order(field_list, func_builder)
    if frozen:
        _add_frozen(cls, field_list, func_builder)
    hash_action = _hash_action(unsafe_hash, eq, frozen, has_explicit_hash)
    if hash_action is not None:
        hash_action(cls, field_list, func_builder)
    func_builder.add_fns_to_class(cls)

    if not getattr(cls, "__doc__"):
        _set_doc(cls)
    if match_args:
        _set_new_attribute(cls, "__match_args__", tuple(f.name for f in std_init_fields))
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    if slots:
        cls = _add_slots(cls, frozen, weakref_slot, fields)
    abc.update_abstractmethods(cls)
    return cls


def _set_doc(cls):
    """A docstring like a signature; inspect is imported only when it is read."""
    import inspect
    try:
        text_sig = str(inspect.signature(cls)).replace(" -> None", "")
    except (TypeError, ValueError):
        text_sig = ""
    cls.__doc__ = cls.__name__ + text_sig


# ---- slots -----------------------------------------------------------------------------------

def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for field, value in zip(fields(self), state):
        # Also for frozen instances.
        object.__setattr__(self, field.name, value)


def _get_slots(cls):
    """The names of the slots that a class itself defines."""
    match cls.__dict__.get("__slots__"):
        case None:
            # A class without __slots__ has these two, unless it is native.
            if getattr(cls, "__weakrefoffset__", -1) != 0:
                yield "__weakref__"
            if getattr(cls, "__dictrefoffset__", -1) != 0:
                yield "__dict__"
        case str(slot):
            yield slot
        case iterable if not hasattr(iterable, "__next__"):
            yield from iterable
        case _:
            raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")


def _add_slots(cls, is_frozen, weakref_slot, defaults):
    """A new class like cls but with __slots__: they cannot be added to an existing one."""
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    cls_dict = dict(cls.__dict__)
    field_names = tuple(f.name for f in fields(cls))
    inherited_slots = set(itertools.chain.from_iterable(map(_get_slots, cls.__mro__[1:-1])))
    cls_dict["__slots__"] = tuple(
        name for name in itertools.chain(field_names, ("__weakref__",) if weakref_slot else ())
        if name not in inherited_slots)
    for field_name in field_names:
        cls_dict.pop(field_name, None)      # the defaults are in __init__
    cls_dict.pop("__dict__", None)
    cls_dict.pop("__weakref__", None)
    qualname = getattr(cls, "__qualname__", None)
    newcls = type(cls)(cls.__name__, cls.__bases__, cls_dict)
    if qualname is not None:
        newcls.__qualname__ = qualname
    if is_frozen:
        # Pickle must not assign to the fields.
        if "__getstate__" not in cls_dict:
            newcls.__getstate__ = _dataclass_getstate
        if "__setstate__" not in cls_dict:
            newcls.__setstate__ = _dataclass_setstate
    _point_class_cells(cls, newcls)
    return newcls


def _point_class_cells(oldcls, newcls):
    """Let super() and __class__ in the methods mean the new class: one shared cell does."""
    for member in newcls.__dict__.values():
        member = _unwrap(member)
        if isinstance(member, FunctionType):
            if _update_cell(member, oldcls, newcls):
                return
        elif isinstance(member, property):
            if any(_update_cell(_unwrap(f), oldcls, newcls) for f in (member.fget, member.fset, member.fdel)
                   if f is not None):
                return


def _unwrap(member):
    while hasattr(member, "__wrapped__"):
        member = member.__wrapped__
    return member


def _update_cell(f, oldcls, newcls):
    if not isinstance(f, FunctionType):
        return False
    try:
        idx = f.__code__.co_freevars.index("__class__")
    except ValueError:
        return False
    closure = f.__closure__[idx]
    if closure.cell_contents is oldcls:
        closure.cell_contents = newcls
        return True
    return False


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Decorator: add methods to the class, made from its annotated fields."""
    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots,
                              weakref_slot)
    return wrap if cls is None else wrap(cls)


# ---- working with dataclasses --------------------------------------------------------------------

def fields(class_or_instance):
    """The fields of a dataclass or an instance, as a tuple of Field."""
    try:
        fields = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(f for f in fields.values() if f._field_type is _FIELD)


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Whether obj is a dataclass or an instance of one."""
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """The fields as a dict; dataclasses, lists, tuples and dicts inside are converted too."""
    if not _is_dataclass_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _convert(obj, lambda obj, inner: dict_factory([(f.name, inner(getattr(obj, f.name))) for f in fields(obj)]))


def astuple(obj, *, tuple_factory=tuple):
    """The same as tuples."""
    if not _is_dataclass_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _convert(obj, lambda obj, inner: tuple_factory([inner(getattr(obj, f.name)) for f in fields(obj)]))


def _convert(obj, from_dataclass):
    """Copy obj deeply, with from_dataclass(obj, inner) in the place of dataclass instances."""
    def inner(obj):
        kind = type(obj)
        if kind in _ATOMIC_TYPES:
            return obj
        if hasattr(kind, _FIELDS):
            return from_dataclass(obj, inner)
        if issubclass(kind, tuple) and hasattr(obj, "_fields"):
            return kind(*[inner(v) for v in obj])       # a named tuple takes its items apart
        if issubclass(kind, (list, tuple)):
            return kind(inner(v) for v in obj)
        if issubclass(kind, dict):
            if hasattr(kind, "default_factory"):
                result = kind(getattr(obj, "default_factory"))
                for k, v in obj.items():
                    result[inner(k)] = inner(v)
                return result
            return kind((inner(k), inner(v)) for k, v in obj.items())
        return copy.deepcopy(obj)

    return inner(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False,
                   module=None):
    """A new dataclass; fields are names, (name, type) or (name, type, Field) items."""
    if namespace is None:
        namespace = {}
    seen = set()
    annotations = {}
    defaults = {}
    for item in fields:
        if isinstance(item, str):
            name = item
            tp = "typing.Any"
        elif len(item) == 2:
            name, tp = item
        elif len(item) == 3:
            name, tp, spec = item
            defaults[name] = spec
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if keyword.iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in seen:
            raise TypeError(f"Field name duplicated: {name!r}")
        seen.add(name)
        annotations[name] = tp

    def exec_body_callback(ns):
        ns.update(namespace)
        ns.update(defaults)
        ns["__annotations__"] = annotations

    cls = types.new_class(cls_name, bases, {}, exec_body_callback)
    if module is None:
        try:
            module = sys._getframemodulename(1) or "__main__"
        except AttributeError:
            try:
                module = sys._getframe(1).f_globals.get("__name__", "__main__")
            except (AttributeError, ValueError):
                pass
    if module is not None:
        cls.__module__ = module
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """A new instance with some fields changed; __init__ and __post_init__ run anew."""
    if not _is_dataclass_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for f in getattr(self, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
            continue
        if f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise TypeError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(self, f.name)
    return self.__class__(**changes)
