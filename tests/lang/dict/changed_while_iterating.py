# Changing the size while iterating is an error, changing values is not.
d = {1: 1, 2: 2}
for k in d: d[k] = 0
print(d)                  # -> {1: 0, 2: 0}
for k in d: d[k + 10] = 1 # raises RuntimeError: dictionary changed size during iteration
for k in {**d}: d.pop(k)
print(d)                  # -> {}
d = {1: 1, 2: 2, 3: 3}
it = iter(d)
next(it)
del d[3]
next(it)                  # raises RuntimeError: dictionary changed size during iteration
d[5] = 5
next(it)                  # raises RuntimeError: dictionary changed size during iteration
d = {1: 1, 2: 2}
for k, v in d.items(): d.clear() # raises RuntimeError: dictionary changed size during iteration
d = {1: 1}
for k in d:
    del d[1]
    d[2] = 2
    break
it = iter(d.items())
print(next(it), next(it, None), next(it, None), it.__length_hint__()) # -> (2, 2) None None 0
