# The end of a program waits for threads that are no daemons, then runs atexit; daemons are stopped where they are.
import atexit
import threading
import time

atexit.register(lambda: print("atexit"))

def slow():
    over.wait()
    time.sleep(0.01)
    print("slow thread ends")

def forever():
    try:
        while True:
            time.sleep(1000)
    finally:
        print("never printed")

def busy():
    n = 0
    while True:
        n += 1

over = threading.Event()
lock = threading.Lock()
lock.acquire()

threading.Thread(target=slow).start()
threading.Thread(target=forever, daemon=True).start()
threading.Thread(target=busy, daemon=True).start()
threading.Thread(target=lock.acquire, daemon=True).start()

def fail():
    raise ValueError("in a thread")

t = threading.Thread(target=fail, name="failing")
t._stderr = None
threading.excepthook = lambda args: print("hook:", args.thread.name, args.exc_value)
t.start()
t.join()
print("main ends")
over.set()
