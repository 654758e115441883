# Handlers run in the main thread; what they raise comes out where the program was.
import os, signal
came = []
old = signal.signal(signal.SIGUSR1, lambda n, f: came.append((n, f.f_code.co_name)))
print(old)                                   # -> 0
def work():
    os.kill(os.getpid(), signal.SIGUSR1)
    return came[:]
print(work())                                # -> [(10, 'work')]
signal.raise_signal(signal.SIGUSR1)
print(len(came))                             # -> 2
def bad(n, f):
    raise LookupError(signal.Signals(n).name)
signal.signal(signal.SIGUSR2, bad)
signal.raise_signal(signal.SIGUSR2)          # raises LookupError: SIGUSR2
print(signal.getsignal(signal.SIGUSR2) is bad, signal.getsignal(signal.SIGTERM))    # -> True 0
signal.signal(signal.SIGUSR2, signal.SIG_IGN)
signal.raise_signal(signal.SIGUSR2)
print(repr(signal.signal(signal.SIGUSR2, signal.SIG_DFL)))    # -> <Handlers.SIG_IGN: 1>
signal.signal(signal.SIGUSR1, 5)             # raises TypeError: signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object
signal.signal(4444, signal.SIG_DFL)          # raises ValueError: signal number out of range
signal.signal(signal.SIGKILL, signal.SIG_IGN)  # raises OSError: [Errno 22] Invalid argument
print(signal.strsignal(signal.SIGINT), signal.SIGINT in signal.valid_signals(), signal.getsignal(signal.SIGINT) is signal.default_int_handler)    # -> Interrupt True True
try:
    os.kill(os.getpid(), signal.SIGINT)
    print("not reached")
except KeyboardInterrupt:
    print("Ctrl-C")                          # -> Ctrl-C
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as e:
    print("again", e.args)                   # -> again ()
signal.signal(signal.SIGALRM, lambda n, f: came.append("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.01)
signal.pause()
print(came[-1], signal.getitimer(signal.ITIMER_REAL))    # -> alarm (0.0, 0.0)
import time
signal.setitimer(signal.ITIMER_REAL, 0.01)
before = time.monotonic()
time.sleep(0.05)
print(came[-1], time.monotonic() - before >= 0.05)    # -> alarm True
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
signal.raise_signal(signal.SIGUSR1)
print(signal.sigpending())                   # -> {<Signals.SIGUSR1: 10>}
print(signal.sigwait([signal.SIGUSR1]))      # -> 10
print(signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1]) == {signal.SIGUSR1}, len(came))    # -> True 4
r, w = os.pipe()
os.set_blocking(w, False) if hasattr(os, "set_blocking") else None
print(signal.set_wakeup_fd(w))               # -> -1
signal.raise_signal(signal.SIGUSR1)
print(os.read(r, 10), signal.set_wakeup_fd(-1) == w)    # -> b'\n' True
