# A hook of the program rules; the original one, called from it, writes the style that was asked for.
import sys

def hook(kind, error, trace):
    print("hook:", kind.__name__, error, file=sys.stderr)
    sys.__excepthook__(kind, error, trace)

sys.excepthook = hook
raise ValueError("mine")
