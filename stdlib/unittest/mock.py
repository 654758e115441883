"""Mocks: objects that record how they are used, and patch() to put them in place.

    >>> from unittest.mock import Mock, patch
    >>> m = Mock(return_value=3)
    >>> m(1, key=2)
    3
    >>> m.assert_called_once_with(1, key=2)
    >>> with patch("os.getcwd", return_value="/home"):
    ...     import os; os.getcwd()
    '/home'
"""

__all__ = [
    "Mock", "MagicMock", "patch", "sentinel", "DEFAULT", "ANY", "call", "create_autospec", "AsyncMock",
    "FILTER_DIR", "NonCallableMock", "NonCallableMagicMock", "mock_open", "PropertyMock", "seal",
]

import inspect

from ._call import ANY, DEFAULT, _Call, _CallList, call, format_call, sentinel

__unittest = True

FILTER_DIR = True       # dir(mock) shows only what is useful

_MISSING = sentinel.MISSING


class InvalidSpecError(Exception):
    """A mock cannot be the spec of another."""


# ---- which special methods mocks can have ----------------------------------------------

_NUMERIC = "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow divmod".split()

_MAGICS = {f"__{name}__" for name in (
    "lt gt le ge eq ne getitem setitem delitem len contains str sizeof enter exit ceil floor trunc bool next fspath "
    "aiter int index float complex hash format missing reversed getformat repr dir subclasses copy deepcopy reduce "
    "reduce_ex getinitargs getnewargs getstate setstate round iter neg pos abs invert call aenter aexit anext "
    "set get delete del").split()}
_MAGICS |= {f"__{name}__" for name in _NUMERIC}
_MAGICS |= {f"__i{name}__" for name in _NUMERIC if name != "divmod"}
_MAGICS |= {f"__r{name}__" for name in _NUMERIC}
_MAGICS -= {"__call__", "__del__", "__get__", "__set__", "__delete__"}

_ASYNC_MAGICS = {"__aenter__", "__aexit__", "__anext__"}
# MagicMock does not set these up by itself.
_NOT_BY_DEFAULT = {
    "__getformat__", "__repr__", "__dir__", "__subclasses__", "__reduce__", "__reduce_ex__", "__getinitargs__",
    "__getnewargs__", "__getstate__", "__setstate__", "__copy__", "__deepcopy__", "__missing__", "__reversed__",
    "__format__", "__get__", "__set__", "__delete__", "__del__",
}

_RETURN_VALUES = {
    "__lt__": NotImplemented, "__gt__": NotImplemented, "__le__": NotImplemented, "__ge__": NotImplemented,
    "__int__": 1, "__contains__": False, "__len__": 0, "__exit__": False, "__complex__": 1j, "__float__": 1.0,
    "__bool__": True, "__index__": 1, "__aexit__": False,
}

_CALCULATED = {
    "__hash__": lambda self: object.__hash__(self),
    "__str__": lambda self: object.__str__(self),
    "__sizeof__": lambda self: object.__sizeof__(self),
    "__fspath__": lambda self: f"{type(self).__name__}/{self._extract_mock_name()}/{id(self)}",
}


def _default_eq(self):
    def __eq__(other):
        configured = self.__eq__._mock_return_value
        if configured is not DEFAULT:
            return configured
        return True if self is other else NotImplemented
    return __eq__


def _default_ne(self):
    def __ne__(other):
        if self.__ne__._mock_return_value is not DEFAULT:
            return DEFAULT
        return False if self is other else NotImplemented
    return __ne__


def _default_iter(self):
    def __iter__():
        configured = self.__iter__._mock_return_value
        return iter([]) if configured is DEFAULT else iter(configured)
    return __iter__


async def _async_items(items):
    for item in items:
        yield item


def _default_aiter(self):
    def __aiter__():
        configured = self.__aiter__._mock_return_value
        return _async_items([] if configured is DEFAULT else configured)
    return __aiter__


_SIDE_EFFECTS = {"__eq__": _default_eq, "__ne__": _default_ne, "__iter__": _default_iter, "__aiter__": _default_aiter}


def _is_magic(name):
    return f"__{name[2:-2]}__" == name


def _is_exception(obj):
    return isinstance(obj, BaseException) or isinstance(obj, type) and issubclass(obj, BaseException)


