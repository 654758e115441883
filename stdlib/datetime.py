"""Days, times and durations.

    >>> from datetime import date, datetime, timedelta, timezone
    >>> date(2024, 2, 28) + timedelta(days=2)
    datetime.date(2024, 3, 1)
    >>> datetime(2024, 2, 29, 12, tzinfo=timezone.utc).isoformat()
    '2024-02-29T12:00:00+00:00'
"""

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

from _dt_calendar import MAXYEAR, MINYEAR
from _dt_date import date
from _dt_datetime import datetime
from _dt_delta import timedelta
from _dt_time import time
from _dt_zone import UTC, timezone, tzinfo
