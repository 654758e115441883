def bad():
    try:
        work()
    except* OSError as eg:
        print(eg.errno)  #! SK400
        print(eg.exceptions[0].errno, eg.message, eg.split(OSError), eg.__notes__)

def good():
    try:
        work()
    except OSError as e:
        print(e.errno)
    try:
        work()
    except* OSError as eg:
        for e in eg.exceptions:
            print(e.errno)
        def inner(eg):
            return eg.errno