def _is_instance_mock(obj):
    return issubclass(type(obj), NonCallableMock)


def _is_list(obj):
    return type(obj) in (list, tuple)


def _is_async_func(obj):
    return inspect.iscoroutinefunction(obj)


def _signature(spec, skip_first=False):
    """How spec is called, None if that is not known."""
    if isinstance(spec, type):
        try:
            return inspect.signature(spec)
        except (ValueError, TypeError):
            return None
    if isinstance(spec, (classmethod, staticmethod)):
        spec = spec.__func__
    try:
        sig = inspect.signature(spec)
    except (ValueError, TypeError):
        return None
    if skip_first:
        params = list(sig.parameters.values())
        if params and params[0].kind in (params[0].POSITIONAL_ONLY, params[0].POSITIONAL_OR_KEYWORD):
            sig = sig.replace(parameters=params[1:])
    return sig


def _to_iterator(value):
    """What side_effect becomes: a list is worked through, call by call."""
    if value is None or _is_exception(value) or callable(value):
        return value
    try:
        return iter(value)
    except TypeError:
        return value


class _Delegating:
    """An attribute that, for a function made by create_autospec(), lives on the mock behind it."""

    def __init__(self, name, default=None):
        self.name = name
        self.default = default

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        sig = obj.__dict__.get("_mock_delegate")
        if sig is None:
            return obj.__dict__.get("_mock_" + self.name, self.default)
        return getattr(sig, self.name)

    def __set__(self, obj, value):
        sig = obj.__dict__.get("_mock_delegate")
        if sig is None:
            obj.__dict__["_mock_" + self.name] = value
        else:
            setattr(sig, self.name, value)


