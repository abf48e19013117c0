"""Documents in JSON with their places, and terms of Coq: what all certificates have in common on their way into Coq.

What the formats say about text is checked here: JSON, exact keys in order, canonical numbers, hashes.
"""
import hashlib
import json
import math
import re
from collections import namedtuple

MOST_TIME = 100000
RATIONAL = re.compile(r"(-?[1-9][0-9]*|0)(?:/([1-9][0-9]*))?", re.ASCII)
ESCAPED = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

# A Coq term: a constructor with its arguments, a numeral of a type, a rational, a string. Lists are Python lists, pairs
# are tuples, None and Some are constructors.
Made = namedtuple("Made", "name parts")
Numeral = namedtuple("Numeral", "type value")
Rational = namedtuple("Rational", "numerator denominator")
Text = namedtuple("Text", "value")


class Rejected(Exception):
    """The file is no certificate: place and reason."""


def require(holds, place, reason):
    if not holds:
        raise Rejected(f"{place}: {reason}" if place else reason)


def made(name, *parts):
    return Made(name, parts)


def option(x):
    return made("None") if x is None else made("Some", x)


def boolean(x):
    return made("true" if x else "false")


def nat(x):
    return Numeral("nat", x)


def integer(x):
    return Numeral("Z", x)


# JSON ------------------------------------------------------------------------------------------------------------
def read_json(data):
    """The document; numbers that are no 64-bit integers are none of this format."""

    def members(pairs):
        require(len(dict(pairs)) == len(pairs), "", "not JSON: a repeated key")
        return dict(pairs)

    def number(text):
        require(-2**63 <= int(text) < 2**63, "", "not JSON: an integer of more than 64 bits")
        return int(text)

    def no_number(text):
        raise Rejected(f"not JSON of a certificate: the number {text}")

    try:
        root = json.loads(data.decode("utf-8"), object_pairs_hook=members, parse_int=number, parse_float=no_number,
                          parse_constant=no_number)
        canonical_text(root).encode("utf-8")
    except (ValueError, RecursionError) as what:
        raise Rejected(f"not JSON: {what}") from what
    return root


def canonical_text(x):
    """Section 1: the text that is hashed."""
    if isinstance(x, str):
        require("\0" not in x, "", "not JSON: a null character")
        return '"' + "".join(ESCAPED.get(c) or (c if c >= " " else "\\u%04X" % ord(c)) for c in x) + '"'
    if isinstance(x, dict):
        return "{" + ",".join(canonical_text(k) + ":" + canonical_text(v) for k, v in x.items()) + "}"
    if isinstance(x, list):
        return "[" + ",".join(map(canonical_text, x)) + "]"
    return {True: "true", False: "false", None: "null"}[x] if x is None or isinstance(x, bool) else str(x)


