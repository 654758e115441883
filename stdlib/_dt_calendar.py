"""The proleptic Gregorian calendar, and the ISO texts; see datetime."""

import re
from operator import index as _index

MINYEAR = 1
MAXYEAR = 9999
MAXORDINAL = 3652059        # date.max.toordinal()

_DAYS_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DAYS_IN_400_YEARS = 146097
_DAYS_IN_100_YEARS = 36524
_DAYS_IN_4_YEARS = 1461

DAY_NAMES = (None, "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = (None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year, month):
    return 29 if month == 2 and is_leap(year) else _DAYS_IN_MONTH[month]


def days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def days_before_month(year, month):
    return _DAYS_BEFORE_MONTH[month] + (month > 2 and is_leap(year))


def ordinal_of(year, month, day):
    """1 for 1 January of year 1."""
    return days_before_year(year) + days_before_month(year, month) + day


def date_of(ordinal):
    """(year, month, day): the years in units of 400, 100, 4 and 1, then the month by guess and correction."""
    n = ordinal - 1
    n400, n = divmod(n, _DAYS_IN_400_YEARS)
    n100, n = divmod(n, _DAYS_IN_100_YEARS)
    n4, n = divmod(n, _DAYS_IN_4_YEARS)
    n1, n = divmod(n, 365)
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    if n1 == 4 or n100 == 4:        # the extra day at the end of a leap year belongs to no fifth part
        return year - 1, 12, 31
    month = (n + 50) >> 5           # right, or one too high
    if days_before_month(year, month) > n:
        month -= 1
    return year, month, n - days_before_month(year, month) + 1


def week1_monday(year):
    """The ordinal of the Monday that ISO year begins with: its week holds 4 January."""
    first = ordinal_of(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)


def date_of_iso_week(year, week, weekday):
    """(year, month, day) of an ISO date; ValueError."""
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"Year is out of range: {year}")
    if not 1 <= week <= 52 and not (week == 53 and (week1_monday(year + 1) - week1_monday(year)) // 7 == 53):
        raise ValueError(f"Invalid week: {week}")
    if not 1 <= weekday <= 7:
        raise ValueError(f"Invalid day: {weekday} (range is [1, 7])")
    return date_of(week1_monday(year) + (week - 1) * 7 + weekday - 1)


# ---- arguments -----------------------------------------------------------------------------------

def to_int(value):
    """An int argument, as small as C's int."""
    value = _index(value)
    if value > 0x7fffffff:
        raise OverflowError("signed integer is greater than maximum")
    if value < -0x80000000:
        raise OverflowError("signed integer is less than minimum")
    return value


def check_date(year, month, day):
    year, month, day = to_int(year), to_int(month), to_int(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= days_in_month(year, month):
        raise ValueError("day is out of range for month")
    return year, month, day


def check_time(hour, minute, second, microsecond, fold):
    hour, minute, second, microsecond = to_int(hour), to_int(minute), to_int(second), to_int(microsecond)
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")
    return hour, minute, second, microsecond, fold


# ---- texts ---------------------------------------------------------------------------------------

_TIME_SPECS = {
    "hours": "{:02d}", "minutes": "{:02d}:{:02d}", "seconds": "{:02d}:{:02d}:{:02d}",
    "milliseconds": "{:02d}:{:02d}:{:02d}.{:03d}", "microseconds": "{:02d}:{:02d}:{:02d}.{:06d}",
}


def format_time(hour, minute, second, microsecond, timespec="auto"):
    if timespec == "auto":
        timespec = "microseconds" if microsecond else "seconds"
    elif timespec == "milliseconds":
        microsecond //= 1000
    try:
        spec = _TIME_SPECS[timespec]
    except KeyError:
        raise ValueError("Unknown timespec value") from None
    return spec.format(hour, minute, second, microsecond)


_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})-([0-9]{2})|([0-9]{2})([0-9]{2})|-W([0-9]{2})(?:-([0-9]))?|W([0-9]{2})([0-9])?)")
_CLOCK = r"([0-9]{2})(?:(:?)([0-9]{2})(?:\2([0-9]{2}))?)?(?:[.,]([0-9]+))?"
_TIME = re.compile(_CLOCK)


def parse_iso_date(text):
    """(year, month, day), None if it is no date."""
    m = _DATE.fullmatch(text)
    if m is None:
        return None
    year = int(m[1])
    month = m[2] or m[4]
    if month:
        return year, int(month), int(m[3] or m[5])
    week, day = int(m[6] or m[8]), int(m[7] or m[9] or 1)
    return date_of_iso_week(year, week, day)


def parse_clock(text):
    """(hour, minute, second, microsecond), None if it is no time; numbers may be too large."""
    m = _TIME.fullmatch(text)
    if m is None:
        return None
    fraction = m[5]
    return int(m[1]), int(m[3] or 0), int(m[4] or 0), int(fraction[:6].ljust(6, "0")) if fraction else 0


def separator_place(text):
    """Where a date's text ends in that of a date and time; any character may stand between."""
    if len(text) <= 7:
        return len(text)
    if text[4] == "-":
        if text[5] != "W":
            return 10
        if len(text) > 8 and text[8] == "-":
            if len(text) == 9:
                return None
            # YYYY-Www-HH: the "-" is the separator when two digits follow
            return 8 if len(text) > 10 and text[10] in "0123456789" else 10
        return 8
    if text[4] != "W":
        return 8
    end = 7
    while end < len(text) and text[end] in "0123456789":
        end += 1
    if end < 9:
        return end
    return 7 if end % 2 == 0 else 8
