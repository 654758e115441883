"""Where the carets under a source line go.

The interpreter says which part of the source an instruction stands for. Of
that part the operator, the index or the arguments get `^`, the rest `~`:

    total = price * amount["kg"]
                    ~~~~~~^^^^^^

>>> anchors('amount["kg"]')
((0, 6), (0, 12))
"""

__all__ = ["Token", "anchors", "display_width", "hides_carets", "scan"]

from keyword import kwlist


class Token:
    """kind: "name", "number", "string", "op", "open" or "close"; depth: brackets around it."""

    __slots__ = ("kind", "text", "line", "col", "depth")

    def __init__(self, kind, text, line, col, depth):
        self.kind = kind
        self.text = text
        self.line = line
        self.col = col
        self.depth = depth

_OPERATORS = (
    "**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", ":=",
    "+=", "-=", "*=", "/=", "%=", "@=", "&=", "|=", "^=",
)
_PAIRS = {"(": ")", "[": "]", "{": "}"}

# How tightly binary operators bind, loosest first.
_BINDING = {
    "|": 1, "^": 2, "&": 3, "<<": 4, ">>": 4, "+": 5, "-": 5, "*": 6, "/": 6, "//": 6, "%": 6, "@": 6, "**": 8,
}
# Outside of brackets any of these makes the whole something else than an operation, index or call.
_LOOSE_WORDS = frozenset(kwlist) - {"None", "True", "False"}
_LOOSE_OPS = frozenset(("<", ">", "==", "!=", "<=", ">=", ":=", ",", ":", "="))


def scan(text):
    """The tokens of an expression, or None if the text is not well formed."""
    tokens = []
    closers = []
    line = col = i = 0
    n = len(text)
    while i < n:
        c = text[i]
        if c == "\n":
            line, col, i = line + 1, 0, i + 1
            continue
        if c in " \t\f\r\\":
            i, col = i + 1, col + 1
            continue
        if c == "#":
            while i < n and text[i] != "\n":
                i, col = i + 1, col + 1
            continue
        kind, end = _token_end(text, i)
        if end is None:
            return None
        if kind == "close":
            if not closers or closers.pop() != c:
                return None
        tokens.append(Token(kind, text[i:end], line, col, len(closers)))
        if kind == "open":
            closers.append(_PAIRS[c])
        newlines = text.count("\n", i, end)
        if newlines:
            line += newlines
            col = end - text.rindex("\n", i, end) - 1
        else:
            col += end - i
        i = end
    return None if closers else tokens


def _token_end(text, i):
    """Kind and end of the token at i; the end is None if it has none."""
    c = text[i]
    n = len(text)
    if c.isalpha() or c == "_" or ord(c) > 127:
        j = i + 1
        while j < n and (text[j].isalnum() or text[j] == "_" or ord(text[j]) > 127):
            j += 1
        if j < n and text[j] in "\"'" and j - i <= 2 and text[i:j].lower() in ("r", "b", "u", "f", "br", "rb", "fr", "rf"):
            return "string", _string_end(text, j, "f" in text[i:j].lower())
        return "name", j
    if c.isdigit() or c == "." and i + 1 < n and text[i + 1].isdigit():
        j = i + 1
        while j < n and (text[j].isalnum() or text[j] in "._" or text[j] in "+-" and text[j - 1] in "eE"
                         and not text[i:j].lower().startswith("0x")):
            j += 1
        return "number", j
    if c in "\"'":
        return "string", _string_end(text, i, False)
    if c in _PAIRS:
        return "open", i + 1
    if c in ")]}":
        return "close", i + 1
    for op in _OPERATORS:
        if text.startswith(op, i):
            return "op", i + len(op)
    return "op", i + 1


def _string_end(text, i, formatted):
    """The end of the string literal whose quote is at i."""
    quote = text[i]
    if text.startswith(quote * 3, i):
        quote *= 3
    i += len(quote)
    n = len(text)
    while i < n:
        if text.startswith(quote, i):
            return i + len(quote)
        c = text[i]
        if c == "\\":
            i += 2
        elif formatted and c == "{" and not text.startswith("{{", i):
            i = _replacement_end(text, i + 1)
            if i is None:
                return None
        elif formatted and c == "{":
            i += 2
        elif c == "\n" and len(quote) == 1:
            return None
        else:
            i += 1
    return None


