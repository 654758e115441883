# What led to an error: causes, contexts, from None; a chain that comes back to its beginning; a cause that is a group.
def low(key):
    return {}[key]

def middle(key):
    try:
        low(key)
    except KeyError as e:
        raise LookupError(f"no {key}") from e

def top(key):
    try:
        middle(key)
    except LookupError:
        raise RuntimeError("config is incomplete")

def quiet():
    try:
        low("q")
    except KeyError:
        raise ValueError("said alone") from None

def circle():
    a, b = ValueError("a"), ValueError("b")
    a.__cause__, b.__cause__ = b, a
    raise a

def from_group():
    try:
        raise ExceptionGroup("inner", [OSError(5, "io"), OSError(6, "no device")])
    except ExceptionGroup as g:
        raise RuntimeError("gave up") from g

errors = []
for case in lambda: top("port"), quiet, circle, from_group:
    try:
        case()
    except Exception as e:
        errors.append(e)
raise ExceptionGroup("causes", errors) from errors[0]
