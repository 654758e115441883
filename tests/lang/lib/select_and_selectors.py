# Waiting for descriptors: select(), poll objects, epoll objects, and the selectors over them.
import os, select, selectors, time

r, w = os.pipe()
print(select.select([r], [w], [], 0) == ([], [w], []))      # -> True
start = time.monotonic()
print(select.select([r], [], [], 0.02))                     # -> ([], [], [])
print(time.monotonic() - start >= 0.019)                    # -> True
os.write(w, b"x")
class File:
    def fileno(self): return r
file = File()
print(select.select([file], (), ())[0][0] is file)          # -> True
select.select(["a"], [], [])        # raises TypeError: argument must be an int, or have a fileno() method.
select.select([-1], [], [])         # raises ValueError: file descriptor cannot be a negative integer (-1)
select.select([1 << 20], [], [])    # raises ValueError: filedescriptor out of range in select()
select.select([r], [], [], "a")     # raises TypeError: timeout must be a float or None
select.select([r], [], [], -1)      # raises ValueError: timeout must be non-negative
select.select(3, [], [])            # raises TypeError: arguments 1-3 must be sequences

poll = select.poll()
poll.register(r)
poll.register(w, select.POLLOUT)
print(sorted(poll.poll()) == [(r, select.POLLIN), (w, select.POLLOUT)])     # -> True
poll.modify(r, 0)
poll.unregister(w)
print(poll.poll(5))                 # -> []
try: poll.unregister(w)
except KeyError as e: print(e.args == (w,))     # -> True
poll.modify(w, 1)                   # raises FileNotFoundError: [Errno 2] No such file or directory
poll.register(r, 1 << 20)           # raises OverflowError: Python int too large for C unsigned short
poll.poll("a")                      # raises TypeError: timeout must be an integer or None

with select.epoll() as epoll:
    epoll.register(r, select.EPOLLIN)
    print(epoll.poll(0) == [(r, select.EPOLLIN)], epoll.closed)     # -> True False
    epoll.register(r)               # raises FileExistsError: [Errno 17] File exists
    epoll.poll(0, 0)                # raises ValueError: maxevents must be greater than 0, got 0
    epoll.unregister(r)
    print(epoll.poll(0.01))         # -> []
print(epoll.closed)                 # -> True
epoll.poll(0)                       # raises ValueError: I/O operation on closed epoll object

for cls in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector):
    with cls() as s:
        key = s.register(file, selectors.EVENT_READ, "data")
        assert key == (file, r, selectors.EVENT_READ, "data") and s.get_key(r) is s.get_map()[file] is key
        s.register(w, selectors.EVENT_WRITE)
        assert sorted((k.fd, e) for k, e in s.select()) == [(r, 1), (w, 2)]
        assert sorted(s.get_map()) == [r, w] and len(s.get_map()) == 2
        assert s.modify(w, selectors.EVENT_READ, 5).data == 5
        assert [k.fd for k, e in s.select(0.01)] == [r]
        for bad, error in ((lambda: s.register(r, 1), KeyError), (lambda: s.register(9, 0), ValueError),
                           (lambda: s.register("f", 1), ValueError), (lambda: s.unregister(99), KeyError),
                           (lambda: s.modify(99, 1), KeyError), (lambda: s.get_key(99), KeyError)):
            try: bad()
            except error: pass
            else: print("nothing raised", cls)
        assert s.unregister(file) is key
        assert s.select(-1) == []
    assert s.get_map() is None
print(selectors.DefaultSelector.__name__)       # -> EpollSelector
