"""create_autospec(), seal() and mock_open(); a part of unittest.mock."""

import inspect
import io

from ._call import DEFAULT
from .mock import (AsyncMock, InvalidSpecError, MagicMock, NonCallableMagicMock, NonCallableMock, _is_async_func,
                   _is_instance_mock, _is_list, _is_magic, _signature)

__unittest = True


class _SpecState:
    """An attribute of an autospecced mock that was not used yet."""

    def __init__(self, spec, spec_set=False, parent=None, name=None, instance=False):
        self.spec = spec
        self.spec_set = spec_set
        self.parent = parent
        self.name = name
        self.instance = instance


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """A mock with the attributes of spec, theirs too, and calls checked against the signatures."""
    if _is_list(spec):
        spec = type(spec)
    is_type = isinstance(spec, type)
    if _is_instance_mock(spec):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
    options = {"spec": spec}
    if spec_set:
        options = {"spec_set": spec}
    elif spec is None:
        options = {}
    if unsafe:
        options["unsafe"] = True
    options.update(kwargs)

    kind = MagicMock
    if inspect.isdatadescriptor(spec):
        options = {}
    elif is_type and instance and not _instance_callable(spec) or not is_type and not callable(spec):
        kind = NonCallableMagicMock
    elif _is_async_func(spec):
        kind = AsyncMock
    name = options.pop("name", _name)
    new_name = name
    if _parent is None:
        new_name = ""
    mock = kind(parent=_parent, _new_parent=_parent, _new_name=new_name, name=name,
                **({"_spec_as_instance": instance} if is_type else {}), **options)
    if _name == "()":
        mock._mock_name = None

    signature = mock._spec_signature
    if inspect.isfunction(spec) or inspect.ismethod(spec):
        if _parent is not None and inspect.isfunction(spec) and isinstance(getattr(_parent, "_mock_spec", None), type) \
                and not isinstance(inspect.getattr_static(_parent._mock_spec, _name, None), staticmethod):
            signature = mock.__dict__["_spec_signature"] = _signature(spec, True)
    mock.__dict__["_mock_checked"] = signature is not None

    if _parent is not None and not instance:
        _parent._mock_children[_name] = mock
    if is_type and not instance and "return_value" not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name="()", _parent=mock)

    for entry in dir(spec):
        if _is_magic(entry):
            continue
        try:
            original = getattr(spec, entry)
        except AttributeError:
            continue
        mock._mock_children[entry] = _SpecState(original, spec_set, mock, entry, False)
    if inspect.isfunction(spec) and _parent is None:
        return _function_with_signature(mock, spec, signature)
    return mock


def _instance_callable(cls):
    return any("__call__" in base.__dict__ for base in cls.__mro__)


def _function_with_signature(mock, spec, signature):
    """A real function in front of a mock: what is patched with it still looks like one."""
    if _is_async_func(spec):
        async def funcopy(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return await mock(*args, **kwargs)
    else:
        def funcopy(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return mock(*args, **kwargs)
    funcopy.__name__ = spec.__name__
    funcopy.__qualname__ = spec.__qualname__
    funcopy.__module__ = spec.__module__
    funcopy.__doc__ = spec.__doc__
    funcopy.__signature__ = signature
    funcopy.mock = mock
    for name in dir(NonCallableMock):
        if name.startswith("assert_") or name == "reset_mock":
            setattr(funcopy, name, getattr(mock, name))
    for name in ("called", "call_count", "call_args", "call_args_list", "method_calls", "mock_calls"):
        setattr(funcopy, name, getattr(mock, name))
    funcopy.return_value = mock.return_value
    funcopy.side_effect = mock.side_effect
    mock.__dict__["_mock_delegate"] = None
    original = mock._increment_mock_call

    def keep_in_step(*args, **kw):
        original(*args, **kw)
        for name in ("called", "call_count", "call_args"):
            setattr(funcopy, name, getattr(mock, name))

    mock.__dict__["_increment_mock_call"] = keep_in_step
    return funcopy


def seal(mock):
    """From now on, attributes that were not set before are an AttributeError."""
    mock._mock_sealed = True
    for attr in dir(mock):
        try:
            m = getattr(mock, attr)
        except AttributeError:
            continue
        if not isinstance(m, NonCallableMock) or isinstance(m._mock_children.get(attr), _SpecState):
            continue
        if m._mock_new_parent is mock:
            seal(m)


# ---- open() ---------------------------------------------------------------------------------------

def mock_open(mock=None, read_data=""):
    """A mock for open(), whose files hold read_data."""
    make = io.BytesIO if isinstance(read_data, bytes) else io.StringIO
    state = {"data": make(read_data)}
    if mock is None:
        mock = MagicMock(name="open", spec=open)
    handle = MagicMock(spec=list(dict.fromkeys(dir(io.TextIOWrapper) + dir(io.BytesIO))))
    handle.__enter__.return_value = handle
    handle.write.return_value = None
    handle.read.return_value = None

    def reading(name):
        def method(*args, **kwargs):
            return getattr(state["data"], name)(*args, **kwargs)
        return method

    for name in ("read", "readline", "readlines"):
        getattr(handle, name).side_effect = reading(name)

    def lines(*args):
        yield from state["data"]

    handle.__iter__.side_effect = lines
    handle.__next__.side_effect = lambda: next(state["data"])
    handle.__exit__.return_value = None

    def opened(*args, **kwargs):
        state["data"] = make(read_data)
        return DEFAULT

    mock.side_effect = opened
    mock.return_value = handle
    return mock
