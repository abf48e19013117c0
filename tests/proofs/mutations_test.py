#!/usr/bin/env python3
"""crosshead-check and the checker that is verified in Coq agree on certificates that nobody wrote.

Readings of the accepted corpus are changed at random: operations, names, numbers and shapes of the formula, the
convention, numbers in facts. Each is stated to be true and to be false, with the right hashes and verdict. What
crosshead-check refuses as beyond its limits is left out. Certificates of the best weights are made from nothing
(best_weights_cases.py), those of regions of weights from the accepted ones (region_cases.py). The files are the same
for the same --seed.
"""
import argparse
import copy
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import best_weights_cases
import extracted_checker
import region_cases
from agreement_test import lines_of

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ALIKE = [["+", "-", "*", "/", "^", "min", "max", "<", "<=", "="], ["forall", "exists", "sum", "min_over", "max_over"],
         ["and", "or"], ["signal", "absorbed", "walks", "all_walks"], ["W", "D", "edge", "path"], ["phi", "attained"],
         ["t_mix", "t_mix_l1"], ["grid", "inner_grid"], ["unique_sink", "feedforward", "optional_loops", "digraphs"],
         ["line", "star", "full"], ["product", "rollout"], ["floor", "exp", "not", "defined"],
         ["minimax>", "minimax>=", "others>", "others>="], ["node>", "node>="], ["nodes>", "nodes>="],
         ["absorbed>", "absorbed>="], ["weight>", "weight>="]]
NAMES = ["n", "H", "tau", "true", "false", "j", "i", "k", "h", "mean", 0, 1, 2]
PARTS = [0, 1, 2, "n", "true", "tau", ["/", 1, 2], ["/", 1, 0], ["head", 1], ["head", 2], "mean"]
FEWEST_ACCEPTED = 0.15  # of all
FEWEST_REJECTED = 0.3  # of changed regions, by the program itself


def places(tree, at=()):
    yield at
    for k, part in enumerate(tree if isinstance(tree, list) else []):
        yield from places(part, (*at, k))


def changed(tree, dice):
    """The tree with one random change."""
    at = dice.choice(list(places(tree)))
    if not at:
        return ["and", tree]
    holder = tree = copy.deepcopy(tree)
    for k in at[:-1]:
        holder = holder[k]
    part = holder[at[-1]]
    if isinstance(part, int):
        part += dice.choice([-2, -1, 1, 2])
    elif isinstance(part, str):
        part = dice.choice(next((words for words in ALIKE if part in words), NAMES))
    else:
        kind = dice.choice(["replace", "wrap", "swap", "drop", "append"])
        if kind == "replace":
            part = dice.choice(PARTS)
        elif kind == "wrap":
            part = dice.choice([["not", ["not", part]], ["exp", part]])
        elif kind == "swap" and len(part) > 2:
            k, l = dice.sample(range(1, len(part)), 2)
            part[k], part[l] = part[l], part[k]
        elif kind == "drop" and len(part) > 1:
            del part[dice.randrange(1, len(part))]
        else:
            part.append(dice.choice([1, "j", ["..", 1, 2]]))
    holder[at[-1]] = part
    return tree


def change_a_fact(reading, dice):
    facts = [fact for listed in reading["systems"] for fact in listed["facts"]]
    fact = dice.choice(facts) if facts else {}
    for key in ("t_mix", "t_mix_l1"):
        if key in fact:
            fact[key] = max(0, fact[key] + dice.choice([-1, 1]))
    proof = fact.get("proof", {})
    for key in ("time", "horizon"):
        if key in proof and dice.random() < 0.4:
            proof[key] = max(0, proof[key] + dice.choice([-1, 1, 2]))
    if "vector" in proof and dice.random() < 0.5:
        proof["vector"][dice.randrange(len(proof["vector"]))] = dice.choice(["0", "1", "1/2", "2"])
    if proof and dice.random() < 0.3:
        fact["attained"] = not fact["attained"]


def mutated(document, dice):
    """A certificate of one changed reading."""
    reading = copy.deepcopy(dice.choice(document["readings"]))
    reading["role"] = "stated"
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        what = dice.random()
        if what < 0.85:
            reading["formula"] = changed(reading["formula"], dice)
        elif what < 0.93:
            reading["convention"]["start"] = dice.choice(["worst", "average"])
            reading["convention"]["first_step"] = dice.choice([0, 1])
        else:
            change_a_fact(reading, dice)
    if dice.random() < 0.7:  # a connective has no witness
        reading["formula"] = ["and", reading["formula"]]
        reading.pop("witness", None)
    return {**document, "kind": "claim", "readings": [reading]}


