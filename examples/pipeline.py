"""A pipeline of generators: parse, filter, batch; nothing is read before it is asked for."""
from contextlib import contextmanager
from itertools import islice

LOG = """\
10:00 INFO start
10:01 WARN disk 81%
nonsense
10:02 ERROR disk full
10:05 INFO cleaned
10:07 ERROR network down
10:09 INFO stop
"""


def lines(text):
    for number, line in enumerate(text.splitlines(), 1):
        print(f"  (read line {number})")
        yield number, line


def parse(numbered):
    bad = []
    for number, line in numbered:
        match line.split(maxsplit=2):
            case [time, ("INFO" | "WARN" | "ERROR") as level, text]:
                yield {"time": time, "level": level, "text": text}
            case _:
                bad.append(ValueError(f"line {number}: {line!r}"))
    if bad:
        raise ExceptionGroup("lines that make no sense", bad)


def at_least(level, entries):
    ranks = {"INFO": 0, "WARN": 1, "ERROR": 2}
    return (entry for entry in entries if ranks[entry["level"]] >= ranks[level])


def batches(size, items):
    items = iter(items)
    while batch := tuple(islice(items, size)):
        yield batch


@contextmanager
def reporting():
    try:
        yield
    except* ValueError as group:
        for error in group.exceptions:
            print("skipped", error)
    finally:
        print("done")


with reporting():
    for batch in batches(2, at_least("WARN", parse(lines(LOG)))):
        print([f"{e['time']} {e['text']}" for e in batch])


def running_mean():
    total = count = 0
    mean = None
    while True:
        total += yield mean
        count += 1
        mean = total / count


mean = running_mean()
next(mean)
print([mean.send(x) for x in (10, 20, 60)])
