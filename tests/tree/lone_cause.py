# An exception that is no group shows where its cause was raised.
def low(key):
    return {}[key]

def top(key):
    try:
        low(key)
    except KeyError as e:
        raise RuntimeError("config is incomplete") from e

top("port")
