# _thread's own primitives: locks exclude each other, handles are joined, a result is there after join.
# skip: oom (a thread that ends for want of memory leaves others waiting for it)
import _thread, time

lock = _thread.allocate_lock()
total = [0]

def count():
    for i in range(3000):
        with lock:
            total[0] += 1

handles = [_thread.start_joinable_thread(count) for i in range(4)]
for h in handles:
    h.join()
print(total[0], [h.is_done() for h in handles])  # -> 12000 [True, True, True, True]
print(lock.locked(), lock.acquire(), lock.locked())  # -> False True True
print(lock.acquire(False), lock.acquire(timeout=0.01))  # -> False False
lock.acquire(False, 1)  # raises ValueError: can't specify a timeout for a non-blocking call
lock.acquire(timeout=-2)  # raises ValueError: timeout value must be a non-negative number
lock.release()
lock.release()  # raises RuntimeError: release unlocked lock
_thread.start_new_thread(1, ())  # raises TypeError: first arg must be callable
_thread.start_joinable_thread(1)  # raises TypeError: thread function must be callable
_thread._ThreadHandle().join()  # raises RuntimeError: thread not started
_thread.start_joinable_thread(print, handles[0])  # raises RuntimeError: thread already started

# A lock may be released by another thread than the one that took it.
lock.acquire()
h = _thread.start_joinable_thread(lock.release)
print(lock.acquire())  # -> True
h.join()
lock.release()

# An RLock counts, and belongs to one thread.
r = _thread.RLock()
print(r.acquire(), r.acquire(), r._recursion_count())  # -> True True 2
seen = []
h = _thread.start_joinable_thread(lambda: seen.append((r.acquire(False), r._is_owned())))
h.join()
print(seen)  # -> [(False, False)]
state = r._release_save()
h = _thread.start_joinable_thread(lambda: seen.append((r.acquire(False), r.release())))
h.join()
print(seen[-1])  # -> (True, None)
r._acquire_restore(state)
print(r._recursion_count())  # -> 2
r.release()
r.release()
r.release()  # raises RuntimeError: cannot release un-acquired lock

# Two threads that wait for each other take turns.
a, b = _thread.allocate_lock(), _thread.allocate_lock()
b.acquire()
log = []
def ping(take, give, name):
    for i in range(5):
        take.acquire()
        log.append(name)
        give.release()
h = [_thread.start_joinable_thread(lambda: ping(a, b, "ping")), _thread.start_joinable_thread(lambda: ping(b, a, "pong"))]
for x in h:
    x.join()
print(" ".join(log))  # -> ping pong ping pong ping pong ping pong ping pong

# sleep gives the VM away, and so does reading from a pipe.
import os
r, w = os.pipe()
got = []
h = _thread.start_joinable_thread(lambda: got.append(os.read(r, 10)))
time.sleep(0.01)
os.write(w, b"hello")
h.join()
print(got)  # -> [b'hello']
