# A thread that imports a module which another one is still running waits until it is whole.
import os, sys, threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "_modules"))
seen = []

def load():
    import slow_module
    seen.append((slow_module.first, getattr(slow_module, "last", None)))

ts = [threading.Thread(target=load) for i in range(3)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(seen)  # -> [(1, 2), (1, 2), (1, 2)]
