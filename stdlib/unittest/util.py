"""Helpers of the unittest modules: short reprs and comparisons of collections."""

__unittest = True

_MAX_LENGTH = 80
_PLACEHOLDER_LEN = 12
_MIN_BEGIN_LEN = 5
_MIN_END_LEN = 5
_MIN_COMMON_LEN = 5
_MIN_DIFF_LEN = _MAX_LENGTH - (_MIN_BEGIN_LEN + _PLACEHOLDER_LEN + _MIN_COMMON_LEN + _PLACEHOLDER_LEN + _MIN_END_LEN)


def _shorten(s, prefixlen, suffixlen):
    """Replace the middle of s by how long it is, if that is shorter."""
    skip = len(s) - prefixlen - suffixlen
    if skip > _PLACEHOLDER_LEN:
        s = f"{s[:prefixlen]}[{skip} chars]{s[len(s) - suffixlen:]}"
    return s


def _common_prefix(strings):
    first, last = min(strings), max(strings)
    for i, char in enumerate(first):
        if char != last[i]:
            return first[:i]
    return first


def _common_shorten_repr(*args):
    """Reprs that are cut where they are the same, so that the difference is seen."""
    args = tuple(map(safe_repr, args))
    maxlen = max(map(len, args))
    if maxlen <= _MAX_LENGTH:
        return args

    prefix = _common_prefix(args)
    prefixlen = len(prefix)
    common_len = _MAX_LENGTH - (maxlen - prefixlen + _MIN_BEGIN_LEN + _PLACEHOLDER_LEN)
    if common_len > _MIN_COMMON_LEN:
        prefix = _shorten(prefix, _MIN_BEGIN_LEN, common_len)
        return tuple(prefix + s[prefixlen:] for s in args)
    prefix = _shorten(prefix, _MIN_BEGIN_LEN, _MIN_COMMON_LEN)
    return tuple(prefix + _shorten(s[prefixlen:], _MIN_DIFF_LEN, _MIN_END_LEN) for s in args)


def safe_repr(obj, short=False):
    """repr(obj) even if that fails."""
    try:
        result = repr(obj)
    except Exception:
        result = object.__repr__(obj)
    if not short or len(result) < _MAX_LENGTH:
        return result
    return result[:_MAX_LENGTH] + " [truncated]..."


def strclass(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def sorted_list_difference(expected, actual):
    """(missing, unexpected) of two sorted lists; duplicates count once."""
    i = j = 0
    missing = []
    unexpected = []
    while True:
        try:
            e = expected[i]
            a = actual[j]
            if e < a:
                missing.append(e)
                i += 1
                while expected[i] == e:
                    i += 1
            elif e > a:
                unexpected.append(a)
                j += 1
                while actual[j] == a:
                    j += 1
            else:
                i += 1
                try:
                    while expected[i] == e:
                        i += 1
                finally:
                    j += 1
                    while actual[j] == a:
                        j += 1
        except IndexError:
            missing.extend(expected[i:])
            unexpected.extend(actual[j:])
            break
    return missing, unexpected


def unorderable_list_difference(expected, actual):
    """The same for items that cannot be sorted; duplicates count."""
    missing = []
    while expected:
        item = expected.pop()
        try:
            actual.remove(item)
        except ValueError:
            missing.append(item)
    return missing, actual


def three_way_cmp(x, y):
    """-1, 0 or 1 as x is less than, equal to or greater than y."""
    return (x > y) - (x < y)


class _Mismatch(tuple):
    """(count in the first, count in the second, item)"""

    __slots__ = ()

    def __new__(cls, actual, expected, value):
        return super().__new__(cls, (actual, expected, value))

    actual = property(lambda self: self[0])
    expected = property(lambda self: self[1])
    value = property(lambda self: self[2])


def _count_diff_hashable(actual, expected):
    """The items of two iterables that occur differently often."""
    from collections import Counter
    s, t = Counter(actual), Counter(expected)
    result = [_Mismatch(count, t[elem], elem) for elem, count in s.items() if count != t[elem]]
    result += [_Mismatch(0, count, elem) for elem, count in t.items() if elem not in s]
    return result


def _count_diff_all_purpose(actual, expected):
    """The same for items that cannot be hashed, in quadratic time."""
    s, t = list(actual), list(expected)
    nothing = object()
    result = []
    for i, elem in enumerate(s):
        if elem is nothing:
            continue
        count_s = count_t = 0
        for j in range(i, len(s)):
            if s[j] == elem:
                count_s += 1
                s[j] = nothing
        for j, other in enumerate(t):
            if other == elem:
                count_t += 1
                t[j] = nothing
        if count_s != count_t:
            result.append(_Mismatch(count_s, count_t, elem))
    for i, elem in enumerate(t):
        if elem is nothing:
            continue
        count_t = 0
        for j in range(i, len(t)):
            if t[j] == elem:
                count_t += 1
                t[j] = nothing
        result.append(_Mismatch(0, count_t, elem))
    return result
