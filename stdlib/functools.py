"""Functions that work on functions.

    >>> from functools import lru_cache
    >>> @lru_cache(maxsize=None)
    ... def fib(n):
    ...     return n if n < 2 else fib(n - 1) + fib(n - 2)
    >>> fib(80)
    23416728348467685
    >>> fib.cache_info()
    CacheInfo(hits=78, misses=81, maxsize=None, currsize=81)
"""

__all__ = [
    "update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cache", "cmp_to_key",
    "lru_cache", "reduce", "partial", "partialmethod", "singledispatch", "singledispatchmethod", "cached_property",
]

from abc import get_cache_token
from collections import namedtuple
from reprlib import recursive_repr
from types import GenericAlias, MethodType

try:
    from _thread import RLock
except ImportError:
    class RLock:
        """Without threads nothing has to be locked."""

        def __enter__(self):
            return True

        def __exit__(self, *exc_info):
            pass


# ---- wrappers that look like what they wrap ------------------------------------

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__", "__type_params__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Give wrapper the name, documentation and attributes of wrapped; returns wrapper."""
    for attr in assigned:
        try:
            value = getattr(wrapped, attr)
        except AttributeError:
            continue
        setattr(wrapper, attr, value)
    for attr in updated:
        getattr(wrapper, attr).update(getattr(wrapped, attr, {}))
    # Last, as the update above may have brought the __wrapped__ of wrapped itself.
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorator for a wrapper function: update_wrapper(it, wrapped)."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# ---- ordering ------------------------------------------------------------------

def _derived(root, formula):
    """A comparison built on `root` of the same class; formula(result, self, other)."""

    def method(self, other):
        result = getattr(type(self), root)(self, other)
        return result if result is NotImplemented else formula(result, self, other)

    return method


def _negated(result, self, other):
    return not result


def _or_equal(result, self, other):
    return result or self == other


def _and_unequal(result, self, other):
    return result and self != other


def _nor_equal(result, self, other):
    return not result and self != other


def _not_or_equal(result, self, other):
    return not result or self == other


# For each comparison a class may define, what the other three are in its terms.
_ORDERINGS = {
    "__lt__": {"__gt__": _nor_equal, "__le__": _or_equal, "__ge__": _negated},
    "__le__": {"__ge__": _not_or_equal, "__lt__": _and_unequal, "__gt__": _negated},
    "__gt__": {"__lt__": _nor_equal, "__ge__": _or_equal, "__le__": _negated},
    "__ge__": {"__le__": _not_or_equal, "__gt__": _and_unequal, "__lt__": _negated},
}



def _make_ordering(root, name, formula):
    method = _derived(root, formula)
    method.__name__ = name
    # Pickles find the method by this name; see the end of the file.
    method.__qualname__ = f"_{name.strip('_')}_from_{root.strip('_')}"
    method.__doc__ = f"Return self {_SYMBOLS[name]} other, computed from {root}."
    return method


_SYMBOLS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def total_ordering(cls):
    """Fill in the missing ones of < <= > >= from the one that cls defines."""
    defined = {name for name in _ORDERINGS if getattr(cls, name, None) is not getattr(object, name, None)}
    if not defined:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(defined)     # __lt__ is preferred over __le__ over __gt__ over __ge__
    for name, method in _ordering_methods[root].items():
        if name not in defined:
            setattr(cls, name, method)
    return cls


def cmp_to_key(mycmp):
    """Turn a function that compares two items into a key function."""

    class K:
        __slots__ = ("obj",)
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

    return K


try:
    from _functools import cmp_to_key
except ImportError:
    pass


# ---- reduce ---------------------------------------------------------------------

_NOTHING = object()


def reduce(function, sequence, initial=_NOTHING):
    """
    reduce(function, iterable[, initial], /) -> value

    Fold the items from the left: reduce(f, [a, b, c]) is f(f(a, b), c). With
    an initial value the fold starts there, and an empty iterable gives it.
    """
    it = iter(sequence)
    if initial is _NOTHING:
        try:
            value = next(it)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for element in it:
        value = function(value, element)
    return value


try:
    from _functools import reduce
except ImportError:
    pass


# ---- partial ----------------------------------------------------------------------

class partial:
    """A callable with some arguments given in advance.

        >>> basetwo = partial(int, base=2)
        >>> basetwo("10010")
        18
    """

    __slots__ = ("func", "args", "keywords", "__dict__", "__weakref__")

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            # partial(partial(f, a), b) is partial(f, a, b)
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    @recursive_repr()
    def __repr__(self):
        cls = type(self)
        args = [repr(self.func), *map(repr, self.args)]
        args += [f"{key}={value!r}" for key, value in self.keywords.items()]
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(args)})"

    def __get__(self, obj, objtype=None):
        if obj is None:
            return self
        import warnings
        warnings.warn("functools.partial will be a method descriptor in future Python versions; "
                      "wrap it in staticmethod() if you want to preserve the old behavior", FutureWarning, 2)
        return self

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords or None, self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple):
            raise TypeError("argument to __setstate__ must be a tuple")
        if len(state) != 4:
            raise TypeError(f"expected 4 items in state, got {len(state)}")
        func, args, keywords, namespace = state
        if (not callable(func) or not isinstance(args, tuple)
                or (keywords is not None and not isinstance(keywords, dict))
                or (namespace is not None and not isinstance(namespace, dict))):
            raise TypeError("invalid partial state")
        self.__dict__ = {} if namespace is None else namespace
        self.func = func
        self.args = tuple(args)     # a plain tuple, whatever subclass came in
        self.keywords = {} if keywords is None else (keywords if type(keywords) is dict else dict(keywords))

    __class_getitem__ = classmethod(GenericAlias)


try:
    from _functools import partial
except ImportError:
    pass


class partialmethod:
    """A method with some arguments given in advance.

    Works over anything that works as a method: functions, descriptors and
    other callables.
    """

    def __init__(self, func, /, *args, **keywords):
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        elif not callable(func) and getattr(func, "__get__", None) is None:
            raise TypeError(f"the first argument {func!r} must be a callable or a descriptor")
        self.func = func
        self.args = args
        self.keywords = keywords

    def __repr__(self):
        cls = type(self)
        args = [repr(self.func), *map(repr, self.args)]
        args += [f"{key}={value!r}" for key, value in self.keywords.items()]
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(args)})"

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.__partialmethod__ = self
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, "__get__", None)
        if get is not None and not isinstance(self.func, partial):
            bound = get(obj, cls)
            if bound is not self.func:
                # The descriptor has bound itself: put the arguments after self.
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._make_unbound_method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(GenericAlias)


def _unwrap_partial(func):
    while isinstance(func, partial):
        func = func.func
    return func


def _unwrap_partialmethod(func):
    while True:
        before = func
        while isinstance(getattr(func, "__partialmethod__", None), partialmethod):
            func = func.__partialmethod__
        while isinstance(func, partialmethod):
            func = func.func
        func = _unwrap_partial(func)
        if func is before:
            return func


# ---- caches ----------------------------------------------------------------------

_CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])


class _HashedSeq(list):
    """A list used as a key: its hash is computed once, not at each lookup."""

    __slots__ = ("hashvalue",)

    def __init__(self, items, hash=hash):
        self[:] = items
        self.hashvalue = hash(items)

    def __hash__(self):
        return self.hashvalue


_KEYWORDS = object()    # stands between positional and keyword arguments in a key


def _make_key(args, kwds, typed, kwd_mark=(_KEYWORDS,), fasttypes={int, str}, tuple=tuple, type=type, len=len):
    """The cache key of a call: flat, and for the commonest calls the argument itself."""
    key = args
    if kwds:
        key += kwd_mark
        for item in kwds.items():
            key += item
    if typed:
        key += tuple(type(v) for v in args)
        if kwds:
            key += tuple(type(v) for v in kwds.values())
    elif len(key) == 1 and type(key[0]) in fasttypes:
        return key[0]
    return _HashedSeq(key)


def _lru_cache_wrapper(user_function, maxsize, typed, _CacheInfo):
    """The cached function. The dict is kept in order of use, the oldest first."""
    hits = misses = 0
    results = {}
    size = results.__len__      # not len(): a program may cache that very function
    lock = RLock()

    def uncached(*args, **kwds):
        nonlocal misses
        misses += 1
        return user_function(*args, **kwds)

    def unbounded(*args, **kwds):
        nonlocal hits, misses
        key = _make_key(args, kwds, typed)
        result = results.get(key, _NOTHING)
        if result is not _NOTHING:
            hits += 1
            return result
        misses += 1
        result = user_function(*args, **kwds)
        results[key] = result
        return result

    def bounded(*args, **kwds):
        nonlocal hits, misses
        key = _make_key(args, kwds, typed)
        with lock:
            result = results.pop(key, _NOTHING)
            if result is not _NOTHING:
                results[key] = result   # now the most recently used
                hits += 1
                return result
            misses += 1
        result = user_function(*args, **kwds)
        with lock:
            # A recursive call or another thread may have stored it meanwhile.
            if key not in results:
                if size() >= maxsize:
                    del results[next(iter(results))]
                results[key] = result
        return result

    def cache_info():
        """Report cache statistics"""
        with lock:
            return _CacheInfo(hits, misses, maxsize, size())

    def cache_clear():
        """Clear the cache and cache statistics"""
        nonlocal hits, misses
        with lock:
            results.clear()
            hits = misses = 0

    wrapper = uncached if maxsize == 0 else unbounded if maxsize is None else bounded
    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    return wrapper


try:
    from _functools import _lru_cache_wrapper
except ImportError:
    pass


def lru_cache(maxsize=128, typed=False):
    """Decorator: remember results by arguments, at most maxsize (None: all) of them.

    The result of the least recent call goes first. typed=True keeps f(3) and
    f(3.0) apart. The function gets cache_info(), cache_clear(),
    cache_parameters() and __wrapped__.
    """
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        # @lru_cache without parentheses
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorating_function(user_function):
        return _cached(user_function, maxsize, typed)

    return decorating_function


def _cached(user_function, maxsize, typed):
    wrapper = _lru_cache_wrapper(user_function, maxsize, typed, _CacheInfo)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, user_function)


def cache(user_function, /):
    """Decorator: remember every result; lru_cache(maxsize=None)."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property computed at its first use and then kept in the instance's __dict__."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError("Cannot assign the same cached_property to two different names "
                            f"({self.attrname!r} and {name!r}).")

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            cache = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} "
                            f"instance to cache {self.attrname!r} property.") from None
        value = cache.get(self.attrname, _NOTHING)
        if value is _NOTHING:
            value = self.func(instance)
            try:
                cache[self.attrname] = value
            except TypeError:
                raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance "
                                f"does not support item assignment for caching {self.attrname!r} property.") from None
        return value

    __class_getitem__ = classmethod(GenericAlias)


