"""A stand-in for datetime: can be imported, and a moment can be written with strftime codes."""
import time


class date:
    def __new__(cls, year, month=None, day=None, *rest):
        self = object.__new__(cls)
        self.year, self.month, self.day = year, month, day
        return self

    def __init__(self, *args):
        pass

    def __repr__(self):
        return f"datetime.date({self.year}, {self.month}, {self.day})"

    def __eq__(self, other):
        return self._fields() == other._fields() if isinstance(other, date) else NotImplemented

    def __hash__(self):
        return hash(self._fields())

    def isoformat(self):
        return date.__str__(self)

    @classmethod
    def fromisoformat(cls, text):
        return cls(*map(int, text.split("-")))

    def _fields(self):
        return (self.year, self.month, self.day, 0, 0, 0, 0, 1, -1)

    def strftime(self, format):
        return time.strftime(format, self._fields())

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def __str__(self):
        return "%04d-%02d-%02d" % (self.year, self.month, self.day)


class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0):
        self.hour, self.minute, self.second, self.microsecond = hour, minute, second, microsecond

    @classmethod
    def now(cls, tz=None):
        return cls(*time.localtime()[:6])

    def _fields(self):
        return (self.year, self.month, self.day, self.hour, self.minute, self.second, 0, 1, -1)

    def __str__(self):
        return "%s %02d:%02d:%02d" % (super().__str__(), self.hour, self.minute, self.second)


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0):
        self.days, self.seconds, self.microseconds = days, seconds, microseconds
