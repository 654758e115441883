"""Stand-in for the module ast: trees to look at, made from the front end's own dump.

Nodes can be read, walked, dumped and compared; they can't be compiled.
"""

import _imp

PyCF_ONLY_AST = 0x400


class AST:
    _fields = ()
    _attributes = ("lineno", "col_offset", "end_lineno", "end_col_offset")

    def __init__(self, *args, **kwargs):
        for name, value in zip(self._fields, args):
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)
        for name in self._fields:
            if name not in self.__dict__:
                if name in _LISTS:
                    setattr(self, name, [])
                elif name in _OPTIONAL:
                    setattr(self, name, None)

    def __repr__(self):
        return f"<ast.{type(self).__name__} object>"


_LISTS = {"body", "orelse", "finalbody", "handlers", "decorator_list", "type_params", "targets", "names", "items", "cases",
          "values", "keys", "elts", "generators", "ops", "comparators", "args", "keywords", "ifs", "posonlyargs", "kwonlyargs",
          "kw_defaults", "defaults", "type_ignores", "bases", "patterns", "kwd_attrs", "kwd_patterns", "argtypes"}
_OPTIONAL = {"returns", "type_comment", "value", "annotation", "default_value", "bound", "kind", "format_spec", "asname", "msg", "cause",
             "exc", "type", "name", "vararg", "kwarg", "lower", "upper", "step", "optional_vars", "guard", "pattern", "rest", "cls"}

_NODES = {
    "mod": "Module(body, type_ignores) Interactive(body) Expression(body) FunctionType(argtypes, returns)",
    "stmt": "FunctionDef(name, args, body, decorator_list, returns, type_comment, type_params)"
            " AsyncFunctionDef(name, args, body, decorator_list, returns, type_comment, type_params)"
            " ClassDef(name, bases, keywords, body, decorator_list, type_params) Return(value) Delete(targets)"
            " Assign(targets, value, type_comment) TypeAlias(name, type_params, value) AugAssign(target, op, value)"
            " AnnAssign(target, annotation, value, simple) For(target, iter, body, orelse, type_comment)"
            " AsyncFor(target, iter, body, orelse, type_comment) While(test, body, orelse) If(test, body, orelse)"
            " With(items, body, type_comment) AsyncWith(items, body, type_comment) Match(subject, cases) Raise(exc, cause)"
            " Try(body, handlers, orelse, finalbody) TryStar(body, handlers, orelse, finalbody) Assert(test, msg)"
            " Import(names) ImportFrom(module, names, level) Global(names) Nonlocal(names) Expr(value) Pass() Break() Continue()",
    "expr": "BoolOp(op, values) NamedExpr(target, value) BinOp(left, op, right) UnaryOp(op, operand) Lambda(args, body)"
            " IfExp(test, body, orelse) Dict(keys, values) Set(elts) ListComp(elt, generators) SetComp(elt, generators)"
            " DictComp(key, value, generators) GeneratorExp(elt, generators) Await(value) Yield(value) YieldFrom(value)"
            " Compare(left, ops, comparators) Call(func, args, keywords) FormattedValue(value, conversion, format_spec)"
            " JoinedStr(values) Constant(value, kind) Attribute(value, attr, ctx) Subscript(value, slice, ctx)"
            " Starred(value, ctx) Name(id, ctx) List(elts, ctx) Tuple(elts, ctx) Slice(lower, upper, step)",
    "expr_context": "Load() Store() Del()",
    "boolop": "And() Or()",
    "operator": "Add() Sub() Mult() MatMult() Div() Mod() Pow() LShift() RShift() BitOr() BitXor() BitAnd() FloorDiv()",
    "unaryop": "Invert() Not() UAdd() USub()",
    "cmpop": "Eq() NotEq() Lt() LtE() Gt() GtE() Is() IsNot() In() NotIn()",
    "excepthandler": "ExceptHandler(type, name, body)",
    "pattern": "MatchValue(value) MatchSingleton(value) MatchSequence(patterns) MatchMapping(keys, patterns, rest)"
               " MatchClass(cls, patterns, kwd_attrs, kwd_patterns) MatchStar(name) MatchAs(pattern, name) MatchOr(patterns)",
    "type_param": "TypeVar(name, bound, default_value) ParamSpec(name, default_value) TypeVarTuple(name, default_value)",
    "AST": "comprehension(target, iter, ifs, is_async) arguments(posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults)"
           " arg(arg, annotation, type_comment) keyword(arg, value) alias(name, asname) withitem(context_expr, optional_vars)"
           " match_case(pattern, guard, body)",
}

_namespace = {"inf": float("inf")}
for _base, _text in _NODES.items():
    _class = AST if _base == "AST" else type(_base, (AST,), {})
    globals()[_base] = _class
    for _one in _text.replace(") ", ")\n").split("\n"):
        _name, _, _fields = _one.rstrip(")").partition("(")
        _node = type(_name, (_class,), {"_fields": tuple(f.strip() for f in _fields.split(",") if f.strip())})
        globals()[_name] = _namespace[_name] = _node


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None, optimize=-1):
    if isinstance(source, (bytes, bytearray)):
        source = bytes(source).decode()
    return eval(_imp._dump_ast(source, filename, mode), dict(_namespace))


def iter_fields(node):
    for field in node._fields:
        try:
            yield field, getattr(node, field)
        except AttributeError:
            pass


def iter_child_nodes(node):
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def walk(node):
    todo = [node]
    while todo:
        node = todo.pop(0)
        todo.extend(iter_child_nodes(node))
        yield node


class NodeVisitor:
    def visit(self, node):
        return getattr(self, "visit_" + type(node).__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        for child in iter_child_nodes(node):
            self.visit(child)


class NodeTransformer(NodeVisitor):
    pass


def literal_eval(text):
    node = parse(text.lstrip(" \t"), mode="eval") if isinstance(text, str) else text
    if isinstance(node, Expression):
        node = node.body

    def bad(node):
        raise ValueError(f"malformed node or string{f' on line {node.lineno}' if getattr(node, 'lineno', None) else ''}: {node!r}")

    def number(node, kinds=(int, float, complex)):
        if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
            value = number(node.operand)
            return -value if isinstance(node.op, USub) else value
        if isinstance(node, Constant) and type(node.value) in kinds:
            return node.value
        bad(node)

    def value(node):
        if isinstance(node, Constant):
            return node.value
        if isinstance(node, (Tuple, List, Set)):
            return {Tuple: tuple, List: list, Set: set}[type(node)](map(value, node.elts))
        if isinstance(node, Dict):
            return dict(zip(map(value, node.keys), map(value, node.values)))
        if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
            left, right = number(node.left), number(node.right, (complex,))
            return left + right if isinstance(node.op, Add) else left - right
        return number(node)

    return value(node)


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None, show_empty=False):
    if isinstance(node, AST):
        parts = [f"{n}={dump(v)}" if annotate_fields else dump(v, False) for n, v in iter_fields(node)
                 if show_empty or not (v is None or v == [])]
        return f"{type(node).__name__}({', '.join(parts)})"
    if isinstance(node, list):
        return "[" + ", ".join(dump(x, annotate_fields) for x in node) + "]"
    return repr(node)


def unparse(node):
    raise NotImplementedError("ast.unparse()")
