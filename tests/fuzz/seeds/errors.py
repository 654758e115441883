# try, finally, with, except*, raise, groups, chains.
class M:
    def __init__(self, swallow): self.swallow = swallow
    def __enter__(self): return self
    def __exit__(self, *e): return self.swallow

def outcomes(how):
    last = None
    for i in range(4):
        try:
            with M(i == 2) as m, M(False):
                if how == 0: raise ValueError(i)
                if how == 1: continue
                if how == 2: return i
                if how == 3: 1 / 0
        except (ValueError, KeyError) as e:
            last = e
        except ZeroDivisionError:
            try: raise
            except Exception as e2: last = e2
        else:
            last = None
        finally:
            if how == 5: break
    try:
        raise KeyError("a") from last
    except KeyError as e:
        e.add_note("n")
        return repr(e.__cause__)

def star(errors):
    seen = []
    try:
        try:
            raise ExceptionGroup("g", errors)
        except* ValueError as eg:
            seen.append(len(eg.exceptions))
        except* (TypeError, OSError) as eg:
            seen.append(str(eg))
            raise KeyError("new")
        finally:
            seen.append("f")
    except ExceptionGroup as e:
        seen.append(e.message)
    return seen

def unbound():
    try:
        del late
    except UnboundLocalError: pass
    if seen: late = 1
    return late

seen = [outcomes(h) for h in range(6)]
seen += star([ValueError(1), TypeError(2), ExceptionGroup("in", [ValueError(3), LookupError()])]), star([ValueError(1)])
try:
    assert seen == [], "no"
except AssertionError as e:
    seen.append(e.args)
try:
    unbound(), undefined
except NameError as e:
    seen.append(e.name)
