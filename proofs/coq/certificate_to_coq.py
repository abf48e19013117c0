#!/usr/bin/env python3
"""Turns a certificate (src/certificate/FORMAT.md) into a Coq file that states it and has Coq check it.

  certificate_to_coq.py CERTIFICATE --coq FILE.v     theorems: the checker accepts it; what its readings therefore say
  certificate_to_coq.py CERTIFICATE --text FILE      the same term for extraction/check_certificates.ml

Whatever the format says about the text of the file is the subject of this program: JSON, keys and their order,
canonical numbers, hashes (sections 1 and 7). Everything else is left to certificate_check.v: systems, facts, formulas,
witnesses and the verdict. A file that breaks the layout is rejected with the place and the reason. What the checker
does not cover is refused, which says nothing about the certificate: comparisons over the simplex, certificates of
weights (crosshead.region/1), times beyond a limit.
"""
import argparse
import hashlib
import json
import math
import re
import sys
import threading
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


class NotCovered(Exception):
    """The checker in Coq does not cover this."""


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


# The parts of a certificate --------------------------------------------------------------------------------------
def tree_of(x):
    """A formula as it stands."""
    if isinstance(x, list):
        if x and isinstance(x[0], str) and (x[0] == "simplex" or ">" in x[0]):
            raise NotCovered("a comparison over the simplex")
        return made("Array", [tree_of(part) for part in x])
    if isinstance(x, str):
        return made("Text", Text(x))
    return made("Integer", integer(x)) if isinstance(x, int) and not isinstance(x, bool) else made("Other")


def head_of(json_head):
    if "edges" in (json_head.value if isinstance(json_head.value, dict) else ()):
        edges = []
        for edge in json_head.members("edges")[0].items():
            edge.require(len(edge.items()) == 2, "expected an edge [from, to]")
            edges.append(tuple(end.node() for end in edge.items()))
        return made("Edges", edges)
    diffusion, walk = json_head.members("diffusion?", "walk?")
    return made("Matrices", option(diffusion and diffusion.rows()), option(walk and walk.rows()))


def system_of(json_system):
    n, sink, heads, weights = json_system.members("nodes", "sink", "heads", "weights")
    n.require(n.integer(1) <= 1000, "beyond a limit: more than 1000 nodes")
    return made("System", nat(n.value), sink.node(), [head_of(h) for h in heads.items()], weights.rationals())


def proof_of(json_proof):
    by = json_proof.value.get("by") if isinstance(json_proof.value, dict) else None
    if by == "superharmonic":
        _, time, horizon, h = json_proof.members("by", "time", "horizon", "vector")
        return made("Superharmonic", time.time(), horizon.time(), h.rationals())
    if by == "absorbing":
        return made("Absorbing", json_proof.members("by", "vector")[1].rationals())
    if by == "contraction":
        _, time, horizon, laws = json_proof.members("by", "time", "horizon", "laws")
        return made("Contraction", time.time(), horizon.time(), laws.rows())
    json_proof.require(by == "recurrence", "not one of the proofs of section 4")
    _, horizon, roots = json_proof.members("by", "horizon", "roots")
    return made("Recurrence", horizon.time(), roots.rationals())


def fact_of(json_fact):
    if isinstance(json_fact.value, dict) and "weights" in json_fact.value:
        raise NotCovered("a fact over the simplex")
    of, node, phi, attained, proof, t_mix, t_mix_l1, epsilon = json_fact.members(
        "of", "node?", "phi?", "attained?", "proof?", "t_mix?", "t_mix_l1?", "epsilon?")
    match = re.fullmatch(r"mean|head ([1-9][0-9]{0,5})", of.string(), re.ASCII)
    of.require(match, "no chain of the system")
    chain = nat(int(match.group(1) or 0))
    if node and phi and attained and proof and len(json_fact.value) == 5:
        return made("Supremum_fact", chain, node.node(), phi.rational(), boolean(attained.boolean()), proof_of(proof))
    time = t_mix or t_mix_l1
    json_fact.require(time and epsilon and len(json_fact.value) == 3, "not one of the facts of section 4")
    return made("Mixing_fact", chain, boolean(t_mix is None), time.time(), epsilon.rational())


