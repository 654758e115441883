def bad(group):
    try:
        work()
    except ExceptionGroup as eg:
        raise eg.exceptions[0]  #! SK123

def good(group):
    try:
        work()
    except ExceptionGroup as eg:
        first = eg.exceptions[0]
        raise RuntimeError("failed") from first
    raise group
