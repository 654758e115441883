# Queues between threads: blocking get and put, timeouts, task_done and join, shutdown.
# skip: oom (a thread that ends for want of memory leaves others waiting for it)
import queue, threading, time

q = queue.Queue(maxsize=2)
got = []

def consume():
    while (item := q.get()) is not None:
        got.append(item)
        q.task_done()
    q.task_done()

t = threading.Thread(target=consume)
t.start()
for i in range(100):
    q.put(i)
q.join()
print(got == list(range(100)), q.unfinished_tasks)  # -> True 0
q.put(None)
t.join()
print(q.empty(), q.qsize())  # -> True 0
q.get(timeout=0.01)  # raises Empty
q.put(1)
q.put(2)
q.put(3, timeout=0.01)  # raises Full

# A thread that waits for room, and one that waits for an item, when the queue is shut down.
errors = []
def blocked(f):
    try:
        f()
    except queue.ShutDown:
        errors.append("ShutDown")
t = threading.Thread(target=blocked, args=(lambda: q.put(4),))
t.start()
time.sleep(0.02)
q.shutdown()
t.join()
print(errors, q.get(), q.get())  # -> ['ShutDown'] 1 2
q.get()  # raises ShutDown

s = queue.SimpleQueue()
results = []
ts = [threading.Thread(target=lambda: results.append(s.get())) for i in range(5)]
for t in ts:
    t.start()
for i in range(5):
    s.put(i)
for t in ts:
    t.join()
print(sorted(results), s.empty())  # -> [0, 1, 2, 3, 4] True
s.get(False)  # raises Empty
s.get(timeout=0.01)  # raises Empty
s.get(timeout=-1)  # raises ValueError: 'timeout' must be a non-negative number

p = queue.PriorityQueue()
ts = [threading.Thread(target=p.put, args=((9 - i, i),)) for i in range(4)]
for t in ts:
    t.start()
for t in ts:
    t.join()
print([p.get()[0] for i in range(4)])  # -> [6, 7, 8, 9]
