"""SHA-512 in Python: random.seed() needs it for seeds that are text.

    >>> sha512(b"abc").digest()[:4].hex()
    'ddaf35a1'
"""

__all__ = ["sha512"]

_MASK = (1 << 64) - 1


def _primes(n):
    found = []
    candidate = 2
    while len(found) < n:
        if all(candidate % p for p in found):
            found.append(candidate)
        candidate += 1
    return found


def _root_bits(n, degree):
    """The first 64 bits behind the point of the square or cube root of n."""
    target = n << (64 * degree)
    low, high = 0, 1 << 80
    while high - low > 1:
        middle = (low + high) // 2
        if middle ** degree <= target:
            low = middle
        else:
            high = middle
    return low & _MASK


# The constants are defined as bits of roots of primes.
_START = [_root_bits(p, 2) for p in _primes(8)]
_ROUND = [_root_bits(p, 3) for p in _primes(80)]


def _rotated(x, n):
    return (x >> n | x << (64 - n)) & _MASK


class sha512:
    """The hash of data, given at once."""

    def __init__(self, data):
        self._data = bytes(data)

    def digest(self):
        """The 64 bytes of the hash."""
        data = self._data
        padded = data + b"\x80" + bytes(-(len(data) + 17) % 128) + (len(data) * 8).to_bytes(16)
        state = _START[:]
        for start in range(0, len(padded), 128):
            state = self._compress(state, padded[start:start + 128])
        return b"".join(word.to_bytes(8) for word in state)

    @staticmethod
    def _compress(state, block):
        w = [int.from_bytes(block[i:i + 8]) for i in range(0, 128, 8)]
        for i in range(16, 80):
            x, y = w[i - 15], w[i - 2]
            s0 = _rotated(x, 1) ^ _rotated(x, 8) ^ x >> 7
            s1 = _rotated(y, 19) ^ _rotated(y, 61) ^ y >> 6
            w.append((w[i - 16] + s0 + w[i - 7] + s1) & _MASK)
        a, b, c, d, e, f, g, h = state
        for constant, word in zip(_ROUND, w):
            s1 = _rotated(e, 14) ^ _rotated(e, 18) ^ _rotated(e, 41)
            t1 = h + s1 + (e & f ^ ~e & g) + constant + word
            s0 = _rotated(a, 28) ^ _rotated(a, 34) ^ _rotated(a, 39)
            t2 = s0 + (a & b ^ a & c ^ b & c)
            h, g, f, e, d, c, b, a = g, f, e, (d + t1) & _MASK, c, b, a, (t1 + t2) & _MASK
        return [(old + new) & _MASK for old, new in zip(state, (a, b, c, d, e, f, g, h))]
