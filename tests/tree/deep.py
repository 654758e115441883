# A group nested 100,000 deep, with one leaf or with one more at each level.
error = ValueError("at the bottom")
for _ in range(100_000):
    error = ExceptionGroup("level", [error])
ladder = KeyError("last")
for i in range(30):
    ladder = ExceptionGroup(f"rung {i}", [ladder, OSError(f"side {i}")])
raise ExceptionGroup("both", [error, ladder])
