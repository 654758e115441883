def bad():
    try:
        work()
    except* OSError:  #! SK508
        pass
    except ValueError:
        pass

def good():
    try:
        work()
    except* OSError:
        pass
    except* ValueError:
        pass
