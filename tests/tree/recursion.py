# A recursion is folded, over one function or two; the fingerprint of both depths is the same.
def down(n):
    if not n:
        raise ValueError("bottom")
    down(n - 1)

def even(n):
    if not n:
        raise ValueError("even bottom")
    odd(n - 1)

def odd(n):
    even(n - 1)

def endless(n):
    if not n:
        raise RecursionError("maximum recursion depth exceeded")
    endless(n - 1)

errors = []
for case in lambda: down(50), lambda: even(40), lambda: endless(300), lambda: down(60), lambda: down(2):
    try:
        case()
    except Exception as e:
        errors.append(e)
raise ExceptionGroup("recursions", errors)
