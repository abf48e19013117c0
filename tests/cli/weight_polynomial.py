"""Polynomials in a weight: lists of coefficients, lowest degree first; a pair of them is a fraction."""

from fractions import Fraction

from certificate_values import need


def trim(p):
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def add(a, b, factor=1):
    size = max(len(a), len(b))
    return [(a[i] if i < len(a) else 0) + factor * (b[i] if i < len(b) else 0) for i in range(size)]


def mul(*factors):
    result = [Fraction(1)]
    for factor in factors:
        product = [Fraction(0)] * max(0, len(result) + len(factor) - 1)
        for i, a in enumerate(result):
            if a:
                for j, b in enumerate(factor):
                    product[i + j] += a * b
        result = product
    return result


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
