"""Classes at work: a descriptor, an enum, a context manager, notes on errors, a group of failures."""
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import total_ordering


@total_ordering
class Money:
    __slots__ = ("cents",)

    def __init__(self, cents):
        self.cents = cents

    @classmethod
    def parse(cls, text):
        whole, _, part = text.partition(".")
        return cls(int(whole) * 100 + int(part.ljust(2, "0") or 0))

    def __add__(self, other):
        return Money(self.cents + other.cents) if isinstance(other, Money) else NotImplemented

    def __neg__(self):
        return Money(-self.cents)

    def __eq__(self, other):
        return isinstance(other, Money) and self.cents == other.cents

    def __lt__(self, other):
        return self.cents < other.cents

    def __hash__(self):
        return hash(self.cents)

    def __format__(self, spec):
        sign = "-" if self.cents < 0 else ""
        return format(f"{sign}{abs(self.cents) // 100:,}.{abs(self.cents) % 100:02}", spec)

    def __repr__(self):
        return f"Money({self})"

    def __str__(self):
        return format(self, "")


class Kind(Enum):
    DEPOSIT = auto()
    WITHDRAWAL = auto()


class NotNegative:
    """A descriptor: the attribute refuses to go below zero."""

    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, obj, cls=None):
        return self if obj is None else getattr(obj, self.slot, Money(0))

    def __set__(self, obj, value):
        if value < Money(0):
            raise ValueError(f"{obj.owner} lacks {-value}")
        setattr(obj, self.slot, value)


@dataclass
class Account:
    owner: str
    history: list = field(default_factory=list, repr=False)

    balance = NotNegative()

    def move(self, kind, amount):
        self.balance = self.balance + (amount if kind is Kind.DEPOSIT else -amount)
        self.history.append((kind, amount))


class Transaction:
    """All accounts move or none does."""

    def __init__(self, *accounts):
        self.saved = [(account, account.balance, len(account.history)) for account in accounts]

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            for account, balance, n in self.saved:
                account.balance = balance
                del account.history[n:]
            error.add_note("every account is as it was")


ann, bob = Account("Ann"), Account("Bob")
ann.move(Kind.DEPOSIT, Money.parse("1234.5"))
orders = [(ann, bob, "1000"), (bob, ann, "5000.01"), (ann, bob, "234.50"), (ann, bob, "0.01")]
failures = []
for source, target, amount in orders:
    try:
        with Transaction(source, target):
            target.move(Kind.DEPOSIT, Money.parse(amount))
            source.move(Kind.WITHDRAWAL, Money.parse(amount))
    except ValueError as error:
        failures.append(error)

for account in (ann, bob):
    print(f"{account.owner:6}{account.balance:>12}", [f"{kind.name.lower()} {amount}" for kind, amount in account.history])
print(max(ann, bob, key=lambda a: a.balance))
if failures:
    raise ExceptionGroup("transfers that failed", failures)
