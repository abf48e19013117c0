"""Reads the values of a certificate one by one, and rejects what the format does not allow."""

import re
from fractions import Fraction


class Rejected(Exception):
    """The certificate does not prove what it states."""


def need(condition, reason):
    if not condition:
        raise Rejected(reason)


def rational(text):
    need(isinstance(text, str) and re.fullmatch(r"-?[0-9]+(/[1-9][0-9]*)?", text), f"no rational: {text!r}")
    value = Fraction(text)
    need(str(value) == text, f"not in lowest terms: {text}")
    return value


def whole(value, least):
    need(isinstance(value, int) and not isinstance(value, bool) and value >= least, f"no integer >= {least}: {value!r}")
    return value


def keys(value, *names):
    need(isinstance(value, dict) and list(value) == list(names), f"expected the keys {names}, found {value!r:.80}")
