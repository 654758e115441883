"""The classes of datetime under the name of CPython's Python half."""

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

from _dt_calendar import MAXYEAR, MINYEAR
from _dt_date import IsoCalendarDate, date
from _dt_datetime import datetime
from _dt_delta import _divide_and_round, timedelta
from _dt_time import time
from _dt_zone import UTC, timezone, tzinfo