# ---- generic functions ---------------------------------------------------------------

def _c3_merge(sequences):
    """The C3 linearization of several linearizations."""
    result = []
    while True:
        sequences = [seq for seq in sequences if seq]
        if not sequences:
            return result
        for seq in sequences:
            candidate = seq[0]
            if not any(candidate in other[1:] for other in sequences):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        result.append(candidate)
        for seq in sequences:
            if seq[0] == candidate:
                del seq[0]


def _c3_mro(cls, abcs=None):
    """The MRO of cls, with the given ABCs inserted as if it inherited them.

    An ABC goes behind the last explicit base that does not itself implement
    it: as late as possible, but before the plain classes it refines.
    """
    for boundary, base in reversed(list(enumerate(cls.__bases__, 1))):
        if hasattr(base, "__abstractmethods__"):
            break       # bases up to here are explicit ABCs and stay first
    else:
        boundary = 0
    abcs = list(abcs) if abcs else []
    explicit = list(cls.__bases__[:boundary])
    other = list(cls.__bases__[boundary:])
    abstract = [base for base in abcs
                if issubclass(cls, base) and not any(issubclass(b, base) for b in cls.__bases__)]
    for base in abstract:
        abcs.remove(base)
    groups = [[_c3_mro(base, abcs) for base in bases] for bases in (explicit, abstract, other)]
    return _c3_merge([[cls]] + groups[0] + groups[1] + groups[2] + [explicit] + [abstract] + [other])