class NonCallableMock:
    """A mock that cannot be called itself; its attributes are mocks that can.

    Each mock has a class of its own, so that special methods can be set on it.
    """

    called = _Delegating("called", False)
    call_count = _Delegating("call_count", 0)
    call_args = _Delegating("call_args")
    call_args_list = _Delegating("call_args_list")
    mock_calls = _Delegating("mock_calls")

    def __new__(cls, spec=None, wraps=None, name=None, spec_set=None, *args, **kwargs):
        new_spec = spec_set or spec
        bases = (cls,)
        if (not issubclass(cls, AsyncMockMixin) and new_spec is not None and _is_async_func(new_spec)
                and issubclass(cls, CallableMixin)):
            bases = (AsyncMockMixin, cls)
        new = type(cls.__name__, bases, {"__doc__": cls.__doc__})
        return object.__new__(new)

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name="",
                 _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        if _new_parent is None:
            _new_parent = parent
        state = self.__dict__
        state["_mock_parent"] = parent
        state["_mock_name"] = name
        state["_mock_new_name"] = _new_name
        state["_mock_new_parent"] = _new_parent
        state["_mock_sealed"] = False
        strict = spec_set is not None
        if strict:
            spec = spec_set
        if _eat_self is None:
            _eat_self = parent is not None
        self._mock_add_spec(spec, strict, _spec_as_instance, _eat_self)
        state["_mock_children"] = {}
        state["_mock_wraps"] = wraps
        state["_mock_delegate"] = None
        state["_mock_mock_calls"] = _CallList()
        state["_mock_call_args_list"] = _CallList()
        state["_mock_method_calls"] = _CallList()
        state["_mock_unsafe"] = unsafe
        state["_mock_return_value"] = DEFAULT
        state["_mock_side_effect"] = None
        if kwargs:
            self.configure_mock(**kwargs)

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False, _eat_self=False):
        if _is_instance_mock(spec):
            raise InvalidSpecError(f"Cannot spec a Mock object. [object={spec!r}]")
        spec_class = None
        spec_signature = None
        names = None
        if spec is not None and not _is_list(spec):
            spec_class = spec if isinstance(spec, type) else type(spec)
            if isinstance(spec, type):
                spec_signature = _signature(spec.__call__, True) if _spec_as_instance else _signature(spec)
            elif callable(spec):
                spec_signature = _signature(spec)
            names = set(dir(spec))
        elif spec is not None:
            names = set(spec)
        state = self.__dict__
        state["_spec_class"] = spec_class
        state["_spec_set"] = spec_set
        state["_spec_signature"] = spec_signature
        state["_mock_methods"] = names
        state["_mock_spec"] = spec

    def mock_add_spec(self, spec, spec_set=False):
        """Allow only attributes that spec has."""
        self._mock_add_spec(spec, spec_set)
        self._set_magics()

    def _set_magics(self):
        pass

    # ---- configuration -----------------------------------------------------------

    @property
    def return_value(self):
        """What calls return; a mock unless set."""
        delegate = self.__dict__.get("_mock_delegate")
        if delegate is not None:
            return delegate.return_value
        ret = self._mock_return_value
        if ret is DEFAULT and self._mock_wraps is None:
            ret = self._get_child_mock(_new_parent=self, _new_name="()")
            self.return_value = ret
        return ret

    @return_value.setter
    def return_value(self, value):
        delegate = self.__dict__.get("_mock_delegate")
        if delegate is not None:
            delegate.return_value = value
        else:
            self._mock_return_value = value
            _check_and_set_parent(self, value, None, "()")

    @property
    def side_effect(self):
        """A function to call instead, an exception to raise, or results to give one by one."""
        delegate = self.__dict__.get("_mock_delegate")
        if delegate is not None:
            return delegate.side_effect
        return self._mock_side_effect

    @side_effect.setter
    def side_effect(self, value):
        delegate = self.__dict__.get("_mock_delegate")
        if delegate is not None:
            delegate.side_effect = value
        else:
            self._mock_side_effect = _to_iterator(value)

    @property
    def method_calls(self):
        return self._mock_method_calls

    @method_calls.setter
    def method_calls(self, value):
        self.__dict__["_mock_method_calls"] = value

    @property
    def __class__(self):
        if self._spec_class is None:
            return type(self)
        return self._spec_class

    def configure_mock(self, /, **kwargs):
        """Set attributes; 'method.return_value' and the like with **{...}."""
        for arg, value in sorted(kwargs.items(), key=lambda entry: entry[0].count(".")):
            *path, final = arg.split(".")
            obj = self
            for entry in path:
                obj = getattr(obj, entry)
            setattr(obj, final, value)

    def attach_mock(self, mock, attribute):
        """Make mock an attribute of this one, so that its calls are recorded here."""
        inner = mock
        mock = _extract_mock(mock)
        mock._mock_parent = None
        mock._mock_new_parent = None
        mock._mock_name = ""
        mock._mock_new_name = None
        setattr(self, attribute, inner)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forget all calls."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called = False
        self.call_args = None
        self.call_count = 0
        self.mock_calls = _CallList()
        self.call_args_list = _CallList()
        self.method_calls = _CallList()
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in self._mock_children.values():
            if isinstance(child, _SpecState) or child is _deleted:
                continue
            child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        ret = self._mock_return_value
        if _is_instance_mock(ret) and ret is not self:
            ret.reset_mock(visited)

    # ---- attributes -------------------------------------------------------------------

    def __getattr__(self, name):
        if name in {"_mock_methods", "_mock_unsafe"}:
            raise AttributeError(name)
        if self._mock_methods is not None:
            if name not in self._mock_methods or name in _MAGICS:
                raise AttributeError(f"Mock object has no attribute {name!r}")
        elif _is_magic(name):
            raise AttributeError(name)
        if not self._mock_unsafe and (not self._mock_methods or name not in self._mock_methods):
            # A misspelt assertion would silently pass.
            if name.startswith(("assert", "assret", "asert", "aseert", "assrt")) or name in _ASSERTION_NAMES:
                raise AttributeError(f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is "
                                     "meant to be an attribute.")
        result = self._mock_children.get(name)
        if result is _deleted:
            raise AttributeError(name)
        if result is None:
            wraps = None
            if self._mock_wraps is not None:
                wraps = getattr(self._mock_wraps, name)
            result = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name, _new_parent=self)
            self._mock_children[name] = result
        elif isinstance(result, _SpecState):
            result = create_autospec(result.spec, result.spec_set, result.instance, result.parent, result.name)
            self._mock_children[name] = result
        return result

    def __setattr__(self, name, value):
        if name in _SET_DIRECTLY:
            return object.__setattr__(self, name, value)
        if (self._spec_set and self._mock_methods is not None and name not in self._mock_methods
                and name not in self.__dict__):
            if self._mock_methods is not None:
                raise AttributeError(f"Mock object has no attribute '{name}'")
        if name in _UNSUPPORTED_MAGICS:
            raise AttributeError(f"Attempting to set unsupported magic method {name!r}.")
        if name in _ALL_MAGICS:
            if self._mock_methods is not None and name not in self._mock_methods:
                raise AttributeError(f"Mock object has no attribute '{name}'")
            if not _is_instance_mock(value):
                # A function gets the mock as self.
                setattr(type(self), name, _get_method(name, value))
                original = value
                value = lambda *args, **kw: original(self, *args, **kw)
            else:
                _check_and_set_parent(self, value, None, name)
                setattr(type(self), name, value)
                self._mock_children[name] = value
        elif name == "__class__":
            self.__dict__["_spec_class"] = value
            return
        elif _check_and_set_parent(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        if isinstance(value, PropertyMock):
            self.__dict__[name] = value
            return
        return object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name in _ALL_MAGICS and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                return
        obj = self._mock_children.get(name, _MISSING)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif obj is _deleted:
            raise AttributeError(name)
        if obj is not _MISSING:
            del self._mock_children[name]
        self._mock_children[name] = _deleted

    def __dir__(self):
        if not FILTER_DIR:
            return object.__dir__(self)
        own = [e for e in dir(type(self)) if not e.startswith("_") or _is_magic(e) and e in _MAGICS]
        own += [e for e in self.__dict__ if not e.startswith("_")]
        children = [name for name, child in self._mock_children.items() if child is not _deleted]
        return sorted(set(own) | set(self._mock_methods or []) | set(children))

    def __repr__(self):
        name = self._extract_mock_name()
        name_string = "" if name in ("mock", "mock.") else f" name={name!r}"
        spec_string = ""
        if self._spec_class is not None:
            spec_string = f" spec_set={self._spec_class.__name__!r}" if self._spec_set \
                else f" spec={self._spec_class.__name__!r}"
        return f"<{type(self).__name__}{name_string}{spec_string} id='{id(self)}'>"

    def _extract_mock_name(self):
        """mock.a().b: how the mock was reached."""
        pieces = []
        current = self
        last = None
        dot = "."
        while current is not None:
            name = current._mock_new_name or ""
            if name == "()":
                dot = ""
            piece = name
            if pieces and piece and not pieces[-1].startswith("()"):
                piece += "."
            if piece:
                pieces.append(piece)
            last = current
            current = current._mock_new_parent
            if current is self:
                break
        root = (last._mock_name if last is not None else None) or "mock"
        text = "".join(reversed(pieces))
        if not text:
            return root
        return root + (text if text.startswith("()") else "." + text)

    def _get_child_mock(self, /, **kw):
        """A mock for an attribute or a result. Subclasses may make others."""
        if self._mock_sealed:
            attribute = f".{kw['name']}" if "name" in kw else "()"
            raise AttributeError(self._extract_mock_name() + attribute)
        kind = _class_of(self)
        new_name = kw.get("_new_name")
        if new_name in _ASYNC_MAGICS:
            return AsyncMock(**kw)
        if issubclass(kind, AsyncMockMixin):
            # Attributes have to be awaited too, what an await gives does not.
            kind = AsyncMock if self._mock_spec is None and new_name != "()" else MagicMock
        elif not issubclass(kind, CallableMixin):
            kind = MagicMock if issubclass(kind, NonCallableMagicMock) else Mock
        return kind(**kw)

    # ---- assertions ------------------------------------------------------------------------

    def _call_matcher(self, _call):
        """A call in the form in which equal calls compare equal: bound to the signature."""
        if isinstance(_call, tuple) and len(_call) > 2:
            sig = self._signature_of(_call[0])
        else:
            sig = self._spec_signature
        if sig is None:
            return _call
        if len(_call) == 2:
            name = ""
            args, kwargs = _call
        else:
            name, args, kwargs = _call
        try:
            bound = sig.bind(*args, **kwargs)
        except TypeError as e:
            return e.with_traceback(None)
        return call(name, bound.args, bound.kwargs)

    def _signature_of(self, name):
        if not name:
            return self._spec_signature
        sig = None
        children = self._mock_children
        for part in name.replace("()", "").split("."):
            child = children.get(part)
            if child is None or isinstance(child, _SpecState):
                break
            child = _extract_mock(child)
            children = child._mock_children
            sig = child._spec_signature
        return sig

    def _format_mock_call_signature(self, args, kwargs):
        return format_call(self._mock_name or "mock", args, kwargs)

    def _calls_repr(self, prefix="Calls"):
        return f"\n{prefix}: {self.mock_calls!r}." if self.mock_calls else ""

    def assert_not_called(self):
        """Check that the mock was never called."""
        if self.call_count != 0:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to not have been called. "
                                 f"Called {self.call_count} times.{self._calls_repr()}")

    def assert_called(self):
        """Check that the mock was called."""
        if self.call_count == 0:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to have been called.")

    def assert_called_once(self):
        """Check that the mock was called exactly once."""
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to have been called once. "
                                 f"Called {self.call_count} times.{self._calls_repr()}")

    def assert_called_with(self, /, *args, **kwargs):
        """Check the arguments of the last call."""
        if self.call_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f"expected call not found.\nExpected: {expected}\n  Actual: not called.")
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        actual = self._call_matcher(self.call_args)
        if actual != expected:
            cause = expected if isinstance(expected, Exception) else None
            raise AssertionError("expected call not found.\n"
                                 f"Expected: {self._format_mock_call_signature(args, kwargs)}\n"
                                 f"  Actual: {self._format_mock_call_signature(*self.call_args)}") from cause

    def assert_called_once_with(self, /, *args, **kwargs):
        """Check that there was one call, with these arguments."""
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to be called once. "
                                 f"Called {self.call_count} times.{self._calls_repr()}")
        return self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        """Check that some call had these arguments."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = expected if isinstance(expected, Exception) else None
        actual = [self._call_matcher(c) for c in self.call_args_list]
        if cause or expected not in actual:
            raise AssertionError(f"{self._format_mock_call_signature(args, kwargs)} call not found") from cause

    def assert_has_calls(self, calls, any_order=False):
        """Check that mock_calls holds these, one after the other, or in any order."""
        expected = [self._call_matcher(c) for c in calls]
        cause = next((e for e in expected if isinstance(e, Exception)), None)
        all_calls = _CallList(self._call_matcher(c) for c in self.mock_calls)
        if not any_order:
            if expected not in all_calls:
                problem = "Calls not found." if cause is None else "Error processing expected calls.\nErrors: " \
                    f"{[e if isinstance(e, Exception) else None for e in expected]}"
                raise AssertionError(f"{problem}\nExpected: {_CallList(calls)}"
                                     f"{self._calls_repr('  Actual')}") from cause
            return
        all_calls = list(all_calls)
        not_found = []
        for kall in expected:
            try:
                all_calls.remove(kall)
            except ValueError:
                not_found.append(kall)
        if not_found:
            raise AssertionError(f"{self._mock_name or 'mock'!r} does not contain all of {tuple(not_found)!r} in its "
                                 f"call list, found {all_calls!r} instead") from cause


class _Deleted:
    """An attribute that was deleted from a mock."""


_deleted = _Deleted()

_ASSERTION_NAMES = {
    "called_once", "called_once_with", "called_with", "has_calls", "not_called", "any_call",
}

_SET_DIRECTLY = {
    "return_value", "side_effect", "called", "call_count", "call_args", "call_args_list", "mock_calls",
    "method_calls", "_mock_return_value", "_mock_side_effect", "_mock_parent", "_mock_new_parent", "_mock_name",
    "_mock_new_name", "_mock_sealed", "_mock_wraps", "_mock_delegate", "_mock_methods", "_spec_class",
    "_spec_signature", "_mock_children", "await_count", "await_args", "await_args_list",
}

_ALL_MAGICS = _MAGICS
_UNSUPPORTED_MAGICS = {"__getattr__", "__setattr__", "__init__", "__new__", "__prepare__", "__instancecheck__",
                       "__subclasscheck__", "__del__"}


def _class_of(mock):
    """The class a mock was made from: its own is a nameless subclass."""
    for cls in type(mock).__mro__[1:]:
        if cls is not AsyncMockMixin or type(mock).__mro__[1] is not AsyncMockMixin:
            return cls
    return type(mock)


def _get_method(name, func):
    "A function usable as a special method."
    def method(self, /, *args, **kw):
        return func(self, *args, **kw)
    method.__name__ = name
    return method


def _extract_mock(obj):
    """The mock behind a function made by create_autospec(), or obj itself."""
    try:
        return obj.mock
    except AttributeError:
        return obj


def _check_and_set_parent(parent, value, name, new_name):
    """Let a mock that is given away record its calls with its new parent too."""
    value = _extract_mock(value) if not _is_instance_mock(value) else value
    if not _is_instance_mock(value):
        return False
    if (value._mock_name or value._mock_new_name) or value._mock_parent is not None \
            or value._mock_new_parent is not None:
        return False
    ancestor = parent
    while ancestor is not None:
        if ancestor is value:
            return False        # no cycles
        ancestor = ancestor._mock_new_parent
    if new_name:
        value._mock_new_parent = parent
        value._mock_new_name = new_name
    if name:
        value._mock_parent = parent
        value._mock_name = name
    return True


class CallableMixin:
    """Makes mocks callable."""

    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None,
                 parent=None, _spec_state=None, _new_name="", _new_parent=None, **kwargs):
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        self.__dict__["_mock_return_value"] = return_value
        if return_value is not DEFAULT:
            _check_and_set_parent(self, return_value, None, "()")
        self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        sig = self._spec_signature
        if sig is not None and self.__dict__.get("_mock_checked"):
            sig.bind(*args, **kwargs)

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        """Record the call here and with all parents."""
        self.called = True
        self.call_count += 1
        record = _Call((args, kwargs), two=True)
        self.call_args = record
        self.call_args_list.append(record)

        do_method_calls = self._mock_parent is not None
        method_call_name = self._mock_name
        mock_call_name = self._mock_new_name
        is_a_call = mock_call_name == "()"
        self.mock_calls.append(_Call(("", args, kwargs)))
        parent = self._mock_new_parent
        while parent is not None:
            if do_method_calls:
                parent.method_calls.append(_Call((method_call_name, args, kwargs)))
                do_method_calls = parent._mock_parent is not None
                if do_method_calls:
                    method_call_name = f"{parent._mock_name}.{method_call_name}"
            parent.mock_calls.append(_Call((mock_call_name, args, kwargs)))
            if parent._mock_new_name:
                dot = "" if is_a_call else "."
                is_a_call = parent._mock_new_name == "()"
                mock_call_name = f"{parent._mock_new_name}{dot}{mock_call_name}"
            parent = parent._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not callable(effect):
                result = next(effect)
                if _is_exception(result):
                    raise result
                return self.return_value if result is DEFAULT else result
            result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        delegate = self.__dict__.get("_mock_delegate")
        if delegate is not None and delegate.return_value is not DEFAULT:
            return delegate.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """A mock: its attributes and results are mocks, and all calls are recorded.

    spec: only attributes that it has; spec_set: nor others may be set;
    side_effect, return_value: what calls do; wraps: what they are passed to;
    further keywords set attributes.
    """


class MagicMixin:
    """Sets special methods up, each as a mock made at its first use."""

    def __init__(self, /, *args, **kw):
        self._set_magics_early = True
        super().__init__(*args, **kw)
        self._set_magics()

    def _set_magics(self):
        wanted = _DEFAULT_MAGICS
        if self._mock_methods is not None:
            wanted = wanted & set(self._mock_methods)
        cls = type(self)
        for name in wanted:
            if name not in cls.__dict__:
                setattr(cls, name, MagicProxy(name))
        for name in _DEFAULT_MAGICS - wanted:
            if name in cls.__dict__ and isinstance(cls.__dict__[name], MagicProxy):
                delattr(cls, name)


_DEFAULT_MAGICS = _MAGICS - _NOT_BY_DEFAULT - {
    name for name in _MAGICS if name.startswith("__r") and name[3:-2] in _NUMERIC}
_SET_DIRECTLY.add("_set_magics_early")


class MagicProxy:
    """Stands in the class for a special method until it is used."""

    def __init__(self, name):
        self.name = name

    def create_mock(self, parent):
        name = self.name
        m = parent._get_child_mock(name=name, _new_name=name, _new_parent=parent)
        setattr(parent, name, m)
        if name in _RETURN_VALUES:
            m.return_value = _RETURN_VALUES[name]
        elif name in _CALCULATED:
            m.return_value = _CALCULATED[name](parent)
        elif name in _SIDE_EFFECTS:
            m.side_effect = _SIDE_EFFECTS[name](parent)
        return m

    def __get__(self, obj, _type=None):
        if obj is None:
            return self
        return self.create_mock(obj)


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A MagicMock that cannot be called."""

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)
        self._set_magics()


