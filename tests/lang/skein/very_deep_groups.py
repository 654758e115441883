# Splitting a group 200,000 levels deep: here it just works, CPython 3.13 raises RecursionError.
# skip: stress asan
big = ExceptionGroup("d", [ValueError(1), TypeError(2)])
for i in range(200_000): big = ExceptionGroup("d", [big])
def bottom(e):
    n = 0
    while isinstance(e, ExceptionGroup): e, n = e.exceptions[0], n + 1
    return n, e
matched, rest = big.split(ValueError)
print(bottom(matched), bottom(rest)) # -> (200001, ValueError(1)) (200001, TypeError(2))
print(bottom(big.subgroup(TypeError))) # -> (200001, TypeError(2))
