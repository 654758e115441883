"""Signatures of callables; the part of inspect that describes parameters.

>>> str(signature(lambda a, *, b=2: 0))
'(a, *, b=2)'
"""

__all__ = ["BoundArguments", "Parameter", "Signature", "signature", "formatannotation", "formatannotationrelativeto"]

import enum
import functools
import sys
import types
from collections import OrderedDict


class _empty:
    """Marker object for Signature.empty and Parameter.empty."""


class _void:
    """Nothing was passed, while None could have been."""


def formatannotation(annotation, base_module=None, *, quote_annotation_strings=True):
    """An annotation as text."""
    if not quote_annotation_strings and isinstance(annotation, str):
        return annotation
    if getattr(annotation, "__module__", None) == "typing":
        import re
        text = repr(annotation)
        return re.sub(r"[\w\.]+", lambda m: m.group().removeprefix("typing."), text)
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation)


def formatannotationrelativeto(object):
    """formatannotation() for the module of object."""
    module = getattr(object, "__module__", None)
    return lambda annotation: formatannotation(annotation, module)


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    def __new__(cls, description):
        value = len(cls.__members__)
        member = int.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    def __str__(self):
        return self.name


_POSITIONAL_ONLY = _ParameterKind.POSITIONAL_ONLY
_POSITIONAL_OR_KEYWORD = _ParameterKind.POSITIONAL_OR_KEYWORD
_VAR_POSITIONAL = _ParameterKind.VAR_POSITIONAL
_KEYWORD_ONLY = _ParameterKind.KEYWORD_ONLY
_VAR_KEYWORD = _ParameterKind.VAR_KEYWORD