def _compose_mro(cls, types):
    """The MRO of cls including those of `types` it is a virtual subclass of."""
    bases = set(cls.__mro__)

    def is_virtual_base(typ):
        return typ not in bases and hasattr(typ, "__mro__") and not isinstance(typ, GenericAlias) \
            and issubclass(cls, typ)

    types = [typ for typ in types if is_virtual_base(typ)]
    # One that another one already inherits adds nothing.
    types = [typ for typ in types if not any(typ is not other and typ in other.__mro__ for other in types)]
    type_set = set(types)

    mro = []
    for typ in types:
        found = []
        for sub in typ.__subclasses__():
            if sub not in bases and issubclass(cls, sub):
                found.append([s for s in sub.__mro__ if s in type_set])
        if not found:
            mro.append(typ)
            continue
        # Favour the subclasses that cover most of the types.
        found.sort(key=len, reverse=True)
        for subs in found:
            for sub in subs:
                if sub not in mro:
                    mro.append(sub)
    return _c3_mro(cls, abcs=mro)


def _find_impl(cls, registry):
    """The implementation for cls in a registry {class: function}."""
    mro = _compose_mro(cls, registry.keys())
    match = None
    for t in mro:
        if match is not None:
            # Two unrelated ABCs at the same rank cannot be told apart.
            if (t in registry and t not in cls.__mro__ and match not in cls.__mro__
                    and not issubclass(match, t)):
                raise RuntimeError(f"Ambiguous dispatch: {match} or {t}")
            break
        if t in registry:
            match = t
    return registry.get(match)


