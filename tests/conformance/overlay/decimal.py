"""A stand-in for decimal: can be imported; a Decimal is a number with its own text, no arithmetic."""


class DecimalException(ArithmeticError):
    pass


class InvalidOperation(DecimalException):
    pass


class Decimal:
    def __init__(self, value="0"):
        self._text = str(value)

    def __float__(self):
        return float(self._text)

    def __int__(self):
        return int(float(self._text))

    def __format__(self, spec):
        return format(float(self._text), spec)

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"Decimal({self._text!r})"


ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_EVEN, ROUND_UP = "ROUND_FLOOR", "ROUND_CEILING", "ROUND_HALF_EVEN", "ROUND_UP"
ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_05UP = "ROUND_DOWN", "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_05UP"


def __getattr__(name):
    import unittest
    if name.startswith("__"):
        raise AttributeError(name)
    raise unittest.SkipTest(f"needs decimal.{name}")
