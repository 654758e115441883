"""A stand-in for unittest.mock: calls are recorded, attributes grow, patch puts things back."""
import functools

DEFAULT = object()


class _Call(tuple):
    args = property(lambda self: self[-2])
    kwargs = property(lambda self: self[-1])


def call(*args, **kwargs):
    return _Call((args, kwargs))


class Mock:
    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, name=None, wraps=None, **attributes):
        self.side_effect, self._wraps = side_effect, wraps
        self._result = return_value
        self.call_args, self.call_args_list, self.call_count = None, [], 0
        for key, value in attributes.items():
            setattr(self, key, value)

    @property
    def called(self):
        return self.call_count > 0

    @property
    def return_value(self):
        if self._result is DEFAULT:
            self._result = type(self)()
        return self._result

    @return_value.setter
    def return_value(self, value):
        self._result = value

    def __getattr__(self, name):
        if name.startswith("__") or name.startswith("assert"):
            raise AttributeError(name)
        child = type(self)()
        self.__dict__[name] = child
        return child

    def __call__(self, *args, **kwargs):
        self.call_args = call(*args, **kwargs)
        self.call_args_list.append(self.call_args)
        self.call_count += 1
        effect = self.side_effect
        if effect is not None:
            if isinstance(effect, BaseException) or isinstance(effect, type) and issubclass(effect, BaseException):
                raise effect
            if callable(effect):
                result = effect(*args, **kwargs)
                if result is not DEFAULT:
                    return result
            else:
                if not hasattr(effect, "__next__"):
                    effect = self.side_effect = iter(effect)
                result = next(effect)
                if isinstance(result, BaseException):
                    raise result
                return result
        if self._wraps is not None and self._result is DEFAULT:
            return self._wraps(*args, **kwargs)
        return self.return_value

    def reset_mock(self):
        self.call_args, self.call_args_list, self.call_count = None, [], 0

    def assert_called(self):
        assert self.call_count, "expected a call"

    def assert_not_called(self):
        assert not self.call_count, f"expected no call, got {self.call_args_list}"

    def assert_called_once(self):
        assert self.call_count == 1, f"expected one call, got {self.call_count}"

    def assert_called_with(self, *args, **kwargs):
        assert self.call_args == call(*args, **kwargs), f"expected {(args, kwargs)}, got {self.call_args}"

    def assert_called_once_with(self, *args, **kwargs):
        self.assert_called_once()
        self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, *args, **kwargs):
        assert call(*args, **kwargs) in self.call_args_list


class MagicMock(Mock):
    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return False

    def __bool__(self):
        return True


NonCallableMock = Mock


class _Patch:
    def __init__(self, where, name, new, options):
        self._where, self._name, self._new, self._options = where, name, new, options

    def __enter__(self):
        target = self._where()
        self._target = target
        self._had = self._name in getattr(target, "__dict__", {})
        self._old = getattr(target, self._name)
        new = MagicMock(**self._options) if self._new is DEFAULT else self._new
        setattr(target, self._name, new)
        return new

    def __exit__(self, *exc):
        if self._had or not isinstance(self._target, type):
            setattr(self._target, self._name, self._old)
        else:
            delattr(self._target, self._name)

    start = __enter__

    def stop(self):
        self.__exit__()

    def __call__(self, test):
        @functools.wraps(test)
        def patched(*args, **kwargs):
            with self as new:
                return test(*args, *((new,) if self._new is DEFAULT else ()), **kwargs)
        return patched


def _import(name):
    module = __import__(name.split(".")[0])
    for part in name.split(".")[1:]:
        module = getattr(module, part)
    return module


def patch(target, new=DEFAULT, **options):
    where, _, name = target.rpartition(".")
    return _Patch(lambda: _import(where), name, new, options)


def _patch_object(target, attribute, new=DEFAULT, **options):
    return _Patch(lambda: target, attribute, new, options)


class _PatchDict:
    def __init__(self, target, values=(), clear=False, **more):
        self._target, self._values, self._clear = target, dict(values, **more), clear

    def __enter__(self):
        self._saved = dict(self._target)
        if self._clear:
            self._target.clear()
        self._target.update(self._values)
        return self._target

    def __exit__(self, *exc):
        self._target.clear()
        self._target.update(self._saved)

    def __call__(self, test):
        @functools.wraps(test)
        def patched(*args, **kwargs):
            with self:
                return test(*args, **kwargs)
        return patched


patch.object = _patch_object
patch.dict = _PatchDict
sentinel = type("sentinel", (), {"__getattr__": lambda self, name: name})()
ANY = type("ANY", (), {"__eq__": lambda self, other: True, "__hash__": lambda self: 1})()
