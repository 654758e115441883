"""datetime.timedelta; see datetime."""

from math import copysign, floor, modf

_FACTORS = {"microseconds": 1, "milliseconds": 1000, "seconds": 10**6, "minutes": 60 * 10**6, "hours": 3600 * 10**6,
            "days": 86400 * 10**6, "weeks": 7 * 86400 * 10**6}
_US_PER_DAY = _FACTORS["days"]


def _divide_and_round(a, b):
    """a / b to the nearest int, halves to even."""
    q, r = divmod(a, b)
    r *= 2
    beyond = r > b if b > 0 else r < b
    return q + 1 if beyond or r == b and q % 2 else q


def _round_away(x):
    """The nearest whole number, halves away from 0."""
    return copysign(floor(abs(x) + 0.5), x)


class timedelta:
    """A duration: days, 0 <= seconds < 86400, 0 <= microseconds < 10**6."""

    __slots__ = ("_days", "_seconds", "_microseconds", "_hashcode")

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        if type(days) is int and type(seconds) is int and type(microseconds) is int and not (milliseconds or minutes or
                                                                                             hours or weeks):
            return _from_us(cls, (days * 86400 + seconds) * 10**6 + microseconds)
        us = 0
        rest = 0.0      # parts of a microsecond
        for name, value in (("microseconds", microseconds), ("milliseconds", milliseconds), ("seconds", seconds),
                            ("minutes", minutes), ("hours", hours), ("days", days), ("weeks", weeks)):
            if isinstance(value, int):
                us += value * _FACTORS[name]
            elif isinstance(value, float):
                fraction, whole = modf(value)
                us += int(whole) * _FACTORS[name]
                if fraction:
                    fraction, whole = modf(fraction * _FACTORS[name])
                    us += int(whole)
                    rest += fraction
            else:
                raise TypeError(f"unsupported type for timedelta {name} component: {type(value).__name__}")
        if rest:
            whole = _round_away(rest)
            if abs(whole - rest) == 0.5:    # a half: to even, seen together with what there is already
                odd = us & 1
                whole = 2.0 * _round_away((rest + odd) * 0.5) - odd
            us += int(whole)
        return _from_us(cls, us)

    @property
    def days(self):
        """Number of days (>= -999999999 and <= 999999999)."""
        return self._days

    @property
    def seconds(self):
        """Number of seconds (>= 0 and less than 1 day)."""
        return self._seconds

    @property
    def microseconds(self):
        """Number of microseconds (>= 0 and less than 1 second)."""
        return self._microseconds

    def _us(self):
        return (self._days * 86400 + self._seconds) * 10**6 + self._microseconds

    def total_seconds(self):
        """All of it in seconds."""
        return self._us() / 10**6

    # ---- text ----

    def __repr__(self):
        parts = [f"{name}={value}" for name, value in (("days", self._days), ("seconds", self._seconds),
                                                       ("microseconds", self._microseconds)) if value]
        name = "datetime.timedelta" if type(self) is timedelta else type(self).__name__
        return f"{name}({', '.join(parts) or '0'})"

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f"{hours}:{minutes:02d}:{seconds:02d}"
        if self._days:
            text = f"{self._days} day{'' if abs(self._days) == 1 else 's'}, {text}"
        return f"{text}.{self._microseconds:06d}" if self._microseconds else text

    # ---- arithmetic ----

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return _from_us(timedelta, self._us() + other._us())

    __radd__ = __add__

    def __sub__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return _from_us(timedelta, self._us() - other._us())

    def __rsub__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return _from_us(timedelta, other._us() - self._us())

    def __neg__(self):
        return _from_us(timedelta, -self._us())

    def __pos__(self):
        return _from_us(timedelta, self._us())

    def __abs__(self):
        return -self if self._days < 0 else +self

    def __mul__(self, other):
        if isinstance(other, int):
            return _from_us(timedelta, self._us() * other)
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return _from_us(timedelta, _divide_and_round(self._us() * a, b))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us() // other._us()
        if isinstance(other, int):
            return _from_us(timedelta, self._us() // other)
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us() / other._us()
        if isinstance(other, int):
            return _from_us(timedelta, _divide_and_round(self._us(), other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return _from_us(timedelta, _divide_and_round(b * self._us(), a))
        return NotImplemented

    def __mod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return _from_us(timedelta, self._us() % other._us())

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        q, r = divmod(self._us(), other._us())
        return q, _from_us(timedelta, r)

    def __bool__(self):
        return bool(self._days or self._seconds or self._microseconds)

    # ---- comparing ----

    def __eq__(self, other):
        return self._us() == other._us() if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._us() < other._us() if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._us() <= other._us() if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._us() > other._us() if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._us() >= other._us() if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        if self._hashcode is None:
            self._hashcode = hash((self._days, self._seconds, self._microseconds))
        return self._hashcode

    def __reduce__(self):
        return type(self), (self._days, self._seconds, self._microseconds)


def _from_us(cls, us):
    """An instance from microseconds; OverflowError."""
    seconds, us = divmod(us, 10**6)
    days, seconds = divmod(seconds, 86400)
    if not -999999999 <= days <= 999999999:
        if not -0x80000000 <= days <= 0x7fffffff:
            raise OverflowError("Python int too large to convert to C int")
        raise OverflowError(f"days={days}; must have magnitude <= 999999999")
    self = object.__new__(cls)
    self._days = days
    self._seconds = seconds
    self._microseconds = us
    self._hashcode = None
    return self


timedelta.__module__ = "datetime"
timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)