def printed_of(json_printed):
    """Numbers that are not canonical are so when they are asked for."""
    json_printed.require(isinstance(json_printed.value, dict), "expected an object")
    found = []
    for name, value in json_printed.value.items():
        if isinstance(value, list):
            rows = [row if isinstance(row, list) else [] for row in value]
            found.append((Text(name), made("Printed_rows", [[option(rational_of(x)) for x in row] for row in rows])))
        else:
            found.append((Text(name), made("Printed_number", option(rational_of(value)))))
    return found


def instance_of(json_instance):
    keys = list(json_instance.value) if isinstance(json_instance.value, dict) else []
    if keys[1:2] == ["between"]:
        raise NotCovered("a witness over the simplex")
    kinds = {"value": lambda x: made("Instance_value", x.rational()),
             "word": lambda x: made("Instance_word", [integer(h.integer(1)) for h in x.items()]),
             "system": lambda x: made("Instance_system", system_of(x)),
             "weights": lambda x: made("Instance_weights", x.rationals())}
    json_instance.require(len(keys) == 2 and keys[1] in kinds, "not one of the instances of section 1")
    name, what = json_instance.members("name", keys[1])
    return Text(name.string()), kinds[keys[1]](what)


HASHED = ("name", "role", "text", "formula", "convention", "printed", "given")
Reading = namedtuple("Reading", "role text truth listings parts")
Certificate = namedtuple("Certificate", "id verdict definition readings")


def reading_of(json_reading):
    name, role, text, formula, convention, printed, given, truth, witness, systems = json_reading.members(
        "name", "role", "text", "formula", "convention", "printed?", "given?", "truth", "witness?", "systems")
    name.string()
    first, counts, distance, start = convention.members("first_step", "sink_counts", "distance", "start")
    first.require(first.integer(0) <= 1, "expected 0 or 1")
    counts.boolean(), distance.choice("tv", "l1")
    listings = []
    for listed in systems.items():
        system, facts = listed.members("system", "facts")
        listings.append((system_of(system), [fact_of(fact) for fact in facts.items()]))
    parts = (made("Is_" + role.choice("stated", "hypothesis", "fact")), tree_of(formula.value), nat(first.value),
             boolean(start.choice("worst", "average") == "average"), printed_of(printed) if printed else [],
             option(given and system_of(given)), boolean(truth.boolean()),
             option(witness and [instance_of(x) for x in witness.items()]))
    return Reading(role.value, text.string(), truth.value, listings, parts)


def read_certificate(data, without_facts=False):
    """The certificate in these bytes; raises Rejected or NotCovered.

    Where without_facts says so, readings of the role `fact` that are not covered are left out: they never count for
    the verdict, and what is left is a certificate of the same claim.
    """
    require(len(data) <= 32 << 20, "", "beyond a limit: a file of more than 32 MiB")
    root = Value(read_json(data), "")
    name = root.value.get("format") if isinstance(root.value, dict) else None
    if isinstance(name, str) and name.startswith(("crosshead.region/", "crosshead.best-weights/")):
        raise NotCovered("a certificate of weights")
    form, claim, verdict, kind, readings, hashes, sha256 = root.members(
        "format", "claim", "verdict", "kind", "readings", "hashes", "sha256")
    form.require(form.string() == "crosshead.certificate/1", "not the format crosshead.certificate/1")
    for label in claim.members("id", "section", "source", "statement"):
        label.string()
    whole = canonical_text({key: value for key, value in root.value.items() if key != "sha256"})
    sha256.require(sha256.string() == hash_of(whole), "the hash does not match")
    of_claim, of_systems, of_ledger = hashes.members("claim", "systems", "ledger?")
    of_ledger is None or of_ledger.require(len(of_ledger.string().encode()) == 64, "not a hash")
    hashed, systems, found = [claim.value], [], []
    for reading in readings.items():
        try:
            found.append(reading_of(reading))
        except NotCovered:
            if not without_facts or reading.value["role"] != "fact":
                raise
        hashed.append([reading.value.get(key) for key in HASHED])
        systems += [listed["system"] for listed in reading.value["systems"]]
    of_claim.require(of_claim.string() == hash_of(canonical_text(hashed)), "the hash does not match")
    of_systems.require(len(of_systems.items()) == len(systems), "too few hashes, or too many")
    for given, system in zip(of_systems.items(), systems):
        given.require(given.string() == hash_of(canonical_text(system)), "the hash does not match")
    verdict.choice("verified", "refuted", "holds-if", "ambiguous", "not-a-claim")
    return Certificate(claim.value["id"], verdict.value, kind.choice("claim", "definition") == "definition", found)


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


