# A thread that waits for descriptors lets the others run; each thread has a context of its own.
import select, os, threading, time, contextvars
r, w = os.pipe()
v = contextvars.ContextVar('v', default=0); v.set(1)
seen = []
def f():
    seen.append(v.get()); v.set(5); time.sleep(0.05); os.write(w, b'x')
# -> 1 True
# -> 1 True
# -> 1 True
for wait in (lambda: select.select([r], [], [], 5)[0], lambda: (p := select.poll(), p.register(r, 1), p.poll(5000))[2], lambda: (e := select.epoll(), e.register(r, 1), e.poll(5))[2]):
    t = threading.Thread(target=f); t.start(); s = time.time(); print(len(wait()), time.time() - s < 2); t.join(); os.read(r, 1)
print(seen, v.get())     # -> [0, 0, 0] 1
