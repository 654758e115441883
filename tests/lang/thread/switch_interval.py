# sys.setswitchinterval() is how long a thread keeps the VM while others wait.
import sys, threading

print(sys.getswitchinterval())      # -> 0.005
sys.setswitchinterval(0.01)
print(sys.getswitchinterval())      # -> 0.01
sys.setswitchinterval(0)            # raises ValueError: switch interval must be strictly positive
sys.setswitchinterval(-1)           # raises ValueError: switch interval must be strictly positive
sys.setswitchinterval("a")          # raises TypeError: must be real number, not str

def turns(interval):
    sys.setswitchinterval(interval)
    log, go = [], threading.Barrier(2)
    def work(name):
        go.wait()
        i = 0
        while i < 400000:
            i += 1
            if not log or log[-1] != name:
                log.append(name)
    threads = [threading.Thread(target=work, args=(n,)) for n in "ab"]
    for t in threads: t.start()
    for t in threads: t.join()
    return len(log)

few, many = turns(100.0), turns(1e-6)
print(few <= 3, many > few)         # -> True True