class Parameter:
    """One parameter: name, kind, default and annotation."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind") from None
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{self._kind.description} parameters cannot have default values")
        self._default = default
        self._annotation = annotation
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if name[:1] == "." and name[1:].isdigit():
            # The hidden parameter of a comprehension.
            if self._kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError("implicit arguments must be passed as positional or keyword arguments, "
                                 f"not {self._kind.description}")
            self._kind = _POSITIONAL_ONLY
            name = f"implicit{name[1:]}"
        from keyword import iskeyword
        if iskeyword(name) and self._kind is not _POSITIONAL_ONLY or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name

    def __reduce__(self):
        return type(self), (self._name, self._kind), {"_default": self._default, "_annotation": self._annotation}

    def __setstate__(self, state):
        self._default = state["_default"]
        self._annotation = state["_annotation"]

    @property
    def name(self):
        return self._name

    @property
    def default(self):
        return self._default

    @property
    def annotation(self):
        return self._annotation

    @property
    def kind(self):
        return self._kind

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """A changed copy."""
        return type(self)(self._name if name is _void else name, self._kind if kind is _void else kind,
                          default=self._default if default is _void else default,
                          annotation=self._annotation if annotation is _void else annotation)

    __replace__ = replace

    def __str__(self):
        return self._format()

    def _format(self, *, quote_annotation_strings=True):
        formatted = self._name
        if self._annotation is not _empty:
            annotation = formatannotation(self._annotation, quote_annotation_strings=quote_annotation_strings)
            formatted = f"{formatted}: {annotation}"
        if self._default is not _empty:
            equals = " = " if self._annotation is not _empty else "="
            formatted = f"{formatted}{equals}{self._default!r}"
        if self._kind == _VAR_POSITIONAL:
            return "*" + formatted
        if self._kind == _VAR_KEYWORD:
            return "**" + formatted
        return formatted

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __hash__(self):
        return hash((self._name, self._kind, self._annotation, self._default))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self._name == other._name and self._kind == other._kind and self._default == other._default
                and self._annotation == other._annotation)


class BoundArguments:
    """The outcome of Signature.bind(): arguments by parameter name."""

    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        return self._signature

    @property
    def args(self):
        """The positional arguments of the call."""
        args = []
        for name, param in self._signature.parameters.items():
            if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                break
            try:
                arg = self.arguments[name]
            except KeyError:
                break       # from here on, all are passed by keyword
            if param.kind == _VAR_POSITIONAL:
                args.extend(arg)
            else:
                args.append(arg)
        return tuple(args)

    @property
    def kwargs(self):
        """The keyword arguments of the call."""
        kwargs = {}
        kwargs_started = False
        for name, param in self._signature.parameters.items():
            if not kwargs_started:
                if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                    kwargs_started = True
                elif name not in self.arguments:
                    kwargs_started = True
                    continue
            if not kwargs_started:
                continue
            try:
                arg = self.arguments[name]
            except KeyError:
                continue
            if param.kind == _VAR_KEYWORD:
                kwargs.update(arg)
            else:
                kwargs[name] = arg
        return kwargs

    def apply_defaults(self):
        """Put the defaults in for what was not passed."""
        new_arguments = []
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                val = self.arguments[name]
            elif param.default is not _empty:
                val = param.default
            elif param.kind is _VAR_POSITIONAL:
                val = ()
            elif param.kind is _VAR_KEYWORD:
                val = {}
            else:
                continue        # a partial binding
            new_arguments.append((name, val))
        self.arguments = dict(new_arguments)

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __setstate__(self, state):
        self._signature = state["_signature"]
        self.arguments = state["arguments"]

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __repr__(self):
        args = ", ".join(f"{arg}={value!r}" for arg, value in self.arguments.items())
        return f"<{self.__class__.__name__} ({args})>"


class Signature:
    """The parameters of a callable, in order, and its return annotation."""

    __slots__ = ("_return_annotation", "_parameters")

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        if parameters is None:
            params = OrderedDict()
        elif __validate_parameters__:
            params = self._checked(parameters)
        else:
            params = OrderedDict((param.name, param) for param in parameters)
        self._parameters = types.MappingProxyType(params)
        self._return_annotation = return_annotation

    @staticmethod
    def _checked(parameters):
        params = OrderedDict()
        top_kind = _POSITIONAL_ONLY
        seen_default = False
        seen_var_parameters = set()
        for param in parameters:
            kind = param.kind
            name = param.name
            if kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
                if kind in seen_var_parameters:
                    raise ValueError(f"more than one {kind.description} parameter")
                seen_var_parameters.add(kind)
            if kind < top_kind:
                raise ValueError(f"wrong parameter order: {top_kind.description} parameter before "
                                 f"{kind.description} parameter")
            top_kind = kind
            if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                if param.default is _empty:
                    if seen_default:
                        raise ValueError("non-default argument follows default argument")
                else:
                    seen_default = True
            if name in params:
                raise ValueError(f"duplicate parameter name: {name!r}")
            params[name] = param
        return params

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False,
                      follow_wrapper_chains=None):
        """The signature of a callable."""
        if follow_wrapper_chains is not None:
            follow_wrapped = follow_wrapper_chains
        return _SignatureFinder(cls, follow_wrapped, globals, locals, eval_str).find(obj)

    @property
    def parameters(self):
        return self._parameters

    @property
    def return_annotation(self):
        return self._return_annotation

    def replace(self, *, parameters=_void, return_annotation=_void):
        """A changed copy."""
        if parameters is _void:
            parameters = self.parameters.values()
        if return_annotation is _void:
            return_annotation = self._return_annotation
        return type(self)(parameters, return_annotation=return_annotation)

    __replace__ = replace

    def _hash_basis(self):
        params = tuple(param for param in self.parameters.values() if param.kind != _KEYWORD_ONLY)
        kwo_params = {param.name: param for param in self.parameters.values() if param.kind == _KEYWORD_ONLY}
        return params, kwo_params, self.return_annotation

    def __hash__(self):
        params, kwo_params, return_annotation = self._hash_basis()
        return hash((params, frozenset(kwo_params.values()), return_annotation))

    def __eq__(self, other):
        """The order of keyword-only parameters does not matter."""
        if self is other:
            return True
        if not isinstance(other, Signature):
            return NotImplemented
        return self._hash_basis() == other._hash_basis()

    # ---- binding ----------------------------------------------------------------

    def _bind(self, args, kwargs, *, partial=False):
        """Match arguments to parameters as a call does; TypeError says what does not fit."""
        arguments = {}
        parameters = iter(self.parameters.values())
        args = iter(args)
        kwargs = dict(kwargs)
        param = None
        rest = None     # the parameter that the loop below ended on
        pos_only_in_kwargs = []

        for arg in args:
            param = next(parameters, None)
            if param is None or param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                raise TypeError("too many positional arguments")
            if param.kind == _VAR_POSITIONAL:
                arguments[param.name] = (arg, *args)
                break
            if param.name in kwargs and param.kind != _POSITIONAL_ONLY:
                raise TypeError(f"multiple values for argument {param.name!r}")
            arguments[param.name] = arg

        kwargs_param = None
        for param in parameters:
            name = param.name
            if param.kind == _VAR_KEYWORD:
                kwargs_param = param
                continue
            if param.kind == _VAR_POSITIONAL:
                continue
            if param.kind == _POSITIONAL_ONLY:
                if param.default is _empty and not partial:
                    if name in kwargs:
                        pos_only_in_kwargs.append(name)
                        continue
                    raise TypeError(f"missing a required positional-only argument: {name!r}")
                if name in kwargs:
                    pos_only_in_kwargs.append(name)
                continue
            if name in kwargs:
                arguments[name] = kwargs.pop(name)
            elif not partial and param.default is _empty:
                kind = " keyword-only" if param.kind == _KEYWORD_ONLY else ""
                raise TypeError(f"missing a required{kind} argument: {name!r}")

        if kwargs_param is None and any(p.kind == _VAR_KEYWORD for p in self.parameters.values()):
            kwargs_param = next(p for p in self.parameters.values() if p.kind == _VAR_KEYWORD)
        if pos_only_in_kwargs and kwargs_param is None:
            names = ", ".join(repr(name) for name in pos_only_in_kwargs)
            raise TypeError(f"got some positional-only arguments passed as keyword arguments: {names}")
        if pos_only_in_kwargs and not partial:
            for name in pos_only_in_kwargs:
                if self.parameters[name].default is _empty:
                    raise TypeError(f"missing a required positional-only argument: {name!r}")
        if kwargs:
            if kwargs_param is None:
                raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
            arguments[kwargs_param.name] = kwargs
        return self._bound_arguments_cls(self, arguments)

    def bind(self, /, *args, **kwargs):
        """Match the arguments of a call to the parameters."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """The same, but arguments may be missing."""
        return self._bind(args, kwargs, partial=True)

    def __reduce__(self):
        return type(self), (tuple(self._parameters.values()),), {"_return_annotation": self._return_annotation}

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"

    def __str__(self):
        return self.format()

    def format(self, *, max_width=None, quote_annotation_strings=True):
        """The text of the signature; one parameter per line if it is wider than max_width."""
        result = []
        render_pos_only_separator = False
        render_kw_only_separator = True
        for param in self.parameters.values():
            formatted = param._format(quote_annotation_strings=quote_annotation_strings)
            kind = param.kind
            if kind == _POSITIONAL_ONLY:
                render_pos_only_separator = True
            elif render_pos_only_separator:
                result.append("/")
                render_pos_only_separator = False
            if kind == _VAR_POSITIONAL:
                render_kw_only_separator = False
            elif kind == _KEYWORD_ONLY and render_kw_only_separator:
                result.append("*")
                render_kw_only_separator = False
            result.append(formatted)
        if render_pos_only_separator:
            result.append("/")
        rendered = f"({', '.join(result)})"
        if max_width is not None and len(rendered) > max_width:
            rendered = "(\n    " + ",\n    ".join(result) + "\n)"
        if self.return_annotation is not _empty:
            anno = formatannotation(self.return_annotation, quote_annotation_strings=quote_annotation_strings)
            rendered += f" -> {anno}"
        return rendered


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The Signature of a callable."""
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals,
                                   eval_str=eval_str)


