"""Which existing name a misspelt one may have meant.

>>> closest(["append", "insert"], "apend")
'append'
"""

__all__ = ["closest", "distance", "suggestion"]

_MAX_CANDIDATES = 750
_MAX_LENGTH = 40
_MOVE = 2       # insert, delete or replace a character
_CASE = 1       # change its case


def _substitution_cost(a, b):
    if a == b:
        return 0
    return _CASE if a.lower() == b.lower() else _MOVE


def distance(a, b, max_cost):
    """The edit distance, or max_cost + 1 as soon as it is known to be larger."""
    if a == b:
        return 0
    start = 0
    while a[start:] and b[start:] and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    end = 0
    while a[:end or None] and b[:end or None] and a[end - 1] == b[end - 1]:
        end -= 1
    if end:
        a, b = a[:end], b[:end]
    if not a or not b:
        return _MOVE * (len(a) + len(b))
    if len(a) > _MAX_LENGTH or len(b) > _MAX_LENGTH:
        return max_cost + 1
    if len(b) < len(a):
        a, b = b, a
    if (len(b) - len(a)) * _MOVE > max_cost:
        return max_cost + 1

    # row[i]: the distance between what was read of b and a[:i+1].
    row = [_MOVE * (i + 1) for i in range(len(a))]
    result = 0
    for b_index, b_char in enumerate(b):
        diagonal = result = b_index * _MOVE
        smallest = None
        for i, a_char in enumerate(a):
            replaced = diagonal + _substitution_cost(b_char, a_char)
            diagonal = row[i]
            result = min(replaced, min(result, diagonal) + _MOVE)
            row[i] = result
            if smallest is None or result < smallest:
                smallest = result
        if smallest > max_cost:
            return max_cost + 1
    return result


def closest(names, wrong_name):
    """The name most like wrong_name, if any is like it at all."""
    if len(names) > _MAX_CANDIDATES or len(wrong_name) > _MAX_LENGTH:
        return None
    best = None
    best_distance = None
    for name in names:
        if name == wrong_name:
            continue    # exists, and still could not be found: no help
        # A third of the letters may be wrong.
        limit = (len(name) + len(wrong_name) + 3) * _MOVE // 6
        if best is not None:
            limit = min(limit, best_distance - 1)
        d = distance(wrong_name, name, limit)
        if d > limit:
            continue
        best, best_distance = name, d
    return best


def suggestion(exc, tb, wrong_name):
    """What an AttributeError, NameError or ImportError probably meant, or None."""
    if not isinstance(wrong_name, str):
        return None
    try:
        if isinstance(exc, AttributeError):
            names = _attribute_names(exc.obj, tb, wrong_name)
        elif isinstance(exc, ImportError):
            names = _public(dir(__import__(exc.name)), wrong_name)
        else:
            frame = _last_frame(tb)
            if frame is None:
                return None
            if "self" in frame.f_locals and _has(frame.f_locals["self"], wrong_name):
                return f"self.{wrong_name}"
            names = [*frame.f_locals, *frame.f_globals, *frame.f_builtins]
            names = [name for name in names if isinstance(name, str)]
    except Exception:
        return None
    return closest(names, wrong_name)


def _last_frame(tb):
    if tb is None:
        return None
    while tb.tb_next is not None:
        tb = tb.tb_next
    return tb.tb_frame


def _has(obj, name):
    try:
        return hasattr(obj, name)
    except Exception:
        return False


def _public(names, wrong_name):
    """Names with a leading underscore are offered only for names that have one."""
    if wrong_name[:1] == "_":
        return names
    return [name for name in names if name[:1] != "_"]


def _attribute_names(obj, tb, wrong_name):
    try:
        names = dir(obj)
    except TypeError:
        # Keys that cannot be sorted among the attributes.
        names = [*obj.__dict__, *dir(type(obj))]
    names = sorted(name for name in names if isinstance(name, str))
    frame = _last_frame(tb)
    if frame is not None and "self" in frame.f_locals and frame.f_locals["self"] is obj:
        return names    # inside its own methods, private names are fine
    return _public(names, wrong_name)
