# class Thread: names, states, daemons, errors; what threading knows about threads.
# skip: oom (a thread that ends for want of memory leaves others waiting for it)
import threading, time

main = threading.main_thread()
print(main is threading.current_thread(), main.name, main.daemon, main.is_alive())  # -> True MainThread False True
t = threading.Thread(target=len, args=("x",))
print(t.name, t.is_alive(), t.ident, t.daemon)  # -> Thread-1 (len) False None False
print(t)  # -> <Thread(Thread-1 (len), initial)>
t.join()  # raises RuntimeError: cannot join thread before it is started
t.start()
t.join()
print(t.is_alive(), t.ident is not None, str(t).startswith("<Thread(Thread-1 (len), stopped "))  # -> False True True
t.start()  # raises RuntimeError: threads can only be started once
t.daemon = True  # raises RuntimeError: cannot set daemon status of active thread
main.join()  # raises RuntimeError: cannot join current thread
threading.Thread(group=1)  # raises AssertionError: group argument must be None for now

class Mine(threading.Thread):
    def __init__(self):
        pass
Mine().start()  # raises RuntimeError: thread.__init__() not called

class Sum(threading.Thread):
    def __init__(self, numbers):
        super().__init__(name="sum", daemon=True)
        self.numbers = numbers
    def run(self):
        self.inside = threading.current_thread() is self, threading.get_ident() == self.ident, len(threading.enumerate())
        self.result = sum(self.numbers)
t = Sum(range(10))
t.start()
t.join()
print(t.result, t.inside, t.daemon, threading.active_count())  # -> 45 (True, True, 2) True 1

# join(timeout) returns in time.
go = threading.Event()
t = threading.Thread(target=go.wait)
t.start()
t.join(0.01)
print(t.is_alive())  # -> True
go.set()
t.join()
print(t.is_alive())  # -> False

# An uncaught exception goes to threading.excepthook.
told = []
def hook(args):
    told.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
threading.excepthook = hook
t = threading.Thread(target=lambda: 1 / 0, name="divider")
t.start()
t.join()
t = threading.Thread(target=lambda: "x".nothing)
t.start()
t.join()
print(told[0])  # -> ('ZeroDivisionError', 'division by zero', 'divider')
print(told[1][0])  # -> AttributeError
threading.excepthook = threading.__excepthook__
def leave():
    raise SystemExit
t = threading.Thread(target=leave)
t.start()
t.join()

local = threading.local()
local.x = "main"
values = []
def use(v):
    local.x = v
    time.sleep(0.002)
    values.append(local.x == v)
ts = [threading.Thread(target=use, args=(i,)) for i in range(4)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(values, local.x)  # -> [True, True, True, True] main

# Two threads that import the same module get it whole, and work in C does not keep others from running.
import _thread
started = threading.Event()
def key(x):
    started.set()
    return -x
t = threading.Thread(target=lambda: values.append(sorted(range(20000), key=key)[0]))
t.start()
started.wait()
t.join()
print(values[-1])  # -> 19999
