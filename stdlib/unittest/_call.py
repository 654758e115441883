"""Records of calls to mocks, and the things they can be compared with."""

import pprint

__unittest = True

DEFAULT_NAME = "call"


class _ANY:
    "Equal to everything."

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _ANY()


class _SentinelObject:
    "A unique, named object."

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"sentinel.{self.name}"

    def __reduce__(self):
        return f"sentinel.{self.name}"


class _Sentinel:
    """sentinel.x is an object of its own, always the same one."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == "__bases__":
            raise AttributeError    # help() would take us for a class
        return self._sentinels.setdefault(name, _SentinelObject(name))

    def __reduce__(self):
        return "sentinel"


sentinel = _Sentinel()
DEFAULT = sentinel.DEFAULT


def _is_call_tuple(value):
    return isinstance(value, tuple)


class _Call(tuple):
    """(name, args, kwargs) of a call; a shorter tuple is equal if it leaves out what is empty.

    `call(1, a=2)` makes one, `call.method(3)` one with a name, and
    `call(1).method(2)` a chain, of which call_list() gives all steps.
    """

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        args, kwargs = (), {}
        if len(value) == 3:
            name, args, kwargs = value
        elif len(value) == 2:
            first, second = value
            if isinstance(first, str):
                name = first
                if _is_call_tuple(second):
                    args = second
                else:
                    kwargs = second
            else:
                args, kwargs = first, second
        elif len(value) == 1:
            (value,) = value
            if isinstance(value, str):
                name = value
            elif _is_call_tuple(value):
                args = value
            else:
                kwargs = value
        return tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        self._mock_from_kall = from_kall

    @staticmethod
    def _parts(value):
        """(name, args, kwargs) of any of the forms, None if it is none of them."""
        name, args, kwargs = "", (), {}
        if len(value) == 3:
            name, args, kwargs = value
        elif len(value) == 2:
            first, second = value
            if isinstance(first, str):
                name = first
                if isinstance(second, tuple):
                    args = second
                else:
                    kwargs = second
            else:
                args, kwargs = first, second
        elif len(value) == 1:
            (value,) = value
            if isinstance(value, str):
                name = value
            elif isinstance(value, tuple):
                args = value
            else:
                kwargs = value
        elif len(value) != 0:
            return None
        return name, args, kwargs

    def __eq__(self, other):
        try:
            len(other)
        except TypeError:
            return NotImplemented
        if not isinstance(other, tuple):
            return False
        mine, theirs = self._parts(tuple(self)), self._parts(tuple(other))
        if theirs is None:
            return False
        if len(self) == 3 and getattr(other, "_mock_parent", None) and self._mock_parent:
            if self._mock_parent != other._mock_parent:
                return False
        if mine[0] and theirs[0] != mine[0] or not mine[0] and theirs[0] and len(self) == 3:
            return False
        # ANY may stand on either side.
        return (theirs[1], theirs[2]) == (mine[1], mine[2])

    __ne__ = object.__ne__

    def __call__(self, /, *args, **kwargs):
        if self._mock_name is None:
            return _Call(("", args, kwargs), name="()")
        name = self._mock_name + "()"
        return _Call((self._mock_name, args, kwargs), name=name, parent=self)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name=f"{self._mock_name}.{attr}", parent=self, from_kall=False)

    def __getattribute__(self, attr):
        # `count` and `index` are wanted as names of methods, not those of tuple.
        if attr in tuple.__dict__ and not attr.startswith("__"):
            raise AttributeError
        return tuple.__getattribute__(self, attr)

    @property
    def args(self):
        return self[-2]

    @property
    def kwargs(self):
        return self[-1]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or DEFAULT_NAME
            return name if name.startswith(DEFAULT_NAME) else f"call.{name}"
        if len(self) == 2:
            name = DEFAULT_NAME
            args, kwargs = self
        else:
            name, args, kwargs = self
            if not name:
                name = DEFAULT_NAME
            elif name.startswith("()"):
                name = f"{DEFAULT_NAME}{name}"
            else:
                name = f"{DEFAULT_NAME}.{name}"
        return format_call(name, args, kwargs)

    def call_list(self):
        """The steps of a chain, first to last."""
        steps = []
        thing = self
        while thing is not None:
            if thing._mock_from_kall:
                steps.append(thing)
            thing = thing._mock_parent
        return _CallList(reversed(steps))


call = _Call(from_kall=False)


def format_call(name, args, kwargs):
    """name(1, b=2)"""
    parts = [repr(arg) for arg in args]
    parts += [f"{key}={value!r}" for key, value in kwargs.items()]
    return f"{name}({', '.join(parts)})"


class _CallList(list):
    """A list of calls; `in` also finds a run of several."""

    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        size = len(value)
        return any(self[i:i + size] == value for i in range(len(self) - size + 1))

    def __repr__(self):
        return pprint.pformat(list(self))
