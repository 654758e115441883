"""An expression evaluator: tokens by regular expression, a tree of dataclasses, evaluation by match."""
import operator
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Name:
    name: str


@dataclass(frozen=True)
class Binary:
    op: str
    left: "Number | Name | Binary"
    right: "Number | Name | Binary"


TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d*)?)|([A-Za-z_]\w*)|(.))")
POWER = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow}


class Parser:
    def __init__(self, text):
        self.tokens = [m.groups() for m in TOKEN.finditer(text.strip())]
        self.at = 0

    def peek(self):
        return self.tokens[self.at][2] if self.at < len(self.tokens) else None

    def primary(self):
        if self.at >= len(self.tokens):
            raise SyntaxError("something is missing at the end")
        token = self.tokens[self.at]
        self.at += 1
        match token:
            case (str(digits), None, None):
                return Number(float(digits))
            case (None, str(name), None):
                return Name(name)
            case (None, None, "("):
                tree = self.expression(0)
                if self.peek() != ")":
                    raise SyntaxError("'(' was never closed")
                self.at += 1
                return tree
            case (None, None, "-"):
                return Binary("-", Number(0), self.expression(3))
            case (*_, other):
                raise SyntaxError(f"unexpected {other!r}")

    def expression(self, floor):
        left = self.primary()
        while (op := self.peek()) in POWER and POWER[op] > floor - (op == "^"):
            self.at += 1
            left = Binary(op, left, self.expression(POWER[op]))
        return left


def evaluate(tree, names):
    match tree:
        case Number(value):
            return value
        case Name(name) if name in names:
            return names[name]
        case Name(name):
            raise NameError(f"{name} is not known")
        case Binary("/", _, Number(0)):
            raise ZeroDivisionError("the divisor is a plain zero")
        case Binary(op, left, right):
            return OPERATORS[op](evaluate(left, names), evaluate(right, names))


names = {"pi": 3.14159, "r": 2}
for text in ["1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-r ^ 2", "pi * r ^ 2", "8 / 4 / 2", "1 / 0", "2 * (3 + x)", "2 * (3", "2 $ 3 %", "* 2"]:
    try:
        parser = Parser(text)
        tree = parser.expression(0)
        if parser.at != len(parser.tokens):
            raise SyntaxError(f"{parser.peek()!r} makes no sense there")
        print(f"{text:12} = {evaluate(tree, names):g}")
    except (SyntaxError, ArithmeticError, NameError) as error:
        print(f"{text:12} : {type(error).__name__}: {error}")
print(Parser("a + 2 * b").expression(0))
