"""Polynomials in a weight: lists of coefficients, lowest degree first; a pair of them is a fraction."""

from fractions import Fraction
from itertools import zip_longest
from math import lcm

from certificate_values import need


def trim(p):
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def add(a, b, factor=1):
    if factor == 1:
        return [x + y for x, y in zip_longest(a, b, fillvalue=0)]
    return [x + factor * y for x, y in zip_longest(a, b, fillvalue=0)]


def mul(*factors):
    """Multiplied as integers over one denominator, which is faster than fraction by fraction."""
    result, denominator = [1], 1
    for factor in factors:
        common = lcm(*(b.denominator for b in factor))
        whole = [b.numerator * (common // b.denominator) for b in factor]
        product = [0] * max(0, len(result) + len(whole) - 1)
        for i, a in enumerate(result):
            if a:
                for j, b in enumerate(whole):
                    product[i + j] += a * b
        result, denominator = product, denominator * common
    return [Fraction(a, denominator) for a in result]


def scaled(p, factor):
    return [factor * a for a in p]


def divided(p, g):
    """p / g where g divides p exactly, otherwise None."""
    p, quotient = trim(list(p)), []
    while len(p) >= len(g):
        factor = p[-1] / g[-1]
        quotient.append(factor)
        for i, a in enumerate(g):
            p[len(p) - len(g) + i] -= factor * a
        p.pop()
    return None if any(p) else quotient[::-1]


def one_sign(p):
    """The sign that all nonzero coefficients share, 0 for none, None where they differ."""
    signs = {(a > 0) - (a < 0) for a in p if a}
    return None if len(signs) == 2 else signs.pop() if signs else 0


def changes(p):
    signs = [a > 0 for a in p if a]
    return sum(a != b for a, b in zip(signs, signs[1:]))


def sqrt(value):
    root = int(value**0.5)
    while root * root > value:
        root -= 1
    while (root + 1) ** 2 <= value:
        root += 1
    need(root * root == value, "the distance from the end is no square")
    return root


def plus(a, b, factor):
    return (add(mul(a[0], b[1]), mul(b[0], factor, a[1])), mul(a[1], b[1])) if any(b[0]) and any(factor) else a
