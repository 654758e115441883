def bad():
    try:
        work()
    except* OSError:
        pass
    except* ConnectionError:  #! SK501
        pass
    try:
        work()
    except Exception:
        pass
    except (ValueError, KeyError):  #! SK501
        pass

def good():
    try:
        work()
    except ConnectionError:
        pass
    except OSError:
        pass
    except (ValueError, BaseException):
        pass
    try:
        work()
    except Mine:
        pass
    except Theirs:
        pass
    try:
        work()
    except Exception:
        pass
    except KeyboardInterrupt:
        pass
