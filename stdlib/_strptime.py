"""Text to times by strftime() codes: what time.strptime() and datetime.strptime() share. English names only."""

import functools
import re
import time

from _dt_calendar import DAY_NAMES, MONTH_NAMES, date_of, is_leap, ordinal_of, week1_monday
from _dt_delta import timedelta as datetime_timedelta
from _dt_zone import timezone as datetime_timezone

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december"]
_SHORT_DAYS = [name.lower() for name in DAY_NAMES[1:]]
_SHORT_MONTHS = [name.lower() for name in MONTH_NAMES[1:]]


def _any(names):
    return "|".join(sorted(names, key=len, reverse=True))


_CODES = {
    "d": r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]",
    "f": r"[0-9]{1,6}",
    "H": r"2[0-3]|[0-1]\d|\d",
    "I": r"1[0-2]|0[1-9]|[1-9]| [1-9]",
    "G": r"\d\d\d\d",
    "j": r"36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]",
    "m": r"1[0-2]|0[1-9]|[1-9]",
    "M": r"[0-5]\d|\d",
    "S": r"6[0-1]|[0-5]\d|\d",
    "U": r"5[0-3]|[0-4]\d|\d",
    "W": r"5[0-3]|[0-4]\d|\d",
    "V": r"5[0-3]|0[1-9]|[1-4]\d|\d",
    "w": r"[0-6]",
    "u": r"[1-7]",
    "y": r"\d\d",
    "Y": r"\d\d\d\d",
    "z": r"[+-]\d\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,6})?)?|(?-i:Z)",
    "A": _any(_DAYS),
    "a": _any(_SHORT_DAYS),
    "B": _any(_MONTHS),
    "b": _any(_SHORT_MONTHS),
    "p": "am|pm",
}
_SHORTHANDS = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}


@functools.lru_cache(100)
def _compile(format, zone_names):
    """The regular expression of a format, and its codes."""
    codes = []

    def one(m):
        code = m[1]
        if not code:
            raise ValueError(f"stray % in format '{format}'")
        if code == "%":
            return "%"
        codes.append(code)
        if code == "Z":
            return f"(?P<Z>{_any(map(re.escape, zone_names))})"
        if code not in _CODES:
            raise ValueError(f"'{code}' is a bad directive in format '{format}'")
        return f"(?P<{code}>{_CODES[code]})"

    text = re.sub(r"([\\.^$*+?\(\){}\[\]|])", r"\\\1", format)
    text = re.sub(r"\s+", r"\\s+", text)
    text = re.sub(r"%([cxX])", lambda m: re.sub(r"\s+", r"\\s+", _SHORTHANDS[m[1]]), text)
    text = re.sub(r"%(.?)", one, text, flags=re.DOTALL)
    return re.compile(text, re.IGNORECASE), frozenset(codes)


def _warn_yearless(codes):
    if "d" in codes and not {"Y", "y", "G"} & codes:
        import warnings
        warnings.warn("Parsing dates involving a day of month without a year specified is ambiguious\n"
                      "and fails to parse leap day. The default behavior will change in Python 3.15\n"
                      "to either always raise an exception or to use a different default year (TBD).\n"
                      "To avoid trouble, add a specific year to the input & format.\n"
                      "See https://github.com/python/cpython/issues/70647.", DeprecationWarning,
                      skip_file_prefixes=("<frozen _strptime", "<frozen _dt_", "<frozen datetime"))


def _check_weeks(fields, codes):
    """ISO years, ISO weeks and days of the year must not be mixed up."""
    weekday = bool(codes & {"A", "a", "w", "u"})
    if "G" in codes:
        if "j" in codes:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. "
                             "Use '%Y' instead.")
        if "V" not in codes or not weekday:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
    elif "V" in codes:
        if not codes & {"Y", "y"}:
            year = "the ISO year directive '%G'"
        if not weekday or not codes & {"Y", "y"}:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' "
                         "instead.")


def _parse_offset(text):
    """(seconds, microseconds) of %z."""
    if text == "Z":
        return 0, 0
    digits = text[1:]
    if digits[2] == ":":
        digits = digits[:2] + digits[3:]
        if len(digits) > 5:
            if digits[4] != ":":
                raise ValueError(f"Inconsistent use of : in {text}")
            digits = digits[:4] + digits[5:]
    elif ":" in digits:
        raise ValueError(f"Inconsistent use of : in {text}")
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + int(digits[4:6] or 0)
    us = int(digits[7:].ljust(6, "0")) if len(digits) > 7 else 0
    return (-seconds, -us) if text[0] == "-" else (seconds, us)


def _parse_zone(name):
    """tm_isdst by the name of a zone, -1 if it does not tell."""
    name = name.lower()
    if name in ("utc", "gmt"):
        return 0
    names = [n.lower() for n in time.tzname]
    if names[0] == names[1] and time.daylight:
        return -1
    return 1 if time.daylight and name == names[1] else 0


def _day_of_week(year, week, weekday, monday_first):
    """The day of the year of week and weekday (Monday 0) where weeks begin on the first Monday or Sunday."""
    first = (ordinal_of(year, 1, 1) + 6) % 7
    if not monday_first:
        first = (first + 1) % 7
        weekday = (weekday + 1) % 7
    week0 = (7 - first) % 7
    if week == 0:
        return 1 + weekday - first
    return 1 + week0 + 7 * (week - 1) + weekday


