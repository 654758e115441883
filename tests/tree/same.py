# Frames that a group around an error has are not said again for the error.
def work(n):
    raise ValueError(f"n {n}")

def main():
    errors = []
    for i in range(2):
        try:
            work(i)
        except ValueError as e:
            errors.append(e)
    try:
        raise ExceptionGroup("inner", errors)
    except* KeyError:
        pass

main()
