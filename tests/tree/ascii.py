# env: LANG=C COLUMNS=80
# No UTF-8: lines of ASCII, other characters as escapes.
def wörk(n):
    raise ValueError(f"größe {n}: 漢字")

errors = []
for i in range(3):
    try:
        wörk(i)
    except ValueError as e:
        errors.append(e)
raise ExceptionGroup("several", [*errors, ExceptionGroup("one", [KeyError("k")])])
