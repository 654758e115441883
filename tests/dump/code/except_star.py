# Every clause runs on what is left; what they raise is collected and merged.
def f():
    try:
        g()
    except* ValueError as e:
        h(e)
    except* (TypeError, OSError):
        raise KeyError
    else:
        g()
    finally:
        h()