class _SignatureFinder:
    """Finds the signature of one callable, going through wrappers, methods and classes."""

    def __init__(self, sigcls, follow_wrapped, globals, locals, eval_str):
        self.sigcls = sigcls
        self.follow_wrapped = follow_wrapped
        self.globals = globals
        self.locals = locals
        self.eval_str = eval_str

    def find(self, obj, skip_bound_arg=True):
        if not callable(obj):
            raise TypeError(f"{obj!r} is not a callable object")
        if isinstance(obj, types.MethodType):
            return self.bound(self.find(obj.__func__))
        if self.follow_wrapped:
            import inspect
            obj = inspect.unwrap(obj, stop=lambda f: hasattr(f, "__signature__") or isinstance(f, types.MethodType))
            if isinstance(obj, types.MethodType):
                return self.find(obj)
        declared = getattr(obj, "__signature__", None)
        if declared is not None:
            return self.declared(obj, declared)
        partialmethod = getattr(obj, "__partialmethod__", None)
        if isinstance(partialmethod, functools.partialmethod):
            return self.partial_method(partialmethod)

        import inspect
        if isinstance(obj, types.FunctionType) or inspect._is_function_like(obj):
            return self.from_function(obj)
        if inspect.isbuiltin(obj) or isinstance(obj, (types.MethodWrapperType, types.MethodDescriptorType,
                                                      types.WrapperDescriptorType, types.ClassMethodDescriptorType)):
            return self.from_native(obj)
        if isinstance(obj, functools.partial):
            return self.with_partial(self.find(obj.func), obj)
        if isinstance(obj, type):
            return self.from_class(obj)
        # An instance with __call__.
        call = getattr(type(obj), "__call__", None)
        if call is not None:
            try:
                sig = self.find(inspect.getattr_static(type(obj), "__call__"))
            except (TypeError, ValueError):
                try:
                    sig = self.find(call)
                except ValueError as ex:
                    raise ValueError(f"no signature found for {obj!r}") from ex
            else:
                if isinstance(inspect.getattr_static(type(obj), "__call__"), staticmethod):
                    return sig
            return self.bound(sig)
        raise ValueError(f"callable {obj!r} is not supported by signature")

    def declared(self, obj, declared):
        """obj.__signature__: a Signature, a text, or a method that gives one."""
        if isinstance(declared, Signature):
            return declared
        if callable(declared) and not isinstance(declared, type):
            declared = declared()
        if isinstance(declared, str):
            return self.from_text(obj, declared, skip_self=False)
        if not isinstance(declared, Signature):
            raise TypeError(f"unexpected object {declared!r} in __signature__ attribute")
        return declared

    def bound(self, sig):
        """Without the parameter that self is bound to."""
        params = list(sig.parameters.values())
        if not params or params[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
            raise ValueError("invalid method signature")
        if params[0].kind in (_POSITIONAL_OR_KEYWORD, _POSITIONAL_ONLY):
            params = params[1:]
        elif params[0].kind is not _VAR_POSITIONAL:
            raise ValueError("invalid argument type")
        return sig.replace(parameters=params)

    def from_function(self, func):
        import inspect
        Param = self.sigcls._parameter_cls
        code = func.__code__
        names = code.co_varnames
        pos_count = code.co_argcount
        positional = names[:pos_count]
        keyword_only = names[pos_count:pos_count + code.co_kwonlyargcount]
        annotations = inspect.get_annotations(func, globals=self.globals, locals=self.locals, eval_str=self.eval_str)
        defaults = func.__defaults__ or ()
        kwdefaults = func.__kwdefaults__ or {}
        first_default = pos_count - len(defaults)
        parameters = []
        for i, name in enumerate(positional):
            kind = _POSITIONAL_ONLY if i < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD
            default = defaults[i - first_default] if i >= first_default else _empty
            parameters.append(Param(name, kind, default=default, annotation=annotations.get(name, _empty)))
        index = pos_count + code.co_kwonlyargcount
        if code.co_flags & inspect.CO_VARARGS:
            name = names[index]
            parameters.append(Param(name, _VAR_POSITIONAL, annotation=annotations.get(name, _empty)))
            index += 1
        for name in keyword_only:
            parameters.append(Param(name, _KEYWORD_ONLY, default=kwdefaults.get(name, _empty),
                                    annotation=annotations.get(name, _empty)))
        if code.co_flags & inspect.CO_VARKEYWORDS:
            name = names[index]
            parameters.append(Param(name, _VAR_KEYWORD, annotation=annotations.get(name, _empty)))
        return self.sigcls(parameters, return_annotation=annotations.get("return", _empty),
                           __validate_parameters__=isinstance(func, types.FunctionType) is False)

    def from_native(self, func):
        text = getattr(func, "__text_signature__", None)
        if not text:
            raise ValueError(f"no signature found for builtin {func!r}")
        owner = getattr(func, "__self__", None)
        bound = owner is not None and not isinstance(owner, types.ModuleType)
        return self.from_text(func, text, skip_self=bound)

    def from_text(self, obj, text, skip_self):
        """A signature written as '($self, x, /, y=1, *, z)'."""
        has_self = text.startswith("($")
        text = text.replace("$", "", 1) if has_self else text
        namespace = {"__builtins__": __builtins__}
        module = sys.modules.get(getattr(obj, "__module__", None))
        if module is not None:
            namespace = dict(vars(module), **namespace)
        try:
            func = eval(f"lambda {text[1:text.rindex(')')]}: None", namespace)
        except SyntaxError:
            raise ValueError(f"{obj!r} has invalid signature") from None
        except NameError:
            raise ValueError(f"{obj!r} has a default that cannot be evaluated") from None
        sig = self.from_function(func)
        if has_self:
            params = list(sig.parameters.values())
            if skip_self:
                params = params[1:]
            else:
                params[0] = params[0].replace(kind=_POSITIONAL_ONLY)
            sig = sig.replace(parameters=params)
        return sig

    def with_partial(self, wrapped_sig, partial, extra_args=()):
        """What is left of a signature when a partial has bound some of it."""
        new_params = OrderedDict(wrapped_sig.parameters)
        partial_args = partial.args or ()
        partial_keywords = partial.keywords or {}
        if extra_args:
            partial_args = extra_args + partial_args
        try:
            bound = wrapped_sig.bind_partial(*partial_args, **partial_keywords)
        except TypeError as ex:
            raise ValueError(f"partial object {partial!r} has incorrect arguments") from ex
        to_keyword_only = False
        for name, param in wrapped_sig.parameters.items():
            if name in bound.arguments:
                value = bound.arguments[name]
                if param.kind is _POSITIONAL_ONLY:
                    new_params.pop(name)
                    continue
                if param.kind is _POSITIONAL_OR_KEYWORD:
                    if name in partial_keywords:
                        # It can still be given, but only by name, and so all that follow it.
                        to_keyword_only = True
                        new_params[name] = param.replace(default=value)
                    else:
                        new_params.pop(name)
                        continue
                if param.kind is _KEYWORD_ONLY:
                    new_params[name] = param.replace(default=value)
            if to_keyword_only:
                if param.kind is _POSITIONAL_OR_KEYWORD:
                    new_params[name] = new_params[name].replace(kind=_KEYWORD_ONLY)
                    new_params.move_to_end(name)
                elif param.kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
                    new_params.move_to_end(name)
                elif param.kind is _VAR_POSITIONAL:
                    new_params.pop(name)
        return wrapped_sig.replace(parameters=new_params.values())

    def partial_method(self, partialmethod):
        wrapped_sig = self.find(partialmethod.func)
        sig = self.with_partial(wrapped_sig, partialmethod, (None,))
        first = next(iter(wrapped_sig.parameters.values()))
        if first.kind is _VAR_POSITIONAL:
            return sig      # *args takes self too
        return sig.replace(parameters=(first, *sig.parameters.values()))

    def from_class(self, obj):
        """By a metaclass's __call__, else __new__ or __init__, whichever comes first in the MRO."""
        import inspect
        call = inspect._static_mro_lookup(type(obj), "__call__")
        if isinstance(call, types.FunctionType):
            return self.bound(self.find(call))
        for base in obj.__mro__:
            if base is object:
                break
            for name in ("__new__", "__init__"):
                method = base.__dict__.get(name)
                if method is None:
                    continue
                if name == "__new__" and isinstance(method, staticmethod):
                    method = method.__func__
                if isinstance(method, (types.FunctionType, functools.partial, functools.partialmethod)) \
                        or hasattr(method, "__wrapped__") and callable(method):
                    return self.bound(self.find(method))
                if callable(method) or isinstance(method, classmethod):
                    break
            else:
                text = base.__dict__.get("__text_signature__")
                if text:
                    return self.from_text(obj, text, skip_self=True)
                continue
            break
        text = getattr(obj, "__text_signature__", None)
        if text:
            return self.from_text(obj, text, skip_self=True)
        if type not in obj.__mro__:
            if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
                return self.sigcls()
            raise ValueError(f"no signature found for builtin type {obj!r}")
        raise ValueError(f"no signature found for {obj!r}")
