# Jumps out of except* are pending until all clauses have run; plain clauses may stand among them.
def f(xs):
    for x in xs:
        try:
            x()
        except* ValueError:
            continue
        except* TypeError:
            return x
        except Exception as rest:
            print(rest)
