"""Enumerations made in one go, from plain classes; a part of enum, for the modules of the library."""

import enum
import sys


def _simple_enum(etype=enum.Enum, *, boundary=None, use_args=None):
    """Decorator: turn a plain class into an enumeration, faster than the metaclass does."""
    def convert_class(cls):
        body = enum.EnumDict(cls.__name__)
        body["__module__"] = cls.__module__
        body["__qualname__"] = cls.__qualname__
        if cls.__doc__ is not None:
            body["__doc__"] = cls.__doc__
        if etype is not None and use_args is not None:
            body["_use_args_"] = use_args
        gnv = cls.__dict__.get("_generate_next_value_", None)
        if gnv is not None:
            body["_generate_next_value_"] = gnv
        elif etype is not None:
            body["_generate_next_value_"] = etype._generate_next_value_
        for name, obj in cls.__dict__.items():
            if name in ("__dict__", "__weakref__", "_generate_next_value_", "__module__", "__qualname__", "__doc__"):
                continue
            if enum._is_dunder(name) or enum._is_private(cls.__name__, name) or enum._is_sunder(name) or enum._is_descriptor(obj):
                dict.__setitem__(body, name, obj)
            else:
                body[name] = obj
        return enum.EnumType(cls.__name__, (etype,), body, boundary=boundary or etype._boundary_)
    return convert_class


def _test_simple_enum(checked_enum, simple_enum):
    """Raise TypeError if an enumeration made by _simple_enum differs from one written out."""
    failed = []
    if checked_enum.__dict__ != simple_enum.__dict__:
        checked = checked_enum.__dict__
        simple = simple_enum.__dict__
        member_names = set(list(checked_enum._member_map_) + list(simple_enum._member_map_))
        for key in sorted(set(list(checked) + list(simple))):
            if key in ("__module__", "_member_map_", "_value2member_map_", "__doc__", "__static_attributes__",
                       "__firstlineno__"):
                continue
            if key in member_names:
                continue
            if key not in simple:
                failed.append(f"missing key: {key!r}")
            elif key not in checked:
                failed.append(f"extra key:   {key!r}")
            else:
                checked_value, simple_value = checked[key], simple[key]
                if callable(checked_value) or isinstance(checked_value, property):
                    continue
                if key == "__doc__":
                    checked_value = checked_value.replace(" ", "").replace("\t", "")
                    simple_value = simple_value.replace(" ", "").replace("\t", "")
                if checked_value != simple_value:
                    failed.append(f"{key!r}:\n         checked -> {checked_value!r}\n         simple  -> "
                                  f"{simple_value!r}")
        for name in sorted(member_names):
            failed += _member_differences(checked_enum, simple_enum, name)
    if failed:
        raise TypeError("enum mismatch:\n   " + "\n   ".join(failed))


def _member_differences(checked_enum, simple_enum, name):
    if name not in simple_enum._member_map_:
        return [f"missing member from simple enum: {name!r}"]
    if name not in checked_enum._member_map_:
        return [f"extra member in simple enum: {name!r}"]
    checked_member = checked_enum[name].__dict__
    simple_member = simple_enum[name].__dict__
    failed = []
    for key in sorted(set(list(checked_member) + list(simple_member))):
        if key in ("__module__", "__objclass__", "_inverted_"):
            continue
        if key not in simple_member:
            failed.append(f"missing key {key!r} not in the simple enum member {name!r}")
        elif key not in checked_member:
            failed.append(f"extra key {key!r} in simple enum member {name!r}")
        elif checked_member[key] != simple_member[key]:
            failed.append(f"{key!r}: checked member -> {checked_member[key]!r}; simple member -> "
                          f"{simple_member[key]!r}")
    if failed:
        return [f"{name!r} member mismatch:\n      " + "\n      ".join(failed)]
    return []


def _old_convert_(etype, name, module, filter, source=None, *, boundary=None):
    """EnumType._convert_ through the metaclass, for comparison in tests."""
    module_globals = sys.modules[module].__dict__
    source = source.__dict__ if source else module_globals
    members = [(key, value) for key, value in source.items() if filter(key)]
    try:
        members.sort(key=lambda t: (t[1], t[0]))
    except TypeError:
        members.sort(key=lambda t: t[0])
    return etype(name, members, module=module, boundary=boundary or enum.KEEP)
