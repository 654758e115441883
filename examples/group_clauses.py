"""Every except* clause sees its part of the group; what nobody takes goes on."""


def risky_operation():
    raise ExceptionGroup("batch", [ValueError("v1"), TypeError("t"), KeyError("k"), ValueError("v2")])


def handle_values(eg):
    print("values:", [str(e) for e in eg.exceptions])


def handle_types(eg):
    print("types:", [str(e) for e in eg.exceptions])


try:
    try:
        risky_operation()
    except* ValueError as eg:
        handle_values(eg)  # Runs if any ValueError in group
    except* TypeError as eg:
        handle_types(eg)  # Runs if any TypeError in group
    # Unmatched exceptions (e.g., KeyError) propagate automatically
except ExceptionGroup as rest:
    print("left over:", repr(rest))
