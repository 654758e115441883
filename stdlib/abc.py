"""Abstract base classes: classes that say what a subclass must define.

    >>> from abc import ABC, abstractmethod
    >>> class Shape(ABC):
    ...     @abstractmethod
    ...     def area(self): ...
    >>> Shape()
    Traceback (most recent call last):
    TypeError: Can't instantiate abstract class Shape without an implementation for abstract method 'area'

A class may also be *registered* as a virtual subclass; isinstance() and
issubclass() then say yes although nothing is inherited.
"""

__all__ = [
    "ABC", "ABCMeta", "abstractclassmethod", "abstractmethod", "abstractproperty",
    "abstractstaticmethod", "get_cache_token", "update_abstractmethods",
]

from _weakrefset import WeakSet

try:
    from _abc import mark_collection
except ImportError:
    def mark_collection(cls, flags):
        """Without the native, `match` knows only the built-in sequences and mappings."""


# What `__abc_tpflags__` may say: how `match` treats instances.
_SEQUENCE = 1 << 5
_MAPPING = 1 << 6


def abstractmethod(funcobj):
    """Mark a method that concrete subclasses have to define.

    Usable with properties and class methods as the innermost decorator.
    """
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """Old spelling of @classmethod over @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """Old spelling of @staticmethod over @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """Old spelling of @property over @abstractmethod."""

    __isabstractmethod__ = True


def _is_abstract(value):
    return getattr(value, "__isabstractmethod__", False)


def _collect_abstract(cls, own):
    """Names still abstract in cls: its own plus those inherited and not overridden."""
    names = {name for name, value in own if _is_abstract(value)}
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if _is_abstract(getattr(cls, name, None)):
                names.add(name)
    return frozenset(names)


class _Registry:
    """What one abstract class remembers about other classes, all weakly.

    `registered` is given by the program. `cache` and `negative` only remember
    answers; the negative ones hold until any class is registered anywhere,
    which the global `token` counts.
    """

    __slots__ = ("registered", "cache", "negative", "negative_token")

    token = 0

    def __init__(self):
        self.registered = WeakSet()
        self.cache = WeakSet()
        self.negative = WeakSet()
        self.negative_token = _Registry.token

    def refuses(self, subclass):
        """True if subclass was refused before and nothing was registered since."""
        return self.negative_token == _Registry.token and subclass in self.negative

    def refuse(self, subclass):
        if self.negative_token != _Registry.token:
            self.negative = WeakSet()
            self.negative_token = _Registry.token
        self.negative.add(subclass)


class ABCMeta(type):
    """Metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _collect_abstract(cls, namespace.items())
        cls._abc_impl = _Registry()
        flags = namespace.get("__abc_tpflags__")
        if flags is not None:
            if flags & _SEQUENCE and flags & _MAPPING:
                raise TypeError("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING")
            mark_collection(cls, flags)
        return cls

    def register(cls, subclass):
        """Make subclass a virtual subclass of this class; returns subclass."""
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_impl.registered.add(subclass)
        _Registry.token += 1
        flags = getattr(cls, "__abc_tpflags__", None)
        if flags is not None:
            mark_collection(subclass, flags)
        return subclass

    def __instancecheck__(cls, instance):
        subclass = instance.__class__
        impl = cls._abc_impl
        if subclass in impl.cache:
            return True
        subtype = type(instance)
        if subtype is subclass:
            if impl.refuses(subclass):
                return False
            return cls.__subclasscheck__(subclass)
        # __class__ lies about the type: either answer will do.
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(subtype)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        impl = cls._abc_impl
        if subclass in impl.cache:
            return True
        if impl.refuses(subclass):
            return False
        answer = cls._subclass_answer(subclass)
        if answer:
            impl.cache.add(subclass)
        else:
            impl.refuse(subclass)
        return answer

    def _subclass_answer(cls, subclass):
        """The answer without the caches: hook, inheritance, registration, descendants."""
        hooked = cls.__subclasshook__(subclass)
        if hooked is not NotImplemented:
            if not isinstance(hooked, bool):
                raise AssertionError("__subclasshook__ must return either False, True, or NotImplemented")
            return hooked
        if cls in getattr(subclass, "__mro__", ()):
            return True
        for registered in cls._abc_impl.registered:
            if issubclass(subclass, registered):
                return True
        for descendant in cls.__subclasses__():
            if issubclass(subclass, descendant):
                return True
        return False

    def _dump_registry(cls, file=None):
        """Print what is registered and remembered (a debugging aid)."""
        impl = cls._abc_impl
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"Inv. counter: {get_cache_token()}", file=file)
        print(f"_abc_registry: {set(impl.registered)!r}", file=file)
        print(f"_abc_cache: {set(impl.cache)!r}", file=file)
        print(f"_abc_negative_cache: {set(impl.negative)!r}", file=file)
        print(f"_abc_negative_cache_version: {impl.negative_token!r}", file=file)

    def _abc_registry_clear(cls):
        cls._abc_impl.registered.clear()

    def _abc_caches_clear(cls):
        cls._abc_impl.cache.clear()
        cls._abc_impl.negative.clear()


class ABC(metaclass=ABCMeta):
    """Inherit from this to get ABCMeta as the metaclass."""

    __slots__ = ()


def get_cache_token():
    """A number that changes whenever a class is registered with any ABC."""
    return _Registry.token


def update_abstractmethods(cls):
    """Recompute the abstract methods of cls after it was changed; returns cls."""
    if not hasattr(cls, "__abstractmethods__"):
        # Not an abstract class at all (ABCMeta always sets the attribute).
        return cls
    cls.__abstractmethods__ = _collect_abstract(cls, cls.__dict__.items())
    return cls
