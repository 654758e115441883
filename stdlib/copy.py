"""Copies of objects, shallow and deep.

    >>> import copy
    >>> nested = [[1], [2]]
    >>> deep = copy.deepcopy(nested); deep[0].append(9); nested
    [[1], [2]]

A class steers its copies with __copy__, __deepcopy__(memo), __replace__, or
the pickle protocol (__reduce_ex__, __getstate__, copyreg).
"""

__all__ = ["Error", "copy", "deepcopy", "replace"]

import copyreg
import types
import weakref


class Error(Exception):
    """An object that cannot be copied."""


error = Error


def _itself(x, memo=None):
    return x


# Immutable (or global) things are their own copies, shallow and deep.
_ATOMIC = {
    type(None), type(...), type(NotImplemented), int, float, bool, complex, bytes, str, type, range,
    types.CodeType, types.BuiltinFunctionType, types.FunctionType, weakref.ref, property,
}

_copy_dispatch = {kind: _itself for kind in _ATOMIC | {tuple, frozenset, slice}}
_copy_dispatch.update({kind: kind.copy for kind in (list, dict, set, bytearray)})


def copy(x):
    """A new object with the same contents."""
    cls = type(x)
    copier = _copy_dispatch.get(cls)
    if copier is not None:
        return copier(x)
    if issubclass(cls, type):
        return x
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    reduced = _reduced(x, cls)
    if isinstance(reduced, str):
        return x
    return _reconstruct(x, None, *reduced)


def _reduced(x, cls):
    """What the pickle protocol says about x: a tuple, or a str for a global."""
    reductor = copyreg.dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    reductor = getattr(x, "__reduce_ex__", None)
    if reductor is not None:
        return reductor(4)
    reductor = getattr(x, "__reduce__", None)
    if reductor is not None:
        return reductor()
    raise Error(f"un(deep)copyable object of type {cls}")


def deepcopy(x, memo=None, _nil=[]):
    """A new object whose contents are deep copies too.

    memo maps id(original) to its copy, so that shared and cyclic parts stay
    shared and cyclic; memo[id(memo)] keeps the originals alive meanwhile.
    """
    cls = type(x)
    if cls in _ATOMIC:
        return x
    key = id(x)
    if memo is None:
        memo = {}
    else:
        y = memo.get(key, _nil)
        if y is not _nil:
            return y

    copier = _deepcopy_dispatch.get(cls)
    if copier is not None:
        y = copier(x, memo)
    elif issubclass(cls, type):
        y = x
    else:
        copier = getattr(x, "__deepcopy__", None)
        if copier is not None:
            y = copier(memo)
        else:
            reduced = _reduced(x, cls)
            y = x if isinstance(reduced, str) else _reconstruct(x, memo, *reduced)

    if y is not x:
        memo[key] = y
        _keep_alive(x, memo)
    return y


def _keep_alive(x, memo):
    """An id is only good while its object lives: remember the object."""
    memo.setdefault(id(memo), []).append(x)


def _deepcopy_list(x, memo):
    y = []
    memo[id(x)] = y
    for item in x:
        y.append(deepcopy(item, memo))
    return y


def _deepcopy_dict(x, memo):
    y = {}
    memo[id(x)] = y
    for key, value in x.items():
        y[deepcopy(key, memo)] = deepcopy(value, memo)
    return y


def _deepcopy_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    # A tuple inside its own contents was copied on the way.
    done = memo.get(id(x))
    if done is not None:
        return done
    if all(new is old for new, old in zip(items, x)):
        return x
    return tuple(items)


def _deepcopy_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_deepcopy_dispatch = {
    list: _deepcopy_list,
    dict: _deepcopy_dict,
    tuple: _deepcopy_tuple,
    types.MethodType: _deepcopy_method,
}
_deepcopy_dispatch.update({kind: _itself for kind in _ATOMIC})


def _reconstruct(x, memo, func, args, state=None, listitems=None, dictitems=None, *, deepcopy=deepcopy):
    """Build a copy from a reduce tuple; memo None means shallow."""
    deep = memo is not None
    if deep and args:
        args = tuple(deepcopy(arg, memo) for arg in args)
    y = func(*args)
    if deep:
        memo[id(x)] = y

    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(y, "__setstate__"):
            y.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                y.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(y, name, value)

    if listitems is not None:
        for item in listitems:
            y.append(deepcopy(item, memo) if deep else item)
    if dictitems is not None:
        for key, value in dictitems:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            y[key] = value
    return y


def replace(obj, /, **changes):
    """A copy of obj with some fields changed, for classes that have __replace__."""
    cls = obj.__class__
    func = getattr(cls, "__replace__", None)
    if func is None:
        raise TypeError(f"replace() does not support {cls.__name__} objects")
    return func(obj, **changes)
