# "Did you mean" is said here, too.
class Point:
    def __init__(self):
        self.position = 1

errors = []
for case in lambda: Point().positon, lambda: prnt("x"), lambda: time.sleep(1):
    try:
        case()
    except Exception as e:
        errors.append(e)
raise ExceptionGroup("names", errors)