def _strptime(data_string, format="%a %b %d %H:%M:%S %Y"):
    """(struct_time's fields with zone name and offset, microseconds, microseconds of the offset)."""
    for i, arg in enumerate((data_string, format)):
        if not isinstance(arg, str):
            raise TypeError(f"strptime() argument {i} must be str, not {type(arg)}")
    zone_names = frozenset({"utc", "gmt"} | {n.lower() for n in time.tzname})
    try:
        regex, codes = _compile(format, zone_names)
    except re.error as e:
        raise ValueError(f"bad format {format!r}: {e}") from None
    _warn_yearless(codes)
    m = regex.match(data_string)
    if m is None:
        raise ValueError(f"time data {data_string!r} does not match format {format!r}")
    if m.end() != len(data_string):
        raise ValueError(f"unconverted data remains: {data_string[m.end():]}")
    fields = m.groupdict()
    _check_weeks(fields, codes)
    return _resolve(fields)


def _resolve_year(fields):
    """(year or None, ISO year or None)."""
    year = iso_year = None
    if "y" in fields:
        year = int(fields["y"])
        year += 2000 if year <= 68 else 1900
    if "Y" in fields:
        year = int(fields["Y"])
    if "G" in fields:
        iso_year = int(fields["G"])
    return year, iso_year


def _resolve_hour(fields):
    hour = int(fields.get("H") or 0)
    if "I" in fields:
        hour = int(fields["I"]) % 12
        if (fields.get("p") or "").lower() == "pm":
            hour += 12
    return hour


def _resolve_weekday(fields):
    """Monday 0; None."""
    if "A" in fields:
        return _DAYS.index(fields["A"].lower())
    if "a" in fields:
        return _SHORT_DAYS.index(fields["a"].lower())
    if "w" in fields:
        return (int(fields["w"]) + 6) % 7
    if "u" in fields:
        return int(fields["u"]) - 1
    return None


def _resolve(fields):
    year, iso_year = _resolve_year(fields)
    month = day = 1
    if "m" in fields:
        month = int(fields["m"])
    if "B" in fields:
        month = _MONTHS.index(fields["B"].lower()) + 1
    elif "b" in fields:
        month = _SHORT_MONTHS.index(fields["b"].lower()) + 1
    if "d" in fields:
        day = int(fields["d"])
    weekday = _resolve_weekday(fields)
    julian = int(fields["j"]) if "j" in fields else None
    # 29 February of no year: read as of a leap year, then shown as of 1900.
    leap_fix = year is None and month == 2 and day == 29
    if leap_fix:
        year = 1904
    elif year is None:
        year = 1900
    if julian is None and weekday is not None:
        week = fields.get("U") or fields.get("W")
        if week is not None:
            julian = _day_of_week(year, int(week), weekday, "W" in fields)
        elif iso_year is not None and "V" in fields:
            ordinal = week1_monday(iso_year) + (int(fields["V"]) - 1) * 7 + weekday
            weeks = (week1_monday(iso_year + 1) - week1_monday(iso_year)) // 7
            if not 1 <= int(fields["V"]) <= weeks:
                raise ValueError(f"Invalid week: {int(fields['V'])}")
            year, month, day = date_of(ordinal)
            julian = ordinal - ordinal_of(year, 1, 1) + 1
        if julian is not None and julian <= 0:
            year -= 1
            julian += 366 if is_leap(year) else 365
    if julian is None:
        try:
            julian = ordinal_of(year, month, day) - ordinal_of(year, 1, 1) + 1
        except IndexError:
            raise ValueError("month must be in 1..12") from None
    else:
        year, month, day = date_of(julian - 1 + ordinal_of(year, 1, 1))
    _check_day(year, month, day)
    if weekday is None:
        weekday = (ordinal_of(year, month, day) + 6) % 7
    if leap_fix:
        year = 1900
    offset = zone = None
    offset_us = 0
    dst = -1
    if "z" in fields:
        offset, offset_us = _parse_offset(fields["z"].upper() if fields["z"] == "z" else fields["z"])
    if "Z" in fields:
        zone = fields["Z"]
        dst = _parse_zone(zone)
    us = int((fields.get("f") or "0").ljust(6, "0"))
    return (year, month, day, _resolve_hour(fields), int(fields.get("M") or 0), int(fields.get("S") or 0), weekday, julian,
            dst, zone, offset), us, offset_us


def _check_day(year, month, day):
    from _dt_calendar import days_in_month
    if day > days_in_month(year, month):
        raise ValueError("day is out of range for month")


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    """For time.strptime()."""
    fields = _strptime(data_string, format)[0]
    return time.struct_time(fields)


def _strptime_datetime(cls, data_string, format="%a %b %d %H:%M:%S %Y"):
    """For datetime.strptime()."""
    fields, us, offset_us = _strptime(data_string, format)
    zone, offset = fields[-2:]
    args = fields[:6] + (us,)
    if offset is not None:
        delta = datetime_timedelta(seconds=offset, microseconds=offset_us)
        args += (datetime_timezone(delta, zone) if zone else datetime_timezone(delta),)
    return cls(*args)
