# Tests stand at the bottom of a while loop; a walrus in the test puts it first.
def count(n):
    i = 0
    while i < n and n:
        i += 1
        if i == 3:
            continue
        if i == 7:
            break
    else:
        return None
    while (k := next(n)):
        print(k)
    for x, (y, *z) in n:
        yield x
    return i if i else -i
