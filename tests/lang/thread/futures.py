# concurrent.futures: results and errors, order, waiting, cancelling, shutting down.
import concurrent.futures as cf, threading, time

pool = cf.ThreadPoolExecutor(max_workers=2, thread_name_prefix="w")
f = pool.submit(pow, 2, 10)
print(f.result(), f.done(), f.exception(), f.cancelled())  # -> 1024 True None False
f = pool.submit(lambda: 1 / 0)
print(repr(f.exception()))  # -> ZeroDivisionError('division by zero')
f.result()  # raises ZeroDivisionError: division by zero
print(list(pool.map(lambda x, y: x * y, [1, 2, 3], [4, 5, 6])))  # -> [4, 10, 18]
print(sorted({pool.submit(lambda: threading.current_thread().name).result() for i in range(20)})[0])  # -> w_0

# Two workers are busy: what is submitted then waits, and can be cancelled.
go = threading.Event()
busy = [pool.submit(go.wait) for i in range(2)]
later = pool.submit(len, "abc")
never = pool.submit(len, "abc")
print(never.cancel(), never.cancelled(), never.cancel())  # -> True True True
never.result()  # raises CancelledError
done, not_done = cf.wait([*busy, later], timeout=0.02)
print(len(done), len(not_done))  # -> 0 3
later.result(timeout=0.01)  # raises TimeoutError
next(cf.as_completed([later], timeout=0.01))  # raises TimeoutError: 1 (of 1) futures unfinished
called = []
later.add_done_callback(lambda f: called.append(f.result()))
go.set()
print(sorted(map(str, (f.result() for f in cf.as_completed([*busy, later])))))  # -> ['3', 'True', 'True']
print(cf.wait([*busy, later]).not_done)  # -> set()
pool.shutdown()
print(called, busy[0].cancel())  # -> [3] False
pool.submit(len, "")  # raises RuntimeError: cannot schedule new futures after shutdown

# The first that is done, the first that failed.
with cf.ThreadPoolExecutor(3) as pool:
    go = threading.Event()
    slow = pool.submit(go.wait)
    quick = pool.submit(int, "5")
    r = cf.wait([slow, quick], return_when=cf.FIRST_COMPLETED)
    print(r.done == {quick}, r.not_done == {slow})  # -> True True
    bad = pool.submit(int, "x")
    r = cf.wait([slow, bad], return_when=cf.FIRST_EXCEPTION)
    print(r.done == {bad})  # -> True
    go.set()

# Calls not begun are cancelled by shutdown(cancel_futures=True).
pool = cf.ThreadPoolExecutor(1)
go = threading.Event()
first = pool.submit(go.wait)
rest = [pool.submit(len, "") for i in range(3)]
pool.shutdown(wait=False, cancel_futures=True)
go.set()
print(first.result(), [f.cancelled() for f in rest])  # -> True [True, True, True]

# Each worker is initialized.
started = []
with cf.ThreadPoolExecutor(2, initializer=started.append, initargs=("init",)) as pool:
    pool.submit(time.sleep, 0.001).result()
print(started[0])  # -> init
cf.ThreadPoolExecutor(0)  # raises ValueError: max_workers must be greater than 0
cf.ThreadPoolExecutor(initializer=1)  # raises TypeError: initializer must be a callable

f = cf.Future()
print(f.set_running_or_notify_cancel(), f.running(), f.cancel())  # -> True True False
f.set_result(1)
print(str(f).endswith(" state=finished returned int>"))  # -> True
