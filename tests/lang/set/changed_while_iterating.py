# A set that changes size under its iterator.
s = {1, 2, 3}
for x in s: s.add(x + 100) # raises RuntimeError: Set changed size during iteration
s = {1, 2}
it = iter(s)
next(it)
s.add(3)
next(it)                  # raises RuntimeError: Set changed size during iteration
print(len(s), sorted(x for x in set(s))) # -> 3 [1, 2, 3]
class Evil:
    def __hash__(self): return 0
    def __eq__(self, o):
        pool.clear()
        return False
pool = set()
pool.add(Evil())
pool.add(Evil())
print(Evil() in pool, len(pool)) # -> False 0
big = set(range(1000))
big -= set(range(0, 1000, 2))
print(len(big), 1 in big, 2 in big, sum(big), min(big), max(big)) # -> 500 True False 250000 1 999
