"""Numbers of the claim language as pairs (lower, upper) of fractions, None where there is no value, and truth values
as True, False or None. Written from FORMAT.md, section 2.
"""
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil, comb, floor


def exact(value):
    return (Fraction(value), Fraction(value))


def whole(number, low=None, high=None):
    """The integer that a number is, inside low..high, or None."""
    if number is None or number[0] != number[1] or number[0].denominator != 1:
        return None
    value = int(number[0])
    return value if (low is None or value >= low) and (high is None or value <= high) else None


def conjunction(a, b):
    return False if a is False or b is False else (None if a is None or b is None else True)


def opposite(a):
    return None if a is None else not a


def compare(a, mark, b):
    if a is None or b is None:
        return None
    if mark in (">", ">="):
        return compare(b, "<" if mark == ">" else "<=", a)
    if mark == "!=":
        return opposite(compare(a, "=", b))
    if mark == "=":
        return True if a[0] == a[1] == b[0] == b[1] else (False if a[1] < b[0] or b[1] < a[0] else None)
    if mark == "<":
        return True if a[1] < b[0] else (False if a[0] >= b[1] else None)
    return True if a[1] <= b[0] else (False if a[0] > b[1] else None)


def corners(a, b, operation):
    values = [operation(x, y) for x in a for y in b]
    return (min(values), max(values))


def plain(name, values):
    a, b = values[0], values[-1]
    if name == "negate":
        return (-a[1], -a[0])
    if name == "+":
        return (a[0] + b[0], a[1] + b[1])
    if name == "-":
        return (a[0] - b[1], a[1] - b[0])
    if name == "*":
        return corners(a, b, lambda x, y: x * y)
    if name == "/":
        return None if b[0] <= 0 <= b[1] else corners(a, b, lambda x, y: x / y)
    if name == "^":
        k = whole(b)
        if k is None or k < 0 and a[0] <= 0 <= a[1]:
            return None
        ends = sorted([a[0] ** k, a[1] ** k])
        return (Fraction(0) if k > 0 and k % 2 == 0 and a[0] < 0 < a[1] else ends[0], ends[1])
    if name == "abs":
        return a if a[0] >= 0 else ((-a[1], -a[0]) if a[1] <= 0 else (Fraction(0), max(-a[0], a[1])))
    if name in ("floor", "ceil"):
        ends = [(floor if name == "floor" else ceil)(end) for end in a]
        return exact(ends[0]) if ends[0] == ends[1] else None
    if name == "choose":
        top, bottom = whole(a), whole(b)
        if top is None or bottom is None:
            return None
        return exact(comb(top, bottom) if 0 <= bottom <= top else 0)
    assert name == "exp", name
    return (exponential(a[0])[0], exponential(a[1])[1])


def exponential(value):
    """Bounds from two nested decimal roundings: the argument's and the result's."""
    if value == 0:
        return exact(1)
    context = Context(prec=100)
    decimal = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    middle, width = Fraction(context.exp(decimal)), Fraction(1, 10 ** 80)
    return (middle * (1 - width), middle * (1 + width))
