def f(n):
    t = 0
    for i in range(n):
        try:
            if i % 3: t += i
            else: t = [t][0]
        finally: n = t
    return t
g = (f(i) for i in [3, 4])
print(f(10), sum(g))
