def bad(items):
    for item in items:
        try:
            work(item)
        except* ValueError:
            continue  #! SK507
        except* OSError:
            return  #! SK507

def good(items):
    try:
        work()
    except* ValueError:
        for item in items:
            if item: break
            continue
        def inner():
            return 1
    except* OSError:
        pass
    try:
        work()
    except ValueError:
        return
