"""datetime.tzinfo and datetime.timezone; see datetime."""

from _dt_delta import timedelta

_DAY = timedelta(1)


class tzinfo:
    """The base of time zones: subclasses say what the offset is at a time."""

    __slots__ = ()

    def tzname(self, dt):
        """datetime -> string name of time zone."""
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def utcoffset(self, dt):
        """datetime -> timedelta, positive for east of UTC, negative for west of UTC."""
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt):
        """datetime -> the part of the offset that is daylight saving time, as timedelta."""
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt):
        """The local time of a UTC time, which is given with this zone attached.

        The standard offset is what is left of the offset without dst(). Adding it gives a local standard time, where
        dst() is asked again: that is what still must be added.
        """
        if not getattr(type(dt), "_has_time", False):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        dst = dt.dst()
        if dst is None:
            raise ValueError("fromutc: non-None dst() result required")
        if standard := offset - dst:
            dt += standard
            dst = dt.dst()
            if dst is None:
                raise ValueError("fromutc: tz.dst() gave inconsistent results; cannot convert")
        return dt + dst

    def __reduce__(self):
        getinitargs = getattr(self, "__getinitargs__", None)
        return type(self), getinitargs() if getinitargs else (), self.__getstate__()


def check_tzinfo(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'")


def offset_from(tz, method, dt):
    """tz.utcoffset(dt) or tz.dst(dt), checked; None without a zone."""
    if tz is None:
        return None
    offset = getattr(tz, method)(dt)
    if offset is None:
        return None
    if not isinstance(offset, timedelta):
        raise TypeError(f"tzinfo.{method}() must return None or timedelta, not '{type(offset).__name__}'")
    if not -_DAY < offset < _DAY:
        raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).")
    return offset


def name_from(tz, dt):
    """tz.tzname(dt), checked; None without a zone."""
    if tz is None:
        return None
    name = tz.tzname(dt)
    if name is not None and not isinstance(name, str):
        raise TypeError(f"tzinfo.tzname() must return None or a string, not '{type(name).__name__}'")
    return name


def format_offset(offset, colon=":"):
    """+HH:MM[:SS[.ffffff]]"""
    if offset is None:
        return ""
    sign = "-" if offset.days < 0 else "+"
    offset = abs(offset)
    minutes, seconds = divmod(offset.days * 86400 + offset.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{sign}{hours:02d}{colon}{minutes:02d}"
    if seconds or offset.microseconds:
        text += f"{colon}{seconds:02d}"
    return f"{text}.{offset.microseconds:06d}" if offset.microseconds else text


_NOT_GIVEN = object()


class timezone(tzinfo):
    """A fixed offset from UTC."""

    __slots__ = ("_offset", "_name")

    def __new__(cls, offset, name=_NOT_GIVEN):
        if not isinstance(offset, timedelta):
            raise TypeError(f"timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}")
        if name is _NOT_GIVEN:
            if not offset:
                return cls.utc
            name = None
        elif not isinstance(name, str):
            raise TypeError(f"timezone() argument 2 must be str, not {type(name).__name__}")
        if not -_DAY < offset < _DAY:
            raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), "
                             f"not {offset!r}.")
        return cls._make(offset, name)

    @classmethod
    def _make(cls, offset, name=None):
        self = tzinfo.__new__(cls)
        self._offset = offset
        self._name = name
        return self

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    def __getinitargs__(self):
        """For pickle: the arguments it was made from."""
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __getstate__(self):
        return None

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        name = "datetime.timezone" if type(self) is timezone else type(self).__name__
        return f"{name}({', '.join(map(repr, self.__getinitargs__()))})"

    def __str__(self):
        return self.tzname(None)

    @staticmethod
    def _check(dt, method):
        if dt is not None and not getattr(type(dt), "_has_time", False):
            raise TypeError(f"{method}(dt) argument must be a datetime instance or None, not {type(dt).__name__}")

    def utcoffset(self, dt):
        """The offset."""
        self._check(dt, "utcoffset")
        return self._offset

    def tzname(self, dt):
        """The name it was given, or "UTC+HH:MM"."""
        self._check(dt, "tzname")
        if self._name is not None:
            return self._name
        return "UTC" + format_offset(self._offset) if self._offset else "UTC"

    def dst(self, dt):
        """None."""
        self._check(dt, "dst")
        return None

    def fromutc(self, dt):
        """The local time of a UTC time."""
        if not getattr(type(dt), "_has_time", False):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._offset


for _cls in (tzinfo, timezone):
    _cls.__module__ = "datetime"
del _cls
timezone.utc = UTC = timezone._make(timedelta(0))
timezone.min = timezone._make(-timedelta(hours=23, minutes=59))
timezone.max = timezone._make(timedelta(hours=23, minutes=59))
