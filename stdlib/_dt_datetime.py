"""datetime.datetime; see datetime."""

import time as _time
from math import modf

from _dt_calendar import (DAY_NAMES, MAXORDINAL, MONTH_NAMES, check_date, check_time, date_of, format_time, parse_iso_date,
                          separator_place)
from _dt_date import _pickled, build_timetuple, class_name, date
from _dt_delta import timedelta
from _dt_time import parse_time, time
from _dt_zone import check_tzinfo, format_offset, name_from, offset_from, timezone

_HOUR_CHANGE_MOST = 86400      # zones change their offset by less, and not twice within that time


class datetime(date):
    """A day and a time of day, in a zone or in none."""

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")
    _has_time = True

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(year, (bytes, str)):
            state = _pickled(year, 10, 2)
            if state is not None:
                return datetime._from_state(cls, state, month)
        if month is None:
            raise TypeError("function missing required argument 'month' (pos 2)")
        if day is None:
            raise TypeError("function missing required argument 'day' (pos 3)")
        year, month, day = check_date(year, month, day)
        hour, minute, second, microsecond, fold = check_time(hour, minute, second, microsecond, fold)
        check_tzinfo(tzinfo)
        self = object.__new__(cls)
        self._year = year
        self._month = month
        self._day = day
        self._hour = hour
        self._minute = minute
        self._second = second
        self._microsecond = microsecond
        self._tzinfo = tzinfo
        self._fold = fold
        self._hashcode = None
        return self

    @staticmethod
    def _from_state(cls, state, tz):
        if tz is not None:
            try:
                check_tzinfo(tz)
            except TypeError:
                raise TypeError("bad tzinfo state arg") from None
        self = object.__new__(cls)
        high, low, month, self._day, self._hour, self._minute, self._second, a, b, c = state
        self._fold, self._month = month >> 7, month & 0x7f
        self._year = high * 256 + low
        self._microsecond = a << 16 | b << 8 | c
        self._tzinfo = tz
        self._hashcode = None
        return self

    # ---- other ways to make one ----

    @classmethod
    def _from_clock(cls, t, utc, tz):
        """The local or UTC time of a timestamp."""
        if t != t:
            raise ValueError("Invalid value NaN (not a number)")
        fraction, whole = modf(t)
        us = round(fraction * 1e6)
        if us >= 1000000:
            whole += 1
            us -= 1000000
        elif us < 0:
            whole -= 1
            us += 1000000
        try:
            seconds = int(whole)
        except OverflowError:
            raise OverflowError("timestamp out of range for platform time_t") from None
        if abs(seconds) >= 1 << 63:
            raise OverflowError("timestamp out of range for platform time_t")
        convert = _time.gmtime if utc else _time.localtime
        try:
            year, month, day, hour, minute, second, *_ = convert(seconds)
        except (OverflowError, OSError):
            raise ValueError(f"year is out of range") from None
        result = cls(year, month, day, hour, minute, min(second, 59), us, tz)
        if tz is None and not utc and result.toordinal() > 1:
            # Was the clock put back within the last day, so that this local time came twice?
            before = datetime(*convert(seconds - _HOUR_CHANGE_MOST)[:6], us)
            jump = datetime.__sub__(result, before) - timedelta(0, _HOUR_CHANGE_MOST)
            if jump.days < 0:
                first = datetime(*convert(seconds + jump // timedelta(0, 1))[:6], us)
                if first._moment() == result._moment():
                    result._fold = 1
        elif tz is not None:
            result = tz.fromutc(result)
        return result

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """The time of a POSIX timestamp, in tz or in local time."""
        check_tzinfo(tz)
        return cls._from_clock(timestamp, tz is not None, tz)

    @classmethod
    def utcfromtimestamp(cls, t, /):
        """The UTC time of a POSIX timestamp, without a zone."""
        import warnings
        warnings.warn("datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future version. "
                      "Use timezone-aware objects to represent datetimes in UTC: "
                      "datetime.datetime.fromtimestamp(timestamp, datetime.UTC).", DeprecationWarning, stacklevel=2)
        return cls._from_clock(t, True, None)

    @classmethod
    def now(cls, tz=None):
        """The time it is, in tz or in local time."""
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        """The UTC time it is, without a zone."""
        import warnings
        warnings.warn("datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. "
                      "Use timezone-aware objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC).",
                      DeprecationWarning, stacklevel=2)
        return cls._from_clock(_time.time(), True, None)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """The day of one, the time of day of the other."""
        if not isinstance(date, _date_class):
            raise TypeError(f"combine() argument 1 must be datetime.date, not {type(date).__name__}")
        if not isinstance(time, _time_class):
            raise TypeError(f"combine() argument 2 must be datetime.time, not {type(time).__name__}")
        if tzinfo is True:
            tzinfo = time.tzinfo
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, tzinfo,
                   fold=time.fold)

    @classmethod
    def fromisoformat(cls, date_string, /):
        """YYYY-MM-DDTHH:MM:SS.ffffff+HH:MM and the other ISO 8601 forms, with any separator."""
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        error = f"Invalid isoformat string: {date_string!r}"
        if len(date_string) < 7:
            raise ValueError(error)
        at = separator_place(date_string)
        if at is None:
            raise ValueError(error)
        try:
            ymd = parse_iso_date(date_string[:at])
        except ValueError:
            ymd = None
        clock = (0, 0, 0, 0, None)
        if ymd and len(date_string) > at:
            clock = parse_time(date_string[at + 1:])
        if ymd is None or clock is None:
            raise ValueError(error)
        return cls(*ymd, *clock)

    @classmethod
    def strptime(cls, date_string, format, /):
        """Text to a datetime, by strftime() codes."""
        for i, arg in enumerate((date_string, format), 1):
            if not isinstance(arg, str):
                raise TypeError(f"strptime() argument {i} must be str, not {type(arg).__name__}")
        import _strptime
        return _strptime._strptime_datetime(cls, date_string, format)

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

    def replace(self, /, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True,
                *, fold=None):
        """The same with other fields."""
        return type(self)(
            self._year if year is None else year, self._month if month is None else month, self._day if day is None else day,
            self._hour if hour is None else hour, self._minute if minute is None else minute,
            self._second if second is None else second, self._microsecond if microsecond is None else microsecond,
            self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    __replace__ = replace

    def date(self):
        """The day."""
        return _date_class(self._year, self._month, self._day)

    def time(self):
        """The time of day, without the zone."""
        return _time_class(self._hour, self._minute, self._second, self._microsecond, fold=self._fold)

    def timetz(self):
        """The time of day, with the zone."""
        return _time_class(self._hour, self._minute, self._second, self._microsecond, self._tzinfo, fold=self._fold)

    # ---- zone ----

    def utcoffset(self):
        """What tzinfo says."""
        return offset_from(self._tzinfo, "utcoffset", self)

    def dst(self):
        """What tzinfo says."""
        return offset_from(self._tzinfo, "dst", self)

    def tzname(self):
        """What tzinfo says."""
        return name_from(self._tzinfo, self)

    def astimezone(self, tz=None):
        """The same moment in another zone, or in local time."""
        if tz is None:
            tz = self._local_timezone()
        else:
            check_tzinfo(tz)
        mine = self._tzinfo
        if mine is None:
            mine = self._local_timezone()
            offset = mine.utcoffset(self)
        elif tz is mine:
            return self
        else:
            offset = mine.utcoffset(self)
            if offset is None:
                mine = self.replace(tzinfo=None)._local_timezone()
                offset = mine.utcoffset(self)
        if tz is mine:
            return self
        return tz.fromutc((self - offset).replace(tzinfo=tz))

    def _local_timezone(self):
        if self._tzinfo is None:
            seconds = self._mktime()
            other = self.replace(fold=not self._fold)._mktime()
            # In a gap fold=0 is the later moment, so that the new offset holds there already, and fold=1 the earlier
            # one; what is meant is the offset on this side of the gap, which the other moment has.
            if other > seconds if self._fold else other < seconds:
                seconds = other
        else:
            seconds = (self - _EPOCH) // timedelta(seconds=1)
        local = _time.localtime(seconds)
        return timezone(timedelta(seconds=local.tm_gmtoff), local.tm_zone)

    # ---- clocks ----

    def _mktime(self):
        """Seconds since the epoch of a local time.

        The offset is not known before the moment is. So one is taken from near by; if it gives the same local time
        back, the moment is right, but there may be a second one: fold says which is meant. If it does not, the time
        lies in a gap, and fold says from which side to look at it.
        """
        epoch = datetime(1970, 1, 1)
        wanted = (self.replace(tzinfo=None) - epoch) // timedelta(0, 1)

        def local(u):
            return (datetime(*_time.localtime(u)[:6]) - epoch) // timedelta(0, 1)

        offset = local(wanted) - wanted
        first = wanted - offset
        shown = local(first)
        if shown == wanted:
            probe = first + (-_HOUR_CHANGE_MOST, _HOUR_CHANGE_MOST)[self._fold]
            other = local(probe) - probe
            if other == offset:
                return first
        else:
            other = shown - first
        second = wanted - other
        if local(second) == wanted:
            return second
        if shown == wanted:
            return first
        return (max, min)[self._fold](first, second)

    def timestamp(self):
        """Seconds since 1970 in UTC; without a zone it is local time."""
        if self._tzinfo is None:
            return self._mktime() + self._microsecond / 1e6
        return (self - _EPOCH).total_seconds()

    def timetuple(self):
        """As time.localtime() gives it."""
        dst = self.dst()
        return build_timetuple(self._year, self._month, self._day, self._hour, self._minute, self._second,
                               -1 if dst is None else 1 if dst else 0)

    def utctimetuple(self):
        """As time.gmtime() gives it."""
        offset = self.utcoffset()
        moment = self - offset if offset else self
        return build_timetuple(moment._year, moment._month, moment._day, moment._hour, moment._minute, moment._second, 0)

    # ---- text ----

    def __repr__(self):
        parts = [self._year, self._month, self._day, self._hour, self._minute]
        if self._second or self._microsecond:
            parts.append(self._second)
        if self._microsecond:
            parts.append(self._microsecond)
        text = ", ".join(map(str, parts))
        if self._tzinfo is not None:
            text += f", tzinfo={self._tzinfo!r}"
        if self._fold:
            text += ", fold=1"
        return f"{class_name(self, datetime)}({text})"

    def isoformat(self, sep="T", timespec="auto"):
        """YYYY-MM-DDTHH:MM[:SS[.fff[fff]]][+HH:MM], with another separator if wanted."""
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError(f"isoformat() argument 1 must be a unicode character, not {type(sep).__name__}")
        return (f"{self._year:04d}-{self._month:02d}-{self._day:02d}{sep}"
                + format_time(self._hour, self._minute, self._second, self._microsecond, timespec)
                + format_offset(self.utcoffset()))

    def __str__(self):
        return self.isoformat(sep=" ")

    def ctime(self):
        """As the C function of that name."""
        return (f"{DAY_NAMES[self.isoweekday()]} {MONTH_NAMES[self._month]} {self._day:2d} "
                f"{self._hour:02d}:{self._minute:02d}:{self._second:02d} {self._year:04d}")

    # ---- comparing ----

    def _compare(self, other, equality=False):
        """Negative, 0, positive; None: neither (equality only).

        A time that its zone's fold makes ambiguous equals nothing in another zone.
        """
        if self._tzinfo is other._tzinfo:
            same = True
        else:
            mine, theirs = self.utcoffset(), other.utcoffset()
            if equality and (mine != self.replace(fold=not self._fold).utcoffset()
                             or theirs != other.replace(fold=not other._fold).utcoffset()):
                return None
            same = mine == theirs
        if same:
            a, b = self._moment(), other._moment()
            return (a > b) - (a < b)
        if mine is None or theirs is None:
            if equality:
                return None
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        difference = self - other
        return -1 if difference.days < 0 else 1 if difference else 0

    def _moment(self):
        return self._year, self._month, self._day, self._hour, self._minute, self._second, self._microsecond

    def __eq__(self, other):
        return self._compare(other, True) == 0 if isinstance(other, datetime) else NotImplemented

    def __lt__(self, other):
        return self._compare(other) < 0 if isinstance(other, datetime) else NotImplemented

    def __le__(self, other):
        return self._compare(other) <= 0 if isinstance(other, datetime) else NotImplemented

    def __gt__(self, other):
        return self._compare(other) > 0 if isinstance(other, datetime) else NotImplemented

    def __ge__(self, other):
        return self._compare(other) >= 0 if isinstance(other, datetime) else NotImplemented

    def __hash__(self):
        if self._hashcode is None:
            moment = self.replace(fold=0) if self._fold else self
            offset = moment.utcoffset()
            if offset is None:
                self._hashcode = hash(moment._getstate()[0])
            else:
                self._hashcode = hash(moment._since_year_0() - offset)
        return self._hashcode

    def _since_year_0(self):
        return timedelta(self.toordinal(), (self._hour * 60 + self._minute) * 60 + self._second, self._microsecond)

    # ---- arithmetic ----

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        us = self._since_year_0()._us() + other._us()
        seconds, us = divmod(us, 10**6)
        days, seconds = divmod(seconds, 86400)
        if not 0 < days <= MAXORDINAL:
            raise OverflowError("date value out of range")
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        return type(self)(*date_of(days), hour, minute, second, us, self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days, -other.seconds, -other.microseconds)
        if not isinstance(other, datetime):
            return NotImplemented
        difference = self._since_year_0() - other._since_year_0()
        if self._tzinfo is other._tzinfo:
            return difference
        mine, theirs = self.utcoffset(), other.utcoffset()
        if mine == theirs:
            return difference
        if mine is None or theirs is None:
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return difference + theirs - mine

    # ---- pickle ----

    def _getstate(self, protocol=3):
        us = self._microsecond
        month = self._month | (0x80 if self._fold and protocol > 3 else 0)
        state = bytes((*divmod(self._year, 256), month, self._day, self._hour, self._minute, self._second,
                       us >> 16, us >> 8 & 255, us & 255))
        return (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce_ex__(self, protocol, /):
        return type(self), self._getstate(protocol)

    def __reduce__(self):
        return self.__reduce_ex__(2)


_date_class, _time_class = date, time
datetime.__module__ = "datetime"
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
