"""C source as tokens: what the amalgamation needs to see of it.

    >>> [t.text for t in tokens('x = "a//b"; // y')]
    ['x', '=', '"a//b"', ';']
"""

import re

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//(?:\\\n|[^\n])*)
      | (?P<space>(?:[ \t\f\v\r]|\\\n)+)
      | (?P<newline>\n)
      | (?P<string>(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"|[uUL]?'(?:\\.|[^'\\\n])*')
      | (?P<number>\.?[0-9](?:[eEpP][+-]|[\w.])*)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<punct>\.\.\.|\#\#|->|<<=|>>=|[-+*/%&|^!=<>]=|\+\+|--|&&|\|\||<<|>>|.)""",
    re.S | re.X,
)


class Token:
    """One token; |hide| names the macros that must not replace it any more."""

    __slots__ = ("kind", "text", "at", "end", "space", "hide")

    def __init__(self, kind, text, at=0, end=0, space=False, hide=frozenset()):
        self.kind, self.text, self.at, self.end, self.space, self.hide = kind, text, at, end, space, hide


class Directive:
    """A line that begins with #: its |name|, the |tokens| after it, where it stands in the text."""

    def __init__(self, name, tokens, at, end):
        self.name, self.tokens, self.at, self.end = name, tokens, at, end


def lines(text):
    """Yields Directives, and lists of the tokens between them."""
    run, directive, fresh, space = [], None, True, False
    for m in _TOKEN.finditer(text):
        kind = m.lastgroup
        if kind == "newline":
            if directive is not None:
                yield _finish(directive, m.start())
                directive = None
            fresh = space = True
        elif kind in ("space", "comment"):
            space = True
        elif fresh and directive is None and m.group() == "#":
            if run:
                yield run
            run, directive, fresh = [], [m.start()], False
        else:
            token = Token(kind, m.group(), m.start(), m.end(), space)
            (run if directive is None else directive).append(token)
            fresh = space = False
    if directive is not None:
        yield _finish(directive, len(text))
    if run:
        yield run


def _finish(parts, end):
    at, *rest = parts
    return Directive(rest[0].text if rest else "", rest[1:], at, end)


def tokens(text):
    """All tokens outside of directives."""
    return [token for part in lines(text) if isinstance(part, list) for token in part]


def included(directive, text):
    """The name in an #include and whether it stands in quotes."""
    named = text[directive.tokens[0].at : directive.end]
    m = re.match(r'"([^"]+)"|<([^>]+)>', named)
    return (m[1], True) if m[1] else (m[2], False)
