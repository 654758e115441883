"""datetime.date, and strftime() for all three; see datetime."""

import time as _time
from operator import index

from _dt_calendar import (DAY_NAMES, MAXORDINAL, MONTH_NAMES, check_date, date_of, date_of_iso_week, days_before_month,
                          ordinal_of, parse_iso_date, to_int, week1_monday)
from _dt_delta import timedelta
from _dt_zone import format_offset


def class_name(obj, base):
    """For reprs: with the module for the class itself, without for subclasses."""
    return f"datetime.{base.__name__}" if type(obj) is base else type(obj).__name__


def strftime(obj, format, timetuple):
    """time.strftime() with %f, %z, %:z and %Z of the object."""
    if not isinstance(format, str):
        raise TypeError(f"strftime() argument 1 must be str, not {type(format).__name__}")
    parts = []
    i = 0
    while (at := format.find("%", i)) >= 0:
        parts.append(format[i:at])
        code = format[at + 1:at + 2]
        i = at + 2
        if code == "f":
            parts.append(f"{getattr(obj, 'microsecond', 0):06d}")
        elif code == "z" or code == ":" and format[at + 2:at + 3] == "z":
            i += code == ":"
            offset = obj.utcoffset() if hasattr(obj, "utcoffset") else None
            parts.append(format_offset(offset, ":" if code == ":" else ""))
        elif code == "Z":
            name = obj.tzname() if hasattr(obj, "tzname") else None
            parts.append((name or "").replace("%", "%%"))
        else:
            parts.append(format[at:i])
    parts.append(format[i:])
    text = "".join(parts)
    text.encode()       # lone surrogates are refused
    # The C library would stop at a null character.
    return "\0".join([_time.strftime(piece, timetuple) if piece else "" for piece in text.split("\0")])


def build_timetuple(year, month, day, hour, minute, second, dst):
    weekday = (ordinal_of(year, month, day) + 6) % 7
    yearday = days_before_month(year, month) + day
    return _time.struct_time((year, month, day, hour, minute, second, weekday, yearday, dst))


class IsoCalendarDate(tuple):
    """What isocalendar() returns."""

    __slots__ = ()

    def __new__(cls, year, week, weekday):
        return super().__new__(cls, (year, week, weekday))

    @property
    def year(self):
        return self[0]

    @property
    def week(self):
        return self[1]

    @property
    def weekday(self):
        return self[2]

    def __reduce__(self):
        return tuple, (tuple(self),)

    def __repr__(self):
        return f"{class_name(self, IsoCalendarDate)}(year={self[0]}, week={self[1]}, weekday={self[2]})"