def _replacement_end(text, i):
    """The end of an f-string's {...} whose contents start at i; strings may nest in it."""
    depth = 1
    while i < len(text):
        c = text[i]
        if c in "{[(":
            depth += 1
        elif c in "}])":
            depth -= 1
            if depth == 0:
                return i + 1
        elif c in "\"'":
            end = _string_end(text, i, text[i - 1] in "fF")
            if end is None:
                return None
            i = end
            continue
        i += 1
    return None


def _ends_operand(token):
    if token.kind == "name":
        return token.text not in _LOOSE_WORDS
    return token.kind in ("number", "string", "close")


def _classify(segment):
    """(kind, first, end token) of the outermost operation: "binop", "index", "call" or None."""
    tokens = scan(segment)
    if not tokens:
        return None, None, None
    top = [token for token in tokens if token.depth == 0]
    if any(token.kind == "name" and token.text in _LOOSE_WORDS
           or token.kind == "op" and token.text in _LOOSE_OPS for token in top):
        return None, None, None
    if top[0].kind == "op" and top[0].text in ("*", "**"):
        return None, None, None     # a starred item

    best = None
    for previous, token in zip(top, top[1:]):
        if token.kind == "op" and token.text in _BINDING and _ends_operand(previous):
            binding = _BINDING[token.text]
            # Operators group to the left, so the last of the loosest is outermost; ** to the right.
            if best is None or binding < _BINDING[best.text] or binding == _BINDING[best.text] and binding != 8:
                best = token
    prefixed = top[0].kind == "op"
    if best is not None:
        if best.text == "**" and prefixed:
            return None, None, None     # -a ** b is -(a ** b)
        return "binop", best, best

    last = tokens[-1]
    if prefixed or last.kind != "close":
        return None, None, None
    opening = max((i for i, token in enumerate(tokens[:-1]) if token.kind == "open" and token.depth == 0), default=0)
    if opening == 0 or not _ends_operand(tokens[opening - 1]):
        return None, None, None
    kind = {"(": "call", "[": "index"}.get(tokens[opening].text)
    return kind, tokens[opening], last


def anchors(segment):
    """The part of segment that gets `^`, as two (line, column) pairs, or None for all of it."""
    kind, first, last = _classify(segment)
    if kind is None:
        return None
    return (first.line, first.col), (last.line, last.col + len(last.text))


def hides_carets(lines, start, end):
    """Whether carets would say nothing new: `x = f(...)` and `return f(...)` say it all.

    start is a column of the first line, end one of the last.
    """
    if scan("\n".join(lines)) == []:
        return True     # nothing but a comment: the file has changed
    before = lines[0][:start].rstrip(" \t(")
    after = lines[-1][end:].lstrip(" \t)")
    if after and after[0] not in "#;":
        return False
    segment = _cut(lines, start, end)
    kind, opening, _ = _classify(segment)
    if kind != "call":
        return False
    if before == "return":
        second = scan(segment)[1]
        return (second.line, second.col) == (opening.line, opening.col)     # a plain name is called
    target, equals, rest = before.partition("=")
    return equals == "=" and not rest and target.strip(" \t()").isidentifier()


def _cut(lines, start, end):
    if len(lines) == 1:
        return lines[0][start:end]
    return "\n".join([lines[0][start:], *lines[1:-1], lines[-1][:end]])


# Characters that take two columns on a terminal.
_WIDE = (
    (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3),
    (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1),
    (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA),
    (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B),
    (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
    (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x2E80, 0x303E),
    (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0xA4C6), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
    (0xFE10, 0xFE19), (0xFE30, 0xFE6B), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18CD5), (0x1AFF0, 0x1B2FB),
    (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F200, 0x1F320),
    (0x1F32D, 0x1F335), (0x1F337, 0x1F37C), (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3),
    (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E), (0x1F440, 0x1F440), (0x1F442, 0x1F4FC),
    (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567), (0x1F57A, 0x1F57A), (0x1F595, 0x1F596),
    (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2),
    (0x1F6D5, 0x1F6D7), (0x1F6DC, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7E0, 0x1F7EB),
    (0x1F7F0, 0x1F7F0), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FAF8),
    (0x20000, 0x3FFFD),
)


def display_width(line, offset=None):
    """How many columns the first offset characters of line take."""
    text = line if offset is None else line[:offset]
    if text.isascii():
        return len(text) if offset is None or offset <= len(line) else offset
    width = len(text)
    for char in text:
        code = ord(char)
        if code >= 0x1100 and any(low <= code <= high for low, high in _WIDE):
            width += 1
    return width
