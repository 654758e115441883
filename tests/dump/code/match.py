# Names are bound only after the whole pattern has matched.
def f(v):
    match v:
        case 0 | None | -1.5:
            return 1
        case [1, x, *rest] if rest:
            return x
        case [_, *_, last]:
            return last
        case {"k": (1 | 2) as a, **kw}:
            return a, kw
        case Point(x, y=[]) as p:
            return p
        case str() | bytes():
            pass
        case _:
            return v
