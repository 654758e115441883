"""One try for grouped and for single errors: `except*` and `except` together.

A Skein extension: CPython (and `-X portable`) refuses the second function with a SyntaxError.
"""


def process(data):
    if isinstance(data, Exception):
        raise data
    return f"processed {data}"


def log_error(e):
    print("  logged:", repr(e))


default_value = "default"


# Before (single exception):
def before(data):
    try:
        result = process(data)
    except ValueError as e:
        log_error(e)
        result = default_value
    return result


# After (group-aware):
def after(data):
    try:
        result = process(data)
    except* ValueError as eg:
        for e in eg.exceptions:
            log_error(e)
        result = default_value
    except ValueError as e:  # Still catches non-grouped ValueErrors
        log_error(e)
        result = default_value
    return result


print(before("data"))
print(before(ValueError("alone")))
print(after("data"))
print(after(ValueError("alone")))
print(after(ExceptionGroup("many", [ValueError("one"), ValueError("two")])))
try:
    after(ExceptionGroup("mixed", [ValueError("mine"), OSError("yours")]))
except ExceptionGroup as rest:
    print("not handled:", repr(rest))
try:
    after(KeyError("single and not ours"))
except KeyError as error:
    print("not handled:", repr(error))