class date:
    """A day."""

    __slots__ = ("_year", "_month", "_day", "_hashcode")
    _has_time = False       # so that datetime is recognised from here

    def __new__(cls, year, month=None, day=None):
        if month is None:
            state = _pickled(year, 4, 2)
            if state is not None:
                return date._from_state(cls, state)
            raise TypeError("function missing required argument 'month' (pos 2)")
        if day is None:
            raise TypeError("function missing required argument 'day' (pos 3)")
        year, month, day = check_date(year, month, day)
        self = object.__new__(cls)
        self._year = year
        self._month = month
        self._day = day
        self._hashcode = None
        return self

    @staticmethod
    def _from_state(cls, state):
        self = object.__new__(cls)
        self._year, self._month, self._day = state[0] * 256 + state[1], state[2], state[3]
        self._hashcode = None
        return self

    # ---- other ways to make one ----

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        """The local day of a POSIX timestamp."""
        if timestamp is None:
            raise TypeError("'NoneType' object cannot be interpreted as an integer")
        year, month, day, *_ = _time.localtime(timestamp)
        return cls(year, month, day)

    @classmethod
    def today(cls):
        """The day it is."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, n, /):
        """The nth day, counted from 1 for 1 January of year 1."""
        n = to_int(n)
        if n < 1:
            raise ValueError("ordinal must be >= 1")
        return cls(*date_of(n))

    @classmethod
    def fromisoformat(cls, date_string, /):
        """YYYY-MM-DD and the other ISO 8601 forms of a day."""
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            ymd = parse_iso_date(date_string)
        except ValueError:
            ymd = None
        if ymd is None:
            raise ValueError(f"Invalid isoformat string: {date_string!r}")
        return cls(*ymd)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """The day of an ISO year, week and weekday."""
        return cls(*date_of_iso_week(index(year), index(week), index(day)))

    # ---- fields ----

    @property
    def year(self):
        return self._year

    @property
    def month(self):
        return self._month

    @property
    def day(self):
        return self._day

    def replace(self, /, year=None, month=None, day=None):
        """The same with other fields."""
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day)

    __replace__ = replace

    # ---- text ----

    def __repr__(self):
        return f"{class_name(self, date)}({self._year}, {self._month}, {self._day})"

    def isoformat(self):
        """YYYY-MM-DD"""
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}"

    def __str__(self):
        return self.isoformat()

    def ctime(self):
        """As the C function of that name."""
        return f"{DAY_NAMES[self.isoweekday()]} {MONTH_NAMES[self._month]} {self._day:2d} 00:00:00 {self._year:04d}"

    def strftime(self, format):
        """Text by strftime() codes."""
        return strftime(self, format, self.timetuple())

    def __format__(self, format_spec, /):
        if not isinstance(format_spec, str):
            raise TypeError(f"__format__() argument 1 must be str, not {type(format_spec).__name__}")
        return self.strftime(format_spec) if format_spec else str(self)

    # ---- calendar ----

    def timetuple(self):
        """As time.localtime() gives it."""
        return build_timetuple(self._year, self._month, self._day, 0, 0, 0, -1)

    def toordinal(self):
        """Its number: 1 January of year 1 is 1."""
        return ordinal_of(self._year, self._month, self._day)

    def weekday(self):
        """Monday is 0."""
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        """Monday is 1."""
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        """ISO year, week and weekday."""
        year = self._year
        today = ordinal_of(self._year, self._month, self._day)
        monday = week1_monday(year)
        if today < monday:
            year -= 1
            monday = week1_monday(year)
        elif today >= week1_monday(year + 1):
            year += 1
            monday = week1_monday(year)
        week, day = divmod(today - monday, 7)
        return IsoCalendarDate(year, week + 1, day + 1)

    # ---- comparing: a day and a moment are different things ----

    def _key(self, other):
        """|other|'s fields, None if it can't be compared."""
        if isinstance(other, date) and not other._has_time and not self._has_time:
            return other._year, other._month, other._day
        return None

    def _fields(self):
        return self._year, self._month, self._day

    def __eq__(self, other):
        key = self._key(other)
        return NotImplemented if key is None else date._fields(self) == key

    def __lt__(self, other):
        key = self._key(other)
        return NotImplemented if key is None else date._fields(self) < key

    def __le__(self, other):
        key = self._key(other)
        return NotImplemented if key is None else date._fields(self) <= key

    def __gt__(self, other):
        key = self._key(other)
        return NotImplemented if key is None else date._fields(self) > key

    def __ge__(self, other):
        key = self._key(other)
        return NotImplemented if key is None else date._fields(self) >= key

    def __hash__(self):
        if self._hashcode is None:
            self._hashcode = hash(self._getstate()[0])
        return self._hashcode

    # ---- arithmetic ----

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        n = self.toordinal() + other.days
        if not 0 < n <= MAXORDINAL:
            raise OverflowError("date value out of range")
        return type(self)(*date_of(n))

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            n = self.toordinal() - other.days
            if not 0 < n <= MAXORDINAL:
                raise OverflowError("date value out of range")
            return type(self)(*date_of(n))
        if isinstance(other, date) and not other._has_time:
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    # ---- pickle ----

    def _getstate(self):
        return bytes((*divmod(self._year, 256), self._month, self._day)),

    def __reduce__(self):
        return type(self), self._getstate()


def _pickled(value, size, month_at):
    """The bytes that pickles hold instead of the first field (a str, if Python 2 made them)."""
    if isinstance(value, (bytes, str)) and len(value) == size and 1 <= ord(value[month_at:month_at + 1]) & 0x7f <= 12:
        if isinstance(value, bytes):
            return value
        try:
            return value.encode("latin1")
        except UnicodeEncodeError:
            raise ValueError("Failed to encode latin1 string when unpickling a date, time or datetime object. "
                             "pickle.load(data, encoding='latin1') is assumed.") from None
    return None


for _cls in (IsoCalendarDate, date):
    _cls.__module__ = "datetime"
del _cls
date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)
