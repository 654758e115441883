"""The names that C source declares outside of functions: functions, variables, types, tags, constants of enums.

    >>> from c_text import tokens
    >>> sorted(declared(tokens("static int f(int a) { int b; return a; } enum { X, Y = 2 }; typedef struct S *T;")))
    ['T', 'X', 'Y', 'f']
"""

_OPEN, _CLOSE = {"(", "[", "{"}, {")", "]", "}"}
_NOT_NAMES = frozenset("""__attribute__ __typeof__ typeof _Alignas _Static_assert static_assert __asm__ _Noreturn int char short long unsigned signed
void bool _Bool float double const volatile static extern inline typedef struct union enum sizeof return""".split())


def _past(tokens, i):
    """The index after the bracket that closes the one at |i|."""
    depth = 0
    while i < len(tokens):
        text = tokens[i].text if tokens[i].kind == "punct" else ""
        depth += (text in _OPEN) - (text in _CLOSE)
        i += 1
        if depth == 0:
            return i
    return i


def _declarations(tokens):
    """Splits at the ends of declarations and of function bodies."""
    start = i = 0
    while i < len(tokens):
        text = tokens[i].text if tokens[i].kind == "punct" else ""
        if text == ";":
            if i > start:
                yield tokens[start:i]
            start = i = i + 1
        elif text == "{":
            head = tokens[start:i]
            i = _past(tokens, i)
            if _is_function(head):
                yield head
                start = i
        elif text in _OPEN:
            i = _past(tokens, i)
        else:
            i += 1
    if i > start:
        yield tokens[start:i]


def _is_function(head):
    """A brace after this begins a body, not members or an initializer."""
    depth, last = 0, ""
    for t in head:
        if t.kind == "punct":
            depth += (t.text in _OPEN) - (t.text in _CLOSE)
            if depth == 0 and t.text == "=":
                return False
        last = t.text
    return last == ")" and not (len(head) > 1 and head[0].text in ("struct", "union", "enum") and head[1].text == "__attribute__")


def _enum_constants(body):
    at_name, depth = True, 0
    for t in body:
        if t.kind == "punct":
            depth += (t.text in _OPEN) - (t.text in _CLOSE)
            if t.text == "," and depth == 0:
                at_name = True
        elif at_name and t.kind == "name":
            yield t.text
            at_name = False


def _without_bodies(declaration, found):
    """The declaration without the members of its structs and enums; tags and constants go to |found|."""
    out, i = [], 0
    while i < len(declaration):
        token = declaration[i]
        out.append(token)
        i += 1
        if token.text not in ("struct", "union", "enum"):
            continue
        while i < len(declaration) and declaration[i].text == "__attribute__":
            i = _past(declaration, i + 1)
        tag = None
        if i < len(declaration) and declaration[i].kind == "name":
            tag = declaration[i].text
            i += 1
        if i < len(declaration) and declaration[i].text == "{":
            if tag:
                found[tag] = "type"
            end = _past(declaration, i)
            body = declaration[i + 1 : end - 1]
            if token.text == "enum":
                found.update(dict.fromkeys(_enum_constants(body), "constant"))
            else:
                _without_bodies(body, found)
            i = end
    return out


def _declarators(declaration, kind, found):
    """Names right before ( [ = , : or the end, at depth 0; or in (*name)."""
    i, named = 0, False
    while i < len(declaration):
        token = declaration[i]
        following = declaration[i + 1].text if i + 1 < len(declaration) else ";"
        if token.text in ("__attribute__", "__typeof__", "__asm__", "_Alignas", "_Static_assert", "static_assert"):
            i = _past(declaration, i + 1)
            continue
        if token.kind == "name" and token.text not in _NOT_NAMES and not named and following in ("(", "[", "=", ",", ";", ":"):
            pointer = following == "(" and i + 2 < len(declaration) and declaration[i + 2].text == "*"  # its result's type
            if (i > 0 or following != ";") and not pointer:
                found[token.text] = kind
                named = True
        elif token.text == "(" and not named and following == "*":
            end = _past(declaration, i)
            inner = [t.text for t in declaration[i:end] if t.kind == "name" and t.text not in _NOT_NAMES]
            if inner:
                found[inner[0]] = kind
                named = True
        if token.text == "," and token.kind == "punct":
            named = False
        if token.kind == "punct" and token.text in _OPEN:
            i = _past(declaration, i)
        else:
            i += 1


def declared(tokens):
    """Name -> "static", "extern", "type", "constant" or "forward" (a struct that others define)."""
    found = {}
    for declaration in _declarations(tokens):
        words = {t.text for t in declaration if t.kind == "name"}
        rest = _without_bodies(declaration, found)
        texts = [t.text for t in rest]
        if "typedef" in words:
            kind = "type"
            if texts[1:2] in (["struct"], ["union"]) and len(texts) == 3:
                # typedef struct X X: more than one file may say so
                known = found.get(texts[2])
                found.setdefault(texts[2], "forward")
                if known or texts[2] in words and len(declaration) == 4:
                    continue
        else:
            kind = "static" if "static" in words else "extern"
        # What comes after = says nothing, and a comma ends it.
        cut, i = [], 0
        while i < len(rest):
            if rest[i].text == "=":
                cut.append(rest[i])
                i += 1
                while i < len(rest) and rest[i].text != ",":
                    i = _past(rest, i) if rest[i].text in _OPEN else i + 1
            else:
                cut.append(rest[i])
                i += 1
        _declarators(cut, kind, found)
    return found
