# The same exception in many places: 2 ** 12 leaves, counted; a cause that is a member, too.
leaf = ValueError("one")
other = KeyError("two")
leaf.__cause__ = other
group = ExceptionGroup("pair", [leaf, other])
for _ in range(11):
    group = ExceptionGroup("twice", [group, group])
raise group
