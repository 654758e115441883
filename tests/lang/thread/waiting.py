# Conditions, events, semaphores, barriers, timers.
import threading, time

c = threading.Condition()
items, taken = [], []
def take():
    with c:
        while not items:
            c.wait()
        taken.append(items.pop(0))
ts = [threading.Thread(target=take) for i in range(3)]
for t in ts:
    t.start()
for i in range(3):
    with c:
        items.append(i)
        c.notify()
for t in ts:
    t.join()
print(sorted(taken), len(c._waiters))  # -> [0, 1, 2] 0
c.wait()  # raises RuntimeError: cannot wait on un-acquired lock
c.notify()  # raises RuntimeError: cannot notify on un-acquired lock
with c:
    print(c.wait(0.01), c.wait_for(lambda: 0, 0.01), c.wait_for(lambda: 7))  # -> False 0 7

e = threading.Event()
seen = []
t = threading.Thread(target=lambda: seen.append(e.wait()))
t.start()
print(e.wait(0.01), e.is_set())  # -> False False
e.set()
t.join()
print(seen, e.wait())  # -> [True] True

s = threading.Semaphore(2)
most = [0, 0]
def enter():
    with s:
        most[0] += 1
        most[1] = max(most)
        time.sleep(0.002)
        most[0] -= 1
ts = [threading.Thread(target=enter) for i in range(6)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(most[1])  # -> 2
threading.BoundedSemaphore(1).release()  # raises ValueError: Semaphore released too many times

log = []
b = threading.Barrier(3, action=lambda: log.append("open"))
def meet():
    for round in range(2):
        log.append(round)
        b.wait()
ts = [threading.Thread(target=meet) for i in range(3)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print(log)  # -> [0, 0, 0, 'open', 1, 1, 1, 'open']
b.wait(0.01)  # raises BrokenBarrierError
print(b.broken)  # -> True
b.reset()
print(b.broken, b.n_waiting)  # -> False 0

t = threading.Timer(0.01, log.append, ["late"])
t.start()
t.join()
print(log[-1])  # -> late
t = threading.Timer(60, log.append, ["never"])
t.start()
t.cancel()
t.join()
print(log[-1])  # -> late
