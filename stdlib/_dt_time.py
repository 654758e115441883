"""datetime.time; see datetime."""

from _dt_calendar import check_time, format_time, parse_clock
from _dt_date import class_name, strftime
from _dt_delta import timedelta
from _dt_zone import UTC, check_tzinfo, format_offset, name_from, offset_from, timezone


_DAY_US = 86400 * 10**6


def parse_time(text):
    """(hour, minute, second, microsecond, zone or None) of an ISO time; None if it is none."""
    end = len(text)
    zone = None
    if text[-1:] == "Z":
        end -= 1
        zone = UTC
        if text[end - 1:end] == " ":
            end -= 1
    else:
        sign = max(text.find("+"), text.find("-"))
        if sign >= 0:
            offset = parse_clock(text[sign + 1:])
            if offset is None:
                return None
            end = sign
            delta = timedelta(hours=offset[0], minutes=offset[1], seconds=offset[2], microseconds=offset[3])
            zone = timezone(-delta if text[sign] == "-" else delta)
    clock = parse_clock(text[:end])
    return None if clock is None else (*clock, zone)


class time:
    """A time of day, of any day."""

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_hashcode", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(hour, (bytes, str)):
            state = _pickled(hour)
            if state is not None:
                return time._from_state(cls, state, minute or None)
        hour, minute, second, microsecond, fold = check_time(hour, minute, second, microsecond, fold)
        check_tzinfo(tzinfo)
        self = object.__new__(cls)
        self._hour = hour
        self._minute = minute
        self._second = second
        self._microsecond = microsecond
        self._tzinfo = tzinfo
        self._hashcode = None
        self._fold = fold
        return self

    @staticmethod
    def _from_state(cls, state, tz):
        if tz is not None:
            try:
                check_tzinfo(tz)
            except TypeError:
                raise TypeError("bad tzinfo state arg") from None
        self = object.__new__(cls)
        hour, self._minute, self._second, a, b, c = state
        self._fold, self._hour = hour >> 7, hour & 0x7f
        self._microsecond = a << 16 | b << 8 | c
        self._tzinfo = tz
        self._hashcode = None
        return self

    @classmethod
    def fromisoformat(cls, time_string, /):
        """HH:MM:SS.ffffff+HH:MM and the shorter ISO 8601 forms."""
        if not isinstance(time_string, str):
            raise TypeError("fromisoformat: argument must be str")
        parsed = parse_time(time_string.removeprefix("T"))
        if parsed is None:
            raise ValueError(f"Invalid isoformat string: {time_string!r}")
        return cls(*parsed)

    # ---- fields ----

    @property
    def hour(self):
        return self._hour

    @property
    def minute(self):
        return self._minute

    @property
    def second(self):
        return self._second

    @property
    def microsecond(self):
        return self._microsecond

    @property
    def tzinfo(self):
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    def replace(self, /, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        """The same with other fields."""
        return type(self)(self._hour if hour is None else hour, self._minute if minute is None else minute,
                          self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    __replace__ = replace

    # ---- zone ----

    def utcoffset(self):
        """What tzinfo says."""
        return offset_from(self._tzinfo, "utcoffset", None)

    def dst(self):
        """What tzinfo says."""
        return offset_from(self._tzinfo, "dst", None)

    def tzname(self):
        """What tzinfo says."""
        return name_from(self._tzinfo, None)

    # ---- text ----

    def __repr__(self):
        parts = [self._hour, self._minute]
        if self._second or self._microsecond:
            parts.append(self._second)
        if self._microsecond:
            parts.append(self._microsecond)
        text = ", ".join(map(str, parts))
        if self._tzinfo is not None:
            text += f", tzinfo={self._tzinfo!r}"
        if self._fold:
            text += ", fold=1"
        return f"{class_name(self, time)}({text})"

    def isoformat(self, timespec="auto"):
        """HH:MM[:SS[.fff[fff]]][+HH:MM]"""
        return format_time(self._hour, self._minute, self._second, self._microsecond, timespec) + format_offset(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def strftime(self, format):
        """Text by strftime() codes; the day is 1 January 1900."""
        return strftime(self, format, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))

    def __format__(self, format_spec, /):
        if not isinstance(format_spec, str):
            raise TypeError(f"__format__() argument 1 must be str, not {type(format_spec).__name__}")
        return self.strftime(format_spec) if format_spec else str(self)

    # ---- comparing ----

    def _us(self):
        return ((self._hour * 60 + self._minute) * 60 + self._second) * 10**6 + self._microsecond

    def _compare(self, other, equality=False):
        """Negative, 0, positive; None: neither (equality only)."""
        mine = self._us()
        theirs = other._us()
        if self._tzinfo is not other._tzinfo:
            a, b = self.utcoffset(), other.utcoffset()
            if (a is None) != (b is None):
                if equality:
                    return None
                raise TypeError("can't compare offset-naive and offset-aware times")
            if a is not None:
                mine -= a._us()
                theirs -= b._us()
        return mine - theirs

    def __eq__(self, other):
        return self._compare(other, True) == 0 if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._compare(other) < 0 if isinstance(other, time) else NotImplemented

    def __le__(self, other):
        return self._compare(other) <= 0 if isinstance(other, time) else NotImplemented

    def __gt__(self, other):
        return self._compare(other) > 0 if isinstance(other, time) else NotImplemented

    def __ge__(self, other):
        return self._compare(other) >= 0 if isinstance(other, time) else NotImplemented

    def __hash__(self):
        if self._hashcode is None:
            offset = (self.replace(fold=0) if self._fold else self).utcoffset()
            if offset:
                us = self._us() - offset._us()      # in UTC; within a day it must hash like that UTC time
                if 0 <= us < _DAY_US:
                    seconds, us = divmod(us, 10**6)
                    minutes, second = divmod(seconds, 60)
                    hour, minute = divmod(minutes, 60)
                    self._hashcode = hash(time(hour, minute, second, us))
                else:
                    self._hashcode = hash(us)
            else:
                self._hashcode = hash(self._getstate()[0])
        return self._hashcode

    # ---- pickle ----

    def _getstate(self, protocol=3):
        us = self._microsecond
        hour = self._hour | (0x80 if self._fold and protocol > 3 else 0)
        state = bytes((hour, self._minute, self._second, us >> 16, us >> 8 & 255, us & 255))
        return (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce_ex__(self, protocol, /):
        return type(self), self._getstate(protocol)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _pickled(value):
    if len(value) == 6 and ord(value[0:1]) & 0x7f < 24:
        if isinstance(value, bytes):
            return value
        try:
            return value.encode("latin1")
        except UnicodeEncodeError:
            raise ValueError("Failed to encode latin1 string when unpickling a time object. "
                             "pickle.load(data, encoding='latin1') is assumed.") from None
    return None


time.__module__ = "datetime"
time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)
