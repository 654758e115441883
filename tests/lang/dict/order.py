# Insertion order, kept through deletions and updates.
d = {}
for k in "qwerty": d[k] = 1
del d["w"]
d["q"] = 2
d["w"] = 3
print(list(d), list(d.values()), list(reversed(d)), next(iter(d)), d.popitem()) # -> ['q', 'e', 'r', 't', 'y', 'w'] [2, 1, 1, 1, 1, 3] ['w', 'y', 't', 'r', 'e', 'q'] q ('w', 3)
big = {i: i * i for i in range(1000)}
for i in range(0, 1000, 2): del big[i]
for i in range(2000, 2010): big[i] = 0
print(len(big), list(big)[:3], list(big)[-3:], sum(big), 501 in big, 500 in big) # -> 510 [1, 3, 5] [2007, 2008, 2009] 270045 True False
for i in list(big): del big[i]
print(big, len(big))      # -> {} 0
for n in range(3):
    for i in range(50): big[i] = n
    while big: big.popitem()
print(big)                # -> {}
