# 100,000 leaves of three kinds, and 40 kinds of one: everything is counted.
def leaf(i):
    try:
        raise (ValueError if i % 3 else KeyError)(f"item {i} of {i * i}")
    except Exception as e:
        return e

letters = "abcdefghijklmnopqrstuvwxyz"
many = ExceptionGroup("many", [leaf(i) for i in range(100_000)])
kinds = ExceptionGroup("kinds", [ValueError(a + b) for a in letters for b in "xy"])
raise ExceptionGroup("all", [many, kinds, BaseException("odd one").with_traceback(None)] if 0 else [many, kinds])
