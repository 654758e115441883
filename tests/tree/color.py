# env: NO_COLOR= FORCE_COLOR=1 SKEIN_COLORS=count=1;33:path=:type=bad!:place=4
# Colours by role; SKEIN_COLORS changes some, what is no colour is passed over.
def f(d):
    return d["key"] + 1

errors = []
for d in {}, {}, {"key": "1"}:
    try:
        f(d)
    except Exception as e:
        errors.append(e)
raise ExceptionGroup("colours", errors)