def verdict_name(certificate):
    return certificate.verdict.capitalize().replace("-", "_")


def as_text(certificate):
    out = []
    readings = [made("Reading", *r.parts, r.listings) for r in certificate.readings]
    words(made("Certificate", made(verdict_name(certificate)), boolean(certificate.definition), readings), out)
    return " ".join(out) + "\n"


def comment(text):
    return "(* " + text.replace("(*", "( *").replace("*)", "* )").replace('"', "'").replace("\n", "\n   ") + " *)"


def as_coq(certificate, name):
    """Definitions of the certificate and its parts, and theorems about them."""
    lines = [comment(f"{certificate.id}: {certificate.verdict}"), "From Coq Require Import ZArith QArith List String.",
             "From crosshead Require Import integer_checks certificate_systems certificate_programs.",
             "From crosshead Require Import certificate_notations certificate_check certificate_soundness.",
             "Import ListNotations.", "Local Open Scope string_scope.", "Local Open Scope Z_scope.", ""]
    for k, reading in enumerate(certificate.readings):
        for l, listing in enumerate(reading.listings):
            lines.append(f"Definition listing_{k}_{l} : listing := {coq(listing)}.")
        listings = "; ".join(f"listing_{k}_{l}" for l in range(len(reading.listings)))
        lines.append(comment(f"{reading.role}: {reading.text} is {'true' if reading.truth else 'false'}"))
        role, formula, *rest = map(coq, reading.parts)
        lines += [f"Definition reading_{k} : reading := Reading {role}", f"  ({formula})", f"  {' '.join(rest)}",
                  f"  [{listings}]."]
    readings = "; ".join(f"reading_{k}" for k in range(len(certificate.readings)))
    lines += [f"Definition {name} : certificate :=",
              f"  Certificate {verdict_name(certificate)} {str(certificate.definition).lower()} [{readings}].", "",
              f"Theorem {name}_is_accepted : check {name} = true.", "Proof. vm_cast_no_check (eq_refl true). Qed.", "",
              f"Theorem {name}_is_true : true_certificate {name}.",
              f"Proof. exact (accepted_certificate_is_true {name}_is_accepted). Qed.", ""]
    for k, reading in enumerate(certificate.readings):
        truth = "true" if reading.truth else "false"
        lines += [f"Theorem reading_{k}_is_{truth} : holds reading_{k} {truth}.",
                  f"Proof. apply (accepted_reading_holds (r := reading_{k}) {name}_is_accepted). "
                  f"do {k} right. left. reflexivity. Qed."]
    if certificate.verdict in ("refuted", "holds-if"):
        side = "or_introl" if certificate.verdict == "refuted" else "or_intror"
        lines += ["", f"Theorem {name}_refutes : refuted {name}.",
                  f"Proof. exact (refuting_certificate_refutes {name}_is_accepted ({side} eq_refl)). Qed."]
    return "\n".join(lines + [f"Print Assumptions {name}_is_true.", ""])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("certificate")
    options.add_argument("--coq", metavar="FILE", help="write a Coq file")
    options.add_argument("--text", metavar="FILE", help="write the term for the extracted checker")
    given = options.parse_args()
    try:
        with open(given.certificate, "rb") as file:
            certificate = read_certificate(file.read())
    except (Rejected, NotCovered) as what:
        sys.exit(f"{'rejected' if isinstance(what, Rejected) else 'not covered'}: {what}")
    if given.coq:
        with open(given.coq, "w", encoding="utf-8") as file:
            file.write(as_coq(certificate, "certificate_" + re.sub(r"\W", "_", certificate.id, flags=re.ASCII)))
    if given.text:
        with open(given.text, "w", encoding="ascii") as file:
            file.write(as_text(certificate))


def with_a_deep_stack(work):
    """Runs the work where nested documents have room."""
    sys.setrecursionlimit(20000)
    threading.stack_size(256 << 20)
    failed = []

    def guarded():
        try:
            work()
        except BaseException as what:  # whatever it is, it ends the program
            failed.append(what)

    thread = threading.Thread(target=guarded)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


if __name__ == "__main__":
    with_a_deep_stack(main)
