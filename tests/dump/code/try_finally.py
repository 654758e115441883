# finally is compiled again for every way out, outside the range it guards.
def f(x):
    for i in x:
        try:
            if i:
                continue
            return i()
        except ValueError as e:
            print(e)
        except (TypeError, KeyError):
            raise
        else:
            x()
        finally:
            x = 0