class MagicMock(MagicMixin, Mock):
    """A Mock that also has the special methods, with sensible results."""

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)
        self._set_magics()

    def reset_mock(self, /, *args, return_value=False, **kwargs):
        super().reset_mock(*args, return_value=return_value, **kwargs)


class AsyncMockMixin:
    """Makes calls return coroutines, and records the awaits."""

    await_count = _Delegating("await_count", 0)
    await_args = _Delegating("await_args")
    await_args_list = _Delegating("await_args_list")

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__["_mock_await_args_list"] = _CallList()
        self.__dict__["_is_coroutine_marker"] = inspect._is_coroutine_mark

    async def _execute_mock_call(self, /, *args, **kwargs):
        record = _Call((args, kwargs), two=True)
        self.await_count += 1
        self.await_args = record
        self.await_args_list.append(record)
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not callable(effect):
                try:
                    result = next(effect)
                except StopIteration:
                    raise StopAsyncIteration from None
                if _is_exception(result):
                    raise result
            elif _is_async_func(effect):
                result = await effect(*args, **kwargs)
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        if self._mock_wraps is not None:
            if _is_async_func(self._mock_wraps):
                return await self._mock_wraps(*args, **kwargs)
            return self._mock_wraps(*args, **kwargs)
        return self.return_value

    def assert_awaited(self):
        """Check that the mock was awaited."""
        if self.await_count == 0:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited.")

    def assert_awaited_once(self):
        """Check that the mock was awaited exactly once."""
        if self.await_count != 1:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to have been awaited once. "
                                 f"Awaited {self.await_count} times.")

    def assert_awaited_with(self, /, *args, **kwargs):
        """Check the arguments of the last await."""
        if self.await_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f"Expected await: {expected}\nNot awaited")
        if self.await_args != _Call((args, kwargs), two=True):
            raise AssertionError("expected await not found.\n"
                                 f"Expected: {self._format_mock_call_signature(args, kwargs)}\n"
                                 f"  Actual: {self._format_mock_call_signature(*self.await_args)}")

    def assert_awaited_once_with(self, /, *args, **kwargs):
        """Check that there was one await, with these arguments."""
        self.assert_awaited_once()
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        """Check that some await had these arguments."""
        if _Call((args, kwargs), two=True) not in self.await_args_list:
            raise AssertionError(f"{self._format_mock_call_signature(args, kwargs)} await not found")

    def assert_has_awaits(self, calls, any_order=False):
        """Check that the awaits hold these, one after the other, or in any order."""
        if any_order:
            found = list(self.await_args_list)
            for kall in calls:
                if kall not in found:
                    raise AssertionError(f"{tuple(calls)!r} not all found in await list")
                found.remove(kall)
        elif list(calls) not in self.await_args_list:
            raise AssertionError(f"Awaits not found.\nExpected: {_CallList(calls)}\nActual: {self.await_args_list}")

    def assert_not_awaited(self):
        """Check that the mock was never awaited."""
        if self.await_count != 0:
            raise AssertionError(f"Expected {self._mock_name or 'mock'} to not have been awaited. "
                                 f"Awaited {self.await_count} times.")

    def reset_mock(self, /, *args, **kwargs):
        super().reset_mock(*args, **kwargs)
        self.await_count = 0
        self.await_args = None
        self.await_args_list = _CallList()


class AsyncMock(AsyncMockMixin, MagicMixin, Mock):
    """A MagicMock whose calls have to be awaited."""

    def __getattr__(self, name):
        if name == "__code__":
            raise AttributeError(name)
        return super().__getattr__(name)


class PropertyMock(Mock):
    """A mock used as a property: reading calls it without, setting with an argument."""

    def _get_child_mock(self, /, **kwargs):
        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


from ._autospec import _SpecState, create_autospec, mock_open, seal
from ._patch import patch