def hash_of(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Value:
    """A value of the document with its place; what is asked of it is there, or the file is rejected."""

    def __init__(self, value, place):
        self.value, self.place = value, place

    def require(self, holds, reason):
        require(holds, self.place, reason)

    def members(self, *keys):
        """The values under exactly these keys in this order; None for an absent key that ends in '?'."""
        self.require(isinstance(self.value, dict), "expected an object")
        left, found = list(self.value), []
        for key in keys:
            name = key.rstrip("?")
            here = bool(left) and left[0] == name
            self.require(here or key.endswith("?"), f"expected next the key {name}")
            found.append(Value(self.value[left.pop(0)], (self.place and self.place + ".") + name) if here else None)
        self.require(not left, "a key that is not expected here")
        return found

    def items(self):
        self.require(isinstance(self.value, list), "expected an array")
        return [Value(x, f"{self.place}[{k}]") for k, x in enumerate(self.value)]

    def string(self):
        self.require(isinstance(self.value, str), "expected a string")
        return self.value

    def choice(self, *words):
        self.require(self.string() in words, "not one of the words allowed here")
        return self.value

    def boolean(self):
        self.require(isinstance(self.value, bool), "expected true or false")
        return self.value

    def integer(self, least):
        good = isinstance(self.value, int) and not isinstance(self.value, bool) and least <= self.value <= 2**60
        self.require(good, f"expected an integer up to 2^60 of at least {least}")
        return self.value

    def time(self, least=0):
        self.require(self.integer(least) <= MOST_TIME, "beyond a limit: a time of more than " + str(MOST_TIME))
        return nat(self.value)

    def node(self):
        self.require(self.integer(1) <= 1000, "beyond a limit: more than 1000 nodes")
        return nat(self.value - 1)

    def rational(self):
        found = rational_of(self.string())
        self.require(found is not None, "not a canonical rational: " + self.value)
        return found

    def rationals(self):
        return [x.rational() for x in self.items()]

    def rows(self):
        return [x.rationals() for x in self.items()]


def rational_of(text):
    """The rational in canonical form, else None."""
    match = RATIONAL.fullmatch(text) if isinstance(text, str) else None
    if not match:
        return None
    p, q = int(match.group(1)), int(match.group(2) or 1)
    return Rational(p, q) if (q >= 2 or match.group(2) is None) and math.gcd(p, q) == 1 else None


# Writing ---------------------------------------------------------------------------------------------------------
def coq(x):
    """A term in Coq's syntax."""
    if isinstance(x, list):
        return "[" + "; ".join(map(coq, x)) + "]"
    if isinstance(x, Made) and x.name in ("Array", "Integer", "Text"):
        return "<[" + "; ".join(map(coq, x.parts[0])) + "]>" if x.name == "Array" else coq(x.parts[0])
    if isinstance(x, Made):
        return x.name if not x.parts else "(" + " ".join([x.name, *map(coq, x.parts)]) + ")"
    if isinstance(x, Numeral):
        return f"{x.value}%nat" if x.type == "nat" else str(x.value) if x.value >= 0 else f"({x.value})"
    if isinstance(x, Rational):
        return f"(Qmake {x.numerator if x.numerator >= 0 else f'({x.numerator})'} {x.denominator})"
    if isinstance(x, Text):
        return '"' + x.value.replace('"', '""') + '"'
    return "(" + ", ".join(map(coq, x)) + ")"


def words(x, out):
    """A term in words: a list after its length, a string in hexadecimal."""
    if isinstance(x, list):
        out.append(str(len(x)))
        for part in x:
            words(part, out)
    elif isinstance(x, Made):
        out.append(x.name)
        for part in x.parts:
            words(part, out)
    elif isinstance(x, Numeral):
        out.append(str(x.value))
    elif isinstance(x, Rational):
        out += [str(x.numerator), str(x.denominator)]
    elif isinstance(x, Text):
        out.append("x" + x.value.encode("utf-8").hex())
    else:
        for part in x:
            words(part, out)


def text_of(term):
    """A document in words, for the extracted checker."""
    out = []
    words(term, out)
    return " ".join(out) + "\n"


class WeightsDocument:
    """A certificate of weights: its term, and in subclasses what the term is, what checks it and what it then says."""

    id = type = check = meaning = soundness = None
    imports = ()

    def __init__(self, term):
        self.term = term

    def as_text(self):
        return text_of(self.term)

    def as_coq(self, name):
        lines = ["From Coq Require Import ZArith QArith List.",
                 *(f"From crosshead Require Import {names}." for names in self.imports),
                 "Import ListNotations.", "Local Open Scope Z_scope.", "",
                 f"Definition {name} : {self.type} := {coq(self.term)}.", "",
                 f"Theorem {name}_is_accepted : {self.check} {name} = true.",
                 "Proof. vm_cast_no_check (eq_refl true). Qed.", "",
                 f"Theorem {name}_is_true : {self.meaning} {name}.",
                 f"Proof. exact ({self.soundness} {name}_is_accepted). Qed.",
                 f"Print Assumptions {name}_is_true.", ""]
        return "\n".join(lines)
