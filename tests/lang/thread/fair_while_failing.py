# Code that raises and catches all the time came to no poll: it kept the VM for ever and saw no interrupt.
# skip: stress
import _thread, sys, threading, time

stop = []
t = threading.Timer(0.05, stop.append, (1,))
t.start()
d = {}
def fail():
    try:
        d["missing"]
    except KeyError:
        pass
while not stop:
    fail()
t.join()
print(stop)  # -> [1]

sys.unraisablehook = lambda u: None  # a weak reference's callback may meet the recursion limit
def deep():
    try:
        deep()
    except RecursionError:
        deep()
t = threading.Timer(0.05, _thread.interrupt_main)
t.start()
try:
    deep()
except KeyboardInterrupt as e:
    print("interrupted")  # -> interrupted
t.join()
