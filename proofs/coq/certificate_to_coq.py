#!/usr/bin/env python3
"""Turns a certificate (src/certificate/FORMAT.md) into a Coq file that states it and has Coq check it.

  certificate_to_coq.py CERTIFICATE --coq FILE.v     theorems: the checker accepts it; what its readings therefore say
  certificate_to_coq.py CERTIFICATE --text FILE      the same term for extraction/check_certificates.ml

Whatever the format says about the text of the file is the subject of this program: JSON, keys and their order,
canonical numbers, hashes (sections 1 and 7). Everything else is left to certificate_check.v: systems, facts, formulas,
witnesses and the verdict; for certificates of weights to region_certificates.v and best_weights_check.v
(src/certificate/REGION.md). A file that breaks the layout, or a limit, is rejected with the place and the reason.
"""
import argparse
import re
import sys
import threading
from collections import namedtuple

import best_weights_to_coq
import region_document_to_coq
import region_to_coq
from coq_terms import (Rational, Rejected, Text, Value, WeightsDocument, boolean, canonical_text, coq, hash_of, integer,
                       made, nat, option, rational_of, read_json, require, text_of)

# The parts of a certificate --------------------------------------------------------------------------------------
def tree_of(x):
    """A formula as it stands."""
    if isinstance(x, list):
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


# The arguments of comparisons over the weights.
COMPARISONS = {"minimax": ("All_nodes", "x"), "others": ("All_but_sink", "x"), "node": ("One_node", "ix"),
               "nodes": ("Two_nodes", "ii"), "absorbed": ("Absorbed_after", "tx")}


def comparison_of(json_weights):
    """What a fact over the weights compares, with its arguments."""
    parts = json_weights.items()
    json_weights.require(parts, "expected an operation")
    match = re.fullmatch(r"([a-z]+)>(=?)", parts[0].string())
    parts[0].require(match and match.group(1) in COMPARISONS, "no comparison of the mean")
    subject, letters = COMPARISONS[match.group(1)]
    json_weights.require(len(parts) == len(letters) + 1, "another number of arguments")
    read = {"x": Value.rational, "i": Value.node, "t": lambda t: integer(t.time().value)}
    given = [read[letter](part) for letter, part in zip(letters, parts[1:])]
    bar = given.pop() if letters.endswith("x") else Rational(0, 1)
    return made("Comparison", made(subject, *given), boolean(not match.group(2)), bar)


def fact_of(json_fact):
    if isinstance(json_fact.value, dict) and "weights" in json_fact.value:
        of, weights, order, pieces = json_fact.members("of", "weights", "order", "pieces")
        of.require(of.string() == "mean", "not of the mean of two heads")
        pieces = region_to_coq.pieces_of(pieces)
        return made("Weights_fact", comparison_of(weights), region_to_coq.order_of(order), pieces)
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
        name, between, side = json_instance.members("name", "between", "side?")
        between.require(len(between.items()) == 2, "expected two weights")
        part = region_to_coq.part_of(side.choice("left", "middle", "right") if side else None)
        return Text(name.string()), made("Instance_between", *between.rationals(), part)
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


def read_certificate(data):
    """The certificate in these bytes; raises Rejected."""
    require(len(data) <= 32 << 20, "", "beyond a limit: a file of more than 32 MiB")
    root = Value(read_json(data), "")
    name = root.value.get("format") if isinstance(root.value, dict) else None
    if name == best_weights_to_coq.FORMAT:
        return best_weights_to_coq.read(root)
    if name == region_document_to_coq.FORMAT:
        return region_document_to_coq.read(root)
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
        found.append(reading_of(reading))
        hashed.append([reading.value.get(key) for key in HASHED])
        systems += [listed["system"] for listed in reading.value["systems"]]
    of_claim.require(of_claim.string() == hash_of(canonical_text(hashed)), "the hash does not match")
    of_systems.require(len(of_systems.items()) == len(systems), "too few hashes, or too many")
    for given, system in zip(of_systems.items(), systems):
        given.require(given.string() == hash_of(canonical_text(system)), "the hash does not match")
    verdict.choice("verified", "refuted", "holds-if", "ambiguous", "not-a-claim")
    return Certificate(claim.value["id"], verdict.value, kind.choice("claim", "definition") == "definition", found)


# Writing ---------------------------------------------------------------------------------------------------------
def verdict_name(certificate):
    return certificate.verdict.capitalize().replace("-", "_")


def as_text(certificate):
    if isinstance(certificate, WeightsDocument):
        return certificate.as_text()
    readings = [made("Reading", *r.parts, r.listings) for r in certificate.readings]
    return text_of(made("Certificate", made(verdict_name(certificate)), boolean(certificate.definition), readings))


def comment(text):
    return "(* " + text.replace("(*", "( *").replace("*)", "* )").replace('"', "'").replace("\n", "\n   ") + " *)"


def as_coq(certificate, name):
    """Definitions of the certificate and its parts, and theorems about them."""
    if isinstance(certificate, WeightsDocument):
        return certificate.as_coq(name)
    lines = [comment(f"{certificate.id}: {certificate.verdict}"), "From Coq Require Import ZArith QArith List String.",
             "From crosshead Require Import region_polynomials region_documents simplex_comparisons.",
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
    except Rejected as what:
        sys.exit(f"rejected: {what}")
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
