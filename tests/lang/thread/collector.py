# Objects that only a waiting thread holds, on its stacks or in registers, live on; collections run in all threads.
import _thread, gc

def build(n):
    return {i: [str(i), (i, [i])] for i in range(n)}

def check(d, n):
    return len(d) == n and all(d[i] == [str(i), (i, [i])] for i in range(n))

results = []
start = _thread.allocate_lock()
start.acquire()

def work(n):
    d = build(n)
    start.acquire()
    start.release()
    for i in range(3):
        e = build(n)
        results.append(check(d, n) and check(e, n))

def gen(n):
    for i in range(n):
        yield [i]

def iterate():
    held = [gen(50) for i in range(5)]
    for g in held:
        next(g)
    start.acquire()
    start.release()
    results.append(sum(x[0] for g in held for x in g) == 5 * sum(range(1, 50)))

handles = [_thread.start_joinable_thread(lambda: work(200)) for i in range(3)]
handles.append(_thread.start_joinable_thread(iterate))
for i in range(3):
    gc.collect()
    build(100)
start.release()
for h in handles:
    h.join()
print(len(results), all(results))  # -> 10 True
