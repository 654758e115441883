def bad():
    try:
        work()
    except* ExceptionGroup:  #! SK503
        pass
    except* (ValueError, BaseExceptionGroup):  #! SK503
        pass

def good():
    try:
        work()
    except* ValueError:
        pass
    try:
        work()
    except ExceptionGroup:
        pass
