"""A stand-in for fractions: exact rational arithmetic, the plain operations only."""
from math import gcd


class Fraction:
    __slots__ = ("numerator", "denominator")

    def __new__(cls, numerator=0, denominator=1):
        self = super().__new__(cls)
        if isinstance(numerator, str):
            numerator, _, below = numerator.partition("/")
            numerator, denominator = int(numerator), int(below or "1")
        elif isinstance(numerator, float):
            numerator, denominator = numerator.as_integer_ratio()
        if denominator == 0:
            raise ZeroDivisionError("Fraction(%s, 0)" % numerator)
        common = gcd(numerator, denominator) * (1 if denominator > 0 else -1)
        self.numerator, self.denominator = numerator // common, denominator // common
        return self

    @staticmethod
    def _of(value):
        return value if isinstance(value, Fraction) else Fraction(value) if isinstance(value, int) else None

    def _parts(self, other):
        other = self._of(other)
        return other is not None and (self.numerator, self.denominator, other.numerator, other.denominator)

    def __add__(self, other):
        p = self._parts(other)
        return Fraction(p[0] * p[3] + p[2] * p[1], p[1] * p[3]) if p else NotImplemented

    __radd__ = __add__

    def __neg__(self):
        return Fraction(-self.numerator, self.denominator)

    def __sub__(self, other):
        other = self._of(other)
        return self + -other if other is not None else NotImplemented

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        p = self._parts(other)
        return Fraction(p[0] * p[2], p[1] * p[3]) if p else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        p = self._parts(other)
        return Fraction(p[0] * p[3], p[1] * p[2]) if p else NotImplemented

    def __float__(self):
        return self.numerator / self.denominator

    def __eq__(self, other):
        if isinstance(other, float):
            return float(self) == other
        p = self._parts(other)
        return (p[0], p[1]) == (p[2], p[3]) if p else NotImplemented

    def __lt__(self, other):
        return self.numerator * other.denominator < other.numerator * self.denominator

    def __le__(self, other):
        return self.numerator * other.denominator <= other.numerator * self.denominator

    def __hash__(self):
        return hash((self.numerator, self.denominator)) if self.denominator != 1 else hash(self.numerator)

    def __bool__(self):
        return self.numerator != 0

    def as_integer_ratio(self):
        return self.numerator, self.denominator

    def __repr__(self):
        return f"Fraction({self.numerator}, {self.denominator})"

    def __str__(self):
        return f"{self.numerator}/{self.denominator}" if self.denominator != 1 else str(self.numerator)
