"""Groups inside groups: split() keeps the shape of the tree."""

inner1 = ExceptionGroup("db", [ConnectionError("db timeout")])
inner2 = ExceptionGroup("cache", [ConnectionError("redis down")])
outer = ExceptionGroup("service failed", [
    ValueError("bad input"),
    inner1,
    inner2,
])
conn_errors, rest = outer.split(ConnectionError)
# conn_errors contains both ConnectionErrors (from inner1 and inner2)
# rest contains only the ValueError

# Structure is preserved:
print(conn_errors)
print(repr(conn_errors))
print(repr(rest))


def leaves(group, depth=0):
    for e in group.exceptions:
        if isinstance(e, BaseExceptionGroup):
            yield from leaves(e, depth + 1)
        else:
            yield depth, e


for depth, leaf in leaves(outer):
    print("  " * depth, type(leaf).__name__, leaf)