def written(document, truth):
    """The certificate that states this truth, with its hashes."""
    coq = extracted_checker.certificate_to_coq
    document = copy.deepcopy(document)
    document["readings"][0]["truth"], document["verdict"] = truth, "verified" if truth else "refuted"
    keys = ("name", "role", "text", "formula", "convention", "printed", "given")
    hashed = [[reading.get(key) for key in keys] for reading in document["readings"]]
    document["hashes"]["claim"] = coq.hash_of(coq.canonical_text([document["claim"], *hashed]))
    document["hashes"]["systems"] = [coq.hash_of(coq.canonical_text(listed["system"]))
                                     for reading in document["readings"] for listed in reading["systems"]]
    document.pop("sha256")
    return {**document, "sha256": coq.hash_of(coq.canonical_text(document))}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--checker", required=True, help="crosshead-check")
    options.add_argument("--compiled", required=True, type=pathlib.Path, help="the compiled files of proofs/coq")
    options.add_argument("--coqc", default="coqc")
    options.add_argument("--ocamlfind", default="ocamlfind")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=500)
    arguments = options.parse_args()
    dice = random.Random(arguments.seed)
    paths = sorted((ROOT / "tests" / "certificates" / "accept").glob("*.json"))
    originals = [json.loads(path.read_bytes()) for path in paths if extracted_checker.converted(path)[0]]
    regions = [document for document in originals if document["format"] == region_cases.FORMAT]
    originals = [document for document in originals if "readings" in document]
    failures, accepted = [], 0
    with tempfile.TemporaryDirectory() as folder:
        folder, asked, in_coq = pathlib.Path(folder), {}, {}
        for k in range(arguments.count):
            document = mutated(dice.choice(originals), dice)
            for truth in (True, False):
                file = folder / f"{k}-{truth}.json"
                file.write_text(json.dumps(written(document, truth)), encoding="utf-8")
                certificate, _ = extracted_checker.converted(file)
                if certificate:
                    asked[file] = certificate
                else:
                    in_coq[file] = False
        known = {}
        made = [("best", *pair) for pair in best_weights_cases.documents(dice, arguments.count // 10)]
        made += [("region", *pair) for pair in region_cases.documents(dice, 2 * arguments.count, regions)]
        for k, (subject, document, accepted_for_certain) in enumerate(made):
            file = folder / f"{subject}-{k}.json"
            file.write_text(json.dumps(document), encoding="utf-8")
            known[file] = accepted_for_certain
            certificate, _ = extracted_checker.converted(file)
            if certificate:
                asked[file] = certificate
            else:
                in_coq[file] = False
        said = lines_of(arguments.checker, [*asked, *in_coq])
        asked = {file: certificate for file, certificate in asked.items() if "beyond a limit" not in said[file]}
        found = extracted_checker.verdicts(extracted_checker.build(arguments, folder), asked, folder)
        in_coq.update({file: answer for file, (answer, _) in found.items()})
        for file, answer in in_coq.items():
            accepted += answer and file not in known
            if known.get(file) is not None and answer != known[file]:
                failures.append(f"{'accepted' if answer else 'rejected'}, but that is wrong:\n{file.read_text()}")
            if answer != said[file].startswith("accepted"):
                answered = "accepted" if answer else "rejected"
                failures.append(f"{answered} in Coq, but {said[file][:300]}:\n{file.read_text()}")
    claims = len(in_coq) - sum(file in known for file in in_coq)
    best = sum(file.name.startswith("best") for file in known)
    changed = [file for file in in_coq if file.name.startswith("region") and known[file] is None]
    still, no_more = (sum(file in found and in_coq[file] == answer for file in changed) for answer in (True, False))
    print(f"seed {arguments.seed}: {claims} certificates of claims, {accepted} accepted; {best} of the best weights; "
          f"{len(known) - best} of regions, {len(changed)} of them changed: {still} accepted, {no_more} rejected by the "
          f"program; {len(failures)} disagreements")
    for failure in failures[:5]:
        print(failure)
    few = accepted < FEWEST_ACCEPTED * claims or still < FEWEST_ACCEPTED * len(changed)
    sys.exit(1 if failures or few or no_more < FEWEST_REJECTED * len(changed) else 0)


if __name__ == "__main__":
    extracted_checker.certificate_to_coq.with_a_deep_stack(main)
