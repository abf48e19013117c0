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

import region_corpus
import simplex_corpus
from bounds import NO, YES
from oracle import Reading
from simplex_reading import FALSE, TRUE
from spelling import tree_of
from systems import F, diffusion_head, edge_head, system, walk_head
from trees import TreeReading

CONVENTION = {"first_step": 1, "sink_counts": True, "distance": "tv", "start": "worst"}


def canonical(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def digest(value):
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def rehash(certificate):
    """Gives a certificate the hashes that its content asks for, as far as it has the parts."""
    readings = certificate.get("readings")
    if isinstance(readings, list) and all(isinstance(r, dict) for r in readings) and "hashes" in certificate:
        keys = ("name", "role", "text", "formula", "convention", "printed", "given")
        hashes = certificate["hashes"]
        if "claim" in hashes:
            hashes["claim"] = digest([certificate.get("claim")] + [[r.get(k) for k in keys] for r in readings])
        if "systems" in hashes:
            hashes["systems"] = [digest(s.get("system")) for r in readings for s in r.get("systems", [])]
    if "sha256" in certificate:
        certificate["sha256"] = digest({k: v for k, v in certificate.items() if k != "sha256"})
    return certificate


def reading(text, name="as stated", role="stated", convention=None, printed=None, given=None, files=None, roots=(),
            proofs=None, formula=None, regions=(), cell=None):
    """A reading of a text, evaluated as it stands and as the tree that it spells; a formula makes the text a label."""
    convention = {**CONVENTION, **(convention or {})}
    tree = formula or tree_of(text, convention)
    by_tree = TreeReading(tree, convention, printed, given or (files and files["swap"]), roots, proofs, regions, cell)
    truth = by_tree.truth()
    assert truth in (FALSE, TRUE), text
    if not formula:
        by_text = Reading(text, convention, printed, given, files, roots, proofs).truth()
        assert by_text == (YES if truth == TRUE else NO), text
    result = {"name": name, "role": role, "text": text, "formula": tree, "convention": convention}
    for key, value in (("printed", printed), ("given", by_tree.given)):
        if value:
            result[key] = value
    result["truth"] = truth == TRUE
    if by_tree.first is not None:
        result["witness"] = by_tree.first
    result["systems"] = by_tree.listed()
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
    def one(id, text, **more):
        return id, certificate(id, reading(text, **more))

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
    yield one("witness-refutes", "forall system in unique_sink(2..5, 2): phi_min(mean) <= 1/8")
    yield one("witness-weights", "exists system in unique_sink(3, 2), weights in grid(4) where weight(1) < weight(2), j in others: "
              "phi(mean, j) > 1/8")
    yield one("witness-family-chains", "exists system in chains(2, 2, 3): p(mean) > 1/2")
    yield one("witness-word", "exists w in words(12), x in {0.5, 2}: word_weight(w) < x ^ 13", given=CHAIN_3)
    yield one("witness-empty-word", "exists w in words(0): product(w, 1, 1) = 1", given=CHAIN_3)
    yield one("witness-after-a-missing-domain", "exists k in 0..3, m in 1..1/k: m + k = 2")
    # Trees that no text spells; their text is only a label.
    yield one("text-is-a-label", "1 = 2", formula=["=", 1, 1])
    yield one("bare-number", "1", formula=1)
    yield one("truth-values-are-numbers", "", given=LINE_3, formula=[
        "and", ["=", ["sum", ["j", ["..", 1, "n"]], ["<", "j", "tau"]], 2], ["=", ["max", "false", ["absorbing", "mean"]], "true"]])
    yield one("names-like-operations", "", formula=[
        "exists", ["and", ["..", 0, 1]], ["sum", ["list", 5, 6]], ["and", ["=", "and", 1], ["=", ["max", "sum", 6], "sum"]]])
    yield one("edges-and-paths", "", given=DIAMOND, formula=[
        "and", ["=", ["edge", ["head", 1], 1, 4], 0], ["=", ["edge", "mean", 1, 4], 1], ["path", ["head", 1], 1, 4],
        ["path", "mean", 4, 4], ["not", ["path", "mean", 4, 1]], ["not", ["defined", ["edge", "mean", 1, 5]]],
        ["=", ["product", ["word"], 2, 2], 1], ["not", ["defined", ["product", ["word", 3], 1, 1]]]])
    yield one("aggregates-over-nothing", "", formula=[
        "and", ["=", ["sum", ["k", ["..", 1, 0]], "k"], 0], ["not", ["defined", ["min_over", ["k", ["..", 1, 0]], "k"]]],
        ["not", ["defined", ["max_over", ["k", ["..", 1, 3], ["<", 3, "k"]], "k"]]],
        ["not", ["defined", ["sum", ["system", ["line", 0]], 1]]], ["not", ["defined", ["sum", ["k", ["..", 1, ["/", 1, 2]]], 1]]]])
    yield one("unreached-parts", "", formula=["or", ["if", ["<", 1, 2], ["=", 1, 1], ["nonsense"]], ["n", 7]])
    c = certificate("facts-reordered", reading("phi(mean, 2) = 1/2 and attained(mean, 2) and phi(mean, 1) = 1", given=LINE_3))
    c["readings"][0]["systems"][0]["facts"].reverse()
    yield "facts-reordered", rehash(c)
    c = certificate("systems-reordered", reading("forall system in line(2..6): t_mix(mean, 1/4) <= 4 * N"))
    c["readings"][0]["systems"].reverse()
    yield "systems-reordered", rehash(c)
    c = certificate("unneeded-fact", reading("phi(mean, 2) = 1/2 and attained(mean, 2) and phi(mean, 1) = 1", given=LINE_3))
    c["readings"][0]["formula"] = ["=", ["phi", "mean", 2], ["/", 1, 2]]
    yield "unneeded-fact", rehash(c)
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
    yield from simplex_corpus.accepted(certificate, reading)
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
        return put("readings", 0, "formula", tree_of(text, CONVENTION))

    def tree(value):
        return put("readings", 0, "formula", value)

    def raw(name, base, old, new, reason):
        """Changes the canonical text by hand, where a parser would not leave the damage, and makes its last hash right."""
        body = canonical(good[base])
        assert old in body
        body = body.replace(old, new, 1)
        body = body[:body.rindex(',"sha256":')] + "}"
        return name, body[:-1] + ',"sha256":"' + hashlib.sha256(body.encode()).hexdigest() + '"}', reason

    text = json.dumps(good["superharmonic"], ensure_ascii=False)
    R, S = "readings", "systems"
    fact = (R, 0, S, 0, "facts", 0)
    proof = fact + ("proof",)
    g = (R, 0, "given")
    # Not JSON, or not all of it.
    bad_json = "certificate: not JSON: "
    yield "empty", "", bad_json
    yield "white-space-alone", " \n", bad_json
    yield "truncated", text[:len(text) // 2], bad_json
    yield "last-brace-missing", text[:-1], bad_json
    yield "trailing-bytes", text + "x", bad_json
    yield "trailing-null-byte", text + "\0", bad_json
    yield "two-certificates", text + text, bad_json
    yield "byte-order-mark", "\ufeff" + text, bad_json
    yield "trailing-comma", text[:-1] + ",}", bad_json
    yield "leading-zero", text.replace('"time": 1', '"time": 01', 1), bad_json
    yield "plus-sign-of-an-integer", text.replace('"time": 1', '"time": +1', 1), bad_json
    yield "horizon-of-30-digits", text.replace('"horizon": ', '"horizon": 1' + "0" * 29, 1), bad_json
    yield "unknown-escape", text.replace("made for", "\\made for", 1), bad_json
    yield "escaped-null-byte", text.replace("made for", "\\u0000made for", 1), bad_json
    yield "lone-surrogate", text.replace("made for", "\\ud800made for", 1), bad_json
    yield "raw-control-character", text.replace("made for", "made\tfor", 1), bad_json
    yield "single-quotes", text.replace('"', "'"), bad_json
    yield "comment", text[:-1] + "/* all of it */}", bad_json
    yield "too-deep", "[" * 3000 + "]" * 3000, bad_json
    yield raw("float-time", "superharmonic", '"time":1,', '"time":1.0,', "readings[0].systems[0].facts[0].proof.time: expected an integer")
    yield "array-for-object", "[]\n", "certificate: expected an object"
    yield "null-for-object", "null\n", "certificate: expected an object"
    yield "number-for-object", "1\n", "certificate: expected an object"
    # Keys.
    first = '{"format": "crosshead.certificate/1", '
    yield "duplicated-key", first + text[1:], bad_json
    yield raw("duplicated-inner-key", "superharmonic", '"attained":true,', '"attained":true,"attained":true,', bad_json)
    yield raw("duplicated-printed-name", "words", '"printed":{', '"printed":{"cross":"1/4",', bad_json)
    yield change("printed-null", "no-system", lambda c: put(R, 0, {k: v for key, value in c[R][0].items() for k, v in ([("printed", None), (key, value)] if key == "truth" else [(key, value)])})(c), "readings[0].printed: expected an object")
    yield change("given-null", "no-system", lambda c: put(R, 0, {k: v for key, value in c[R][0].items() for k, v in ([("given", None), (key, value)] if key == "truth" else [(key, value)])})(c), "readings[0].given: expected an object")
    yield change("witness-null", "no-system", lambda c: put(R, 0, {k: v for key, value in c[R][0].items() for k, v in ([("witness", None), (key, value)] if key == "systems" else [(key, value)])})(c), "readings[0].witness: the instance that decides is ")
    yield change("mode", "superharmonic", lambda c: put(R, 0, {k: v for key, value in c[R][0].items() for k, v in ([(key, value), ("mode", "enumerated")] if key == "truth" else [(key, value)])})(c), "readings[0]: expected next the key systems")
    yield change("no-text", "superharmonic", drop(R, 0, "text"), "readings[0]: expected next the key text")
    yield change("text-no-string", "superharmonic", put(R, 0, "text", 1), "readings[0].text: expected a string")
    yield change("sink-counts-no-truth-value", "superharmonic", put(R, 0, "convention", "sink_counts", 1), "readings[0].convention.sink_counts: expected true or false")
    yield change("unknown-start", "superharmonic", put(R, 0, "convention", "start", "best"), "readings[0].convention.start: ")
    yield change("reordered-keys", "superharmonic", reorder(), 'certificate: expected next the key format')
    yield change("reordered-convention", "superharmonic", reorder(R, 0, "convention"), 'readings[0].convention: expected next the key first_step')
    yield change("unknown-key", "superharmonic", put("comment", "x"), 'certificate: a key that is not expected here')
    yield change("no-verdict", "superharmonic", drop("verdict"), 'certificate: expected next the key verdict')
    yield change("no-hashes", "superharmonic", drop("hashes"), 'certificate: expected next the key hashes')
    yield change("no-truth", "superharmonic", drop(R, 0, "truth"), 'readings[0]: expected next the key truth')
    yield change("no-epsilon", "mixing", drop(*fact, "epsilon"), "readings[0].systems[0].facts[0]: not one of the facts")
    yield change("stale-version", "superharmonic", put("format", "crosshead.certificate/0"), "format: not the format")
    yield change("later-version", "superharmonic", put("format", "crosshead.certificate/2"), "format: not the format")
    yield change("unknown-verdict", "superharmonic", put("verdict", "proved"), "verdict: the truths of the readings give verified")
    yield change("unknown-kind", "superharmonic", put("kind", "lemma"), "kind: not one of the words")
    yield change("unknown-role", "superharmonic", put(R, 0, "role", "assumed"), "readings[0].role: not one of the words")
    yield change("unknown-distance", "superharmonic", put(R, 0, "convention", "distance", "l2"), "readings[0].convention.distance: not one of the words")
    yield change("first-step-2", "superharmonic", put(R, 0, "convention", "first_step", 2), "readings[0].convention.first_step: expected 0 or 1")
    yield change("truth-as-a-string", "superharmonic", put(R, 0, "truth", "true"), "readings[0].truth: expected true or false")
    # Readings and verdicts.
    yield change("no-reading", "superharmonic", put(R, []), "readings: no stated reading")
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
    yield change("time-before-first-step", "superharmonic", put(*proof, "time", 0), "readings[0].systems[0].facts[0].proof.time: expected an integer up to 2^60 of at least 1")
    yield change("horizon-too-short", "superharmonic", put(*proof, "horizon", 1), at + "what is left exceeds phi")
    yield change("horizon-before-time", "superharmonic", put(*proof, "horizon", 0), "readings[0].systems[0].facts[0].proof.horizon: ")
    yield change("horizon-beyond-all-work", "superharmonic", put(*proof, "horizon", 10 ** 17), "beyond a limit: too much work")
    yield change("horizon-of-2-to-the-63", "superharmonic", put(*proof, "horizon", 2 ** 63 - 1), "readings[0].systems[0].facts[0].proof.horizon: expected an integer up to 2^60 of at least 1")
    yield change("recurrence-horizon-of-2-to-the-63", "recurrence", put(*proof, "horizon", 2 ** 63 - 1), "readings[0].systems[0].facts[0].proof.horizon: expected an integer up to 2^60 of at least 1")
    yield change("vector-not-superharmonic", "superharmonic", put(*proof, "vector", ["1", "1", "1/2"]), at + "the vector is not superharmonic")
    yield change("vector-negative", "superharmonic", put(*proof, "vector", ["1", "1", "-1"]), "readings[0].systems[0].facts[0].proof.vector[2]: expected no negative number")
    yield change("vector-too-short", "superharmonic", put(*proof, "vector", ["1", "1"]), "readings[0].systems[0].facts[0].proof.vector: expected so many numbers: 3")
    yield change("vector-below-1", "superharmonic", put(*proof, "vector", ["0", "0", "0"]), at + "the vector is below 1 at the node")
    yield change("attained-flipped", "superharmonic", put(*fact, "attained", False), at + "phi is attained, or not, against what is stated")
    yield change("absorbing-attained-flipped", "absorbing", put(*fact, "attained", True), at + "phi is attained, or not, against what is stated")
    yield change("absorbing-not-attained", "absorbing-attained", put(*fact, "attained", False), at + "phi is attained, or not, against what is stated")
    yield change("absorbing-wrong-value", "absorbing", put(*fact, "phi", "1/2"), at + "phi is not the entry of the sink")
    yield change("absorbing-not-harmonic", "absorbing", put(*proof, "vector", ["1", "1/2", "1"]), at + "the vector is not harmonic")
    yield change("unreachable-positive", "unreachable", put(*fact, "phi", "1/2"), at + "phi is not the signal at the time")
    yield change("unreachable-as-a-proof", "unreachable", put(*fact, "proof", {"by": "unreachable"}), at + "not one of the proofs of section 4")
    yield change("unreachable-for-visited", "superharmonic", lambda c: (put(*fact, "phi", "0")(c), put(*fact, "proof", {"by": "superharmonic", "time": 1, "horizon": 1, "vector": ["0", "1", "0"]})(c)) and None, at + "phi is not the signal at the time")
    yield change("absorbing-for-transient", "superharmonic", put(*fact, "proof", {"by": "absorbing", "vector": ["1", "1", "1"]}), at + "the node is not absorbing, or the vector is not 1 there")
    yield change("contraction-wrong-law", "contraction", put(*proof, "laws", [["1/3", "2/3"]]), at + "a law that is not stationary")
    yield change("contraction-no-law", "contraction", put(*proof, "laws", []), at + "no law")
    yield change("contraction-half-a-law", "contraction", put(*proof, "laws", [["1/4", "1/4"]]), at + "a law that does not sum to 1")
    yield change("contraction-laws-out-of-phase", "contraction-periodic", swap(*proof, "laws", 0), at + "what is left exceeds phi")
    yield change("contraction-one-law-of-two", "contraction-periodic", drop(*proof, "laws", 1), at + "a law that is not stationary")
    yield change("recurrence-wrong-root", "recurrence", put(*proof, "roots", ["1/3"]), at + "the recurrence leaves something")
    yield change("recurrence-root-1", "recurrence", put(*proof, "roots", ["1"]), at + "a root outside (0, 1)")
    yield change("recurrence-root-0", "recurrence", put(*proof, "roots", ["0"]), at + "a root outside (0, 1)")
    yield change("recurrence-root-missing", "recurrence-two-roots", drop(*proof, "roots", 0), at + "the recurrence leaves something")
    yield change("recurrence-no-root", "recurrence", put(*proof, "roots", []), at + "the recurrence leaves something")
    yield change("recurrence-attained", "recurrence", put(*fact, "attained", True), at + "phi is attained, or not, against what is stated")
    yield change("recurrence-too-large", "recurrence", put(*fact, "phi", "2/3"), at + "the recurrence leaves something")
    yield change("unknown-proof", "superharmonic", put(*proof, "by", "inspection"), at + "not one of the proofs of section 4")
    yield change("mixing-off-by-one-late", "mixing", put(*fact, "t_mix", 6), "readings[0].systems[0].facts[0]: mixed before this time")
    yield change("mixing-off-by-one-early", "mixing", put(*fact, "t_mix", 4), "readings[0].systems[0].facts[0]: not mixed at this time")
    yield change("mixing-l1-off-by-one", "mixing", put(R, 0, S, 0, "facts", 1, "t_mix_l1", 5), "readings[0].systems[0].facts[1]: not mixed at this time")
    yield change("mixing-wrong-epsilon", "mixing", put(*fact, "epsilon", "1/8"), "readings[0].systems[0].facts[0]: not mixed at this time")
    yield change("mixing-epsilon-0", "mixing", put(*fact, "epsilon", "0"), "readings[0].systems[0].facts[0]: about a node or a time")
    yield change("mixing-of-a-head-that-does-not-mix", "mixing", put(*fact, "of", "head 2"), "readings[0].systems[0].facts[0].of: no chain of the system")
    yield change("mixing-at-10-to-the-17", "mixing", put(*fact, "t_mix", 10 ** 17), "beyond a limit: too much work")
    yield change("mixing-under-other-start", "mixing-average-l1", put(R, 0, "convention", "start", "worst"), "readings[0].systems[0].facts[0]: not mixed at this time")
    # Facts and systems: each at most once, and all that are needed.
    needed = "readings[0].formula: a fact is needed that is not listed: "
    again = "readings[0].systems[0].facts[%d]: a fact that is listed before"
    yield change("fact-missing", "superharmonic", drop(*fact), needed + "phi 2 of mean of ")
    yield change("last-fact-missing", "superharmonic", drop(R, 0, S, 0, "facts", 1), needed + "phi 1 of mean of ")
    yield change("mixing-fact-missing", "mixing", drop(R, 0, S, 0, "facts", 1), needed + "t_mix_l1 3/8 of mean of ")
    yield change("mixing-fact-as-l1", "mixing", put(*fact, {"of": "mean", "t_mix_l1": 6, "epsilon": "1/4"}), needed + "t_mix 1/4 of mean of ")
    yield change("fact-duplicated", "superharmonic", repeat(*fact), again % 1)
    yield change("last-fact-duplicated", "superharmonic", repeat(R, 0, S, 0, "facts", 1), again % 2)
    yield change("fact-of-another-chain", "superharmonic", put(*fact, "of", "head 1"), needed + "phi 2 of mean of ")
    yield change("fact-of-head-0", "superharmonic", put(*fact, "of", "head 0"), "readings[0].systems[0].facts[0].of: no chain of the system")
    yield change("fact-of-head-01", "superharmonic", put(*fact, "of", "head 01"), "readings[0].systems[0].facts[0].of: no chain of the system")
    yield change("fact-of-another-node", "superharmonic", put(*fact, "node", 3), needed + "phi 2 of mean of ")
    yield change("fact-of-node-4", "superharmonic", put(*fact, "node", 4), "readings[0].systems[0].facts[0]: about a node or a time")
    yield change("fact-of-both-kinds", "mixing", put(*fact, {"of": "mean", "t_mix": 5, "t_mix_l1": 6, "epsilon": "1/4"}), "readings[0].systems[0].facts[0]: not one of the facts")
    yield change("fact-without-a-kind", "mixing", put(*fact, {"of": "mean"}), "readings[0].systems[0].facts[0]: not one of the facts")
    yield change("false-unneeded-fact", "unneeded-fact", put(R, 0, S, 0, "facts", 1, "phi", "1/2"), "readings[0].systems[0].facts[1].proof: ")
    yield change("false-unneeded-system", "no-system", put(R, 0, S, [{"system": LINE_3, "facts": [{"of": "mean", "t_mix": 4, "epsilon": "1/4"}]}]), "readings[0].systems[0].facts[0]: not mixed at this time")
    yield change("system-missing", "superharmonic", put(R, 0, S, []), needed)
    yield change("system-duplicated", "superharmonic", repeat(R, 0, S, 0), "readings[0].systems[1].system: a system that is listed before")
    yield change("system-left-out", "line-mixes", drop(R, 0, S, 2), needed + 't_mix 1/4 of mean of {"nodes":4,')
    yield change("last-system-left-out", "line-mixes", drop(R, 0, S, 4), needed + 't_mix 1/4 of mean of {"nodes":6,')
    yield change("instances-left-out", "amplifies-first", lambda c: put(R, 0, S, c[R][0][S][-1:])(c), needed)
    yield change("facts-of-another-weight", "absorbing", put(*g, "weights", ["1/2", "1/2"]), needed)
    # Systems that are not systems.
    yield change("ten-to-the-9-nodes", "superharmonic", put(*g, {"nodes": 10 ** 9, "sink": 1, "heads": [{"edges": []}], "weights": ["1"]}), "beyond a limit: more than 1000 nodes")
    yield change("no-nodes", "superharmonic", put(*g, "nodes", 0), "readings[0].given.nodes: expected an integer up to 2^60 of at least 1")
    yield change("sink-beyond-nodes", "superharmonic", put(*g, "sink", 4), "readings[0].given.sink: the sink is no node")
    yield change("edge-beyond-nodes", "superharmonic", put(*g, "heads", 0, "edges", 4, [3, 4]), "readings[0].given.heads[0].edges[4]: no edge, or out of order")
    yield change("edges-out-of-order", "superharmonic", swap(*g, "heads", 0, "edges", 1), "readings[0].given.heads[0].edges[2]: no edge, or out of order")
    yield change("edge-twice", "superharmonic", repeat(*g, "heads", 0, "edges", 1), "readings[0].given.heads[0].edges[2]: no edge, or out of order")
    yield change("edge-of-three", "superharmonic", put(*g, "heads", 0, "edges", 4, [3, 3, 3]), "readings[0].given.heads[0].edges[4]: expected an edge")
    yield change("head-without-matrices", "recurrence", put(*g, "heads", 0, {}), "readings[0].given.heads[0]: expected edges, a diffusion or a walk")
    yield change("row-missing", "recurrence", drop(*g, "heads", 0, "diffusion", 1), "readings[0].given.heads[0].diffusion: expected a row for each node")
    yield change("entry-missing", "recurrence", drop(*g, "heads", 0, "diffusion", 1, 1), "readings[0].given.heads[0].diffusion[1]: expected so many numbers: 2")
    yield change("negative-entry", "recurrence", put(*g, "heads", 0, "diffusion", 1, 0, "-1/4"), "readings[0].given.heads[0].diffusion[1][0]: expected no negative number")
    yield change("weights-below-1", "absorbing", put(*g, "weights", ["1/3", "1/3"]), "readings[0].given.weights: the weights do not sum to 1")
    yield change("weights-too-few", "absorbing", put(*g, "weights", ["1"]), "readings[0].given.weights: expected so many numbers: 2")
    yield change("no-heads", "superharmonic", lambda c: (put(*g, "heads", [])(c), put(*g, "weights", [])(c)) and None, "readings[0].given.weights: the weights do not sum to 1")
    yield change("negative-weight", "absorbing", put(*g, "weights", ["4/3", "-1/3"]), "readings[0].given.weights[1]: expected no negative number")
    yield change("heads-swapped", "absorbing", swap(*g, "heads", 0), needed)
    yield change("heads-swapped-everywhere", "amplifies-first", swap(R, 0, S, 3, "system", "heads", 0), "readings[0].systems[3].facts[")
    # Witnesses.
    w = (R, 0, "witness")
    decides = "readings[0].witness: the instance that decides is "
    first_word = decides + '[{"name":"w","word":[2,1,2]}]'
    yield change("witness-missing", "first-word", drop(*w), "readings[0].formula: the instance that decides is " + '[{"name":"w","word":[2,1,2]}]')
    yield change("witness-where-none-decides", "no-system", put(R, 0, {**{k: v for k, v in good["no-system"][R][0].items() if k != S}, "witness": [], S: []}), decides)
    yield change("witness-of-a-connective", "superharmonic", put(R, 0, {**{k: v for k, v in good["superharmonic"][R][0].items() if k != S}, "witness": [{"name": "j", "value": "1"}], S: good["superharmonic"][R][0][S]}), decides)
    yield change("witness-later-word", "first-word", put(*w, 0, "word", [2, 2, 1]), first_word)
    yield change("witness-earlier-word", "first-word", put(*w, 0, "word", [1, 2, 2]), first_word)
    yield change("witness-of-another-name", "first-word", put(*w, 0, "name", "v"), first_word)
    yield change("witness-word-as-strings", "first-word", put(*w, 0, "word", ["2", "1", "2"]), first_word)
    yield change("witness-empty", "first-word", put(*w, []), first_word)
    yield change("witness-twice", "first-word", repeat(*w, 0), first_word)
    yield change("witness-with-a-further-key", "first-word", put(*w, 0, "value", "1"), first_word)
    yield change("witness-keys-reordered", "first-word", reorder(*w, 0), first_word)
    yield change("witness-of-the-other-end", "holds-if", put(*w, 0, "value", "2"), decides + '[{"name":"k","value":"0"}]')
    yield change("witness-value-as-an-integer", "holds-if", put(*w, 0, "value", 0), decides + '[{"name":"k","value":"0"}]')
    yield change("witness-not-in-list", "witness-word", put(*w, 1, "value", "3"), decides)
    yield change("witness-not-in-lowest-terms", "witness-word", put(*w, 1, "value", "2/4"), decides)
    yield change("witness-name-missing", "witness-word", drop(*w, 1), decides)
    yield change("witness-names-swapped", "witness-word", swap(*w, 0), decides)
    yield change("witness-against-its-condition", "witness-weights", put(*w, 1, "weights", ["3/4", "1/4"]), decides)
    yield change("witness-of-another-system", "witness-weights", put(*w, 0, "system", "heads", 0, {"edges": [[1, 1], [1, 2], [2, 2], [2, 3], [3, 3]]}), decides)
    yield change("witness-with-the-weights-of-the-family", "witness-weights", put(*w, 0, "system", "weights", ["1/2", "1/2"]), decides)
    yield change("witness-is-the-sink", "witness-weights", put(*w, 2, "value", "3"), decides)
    yield change("witness-as-an-index", "witness-refutes", put(*w, 0, "system", 0), decides)
    s = (*w, 0, "system")
    yield change("witness-has-two-sinks", "witness-refutes", put(*s, "heads", 1, "edges", [[1, 1], [1, 2], [2, 2], [3, 3]]), decides)
    yield change("witness-heads-unordered", "witness-refutes", swap(*s, "heads", 0), decides)
    yield change("witness-weights-not-uniform", "witness-refutes", put(*s, "weights", ["1/4", "3/4"]), decides)
    yield change("witness-other-sink", "witness-refutes", put(*s, "sink", 2), decides)
    yield change("witness-of-too-few-nodes", "witness-refutes", formula("forall system in unique_sink(4..5, 2): phi_min(mean) <= 1/8"), needed)
    yield change("witness-of-matrices", "witness-refutes", formula("forall system in chains(2..5, 2, 2): phi_min(mean) <= 1/8"), "readings[0].formula: ")
    yield change("witness-not-exact", "no-system", tree(["exists", ["x", ["list", ["exp", 1]]], ["<", 2, "x"]]), "readings[0].formula: the number that decides is not exact")
    yield change("witness-undefined", "no-system", tree(["exists", ["x", ["list", ["/", 1, 0]]], ["not", ["defined", "x"]]]), "readings[0].formula: the number that decides is not exact")
    yield change("witness-injected-by-a-name", "no-system", tree(["exists", ['k","value":"1"},{"name":"m', ["..", 2, 2]], "true"]), "readings[0].formula: the instance that decides is " + r'[{"name":"k\",\"value\":\"1\"},{\"name\":\"m","value":"2"}]')
    # Formulas: the whole formula is malformed, or the part that is given last.
    bad = "readings[0].formula: malformed formula: "
    one_two, ok = ["..", 1, 2], ["=", 1, 1]
    for name, value, *part in (
            ("null", None), ("true-of-json", True), ("object", {"=": [1, 1]}), ("fraction", ["=", 0.5, 1], 0.5), ("empty-array", []),
            ("text", "1 = 1"), ("number-text", ["=", "1", 1], "1"), ("unknown-operation", ["xor", ok, ok]), ("upper-case-operation", ["AND", ok]),
            ("number-as-operation", [1, 2], 1), ("operation-in-an-array", [["="], 1, 1], ["="]), ("unknown-name", ["=", "k", "k"], "k"),
            ("operation-as-a-name", "and"), ("name-as-an-operation", ["n", 1]), ("true-as-an-operation", ["true"]),
            ("number-for-truth", ["+", 1, 1]), ("number-in-a-connective", ["or", 2, ok], 2), ("half-for-truth", ["not", ["/", 1, 2]], ["/", 1, 2]),
            ("inexact-for-truth", ["not", ["exp", 1]], ["exp", 1]), ("condition-of-if", ["if", 3, ok, ok], 3),
            ("two-operands-missing", ["="]), ("operand-missing", ["=", 1]), ("operand-too-many", ["=", 1, 1, 1]), ("minus-of-one", ["=", ["-", 1], -1], ["-", 1]),
            ("sum-of-three", ["=", ["+", 1, 1, 1], 3], ["+", 1, 1, 1]), ("not-of-two", ["not", "false", "false"]), ("and-of-none", ["and"]), ("or-of-none", ["or"]),
            ("if-without-else", ["if", "true", ok]), ("if-of-four", ["if", "true", ok, ok, ok]), ("floor-of-two", ["=", ["floor", 1, 2], 1], ["floor", 1, 2]),
            ("defined-of-none", ["defined"]), ("choose-of-one", ["=", ["choose", 3], 1], ["choose", 3]),
            ("forall-without-binder", ["forall", "true"]), ("forall-of-none", ["forall"]), ("forall-as-a-name", "forall"), ("sum-without-binder", ["=", ["sum", 1], 1], ["sum", 1]),
            ("bound-twice", ["forall", ["k", one_two], ["k", one_two], ok], ["k", one_two]),
            ("bound-twice-inside", ["forall", ["k", one_two], ["exists", ["k", one_two], ok]], ["k", one_two]),
            ("binder-without-domain", ["forall", ["k"], ok], ["k"]), ("binder-as-a-name", ["forall", "k", ok], "k"), ("binder-of-four", ["forall", ["k", one_two, "true", "true"], ok], ["k", one_two, "true", "true"]),
            ("binder-name-in-an-array", ["forall", [["k"], one_two], ok], ["k"]), ("binder-name-empty", ["forall", ["", one_two], ok], ["", one_two]),
            ("binder-name-a-digit", ["forall", ["1", one_two], ok], ["1", one_two]), ("binder-name-greek", ["forall", ["\u03c4", one_two], ok], ["\u03c4", one_two]),
            ("condition-a-number", ["forall", ["k", one_two, "k"], ok], "k"), ("condition-unknown", ["forall", ["k", one_two, "m"], ok], "m"),
            ("domain-a-name", ["forall", ["k", "nodes"], ok], "nodes"), ("domain-unknown", ["forall", ["k", ["nodes", 3]], ok], ["nodes", 3]),
            ("range-of-one", ["forall", ["k", ["..", 1]], ok], ["..", 1]), ("range-of-three", ["forall", ["k", ["..", 1, 2, 3]], ok], ["..", 1, 2, 3]),
            ("range-of-ranges", ["forall", ["k", ["..", one_two, 3]], ok], one_two), ("list-of-none", ["forall", ["k", ["list"]], ok], ["list"]),
            ("family-for-a-number", ["forall", ["k", ["line", 3]], ok], ["line", 3]), ("range-for-a-system", ["forall", ["system", one_two], ok], one_two),
            ("range-for-weights", ["forall", ["weights", one_two], ok], one_two), ("grid-for-a-number", ["forall", ["k", ["grid", 2]], ok], ["grid", 2]),
            ("family-a-name", ["forall", ["system", "line"], ok], "line"), ("family-without-arguments", ["forall", ["system", ["line"]], ok], ["line"]),
            ("family-of-too-many", ["forall", ["system", ["line", 3, 2]], ok], ["line", 3, 2]), ("family-without-heads", ["forall", ["system", ["unique_sink", 3]], ok], ["unique_sink", 3]),
            ("family-without-denominator", ["forall", ["system", ["chains", 2, 1]], ok], ["chains", 2, 1]), ("line-without-p", ["forall", ["system", ["lazy_line", 3]], ok], ["lazy_line", 3]),
            ("range-for-a-width", ["forall", ["system", ["local", 3, one_two]], ok], one_two), ("range-for-a-denominator", ["forall", ["system", ["chains", 2, 1, one_two]], ok], one_two),
            ("range-as-a-number", ["=", one_two, 1], one_two), ("system-as-a-number", ["forall", ["system", ["line", 2]], ["=", "system", 1]], "system"),
            ("word-as-a-number", ["forall", ["system", ["line", 2]], ["w", ["words", 1]], ["defined", "w"]], "w"),
            ("printed-name-unknown", ["=", ["printed", "x"], 1], ["printed", "x"]), ("mean-as-a-number", ["=", "mean", 1], "mean")):
        shown = canonical(part[0] if part else value)
        yield change("formula-" + name, "quoted-label", tree(value), bad + ("" if "." in shown and ".." not in shown else shown))
    for name, value, part in (
            ("chain-missing", ["=", ["W", 1, 1], 1], ["W", 1, 1]), ("chain-a-number", ["=", ["W", 1, 1, 1], 1], 1), ("chain-unknown", ["=", ["W", "union", 1, 1], 1], "union"),
            ("chain-mean-in-an-array", ["=", ["W", ["mean"], 1, 1], 1], ["mean"]), ("chain-head-as-a-name", ["=", ["W", "head", 1, 1], 1], "head"),
            ("chain-head-of-two", ["=", ["W", ["head", 1, 2], 1, 1], 1], ["head", 1, 2]), ("chain-for-a-node", ["=", ["W", "mean", "mean", 1], 1], "mean"),
            ("word-as-a-bare-array", ["=", ["product", [1, 2], 1, 1], 1], 1), ("word-a-number", ["=", ["letters", 1, 1], 1], 1), ("word-as-a-name", ["=", ["letters", "word", 1], 0], "word"),
            ("word-missing", ["=", ["product", 1, 1], 1], ["product", 1, 1]), ("number-for-a-word", ["forall", ["k", one_two], ["=", ["letters", "k", 1], 1]], "k"),
            ("function-of-too-many", ["=", ["signal", "mean", 1, 1, 1], 1], ["signal", "mean", 1, 1, 1]), ("sink-as-a-node-of-reaches", ["reaches", "mean", 1], ["reaches", "mean", 1]),
            ("phi-min", ["=", ["phi_min", "mean"], 1], ["phi_min", "mean"]), ("printed-entry-without-column", ["=", ["printed", "rows", 2], 1], ["printed", "rows", 2]),
            ("printed-entry-of-a-number", ["=", ["printed", "cross", 1, 1], 1], ["printed", "cross", 1, 1]), ("printed-rows-as-a-number", ["=", ["printed", "rows"], 1], ["printed", "rows"]),
            ("printed-name-in-an-array", ["=", ["printed", ["cross"]], 1], ["cross"])):
        yield change("formula-" + name, "words", tree(value), bad + canonical(part))
    for name, value in (("name", ["=", "n", 3]), ("chain", ["=", ["W", "mean", 1, 1], 1]), ("words", ["forall", ["w", ["words", 1]], ok])):
        yield change("formula-without-a-system-" + name, "quoted-label", tree(value), bad + "no system")
    # Limits.
    def nested(depth, tree_):
        for _ in range(depth):
            tree_ = ["-", 0, tree_]
        return ["=", tree_, 1]

    many = "too much work"
    for name, value, reason in (
            ("deep", nested(1100, 1), "a formula nested deeper than 300"),
            ("binders", ["forall", *(["k%d" % k, ["..", 1, 1]] for k in range(5000)), ok], "more than 100 names bound"),
            ("long-words-nested", ["forall", ["system", ["line", 2]], *(["w%d" % k, ["words", 10000]] for k in range(150)), ok], many),
            ("huge-power", ["<", 0, ["^", 2, ["^", 10, 15]]], many), ("power-of-one", ["=", 1, ["^", 1, ["^", 10, 18]]], many),
            ("power-of-powers", ["<", 0, ["^", ["^", ["^", 7, 5000], 5000], 5000]], many),
            ("huge-exponent", ["<", 0, ["^", 1, ["^", 10, 30]]], "an integer of more than 63 bits"),
            ("huge-binomial", ["<", 0, ["choose", ["^", 10, 9], ["*", 5, ["^", 10, 8]]]], many),
            ("huge-range", ["forall", ["k", ["..", 1, ["^", 10, 12]]], ["<", 0, "k"]], many),
            ("huge-empty-range", ["forall", ["k", ["..", 1, 10 ** 18], "false"], ok], many),
            ("far-counterexample", ["forall", ["k", ["..", 1, ["^", 10, 12]]], ["<", ["^", "k", 2], ["^", 10, 20]]], many),
            ("huge-words", ["forall", ["system", ["star", 2]], ["w", ["words", ["^", 10, 11]]], ok], "lists of more than 10000 elements"),
            ("many-words", ["forall", ["system", ["lazy_line", 2, 1, ["/", 1, 2]]], ["w", ["words", 40]], ok], many),
            ("heads-of-huge-count", ["exists", ["system", ["unique_sink", 2, ["..", 2, 10 ** 18]]], ok], None),
            ("huge-line", ["forall", ["system", ["line", 10 ** 9]], ok], "more than 1000 nodes"),
            ("huge-family", ["forall", ["system", ["digraphs", 9, 2]], ok], many),
            ("family-of-1000-nodes", ["forall", ["system", ["digraphs", 1000, 2]], ok], "lists of more than 10000 elements"),
            ("many-nodes", ["forall", ["system", ["full", ["..", 100, 1000]]], ["<", ["signal", "mean", 1, 2], 2]], many),
            ("huge-time", ["forall", ["system", ["full", 5]], ["<", 0, ["signal", "mean", 1, ["^", 10, 15]]]], many),
            ("huge-moves", ["forall", ["system", ["full", 5]], ["<", 0, ["moves", "mean", 1, 10 ** 9, 10 ** 8]]], "more than 1000 states"),
            ("more-moves-than-bytes", ["forall", ["system", ["full", 5]], ["<", 0, ["moves", "mean", 1, 2 ** 63 - 1, 2 ** 63 - 1]]], "more than 1000 states"),
            ("huge-exponential", ["<", 0, ["exp", 1001]], "exp beyond 1000"), ("tiny-exponential", ["<", 0, ["exp", ["-", 0, 1001]]], "exp beyond 1000"),
            ("huge-grid", ["forall", ["system", ["lazy_line", 2, 1, ["/", 1, 2], ["/", 1, 3], ["/", 1, 4]]], ["weights", ["grid", ["^", 10, 6]]], ok], many)):
        reason = "readings[0].formula: beyond a limit: " + reason if reason else "readings[0].formula: vacuous"
        yield change("limit-" + name, "quoted-label", tree(value), reason)
    zero = {"nodes": 2, "sink": 2, "heads": [{"diffusion": [["0", "0"], ["0", "0"]]}], "weights": ["1"]}
    yield change("limit-signal-of-nothing", "superharmonic", lambda c: (put(*g, zero)(c), tree(["=", ["signal", "mean", 1, 10 ** 15], 0])(c)) and None, "readings[0].formula: beyond a limit: " + many)
    yield from simplex_corpus.damaged(change, put, drop, tree)
    yield "limit-deeper-than-the-parser", text.replace('"formula": [', '"formula": ' + '["-", 0, ' * 2100 + "[", 1), bad_json


def main(folder):
    sys.setrecursionlimit(10000)
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
        formulas = "; ".join(canonical(r["formula"]) + (" is true" if r["truth"] else " is false") for r in c["readings"])
        lines.append("accept/%s.json\taccepted: %s: %s: %s" % (name, c["claim"]["id"], c["verdict"], formulas))
    for name, text, reason in damaged(good):
        (folder / "reject" / (name + ".json")).write_text(text, encoding="utf-8")
        lines.append("reject/%s.json\trejected: %s" % (name, reason))
    regions = {}
    for name, c, line in region_corpus.accepted():
        regions[name] = c
        (folder / "accept" / (name + ".json")).write_text(json.dumps(c) + "\n", encoding="utf-8")
        lines.append("accept/%s.json\t%s" % (name, line))
    for name, text, reason in region_corpus.damaged(regions):
        (folder / "reject" / (name + ".json")).write_text(text, encoding="utf-8")
        lines.append("reject/%s.json\trejected: %s" % (name, reason))
    (folder / "expected.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