def _is_union(cls):
    from types import UnionType
    from typing import Union, get_origin
    return get_origin(cls) in {Union, UnionType}


def _is_dispatch_type(cls):
    if isinstance(cls, type):
        return True
    from typing import get_args
    return _is_union(cls) and all(isinstance(arg, type) for arg in get_args(cls))


def singledispatch(func):
    """Decorator: a function that chooses its implementation by the type of its first argument.

    Others are added with @func.register, by annotation or by a given type.
    """
    import weakref

    registry = {}
    dispatch_cache = weakref.WeakKeyDictionary()
    cache_token = None

    def dispatch(cls):
        """The implementation that would serve an argument of type cls."""
        nonlocal cache_token
        if cache_token is not None:
            token = get_cache_token()
            if token != cache_token:
                dispatch_cache.clear()
                cache_token = token
        try:
            return dispatch_cache[cls]
        except KeyError:
            pass
        impl = registry.get(cls)
        if impl is None:
            impl = _find_impl(cls, registry)
        dispatch_cache[cls] = impl
        return impl

    def register(cls, func=None):
        """Add an implementation for a type; usable as a decorator in three forms."""
        nonlocal cache_token
        if _is_dispatch_type(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            cls, func = _annotated_type(cls), cls

        if _is_union(cls):
            from typing import get_args
            for arg in get_args(cls):
                registry[arg] = func
        else:
            registry[cls] = func
        if cache_token is None and hasattr(cls, "__abstractmethods__"):
            cache_token = get_cache_token()
        dispatch_cache.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{funcname} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    funcname = getattr(func, "__name__", "singledispatch function")
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    from types import MappingProxyType
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = dispatch_cache.clear
    update_wrapper(wrapper, func)
    return wrapper


def _annotated_type(func):
    """The dispatch type that the annotation of func's first argument names."""
    ann = getattr(func, "__annotations__", {})
    if not ann:
        raise TypeError(f"Invalid first argument to `register()`: {func!r}. Use either `@register(some_class)` "
                        "or plain `@register` on an annotated function.")
    from typing import get_type_hints
    argname, cls = next(iter(get_type_hints(func).items()))
    if not _is_dispatch_type(cls):
        if _is_union(cls):
            raise TypeError(f"Invalid annotation for {argname!r}. {cls!r} not all arguments are classes.")
        raise TypeError(f"Invalid annotation for {argname!r}. {cls!r} is not a class.")
    return cls


class singledispatchmethod:
    """singledispatch for methods: chooses by the first argument after self or cls."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        import weakref
        self.dispatcher = singledispatch(func)
        self.func = func
        self._method_cache = weakref.WeakKeyDictionary()

    def register(self, cls, method=None):
        """Add an implementation for a type."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        if self._method_cache is not None:
            try:
                method = self._method_cache[obj]
            except TypeError:
                self._method_cache = None   # instances cannot be weakly referenced
            except KeyError:
                pass
            else:
                return method

        dispatch = self.dispatcher.dispatch
        funcname = getattr(self.func, "__name__", "singledispatchmethod method")

        def method(*args, **kwargs):
            if not args:
                raise TypeError(f"{funcname} requires at least 1 positional argument")
            return dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)

        method.__isabstractmethod__ = self.__isabstractmethod__
        method.register = self.register
        update_wrapper(method, self.func)
        if self._method_cache is not None:
            self._method_cache[obj] = method
        return method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


_ordering_methods = {
    root: {name: _make_ordering(root, name, formula) for name, formula in formulas.items()}
    for root, formulas in _ORDERINGS.items()
}
globals().update({method.__qualname__: method for methods in _ordering_methods.values() for method in methods.values()})
