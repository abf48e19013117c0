#!/usr/bin/env python3
"""Writes tests/certificates: certificates that a checker accepts, and damaged ones with the reason to reject them.

make_corpus.py FOLDER writes accept/, reject/ and expected.txt there. Every expected line is derived here: verdicts from
the oracle, reasons by hand from the damage that was done. Every damaged certificate has its hashes right again, unless
the hash is the damage.
"""
import copy
import hashlib
import json
import pathlib
import sys

from oracle import NO, YES, F, Reading, diffusion_head, edge_head, system, walk_head

CONVENTION = {"first_step": 1, "sink_counts": True, "distance": "tv", "start": "worst"}


def canonical(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def digest(value):
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def rehash(certificate):
    """Gives a certificate the hashes that its content asks for, as far as it has the parts."""
    readings = certificate.get("readings")
    if isinstance(readings, list) and all(isinstance(r, dict) for r in readings) and "hashes" in certificate:
        keys = ("name", "role", "formula", "convention", "printed", "given", "files")
        hashes = certificate["hashes"]
        if "claim" in hashes:
            hashes["claim"] = digest([certificate.get("claim")] + [[r.get(k) for k in keys] for r in readings])
        if "systems" in hashes:
            hashes["systems"] = [digest(s.get("system")) for r in readings for s in r.get("systems", [])]
    if "sha256" in certificate:
        certificate["sha256"] = digest({k: v for k, v in certificate.items() if k != "sha256"})
    return certificate


def reading(formula, name="as stated", role="stated", convention=None, printed=None, given=None, files=None,
            witness=None, roots=(), proofs=None):
    convention = {**CONVENTION, **(convention or {})}
    by_oracle = Reading(formula, convention, printed, given, files, roots, proofs)
    truth = by_oracle.truth_at(witness) if witness else by_oracle.truth()
    assert truth in (NO, YES), formula
    result = {"name": name, "role": role, "formula": formula, "convention": convention}
    for key, value in (("printed", printed), ("given", given), ("files", files)):
        if value:
            result[key] = value
    result["truth"] = truth == YES
    result["mode"] = "witness" if witness else "enumerated"
    if by_oracle.first is not None:
        result["witness"] = by_oracle.first
    result["systems"] = by_oracle.listed()
    return result


def certificate(id, *readings, kind="claim", ledger=None):
    stated = {r["truth"] for r in readings if r["role"] == "stated"}
    hypotheses = [r["truth"] for r in readings if r["role"] == "hypothesis"]
    verdict = ("not-a-claim" if kind == "definition" else "ambiguous" if len(stated) == 2 else
               "verified" if True in stated else "holds-if" if hypotheses and all(hypotheses) else "refuted")
    hashes = {"claim": "", "systems": []}
    if ledger is not None:
        hashes["ledger"] = hashlib.sha256(ledger.encode()).hexdigest()
    readings = json.loads(canonical(readings))  # no part is shared
    return rehash({"format": "crosshead.certificate/1",
                   "claim": {"id": id, "section": "3", "source": "made for the checker", "statement": "See the formula."},
                   "verdict": verdict, "kind": kind, "readings": readings, "hashes": hashes, "sha256": ""})


# Systems of the corpus -----------------------------------------------------------------------------------------
CHAIN_3 = system(3, [edge_head([(1, 1), (1, 2), (2, 2), (3, 3)]), edge_head([(1, 1), (2, 2), (2, 3), (3, 3)])],
                 [F(1, 3), F(2, 3)])  # Example 3.8 of the paper
LINE_3 = system(3, [edge_head([(1, 1), (1, 2), (2, 2), (2, 3), (3, 3)])])
DIAMOND = system(4, [edge_head([(1, 1), (1, 2), (1, 3), (2, 2), (2, 4), (3, 3), (3, 4), (4, 4)]),
                     edge_head([(1, 1), (1, 4), (2, 2), (2, 3), (3, 3), (3, 4), (4, 4)])])
FROM_BELOW = system(2, [diffusion_head([[F(3, 4), F(1, 4)], [F(1, 4), F(3, 4)]])])
TWO_RATES = system(3, [diffusion_head([[F(3, 4), F(1, 4), 0], [F(1, 8), F(3, 4), F(1, 8)], [0, F(1, 4), F(3, 4)]])])
SWAP = system(2, [edge_head([(1, 2), (2, 1)])])
BLEND = system(2, [edge_head([(1, 1), (1, 2), (2, 1), (2, 2)])])
NO_LOOPS = system(3, [edge_head([(1, 2), (2, 3)]), edge_head([(1, 3), (2, 3), (3, 3)])])
LEAKING = system(2, [diffusion_head([[F(1, 2), 0], [F(1, 4), F(1, 2)]])])
WALK = system(3, [walk_head([[F(1, 2), 0, 0], [F(1, 4), F(2, 3), 0], [F(1, 4), F(1, 3), 1]])])
ONE = system(1, [edge_head([(1, 1)])])
SINK_FIRST = system(3, [edge_head([(1, 1), (2, 1), (2, 2), (3, 2), (3, 3)])], sink=1)
PERIODIC = {(0, 1): (F(1), True, {"by": "contraction", "time": 1, "horizon": 1, "laws": [["0", "1"], ["1", "0"]]}),
            (0, 2): (F(1), True, {"by": "contraction", "time": 2, "horizon": 2, "laws": [["0", "1"], ["1", "0"]]})}


def accepted():
    """Name and certificate of everything that is accepted."""
    def one(id, formula, **more):
        return id, certificate(id, reading(formula, **more))

    yield one("no-system", "forall k in 1..6, m in {0, 1, k}: choose(k, m) <= 2 ^ k and (k > 0 implies k / k = 1)")
    yield one("enclosures", "exp(1) > 2.718281828459 and exp(1) < 2.71828182846 and exp(0) = 1 and "
              "floor(exp(10)) = 22026 and ceil(-1/2) = 0 and abs(exp(-700) - 1) < 1 and max(1, 2, 3 - 1) = 2")
    yield one("undefined-numbers", "not (defined(1/0) or defined(0 ^ (0 - 1)) or defined(W(mean, 1, 9)) or "
              "defined(signal(mean, 1, -1)) or defined(signal(head 9, 1, 1))) and (1/0 > 0 or true)", given=LINE_3)
    yield one("aggregates", "(sum k in 1..0: k) = 0 and not defined(min k in 1..0: k) and "
              "(max k in 1..5 where k != 5: k) = 4 and (sum j in others: j) = 3 and if(1 < 2, 3, 1/0) = 3", given=LINE_3)
    yield one("graph-functions", "edges(head 1) = 8 and edges(union) = 10 and indegree(head 2, 4) = 3 and "
              "outdegree(mean, 1) = 4 and feedforward(union) and acyclic(mean) and unique_sink(union) and unique_sink(head 1) "
              "and reaches(head 2, 2) and walks(head 1, 1, 2) = 2 and all_walks(head 1, 1, 1) = 3", given=DIAMOND)
    yield one("matrices", "W(mean, 2, 1) = 1/6 and D(mean, 3, 2) = 1/3 and signal(mean, 1, 2) = 1/18 and "
              "absorbed(head 2, 2, 2) = 3/4 and p(mean) = 1/6 and has_walk(mean) and has_diffusion(head 1) and "
              "not stationary_at_sink(head 1) and stationary_at_sink(mean) and weight(2) = 2/3", given=CHAIN_3)
    yield one("words", "(sum w in words(2): word_weight(w) * product(w, tau, 1)) = signal(mean, 1, 2) and "
              "product([2, 1], tau, 1) = printed(\"cross\") and rollout([2], 3, 2) = 1/4 and letters([2, 1, 2], 2) = 2 and "
              "printed(\"rows\", 2, 1) = 0.5", given=CHAIN_3, printed={"cross": "1/4", "rows": [["1", "0"], ["1/2"]]})
    yield one("first-word", "exists w in words(3) where letters(w, 1) = 1: product(w, tau, 1) > 1/8", given=CHAIN_3)
    yield one("moves", "forall t in 0..4, k in 0..4: moves(mean, 1, t, k) = if(k > 2, 0, moves(head 1, 1, t, k)) and "
              "moves(mean, 2, t, 1) = if(t = 0, 0, 1 - (1/2) ^ t)", given=LINE_3)
    yield one("mixing", "t_mix(mean, 1/4) = 5 and t_mix_l1(mean, 3/8) = 6 and t_mix(mean, 1) = 0 and not defined(t_mix(mean, 0)) and "
              "distance(mean, 1) = 1", given=LINE_3)
    yield one("mixing-average-l1", "t_mix(mean, 1/2) = t_mix_l1(mean, 1/2) and t_mix(mean, 1/2) < 6", given=LINE_3,
              convention={"distance": "l1", "start": "average"})
    yield one("line-mixes", "forall system in line(2..6): t_mix(mean, 1/4) <= 4 * N")
    yield one("superharmonic", "phi(mean, 2) = 1/2 and attained(mean, 2) and phi(mean, 1) = 1", given=LINE_3)
    yield one("absorbing", "phi(mean, 1) = 1 and not attained(mean, 1) and phi_min(head 1) = 0", given=CHAIN_3)
    yield one("absorbing-attained", "phi_min(mean) = 1 and attained(mean, 1)", given=ONE)
    yield one("absorbing-leaking-time-0", "phi(mean, 2) = 1 and phi(mean, 1) = 1/4", given=LEAKING, convention={"first_step": 0})
    yield one("unreachable", "phi(head 1, 1) = 0 and attained(head 1, 1)", given=CHAIN_3)
    yield one("contraction", "phi(mean, 1) = 1/2 and attained(mean, 1)", given=BLEND)
    yield one("contraction-periodic", "phi_min(mean) = 1", given=SWAP, proofs=PERIODIC)
    yield one("recurrence", "phi(mean, 1) = 1/2 and not attained(mean, 1)", given=FROM_BELOW, roots=[F(1, 2)])
    yield one("recurrence-two-roots", "phi(mean, 1) = 1/4 and not attained(mean, 1)", given=TWO_RATES,
              roots=[F(1, 2), F(3, 4)])
    yield one("sink-first", "phi(mean, 3) > 0 and not feedforward(mean) and tau = 1 and t_mix(mean, 1/8) > 0", given=SINK_FIRST)
    yield one("no-loops", "not defined(phi(head 1, 1)) and not has_diffusion(mean) and not has_walk(head 1)", given=NO_LOOPS)
    yield one("derived-walk", "W(mean, 1, 1) = 2/3 and W(mean, 2, 2) = 1 and has_walk(mean) and not has_diffusion(mean)",
              given=LEAKING)
    yield one("amplifies-first", "exists system in unique_sink(3..4, 2): phi_min(mean) > max h in heads: phi_min(head h)")
    yield one("attenuates-none", "exists system in unique_sink(2..3, 1..2): phi_min(mean) < min h in heads: phi_min(head h)")
    yield one("feedforward-counted", "(sum system in feedforward(1..3, 2): 1) = 29 and (sum system in optional_loops(2, 1): 1) = 8 "
              "and (sum system in digraphs(3, 1): 1) = 64 and (sum system in unique_sink(4, 1): 1) = 21")
    yield one("chains", "forall system in chains(2..3, 1, 2): t_mix(mean, 1/4) <= 2 * N / p(mean)")
    yield one("diffusions", "forall system in diffusions(2..3, 1..2, 2): forall j in nodes: D(mean, 1, 1) = 1 and "
              "(sum i in nodes: D(mean, j, i)) = 1")
    yield one("single-families", "(forall system in local(4, 2): edges(mean) = 9) and (forall system in full(4): edges(mean) = 10) "
              "and (forall system in star(4): edges(mean) = 7) and "
              "(forall system in lazy_line(3, 1/2, 1): H = 2 and p(mean) = 3/4 and p(head 2) = 1)")
    yield one("grid", "forall weights in grid(2): phi(mean, 1) = 1 or weight(1) * weight(2) = 0", given=CHAIN_3)
    yield one("inner-grid-first", "forall weights in inner_grid(4), j in nodes: phi(mean, j) > 1/2 or weight(1) > 1/4",
              given=CHAIN_3)
    yield one("file", "forall system in file(\"swap\"), j in nodes: signal(mean, j, 2) = if(j = tau, 1, 0)",
              files={"swap": SWAP})
    yield one("quoted-label", "forall k in 1..3: k <= 3")
    amplifying = system(3, [edge_head([(1, 1), (1, 3), (2, 2), (2, 3), (3, 3)]),
                            edge_head([(1, 1), (1, 2), (2, 2), (2, 3), (3, 3)])])
    yield one("witness-refutes", "forall system in unique_sink(2..5, 2): phi_min(mean) <= 1/8", witness={"system": amplifying})
    yield one("witness-weights", "exists system in unique_sink(3, 2), weights in grid(4) where weight(1) < weight(2), j in others: "
              "phi(mean, j) > 1/8", witness={"system": amplifying, "weights": ["1/4", "3/4"], "j": 1})
    yield one("witness-family-chains", "exists system in chains(2, 2, 3): p(mean) > 1/2",
              witness={"system": system(2, [walk_head([[0, 0], [1, 1]]), walk_head([[F(2, 3), 0], [F(1, 3), 1]])])})
    yield one("witness-word", "exists w in words(12), x in {0.5, 2}: word_weight(w) < x ^ 13", given=CHAIN_3,
              witness={"w": (1,) * 12, "x": F(2)})
    yield one("witness-far", "forall k in 1..1000000000000: k ^ 2 < 10 ^ 20", witness={"k": F(10 ** 11)})
    yield "holds-if", certificate("holds-if", reading("forall k in -2..2: k ^ 2 > 0"),
                                  reading("forall k in -2..2 where k != 0: k ^ 2 > 0", name="k nonzero", role="hypothesis"),
                                  reading("0 ^ 2 = 0", name="the exception", role="fact"))
    yield "ambiguous", certificate(
        "ambiguous", reading("phi_min(mean) = 1/4", name="all nodes", given=LINE_3, convention={"sink_counts": False}),
        reading("phi_min(mean) = 1/4", name="from time 0", given=LINE_3, convention={"first_step": 0, "sink_counts": False}),
        reading("phi_min(mean) = 1", name="one node", given=ONE, convention={"first_step": 0}),
        reading("phi_min(mean) = 1/2", name="no such value", given=LINE_3))
    yield "definition", certificate("definition", reading("defined(phi_min(mean)) iff has_diffusion(mean)", given=WALK),
                                    kind="definition")
    yield "with-ledger", certificate("with-ledger", reading("1 + 1 = 2"), ledger="id = \"with-ledger\"\n")


# Damage ----------------------------------------------------------------------------------------------------------
def damaged(good):
    """Name, text and expected reason of everything that is rejected."""
    def change(name, base, act, reason, hashes=True):
        c = copy.deepcopy(good[base])
        c = act(c) or c
        return name, json.dumps(rehash(c) if hashes else c, ensure_ascii=False) + "\n", reason

    def put(*path_value):
        *path, value = path_value

        def act(c):
            for step in path[:-1]:
                c = c[step]
            c[path[-1]] = value
        return act

    def drop(*path):
        def act(c):
            for step in path[:-1]:
                c = c[step]
            del c[path[-1]]
        return act

    def swap(*path):
        def act(c):
            for step in path[:-1]:
                c = c[step]
            k = path[-1]
            c[k], c[k + 1] = c[k + 1], c[k]
        return act

    def repeat(*path):
        def act(c):
            for step in path[:-1]:
                c = c[step]
            c.insert(path[-1], copy.deepcopy(c[path[-1]]))
        return act

    def reorder(*path):
        """Moves the first key of an object to its end."""
        def act(c):
            parent = c
            for step in path[:-1]:
                parent = parent[step]
            old = parent[path[-1]] if path else c
            keys = list(old)
            new = {k: old[k] for k in keys[1:] + keys[:1]}
            if not path:
                return new
            parent[path[-1]] = new
            return None
        return act

    def formula(text):
        return put("readings", 0, "formula", text)

    text = json.dumps(good["superharmonic"], ensure_ascii=False)
    R, S = "readings", "systems"
    fact = (R, 0, S, 0, "facts", 0)
    proof = fact + ("proof",)
    # Not JSON, or not all of it.
    yield "empty", "", "certificate: not JSON: the text ends early at byte 0"
    yield "white-space-alone", " \n", "certificate: not JSON: the text ends early at byte 2"
    yield "truncated", text[:len(text) // 2], "certificate: not JSON: "
    yield "last-brace-missing", text[:-1], "certificate: not JSON: the text ends early"
    yield "trailing-bytes", text + "x", "certificate: not JSON: bytes after the end of the document"
    yield "two-certificates", text + text, "certificate: not JSON: bytes after the end of the document"
    yield "byte-order-mark", "\ufeff" + text, "certificate: not JSON: expected a value at byte 0"
    yield "trailing-comma", text[:-1] + ",}", "certificate: not JSON: expected a key"
    yield "float-time", text.replace('"time": 1', '"time": 1.0', 1), "certificate: not JSON: a number that is no integer"
    yield "leading-zero", text.replace('"time": 1', '"time": 01', 1), "certificate: not JSON: a number with a leading zero"
    yield "unused-escape", text.replace("made for", "\\u006dade for", 1), "certificate: not JSON: an escape that section 1"
    yield "raw-control-character", text.replace("made for", "made\tfor", 1), "certificate: not JSON: a control character"
    yield "too-deep", "[" * 100 + "]" * 100, "certificate: beyond a limit: JSON nested deeper than 64"
    yield "array-for-object", "[]\n", "certificate: expected an object"
    # Keys.
    first = '{"format": "crosshead.certificate/1", '
    yield "duplicated-key", first + text[1:], 'certificate: expected the key "claim" next'
    yield change("reordered-keys", "superharmonic", reorder(), 'certificate: expected the key "format" next')
    yield change("reordered-convention", "superharmonic", reorder(R, 0, "convention"), 'readings[0].convention: expected the key "first_step" next')
    yield change("unknown-key", "superharmonic", put("comment", "x"), 'certificate: the key "comment" is not expected here')
    yield change("no-verdict", "superharmonic", drop("verdict"), 'certificate: expected the key "verdict" next')
    yield change("no-hashes", "superharmonic", drop("hashes"), 'certificate: expected the key "hashes" next')
    yield change("no-truth", "superharmonic", drop(R, 0, "truth"), 'readings[0]: expected the key "truth" next')
    yield change("no-epsilon", "mixing", drop(*fact, "epsilon"), "readings[0].systems[0].facts[0]: ")
    yield change("stale-version", "superharmonic", put("format", "crosshead.certificate/0"), "format: not the format")
    yield change("later-version", "superharmonic", put("format", "crosshead.certificate/2"), "format: not the format")
    yield change("unknown-verdict", "superharmonic", put("verdict", "proved"), "verdict: \"proved\" is not one of")
    yield change("unknown-kind", "superharmonic", put("kind", "lemma"), "kind: \"lemma\" is not one of")
    yield change("unknown-role", "superharmonic", put(R, 0, "role", "assumed"), "readings[0].role: \"assumed\" is not one of")
    yield change("unknown-mode", "superharmonic", put(R, 0, "mode", "random"), "readings[0].mode: \"random\" is not one of")
    yield change("unknown-distance", "superharmonic", put(R, 0, "convention", "distance", "l2"), "readings[0].convention.distance: ")
    yield change("first-step-2", "superharmonic", put(R, 0, "convention", "first_step", 2), "readings[0].convention.first_step: expected 0 or 1")
    yield change("truth-as-a-string", "superharmonic", put(R, 0, "truth", "true"), "readings[0].truth: expected true or false")
    duplicated = json.loads(canonical(good["file"]))
    duplicated[R][0]["files"]["SWAP"] = SWAP
    twice = canonical(rehash(duplicated)).replace("SWAP", "swap")  # a key twice: the hashes are made by hand
    body = twice[:twice.rindex(',"sha256"')] + "}"
    yield "duplicated-file", body[:-1] + ',"sha256":"' + hashlib.sha256(body.encode()).hexdigest() + '"}', \
        "readings[0].files: the names are not in ascending order"
    yield change("files-out-of-order", "file", put(R, 0, "files", {"z": SWAP, "swap": SWAP}), "readings[0].files: the names are not in ascending order")
    yield change("empty-printed", "words", put(R, 0, "printed", {}), "readings[0].printed: expected at least one name")
    # Readings and verdicts.
    yield change("no-reading", "superharmonic", put(R, []), "readings: no reading")
    yield change("no-stated-reading", "superharmonic", put(R, 0, "role", "fact"), "readings: no stated reading")
    yield change("hypothesis-alone", "superharmonic", put(R, 0, "role", "hypothesis"), "readings: no stated reading")
    yield change("wrong-verdict", "superharmonic", put("verdict", "refuted"), "verdict: the truths of the readings give verified")
    yield change("verdict-of-a-definition", "definition", put("verdict", "verified"), "verdict: the truths of the readings give not-a-claim")
    yield change("definition-for-a-claim", "superharmonic", put("kind", "definition"), "verdict: the truths of the readings give not-a-claim")
    yield change("holds-if-without-hypothesis", "holds-if", drop(R, 1), "verdict: the truths of the readings give refuted")
    yield change("fact-counted-as-stated", "holds-if", put(R, 2, "role", "stated"), "verdict: the truths of the readings give ambiguous")
    yield change("ambiguous-called-verified", "ambiguous", put("verdict", "verified"), "verdict: the truths of the readings give ambiguous")
    yield change("wrong-truth", "superharmonic", put(R, 0, "truth", False), "readings[0].formula: the formula does not have the stated truth")
    yield change("wrong-truth-and-verdict", "attenuates-none", lambda c: (put(R, 0, "truth", True)(c), put("verdict", "verified")(c)) and None,
                 "readings[0].formula: the formula does not have the stated truth")
    yield change("no-truth-value", "no-system", formula("forall k in 1..6, m in {0, 1, k}: 1 / m > 0"), "readings[0].formula: the formula has no truth value")
    yield change("undecided-enclosure", "enclosures", formula("exp(1) * exp(-1) = 1"), "readings[0].formula: the formula has no truth value")
    # Vacuity.
    yield change("vacuous-forall", "no-system", formula("forall k in 1..0: k > k"), "readings[0].formula: vacuous")
    yield change("vacuous-where", "no-system", formula("forall k in 1..6 where k > 6: k > k"), "readings[0].formula: vacuous")
    yield change("vacuous-inner", "no-system", formula("forall k in 1..6, m in 1..k - 6: k > k or k < 6"), "readings[0].formula: vacuous")
    yield change("vacuous-family", "line-mixes", lambda c: (formula("forall system in line(6..2): 1 = 2")(c), put(R, 0, S, [])(c)) and None,
                 "readings[0].formula: vacuous")
    # Hashes.
    wrong = "0" * 64
    yield change("wrong-sha256", "superharmonic", put("sha256", wrong), "sha256: the hash does not match", hashes=False)
    yield change("upper-case-sha256", "superharmonic", lambda c: put("sha256", c["sha256"].upper())(c), "sha256: the hash does not match", hashes=False)

    def stale(path, value):
        def act(c):
            put(*path, value)(c)
            c["sha256"] = digest({k: v for k, v in c.items() if k != "sha256"})
        return act
    yield change("wrong-claim-hash", "superharmonic", stale(("hashes", "claim"), wrong), "hashes.claim: the hash does not match", hashes=False)
    yield change("changed-statement", "superharmonic", stale(("claim", "statement"), "Something else."), "hashes.claim: the hash does not match", hashes=False)
    yield change("wrong-system-hash", "superharmonic", stale(("hashes", "systems", 0), wrong), "hashes.systems[0]: the hash does not match", hashes=False)
    yield change("missing-system-hash", "superharmonic", stale(("hashes", "systems"), []), "hashes.systems: too few hashes", hashes=False)
    yield change("extra-system-hash", "no-system", stale(("hashes", "systems"), [wrong]), "hashes.systems: too many hashes", hashes=False)
    yield change("short-ledger-hash", "with-ledger", put("hashes", "ledger", "abc"), "hashes.ledger: not a hash")
    # Numbers.
    for name, value in (("not-lowest-terms", "2/8"), ("denominator-1", "1/1"), ("plus-sign", "+1/4"), ("decimal", "0.25"),
                        ("zero-denominator", "1/0"), ("negative-zero", "-0"), ("leading-zero-digits", "01/4"),
                        ("space-in-number", " 1/4"), ("empty-number", ""), ("negative-denominator", "1/-4"), ("hex-number", "0x1")):
        yield change("noncanonical-" + name, "superharmonic", put(*fact, "phi", value), "readings[0].systems[0].facts[0].phi: ")
    yield change("number-as-integer", "superharmonic", put(*fact, "phi", 0), "readings[0].systems[0].facts[0].phi: expected a string")
    yield change("time-as-string", "superharmonic", put(*proof, "time", "2"), "readings[0].systems[0].facts[0].proof.time: expected an integer")
    yield change("noncanonical-printed", "words", put(R, 0, "printed", "rows", [["1", "0"], ["2/4"]]), "readings[0].printed.rows[1][0]: ")
    # Facts that do not prove their value.
    at = "readings[0].systems[0].facts[0].proof: "
    yield change("phi-too-small", "superharmonic", put(*fact, "phi", "1/4"), at + "phi is not the signal at the time")
    yield change("phi-too-large", "superharmonic", put(*fact, "phi", "3/4"), at + "phi is not the signal at the time")
    yield change("wrong-denominator", "superharmonic", put(*fact, "phi", "1/3"), at + "phi is not the signal at the time")
    yield change("time-too-late", "superharmonic", put(*proof, "time", 2), at + "the signal reaches phi before the time")
    yield change("time-before-first-step", "superharmonic", put(*proof, "time", 0), "readings[0].systems[0].facts[0].proof.time: expected an integer of at least 1")
    yield change("horizon-too-short", "superharmonic", put(*proof, "horizon", 1), at + "what is left exceeds phi")
    yield change("horizon-before-time", "superharmonic", put(*proof, "horizon", 0), "readings[0].systems[0].facts[0].proof.horizon: ")
    yield change("horizon-beyond-all-work", "superharmonic", put(*proof, "horizon", 10 ** 17), "readings[0].formula: beyond a limit: ")
    yield change("horizon-of-30-digits", "superharmonic", put(*proof, "horizon", 10 ** 29), "readings[0].formula: beyond a limit: an integer of more than 18 digits")
    yield change("vector-not-superharmonic", "superharmonic", put(*proof, "vector", ["1", "1", "1/2"]), at + "the vector is not superharmonic")
    yield change("vector-negative", "superharmonic", put(*proof, "vector", ["1", "1", "-1"]), "readings[0].systems[0].facts[0].proof.vector[2]: expected no negative number")
    yield change("vector-too-short", "superharmonic", put(*proof, "vector", ["1", "1"]), "readings[0].systems[0].facts[0].proof.vector: expected 3 numbers")
    yield change("vector-below-1", "superharmonic", put(*proof, "vector", ["0", "0", "0"]), at + "the vector is below 1 at the node")
    yield change("attained-flipped", "superharmonic", put(*fact, "attained", False), at + "a value of the signal is attained")
    yield change("absorbing-attained-flipped", "absorbing", put(*fact, "attained", True), at + "the supremum is not attained")
    yield change("absorbing-not-attained", "absorbing-attained", put(*fact, "attained", False), at + "the supremum is attained")
    yield change("absorbing-wrong-value", "absorbing", put(*fact, "phi", "1/2"), at + "phi is not the entry of the sink")
    yield change("absorbing-not-harmonic", "absorbing", put(*proof, "vector", ["1", "1/2", "1"]), at + "the vector is not harmonic")
    yield change("unreachable-positive", "unreachable", put(*fact, "phi", "1/2"), at + "the signal is 0, attained")
    yield change("unreachable-for-visited", "superharmonic", put(*fact, "proof", {"by": "unreachable"}), at + "the node is visited")
    yield change("absorbing-for-transient", "superharmonic", put(*fact, "proof", {"by": "absorbing", "vector": ["1", "1", "1"]}), at + "the node is not absorbing")
    yield change("contraction-wrong-law", "contraction", put(*proof, "laws", [["1/3", "2/3"]]), at + "a law that is not stationary")
    yield change("contraction-no-law", "contraction", put(*proof, "laws", []), at + "no law")
    yield change("contraction-half-a-law", "contraction", put(*proof, "laws", [["1/4", "1/4"]]), at + "a law that does not sum to 1")
    yield change("contraction-laws-out-of-phase", "contraction-periodic", swap(*proof, "laws", 0), at + "what is left exceeds phi")
    yield change("contraction-one-law-of-two", "contraction-periodic", drop(*proof, "laws", 1), at + "a law that is not stationary")
    yield change("recurrence-wrong-root", "recurrence", put(*proof, "roots", ["1/3"]), at + "the recurrence leaves something")
    yield change("recurrence-root-1", "recurrence", put(*proof, "roots", ["1"]), at + "the roots are not ascending in (0, 1)")
    yield change("recurrence-roots-descending", "recurrence-two-roots", swap(*proof, "roots", 0), at + "the roots are not ascending in (0, 1)")
    yield change("recurrence-root-missing", "recurrence-two-roots", drop(*proof, "roots", 0), at + "the recurrence leaves something")
    yield change("recurrence-no-root", "recurrence", put(*proof, "roots", []), at + "the recurrence leaves something")
    yield change("recurrence-attained", "recurrence", put(*fact, "attained", True), at + "the supremum is not attained")
    yield change("recurrence-too-large", "recurrence", put(*fact, "phi", "2/3"), at + "the recurrence leaves something")
    yield change("unknown-proof", "superharmonic", put(*proof, "by", "inspection"), "readings[0].systems[0].facts[0].proof.by: ")
    yield change("mixing-off-by-one-late", "mixing", put(*fact, "t_mix", 6), "readings[0].systems[0].facts[0]: mixed before this time")
    yield change("mixing-off-by-one-early", "mixing", put(*fact, "t_mix", 4), "readings[0].systems[0].facts[0]: not mixed at this time")
    yield change("mixing-l1-off-by-one", "mixing", put(R, 0, S, 0, "facts", 1, "t_mix_l1", 5), "readings[0].systems[0].facts[1]: not mixed at this time")
    yield change("mixing-wrong-epsilon", "mixing", put(*fact, "epsilon", "1/8"), "readings[0].systems[0].facts[0]: not the fact needed next")
    yield change("mixing-at-10-to-the-17", "mixing", put(*fact, "t_mix", 10 ** 17), "readings[0].formula: beyond a limit: ")
    yield change("mixing-under-other-distance", "mixing-average-l1", put(R, 0, "convention", "distance", "tv"), "readings[0].systems[0].facts[0]: mixed before this time")
    # Facts and systems: each exactly once, in the order of first use.
    yield change("fact-missing", "superharmonic", drop(*fact), "readings[0].systems[0].facts[0]: not the fact needed next")
    yield change("last-fact-missing", "superharmonic", drop(R, 0, S, 0, "facts", 1), "readings[0].systems[0].facts: a fact is needed that is not listed")
    yield change("facts-reordered", "superharmonic", swap(*fact), "readings[0].systems[0].facts[0]: not the fact needed next")
    yield change("fact-duplicated", "superharmonic", repeat(*fact), "readings[0].systems[0].facts[1]: not the fact needed next")
    yield change("last-fact-duplicated", "superharmonic", repeat(R, 0, S, 0, "facts", 1), "readings[0].systems[0].facts[2]: a fact that is never used")
    yield change("fact-of-another-chain", "superharmonic", put(*fact, "of", "head 1"), "readings[0].systems[0].facts[0]: not the fact needed next")
    yield change("fact-of-another-node", "superharmonic", put(*fact, "node", 3), "readings[0].systems[0].facts[0]: not the fact needed next")
    yield change("system-missing", "superharmonic", put(R, 0, S, []), "readings[0].systems: a system is needed that is not listed")
    yield change("system-duplicated", "superharmonic", repeat(R, 0, S, 0), "readings[0].systems[1]: a system that is never used")
    yield change("systems-reordered", "line-mixes", swap(R, 0, S, 0), "readings[0].systems[0]: not the system needed next")
    yield change("system-left-out", "line-mixes", drop(R, 0, S, 2), "readings[0].systems[2]: not the system needed next")
    yield change("last-system-left-out", "line-mixes", drop(R, 0, S, 4), "readings[0].systems: a system is needed that is not listed")
    yield change("below-instances-left-out", "amplifies-first", lambda c: (put(R, 0, S, c[R][0][S][-1:])(c), put(R, 0, "witness", 0, "system", 0)(c)) and None,
                 "readings[0].systems[0]: not the system needed next")
    yield change("unused-system", "no-system", put(R, 0, S, [{"system": LINE_3, "facts": []}]), "readings[0].systems[0]: a system that is never used")
    # Systems that are not systems.
    g = (R, 0, "given")
    yield change("ten-to-the-9-nodes", "superharmonic", put(*g, {"nodes": 10 ** 9, "sink": 1, "heads": [{"edges": []}], "weights": ["1"]}), "beyond a limit: more than 1000 nodes")
    yield change("no-nodes", "superharmonic", put(*g, "nodes", 0), "readings[0].given.nodes: expected an integer of at least 1")
    yield change("sink-beyond-nodes", "superharmonic", put(*g, "sink", 4), "readings[0].given.sink: the sink is no node")
    yield change("edge-beyond-nodes", "superharmonic", put(*g, "heads", 0, "edges", 4, [3, 4]), "readings[0].given.heads[0].edges[4]: no edge, or out of order")
    yield change("edges-out-of-order", "superharmonic", swap(*g, "heads", 0, "edges", 1), "readings[0].given.heads[0].edges[2]: no edge, or out of order")
    yield change("edge-twice", "superharmonic", repeat(*g, "heads", 0, "edges", 1), "readings[0].given.heads[0].edges[2]: no edge, or out of order")
    yield change("edge-of-three", "superharmonic", put(*g, "heads", 0, "edges", 4, [3, 3, 3]), "readings[0].given.heads[0].edges[4]: expected an edge")
    yield change("head-without-matrices", "recurrence", put(*g, "heads", 0, {}), "readings[0].given.heads[0]: expected edges, a diffusion or a walk")
    yield change("row-missing", "recurrence", drop(*g, "heads", 0, "diffusion", 1), "readings[0].given.heads[0].diffusion: expected a row for each node")
    yield change("entry-missing", "recurrence", drop(*g, "heads", 0, "diffusion", 1, 1), "readings[0].given.heads[0].diffusion[1]: expected 2 numbers")
    yield change("negative-entry", "recurrence", put(*g, "heads", 0, "diffusion", 1, 0, "-1/4"), "readings[0].given.heads[0].diffusion[1][0]: expected no negative number")
    yield change("weights-below-1", "absorbing", put(*g, "weights", ["1/3", "1/3"]), "readings[0].given.weights: the weights do not sum to 1")
    yield change("weights-too-few", "absorbing", put(*g, "weights", ["1"]), "readings[0].given.weights: expected 2 numbers")
    yield change("no-heads", "superharmonic", lambda c: (put(*g, "heads", [])(c), put(*g, "weights", [])(c)) and None, "readings[0].given.weights: the weights do not sum to 1")
    yield change("negative-weight", "absorbing", put(*g, "weights", ["4/3", "-1/3"]), "readings[0].given.weights[1]: expected no negative number")
    yield change("heads-swapped", "absorbing", swap(*g, "heads", 0), "readings[0].systems[0]: not the system needed next")
    yield change("heads-swapped-everywhere", "amplifies-first", swap(R, 0, S, 3, "system", "heads", 0), "readings[0].systems[3]: not the system needed next")
    # Witnesses.
    w = (R, 0, "witness")
    yield change("witness-missing", "first-word", drop(*w), "readings[0].formula: not the instance at which the enumeration stops")
    yield change("witness-where-none-decides", "no-system", put(R, 0, {**{k: v for k, v in good["no-system"][R][0].items() if k != S}, "witness": [], S: []}), "readings[0].witness: a witness where no instance decides")
    yield change("witness-later-word", "first-word", put(*w, 0, "word", [2, 2, 1]), "readings[0].witness: not the instance at which the enumeration stops")
    yield change("witness-of-another-name", "first-word", put(*w, 0, "name", "v"), "readings[0].witness: not the instance at which the enumeration stops")
    yield change("witness-mode-without-witness", "witness-far", drop(*w), "readings[0].formula: mode witness needs a leading quantifier and a witness")
    yield change("witness-outside-range", "witness-far", put(*w, 0, "value", "1000000000001"), "readings[0].witness[0]: outside its domain")
    yield change("witness-not-an-integer", "witness-far", put(*w, 0, "value", "1000000000000/3"), "readings[0].witness[0]: outside its domain")
    yield change("witness-does-not-decide", "witness-far", put(*w, 0, "value", "7"), "readings[0].formula: the formula does not have the stated truth")
    yield change("witness-word-too-short", "witness-word", put(*w, 0, "word", [1] * 11), "readings[0].witness[0]: outside its domain")
    yield change("witness-word-of-head-3", "witness-word", put(*w, 0, "word", [1] * 11 + [3]), "readings[0].witness[0]: outside its domain")
    yield change("witness-not-in-list", "witness-word", put(*w, 1, "value", "3"), "readings[0].witness[1]: outside its domain")
    yield change("witness-name-missing", "witness-word", drop(*w, 1), "readings[0].witness: expected a value for each bound name")
    yield change("witness-against-where", "witness-weights", lambda c: (put(*w, 1, "weights", ["3/4", "1/4"])(c), put(R, 0, S, 0, "system", "weights", ["3/4", "1/4"])(c)) and None,
                 "readings[0].witness[1]: the witness does not satisfy its condition")
    yield change("witness-off-the-grid", "witness-weights", lambda c: (put(*w, 1, "weights", ["1/3", "2/3"])(c), put(R, 0, S, 0, "system", "weights", ["1/3", "2/3"])(c)) and None,
                 "readings[0].witness[1]: outside its domain")
    yield change("witness-weights-of-another-system", "witness-weights", put(*w, 1, "weights", ["0", "1"]), "readings[0].witness: the system does not have the heads and weights of the instance")
    yield change("witness-is-the-sink", "witness-weights", put(*w, 2, "value", "3"), "readings[0].witness[2]: outside its domain")
    yield change("witness-system-out-of-list", "witness-refutes", put(*w, 0, "system", 1), "readings[0].systems: no system with the index 1")
    s = (R, 0, S, 0, "system")
    yield change("witness-has-two-sinks", "witness-refutes", put(*s, "heads", 1, "edges", [[1, 1], [1, 2], [2, 2], [3, 3]]), "readings[0].witness[0]: outside its domain")
    yield change("witness-without-self-loop", "witness-refutes", drop(*s, "heads", 1, "edges", 0), "readings[0].witness[0]: outside its domain")
    yield change("witness-heads-unordered", "witness-refutes", swap(*s, "heads", 0), "readings[0].witness[0]: outside its domain")
    yield change("witness-heads-equal", "witness-refutes", lambda c: put(*s, "heads", 1, c[R][0][S][0]["system"]["heads"][0])(c), "readings[0].witness[0]: outside its domain")
    yield change("witness-weights-not-uniform", "witness-refutes", put(*s, "weights", ["1/4", "3/4"]), "readings[0].witness: the system does not have")
    yield change("witness-other-sink", "witness-refutes", put(*s, "sink", 2), "readings[0].witness[0]: outside its domain")
    yield change("witness-too-few-nodes", "witness-refutes", formula("forall system in unique_sink(4..5, 2): phi_min(mean) <= 1/8"), "readings[0].witness[0]: outside its domain")
    yield change("witness-too-few-heads", "witness-refutes", formula("forall system in unique_sink(2..5, 3): phi_min(mean) <= 1/8"), "readings[0].witness[0]: outside its domain")
    yield change("witness-of-matrices", "witness-refutes", formula("forall system in chains(2..5, 2, 2): phi_min(mean) <= 1/8"), "readings[0].witness[0]: outside its domain")
    yield change("witness-not-a-multiple", "witness-family-chains", formula("exists system in chains(2, 2, 2): p(mean) > 1/2"), "readings[0].witness[0]: outside its domain")
    yield change("witness-for-a-true-forall", "witness-far", put(R, 0, "truth", True), "readings[0].formula: no witness decides this formula so")
    yield change("mode-exchanged", "witness-family-chains", put(R, 0, "mode", "enumerated"), "readings[0].systems[0]: not the system needed next")
    # Formulas.
    bad = "readings[0].formula: malformed formula: "
    for name, text_, reason in (
            ("empty", "", "'the end' where an expression is needed"), ("unknown-function", "phi_max(1) = 1", "the call of phi_max"),
            ("unknown-name", "k = k", "the unknown name 'k'"), ("unknown-character", "1 = 1 & 2 = 2", "the character '&'"),
            ("number-for-truth", "1 + 1", "'+' where another type is needed"), ("truth-for-number", "(1 = 1) + 1 = 2", "'compare' where another type is needed"),
            ("wrong-arity", "choose(3) = 1", "the call of choose"), ("open-string", "printed(\"x) = 1", "a string without an end"),
            ("open-parenthesis", "(1 = 1", "expected ')'"), ("text-after-its-end", "1 = 1 )", "')' after its end"),
            ("bound-twice", "forall k in 1..2, k in 1..2: k = k", "the name 'k' is bound already"),
            ("reserved-name", "forall n in 1..2: n = n", "the name 'n' cannot be bound so"),
            ("function-bound", "forall phi in 1..2: 1 = 1", "the name 'phi' cannot be bound so"),
            ("no-system", "n = 3", "'n' without a current system"), ("union-in-a-walk-function", "forall system in line(3): p(union) = 1", "the call of p"),
            ("word-bound-in-a-family", "forall k in line(3): 1 = 1", "the name 'k' cannot be bound so"),
            ("family-arity", "forall system in line(3, 2): 1 = 1", "the arguments of the family line"),
            ("range-for-a-width", "forall system in local(3, 1..2): 1 = 1", "the arguments of the family local"),
            ("missing-colon", "forall k in 1..2 k = k", "expected ':'"), ("missing-file", "forall system in file(\"x\"): 1 = 1", "no file \"x\""),
            ("missing-printed", "printed(\"x\") = 1", "printed(\"x\")"), ("double-comparison", "1 = = 1", "'=' where an expression is needed")):
        yield change("formula-" + name, "quoted-label", formula(text_), bad + reason)
    for name, text_, reason in (
            ("deep", "(" * 300 + "1" + ")" * 300 + " = 1", "a formula nested deeper than 200"), ("minus-deep", "-" * 300 + "1 = 1", "a formula nested deeper"),
            ("huge-power", "2 ^ (10 ^ 15) > 0", "a power of more than"), ("huge-binomial", "choose(10 ^ 9, 5 * 10 ^ 8) > 0", "a binomial coefficient of more than"),
            ("huge-range", "forall k in 1..10 ^ 12: k > 0", "limb operations"), ("huge-words", "forall system in star(2): forall k in 1..2: exists w in words(10 ^ 11): k = 0", "limb operations"),
            ("many-words", "forall system in lazy_line(2, 1, 1/2), w in words(40): 1 = 1", "limb operations"), ("huge-line", "forall system in line(10 ^ 9): n > 0", "more than 1000 nodes"),
            ("huge-family", "forall system in digraphs(9, 2): n > 0", "limb"), ("huge-time", "forall system in full(5): signal(mean, 1, 10 ^ 15) > 0", "limb"),
            ("huge-exponential", "exp(1001) > 0", "exp beyond 1000"), ("huge-grid", "forall system in lazy_line(2, 1, 1/2, 1/3, 1/4), weights in grid(10 ^ 6): 1 = 1", "limb operations")):
        yield change("limit-" + name, "quoted-label", formula(text_), "readings[0].formula: beyond a limit: " + ("" if reason == "limb" else "too many limb operations" if reason == "limb operations" else reason))


def main(folder):
    folder = pathlib.Path(folder)
    lines, good = [], {}
    for name in ("accept", "reject"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, c in accepted():
        if name == "quoted-label":
            c["claim"]["statement"] = "A label with \"quotes\", a \\, a \n and \u03c4."
            rehash(c)
        good[name] = c
        (folder / "accept" / (name + ".json")).write_text(json.dumps(c, ensure_ascii=False) + "\n", encoding="utf-8")
        formulas = "; ".join(r["formula"] + (" is true" if r["truth"] else " is false") for r in c["readings"])
        lines.append("accept/%s.json\taccepted: %s: %s: %s" % (name, c["claim"]["id"], c["verdict"], formulas))
    for name, text, reason in damaged(good):
        (folder / "reject" / (name + ".json")).write_text(text, encoding="utf-8")
        lines.append("reject/%s.json\trejected: %s" % (name, reason))
    (folder / "expected.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
