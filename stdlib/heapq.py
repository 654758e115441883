"""Heaps: lists whose first item is always the smallest.

    >>> import heapq
    >>> heap = [5, 1, 4]
    >>> heapq.heapify(heap)
    >>> heapq.heappop(heap), heapq.heappop(heap)
    (1, 4)

Invariant: heap[k] <= heap[2*k+1] and heap[k] <= heap[2*k+2] for every k that
has such children. Items are compared with `<` alone.
"""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def heappush(heap, item):
    """Add item."""
    heap.append(item)
    _rise(heap, 0, len(heap) - 1)


def heappop(heap):
    """Remove and return the smallest item."""
    last = heap.pop()   # IndexError if empty
    if not heap:
        return last
    smallest = heap[0]
    heap[0] = last
    _sink(heap, 0)
    return smallest


def heapreplace(heap, item):
    """Remove and return the smallest item, then add item: cheaper than both apart."""
    smallest = heap[0]
    heap[0] = item
    _sink(heap, 0)
    return smallest


def heappushpop(heap, item):
    """Add item, then remove and return the smallest."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapify(x):
    """Make a list a heap, in place and in linear time."""
    for i in reversed(range(len(x) // 2)):
        _sink(x, i)


def _rise(heap, top, pos):
    """Move heap[pos] up, at most to top, past larger parents."""
    item = heap[pos]
    while pos > top:
        parent_pos = (pos - 1) >> 1
        parent = heap[parent_pos]
        if not item < parent:
            break
        heap[pos] = parent
        pos = parent_pos
    heap[pos] = item


def _sink(heap, pos):
    """Move heap[pos] to its place below.

    The hole first goes down to a leaf, always to the smaller child, then the
    item rises: an item that came from the bottom belongs near the bottom, and
    this spends one comparison per level instead of two.
    """
    end = len(heap)
    top = pos
    item = heap[pos]
    child = 2 * pos + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _rise(heap, top, pos)


# ---- the same with the largest item first, for merge() and nsmallest() ---------

def _heappop_max(heap):
    last = heap.pop()
    if not heap:
        return last
    largest = heap[0]
    heap[0] = last
    _sink_max(heap, 0)
    return largest


def _heapreplace_max(heap, item):
    largest = heap[0]
    heap[0] = item
    _sink_max(heap, 0)
    return largest


def _heapify_max(x):
    for i in reversed(range(len(x) // 2)):
        _sink_max(x, i)


def _rise_max(heap, top, pos):
    item = heap[pos]
    while pos > top:
        parent_pos = (pos - 1) >> 1
        parent = heap[parent_pos]
        if not parent < item:
            break
        heap[pos] = parent
        pos = parent_pos
    heap[pos] = item


def _sink_max(heap, pos):
    end = len(heap)
    top = pos
    item = heap[pos]
    child = 2 * pos + 1
    while child < end:
        right = child + 1
        if right < end and not heap[right] < heap[child]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _rise_max(heap, top, pos)


# ---- on whole iterables ---------------------------------------------------

def merge(*iterables, key=None, reverse=False):
    """Merge sorted iterables into one sorted iterator, lazily and stably."""
    if reverse:
        heapify, replace, pop, direction = _heapify_max, _heapreplace_max, _heappop_max, -1
    else:
        heapify, replace, pop, direction = globals()["heapify"], heapreplace, heappop, 1

    # Entries are [key, order, next, value, source]; order decides between equal keys.
    heap = []
    for order, it in enumerate(map(iter, iterables)):
        try:
            value = next(it)
        except StopIteration:
            continue
        heap.append([value if key is None else key(value), order * direction, it.__next__, value, it])
    heapify(heap)

    while len(heap) > 1:
        entry = heap[0]
        try:
            while True:
                yield entry[3]
                value = entry[2]()
                entry[3] = value
                entry[0] = value if key is None else key(value)
                replace(heap, entry)    # entry may have moved
                entry = heap[0]
        except StopIteration:
            pop(heap)
    if heap:
        # Only one source is left: pass it on without comparing.
        _, _, _, value, it = heap[0]
        yield value
        yield from it


def nsmallest(n, iterable, key=None):
    """The n smallest items, sorted: sorted(iterable, key=key)[:n] for small n."""
    if n == 1:
        return _only(min, iterable, key)
    try:
        if n >= len(iterable):
            return sorted(iterable, key=key)[:n]
    except (TypeError, AttributeError):
        pass
    it = iter(iterable)
    # The order number keeps equal keys stable and the items themselves uncompared.
    heap = [(elem if key is None else key(elem), i, elem) for i, elem in zip(range(n), it)]
    if not heap:
        return []
    _heapify_max(heap)
    worst = heap[0][0]
    order = n
    for elem in it:
        k = elem if key is None else key(elem)
        if k < worst:
            _heapreplace_max(heap, (k, order, elem))
            worst = heap[0][0]
            order += 1
    heap.sort()
    return [elem for _, _, elem in heap]


def nlargest(n, iterable, key=None):
    """The n largest items, largest first: sorted(iterable, key=key, reverse=True)[:n]."""
    if n == 1:
        return _only(max, iterable, key)
    try:
        if n >= len(iterable):
            return sorted(iterable, key=key, reverse=True)[:n]
    except (TypeError, AttributeError):
        pass
    it = iter(iterable)
    heap = [(elem if key is None else key(elem), -i, elem) for i, elem in zip(range(n), it)]
    if not heap:
        return []
    heapify(heap)
    worst = heap[0][0]
    order = -n
    for elem in it:
        k = elem if key is None else key(elem)
        if worst < k:
            heapreplace(heap, (k, order, elem))
            worst = heap[0][0]
            order -= 1
    heap.sort(reverse=True)
    return [elem for _, _, elem in heap]


def _only(choose, iterable, key):
    nothing = object()
    result = choose(iter(iterable), default=nothing, key=key)
    return [] if result is nothing else [result]


try:
    from _heapq import (heapify, heappop, heappush, heappushpop, heapreplace,
                        _heapify_max, _heappop_max, _heapreplace_max)
except ImportError:
    pass
