def bad():
    raise ExceptionGroup("nothing", [])  #! SK504

def good(errors):
    raise ExceptionGroup("some", errors)
    raise ExceptionGroup("one", [ValueError()])
