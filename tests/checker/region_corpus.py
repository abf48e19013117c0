"""The part of the corpus about certificates of weights (src/certificate/REGION.md).

Two accepted ones are the examples of that page, the others were written by `crosshead region --certificate` and are kept as
they are; each is replayed by tests/cli/region_replay.py and held against the definitions (region_truth.py) before it is
called accepted. What is damaged, and why that is to be rejected, is written down here.
"""
import copy
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "cli"))

import region_replay  # noqa: E402
import region_truth  # noqa: E402

KEPT = HERE.parent / "certificates" / "accept"
PAGE = HERE.parent.parent / "src" / "certificate" / "REGION.md"
WRITTEN = ("amplifies", "attenuates", "nowhere", "first-step-0", "nodes", "gates", "mean", "square-root", "levels",
           "slow", "mixes-faster", "pair", "best")


def end_text(end):
    if isinstance(end, str):
        return end
    powers = ["", " b"] + [" b^%d" % k for k in range(2, len(end["root"]))]
    terms = " + ".join(a + power for a, power in zip(end["root"], powers) if a != "0")
    return "the root of %s in (%s, %s)" % (terms, end["from"], end["to"])


def line(document):
    """What is printed for an accepted one."""
    if document["format"] == "crosshead.best-weights/1":
        return "accepted: the largest minimax fidelity over all weights is at least %s, for the weights %s, and at most %s" % (
            document["lower"], json.dumps(document["weights"], separators=(",", ":")), document["upper"])
    claim = document["claim"]
    kind = claim["kind"]
    if kind in ("amplifies", "attenuates"):
        text = kind
    elif kind == "mixes-faster":
        text = "mixes-faster, epsilon " + claim["epsilon"]
    elif kind == "t_mix":
        text = "t_mix(mean, %s) %s %d" % (claim["epsilon"], claim["relation"], claim["steps"])
    else:
        left = "phi_min(mean)" if kind == "minimax" else "phi(mean, %d)" % claim["node"]
        right = "phi(mean, %d)" % claim["other"] if kind == "nodes" else claim["threshold"]
        text = "%s %s %s" % (left, claim["relation"], right)
    sets = ["%s%s, %s%s" % ("[" if item["from_closed"] else "(", end_text(item["from"]), end_text(item["to"]),
                            "]" if item["to_closed"] else ")") for item in document["holds"]]
    return "accepted: %s holds exactly %s" % (text, "for b in " + ", ".join(sets) if sets else "for no b in [0, 1]")


def accepted():
    examples = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    found = [("region-edge", json.loads(examples[0])), ("region-mixing", json.loads(examples[1]))]
    for name in WRITTEN:
        found.append(("region-" + name, json.loads((KEPT / ("region-%s.json" % name)).read_text(encoding="utf-8"))))
    for name, document in found:
        region_replay.replay(document)
        where, looked = region_truth.contradiction(document, 12)
        assert where is None and looked > 4, name
        yield name, document, line(document)


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


def reverse(*path):
    def act(c):
        for step in path:
            c = c[step]
        c.reverse()
    return act


def both(*acts):
    def act(c):
        for one in acts:
            one(c)
    return act


def damaged(good):
    def change(name, base, act, reason):
        c = copy.deepcopy(good["region-" + base])
        act(c)
        assert json.dumps(c) != json.dumps(good["region-" + base]), name
        return "region-" + name, json.dumps(c) + "\n", reason

    e, p, h, proof = "edge", "pieces", "holds", ("pieces", 1, "proof")
    item = (*proof, "above", 0)
    against, low, high = "a matrix has an entry against the order", "a bound from below that is too low", "a bound from above that is too high"
    far = "beyond a limit: too much work"
    # Layout.
    yield change("of-another-format", e, put("format", "crosshead.region/2"), "certificate: expected next the key claim")
    for key, following in (("nodes", "nodes"), ("sink", "sink"), ("order", "order"), ("claim", "claim"), (h, h), (p, p)):
        yield change("without-" + key, e, drop(key), "certificate: expected next the key " + following)
    yield change("without-matrices", e, drop("diffusion"), "certificate: expected either diffusion or walk")
    yield change("without-convention", e, drop("convention"), "certificate: a convention belongs to diffusion")
    yield change("another-key", e, put("remark", "true"), "certificate: a key that is not expected here")
    yield change("no-nodes", e, put("nodes", 0), "nodes: expected an integer up to 2^60 of at least 1")
    yield change("too-many-nodes", e, put("nodes", 10 ** 9), "nodes: beyond a limit: more than 1000 nodes")
    yield change("three-nodes", e, put("nodes", 3), "diffusion[0]: expected a row for each node")
    yield change("sink-beyond-nodes", e, put("sink", 3), "sink: no such node")
    yield change("another-sink", e, put("sink", 1), "pieces[0].proof.below: " + high)
    yield change("order-reversed", e, put("order", [2, 1]), "order: " + against)
    yield change("order-too-short", e, put("order", [1]), "order: a node is missing")
    yield change("order-repeats", e, put("order", [1, 1]), "order[1]: a node that stands before")
    yield change("order-of-other-nodes", e, put("order", [1, 3]), "order[1]: no such node")
    yield change("order-of-a-triple", e, put("order", [[1, 2, 2]]), "order[0]: pairs of nodes stand first")
    yield change("one-head", e, drop("diffusion", 1), "diffusion: expected two matrices")
    yield change("row-missing", e, drop("diffusion", 0, 1), "diffusion[0]: expected a row for each node")
    yield change("entry-missing", e, drop("diffusion", 0, 1, 1), "diffusion[0][1]: expected so many numbers: 2")
    yield change("negative-entry", e, put("diffusion", 0, 1, 0, "-1/2"), "diffusion[0][1][0]: expected no negative number")
    yield change("entry-not-canonical", e, put("diffusion", 0, 1, 0, "2/4"), "diffusion[0][1][0]: not a canonical rational")
    yield change("entry-as-an-integer", e, put("diffusion", 0, 0, 0, 1), "diffusion[0][0][0]: expected a string")
    yield change("diagonal-above-1", e, put("diffusion", 0, 0, 0, "2"), "pieces[1].proof.above[0]: a diagonal entry above 1")
    yield change("heads-swapped", e, reverse("diffusion"), "pieces[0].proof.below: " + high)
    yield change("first-step-2", e, put("convention", "first_step", 2), "convention: expected the first step 0 or 1")
    yield change("first-step-negative", e, put("convention", "first_step", -1), "convention.first_step: expected an integer")
    yield change("sink-counts-1", e, put("convention", "sink_counts", 1), "convention.sink_counts: expected true or false")
    # The claim.
    yield change("unknown-claim", e, put("claim", "kind", "phi"), "claim.kind: not one of the words allowed here")
    yield change("claim-of-another-kind", e, put("claim", "kind", "minimax"), "claim: expected next the key relation")
    yield change("claim-without-node", e, drop("claim", "node"), "claim: expected next the key node")
    yield change("claim-about-node-3", e, put("claim", "node", 3), "claim.node: no such node")
    yield change("claim-about-another-node", e, put("claim", "node", 2), "pieces[0].proof.below: a node that does not count")
    yield change("claim-by-equality", e, put("claim", "relation", "="), "claim.relation: not one of the words allowed here")
    yield change("claim-complemented", e, put("claim", "relation", "<"), "holds: the pieces give ")
    yield change("claim-with-a-higher-threshold", e, put("claim", "threshold", "3/2"), "pieces[1].proof.above[0]: " + low)
    yield change("claim-with-threshold-0", e, put("claim", "threshold", "0"), "pieces[0].proof.below: " + high)
    yield change("claim-without-heads", "amplifies", drop("heads"), "claim: heads belong to a claim that compares with them")
    yield change("claim-with-heads", e, lambda c: (c.update(heads=[])) or [c.update({k: c.pop(k)}) for k in (h, p)], "claim: heads belong to a claim that compares with them")
    yield change("one-head-alone", "amplifies", drop("heads", 1), "heads: expected two heads")
    yield change("head-without-proof", "amplifies", drop("heads", 0, "below"), "heads[0]: expected next the key below")
    yield change("head-too-high", "amplifies", put("heads", 0, "minimax", "9/10"), "heads[0].above[")
    yield change("head-too-low", "amplifies", put("heads", 0, "minimax", "1/100"), "heads[0].below: " + high)
    yield change("heads-reversed", "amplifies", reverse("heads"), "heads[0].")
    yield change("attenuates-instead", "amplifies", put("claim", "kind", "attenuates"), "pieces[")
    yield change("nodes-against-itself", "nodes", lambda c: c["claim"].update(other=c["claim"]["node"]), "claim: a node compared with itself")
    yield change("nodes-exchanged", "nodes", lambda c: c["claim"].update(node=c["claim"]["other"], other=c["claim"]["node"]), "another node")
    yield change("no-node-counts", e, both(put("nodes", 1), put("sink", 1), put("order", [1]), put("diffusion", [[["1"]], [["1"]]]), put("convention", "sink_counts", False), put("claim", {"kind": "minimax", "relation": ">=", "threshold": "1/2"}), put("holds", [{"from": "0", "from_closed": True, "to": "1", "to_closed": True}]), put("pieces", [{"at": "0", "proof": {"above": []}}, {"from": "0", "to": "1", "proof": {"above": []}}, {"at": "1", "proof": {"above": []}}])), "pieces[0].proof.above: not one item for each node that counts")
    # The set.
    yield change("holds-nowhere", e, put(h, []), "holds: the pieces give [{")
    yield change("holds-everywhere", e, put(h, 0, "from_closed", True), "holds: the pieces give [{")
    yield change("holds-but-at-1", e, put(h, 0, "to_closed", False), "holds: the pieces give [{")
    yield change("holds-up-to-a-half", e, put(h, 0, "to", "1/2"), "holds: the pieces give [{")
    yield change("holds-at-another-root", "mixing", put(h, 0, "to", "root", ["-3", "0", "5"]), "holds: the pieces give [{")
    yield change("holds-in-another-place", "mixing", put(h, 0, "to", "from", "1/2"), "holds: the pieces give [{")
    yield change("holds-in-two-parts", e, put(h, [{"from": "0", "from_closed": False, "to": "1", "to_closed": False}, {"from": "1", "from_closed": True, "to": "1", "to_closed": True}]), "holds: the pieces give [{")
    # Pieces.
    gap = "a gap between pieces"
    yield change("no-pieces", e, put(p, []), "pieces: points and intervals do not alternate")
    yield change("two-pieces", e, drop(p, 2), "pieces: points and intervals do not alternate")
    yield change("one-piece", e, lambda c: c[p].__delitem__(slice(1, 3)), "pieces: the last piece is not the point 1")
    yield change("pieces-from-a-half", e, put(p, 0, "at", "1/2"), "pieces[0]: " + gap)
    yield change("pieces-with-a-gap", e, put(p, 1, "from", "1/3"), "pieces[1]: " + gap)
    yield change("piece-of-no-length", e, put(p, 1, "to", "0"), "pieces[1]: " + gap)
    yield change("piece-beyond-1", e, put(p, 1, "to", "2"), "pieces[1]: " + gap)
    yield change("pieces-reversed", e, reverse(p), "pieces[0]: " + gap)
    yield change("piece-without-proof", e, drop(*proof), "pieces[1]: not one of the pieces of section 1")
    yield change("point-without-proof", e, drop(p, 0, "proof"), "pieces[0]: not one of the pieces of section 1")
    yield change("interval-in-place-of-a-point", e, put(p, 0, {"from": "0", "to": "0", "proof": {"below": {"node": 1, "horizon": 1}}}), "pieces[0]: not one of the pieces of section 1")
    yield change("point-in-place-of-an-interval", e, put(p, 1, {"at": "1", "proof": {"above": [{"node": 1, "limit": True}]}}), "pieces[1]: not one of the pieces of section 1")
    yield change("root-without-sides", e, lambda c: c[p].__setitem__(1, {"from": "0", "to": "1", "proof": c[p][1]["proof"], "root": ["-1", "2"]}), "pieces[1]: not one of the pieces of section 1")
    yield change("root-without-middle", "mixing", drop(p, 1, "middle"), "pieces[1]: not one of the pieces of section 1")
    yield change("root-with-a-fraction", "mixing", put(p, 1, "root", 1, "1/2"), "pieces[1].root[1]: expected an integer")
    yield change("root-with-leading-0", "mixing", put(p, 1, "root", ["-4", "0", "5", "0"]), "pieces[1].root: a leading coefficient that is 0")
    yield change("root-of-nothing", "mixing", put(p, 1, "root", []), "pieces[1].root: a leading coefficient that is 0")
    yield change("root-of-a-constant", "mixing", put(p, 1, "root", ["-4"]), "pieces[1]: no root within this piece")
    yield change("root-outside", "mixing", put(p, 1, "root", ["-4", "0", "4"]), "pieces[1]: a root that is not isolated")
    yield change("two-roots", "mixing", put(p, 1, "root", ["2", "-9", "9"]), "pieces[1]: a root that is not isolated")
    yield change("root-of-another", "mixing", put(p, 1, "root", ["-1", "2"]), "pieces[1].left: a sign that the root does not explain")
    yield change("root-with-a-factor", "mixing", put(p, 1, "root", ["0", "-4", "0", "5"]), "pieces[1].left: a sign that the root does not explain")
    yield change("no-root", "mixing", put(p, 1, {"from": "0", "to": "1", "proof": {"mixed": True}}), "pieces[1].proof: a sign that the coefficients do not tell")
    # Mixing.
    yield change("mixed-to-the-right", "mixing", put(p, 1, "right", {"mixed": True}), "pieces[1].right: not mixed from some node")
    yield change("not-mixed-at-the-root", "mixing", put(p, 1, "middle", {"mixed": False, "node": 1}), "pieces[1].middle: mixed from the node")
    yield change("not-mixed-from-the-sink", "mixing", put(p, 2, "proof", "node", 2), "pieces[2].proof: mixed from the node")
    yield change("not-mixed-from-node-3", "mixing", put(p, 2, "proof", "node", 3), "pieces[2].proof.node: no such node")
    yield change("not-mixed-from-nowhere", "mixing", put(p, 2, "proof", {"mixed": False}), "pieces[2].proof: expected a node where not mixed")
    yield change("mixed-from-a-node", "mixing", put(p, 0, "proof", {"mixed": True, "node": 1}), "pieces[0].proof: expected a node where not mixed")
    yield change("mixing-in-three-steps", "mixing", put("claim", "steps", 3), "pieces[1].right: mixed from the node")
    yield change("mixing-in-one-step", "mixing", put("claim", "steps", 1), "pieces[1].left: a sign that the root does not explain")
    yield change("mixing-after-10-to-the-15-steps", "mixing", put("claim", "steps", 10 ** 15), far)
    yield change("mixing-later", "mixing", put("claim", "relation", ">"), "holds: the pieces give [{")
    yield change("mixing-by-another-relation", "mixing", put("claim", "relation", "<"), "claim.relation: not one of the words allowed here")
    yield change("mixing-with-epsilon-0", "mixing", put("claim", "epsilon", "0"), "claim.epsilon: expected a positive number")
    yield change("mixing-of-diffusion", e, put("claim", {"kind": "t_mix", "epsilon": "1/5", "relation": "<=", "steps": 2}), "claim: a claim about other matrices")
    yield change("fidelity-of-walks", "mixing", put("claim", {"kind": "minimax", "relation": ">=", "threshold": "1/2"}), "claim: a claim about other matrices")
    lost = "a walk that is not absorbed at the sink for certain"
    yield change("walk-that-loses-mass", "mixing", put("walk", 0, 0, 0, "1/3"), "walk[0]: " + lost)
    yield change("walk-that-leaves-the-sink", "mixing", put("walk", 0, [["1/2", "1/2"], ["1/2", "1/2"]]), "walk[0]: " + lost)
    yield change("walk-that-stays", "mixing", put("walk", 1, [["1", "0"], ["0", "1"]]), "walk[1]: " + lost)
    yield change("walk-under-a-convention", "mixing", lambda c: (c.update(convention={"first_step": 1, "sink_counts": True})) or [c.update({k: c.pop(k)}) for k in ("claim", h, p)], "certificate: a convention belongs to diffusion")
    yield change("head-mixes-later", "mixes-faster", lambda c: c["heads"][0].update(t_mix=c["heads"][0]["t_mix"] + 1), "heads[0].node: mixed before, from the node")
    yield change("head-mixes-earlier", "mixes-faster", lambda c: c["heads"][0].update(t_mix=c["heads"][0]["t_mix"] - 1), "heads[0]: a head that has not mixed by then")
    yield change("head-mixes-at-once", "mixes-faster", lambda c: c["heads"][0].update(t_mix=0), "heads[0].t_mix: expected an integer up to 2^60 of at least 1")
    yield change("head-late-from-the-sink", "mixes-faster", lambda c: c["heads"][0].update(node=c["sink"]), "heads[0].node: mixed before, from the node")
    yield change("mixes-faster-at-another-epsilon", "mixes-faster", put("claim", "epsilon", "1/100"), "heads[0]: a head that has not mixed by then")
    # Bounds from below.
    yield change("above-nothing", e, put(*proof, "above", []), "pieces[1].proof.above: not one item for each node that counts")
    yield change("above-twice", e, lambda c: c[p][1]["proof"]["above"].append(c[p][1]["proof"]["above"][0]), "pieces[1].proof.above: not one item for each node that counts")
    yield change("above-another-node", e, put(*item, "node", 2), "pieces[1].proof.above[0].node: another node")
    yield change("above-node-3", e, put(*item, "node", 3), "pieces[1].proof.above[0].node: no such node")
    yield change("above-in-another-order", "amplifies", lambda c: first_above(c).reverse(), "another node")
    yield change("above-one-node-missing", "amplifies", lambda c: first_above(c).pop(), "not one item for each node that counts")
    yield change("limit-false", e, put(*item, "limit", False), "pieces[1].proof.above[0].limit: expected true")
    yield change("limit-and-time", e, put(*item, {"node": 1, "limit": True, "time": 1}), "pieces[1].proof.above[0]: expected a limit, or a time")
    yield change("neither-limit-nor-time", e, put(*item, {"node": 1}), "pieces[1].proof.above[0]: expected a limit, or a time")
    yield change("limit-of-a-mean", e, put(*item, {"node": 1, "limit": True, "mean": {"stages": 1, "rate": "1", "end": 0, "square_root": False}}), "pieces[1].proof.above[0]: expected a limit, or a time")
    yield change("limit-of-a-transient-node", e, both(put("claim", "node", 2), put("claim", "threshold", "0"), put(p, 0, "proof", {"above": [{"node": 2, "time": 1}]}), put(*item, "node", 2)), "pieces[1].proof.above[0]: the node is not absorbing")
    yield change("limit-at-0", e, put(p, 0, "proof", {"above": [{"node": 1, "limit": True}]}), "pieces[0].proof.above[0]: " + low)
    yield change("time-for-a-limit", e, put(*item, {"node": 1, "time": 1}), "pieces[1].proof.above[0]: " + low)
    yield change("time-before-first-step", e, put(p, 2, "proof", "above", 0, {"node": 1, "time": 0}), "pieces[2].proof.above[0].time: expected an integer up to 2^60 of at least 1")
    yield change("time-of-10-to-the-15", e, put(*item, {"node": 1, "time": 10 ** 15}), far)
    mean = {"stages": 1, "rate": "1", "end": 0, "square_root": False}
    at_mean = "pieces[1].proof.above[0].mean"
    for name, key, value, reason in (("stages-0", "stages", 0, at_mean + ".stages: expected an integer"), ("end-2", "end", 2, at_mean + ".end: expected 0 or 1"),
                                     ("rate-0", "rate", "0", "pieces[1].proof.above[0]: a mean at a point, or without a rate"), ("rate-negative", "rate", "-1", "pieces[1].proof.above[0]: a mean at a point, or without a rate"),
                                     ("stages-10-to-the-15", "stages", 10 ** 15, far), ("square-root-0", "square_root", 0, at_mean + ".square_root: expected true or false")):
        yield change("mean-with-" + name, e, put(*item, {"node": 1, "time": 1, "mean": {**mean, key: value}}), reason)
    yield change("mean-at-a-point", e, put(p, 2, "proof", "above", 0, {"node": 1, "time": 1, "mean": mean}), "pieces[2].proof.above[0]: a mean at a point, or without a rate")
    yield change("mean-that-is-too-short", e, put(*item, {"node": 1, "time": 1, "mean": {**mean, "rate": "1000"}}), "pieces[1].proof.above[0]: a sign that the coefficients do not tell")
    halves = both(put(p, [{"at": "0", "proof": {"below": {"node": 1, "horizon": 1}}}, {"from": "0", "to": "1/2", "proof": {"above": [{"node": 1, "time": 1, "mean": {**mean, "square_root": True}}]}}, {"at": "1/2", "proof": {"above": [{"node": 1, "limit": True}]}}, {"from": "1/2", "to": "1", "proof": {"above": [{"node": 1, "limit": True}]}}, {"at": "1", "proof": {"above": [{"node": 1, "limit": True}]}}]))
    yield change("square-root-of-a-length-that-is-no-square", e, halves, "pieces[1].proof.above[0]: a distance from the end that is no square")
    yield change("square-root-at-the-other-end", e, both(halves, put(p, 1, "proof", "above", 0, "mean", "end", 1)), "pieces[1].proof.above[0]: a square root of a weight that does not vanish")
    yield change("square-root-of-the-other-end", "square-root", lambda c: [m.update(end=1 - m["end"]) for m in means(c)], "a square root of a weight that does not vanish")
    yield change("square-root-left-out", "square-root", lambda c: [m.update(square_root=False) for m in means(c)], low)
    yield change("square-root-against-a-node", "nodes", lambda c: c[p][1]["proof"]["above"].__setitem__(0, {"node": c[p][1]["proof"]["above"][0]["node"], "time": 1, "mean": {**mean, "square_root": True}}), "a square root is compared with thresholds alone")
    yield change("mean-of-another-rate", "mean", lambda c: [m.update(rate="1000000") for m in means(c)], low)
    # Bounds from above.
    below = (p, 0, "proof", "below")
    yield change("below-and-above", e, put(p, 0, "proof", "above", []), "pieces[0].proof: ")
    yield change("neither-below-nor-above", e, put(p, 0, "proof", {}), "pieces[0].proof: expected either above or below")
    yield change("below-where-it-exceeds", e, put(*proof, {"below": {"node": 1, "horizon": 1}}), "pieces[1].proof.below: " + high)
    yield change("below-another-node", e, put(*below, "node", 2), "pieces[0].proof.below: a node that does not count")
    yield change("below-no-node", e, drop(*below, "node"), "pieces[0].proof.below.node: expected an integer")
    yield change("horizon-before-first-step", e, put(*below, "horizon", 0), "pieces[0].proof.below.horizon: expected an integer up to 2^60 of at least 1")
    yield change("horizon-of-10-to-the-15", e, put(*below, "horizon", 10 ** 15), far)
    yield change("gate-at-the-node", e, put(*below, {"node": 1, "horizon": 1, "gates": [1], "inflow": []}), "pieces[0].proof.below: a gate at the node itself")
    yield change("gates-of-an-absorbing-node", e, put(*below, {"node": 1, "horizon": 1, "gates": [2], "inflow": []}), "pieces[0].proof.below: a factor that is not positive")
    for key in ("gates", "inflow"):
        yield change("without-" + key, "gates", lambda c: first_below(c, "gates").pop(key), "expected gates and inflow, or feeder, inflow and levels, or slow and rate, or nothing more")
    yield change("gates-beyond-the-nodes", "gates", lambda c: first_below(c, "gates")["gates"].append(9), "no such node")
    yield change("gates-left-out", "gates", without("gates", "inflow"), "pieces[1].left.below: ")
    yield change("gates-and-levels", "levels", lambda c: first_below(c, "levels").update(gates=[]), "a key that is not expected here")
    for key in ("feeder", "inflow", "levels"):
        yield change("levels-without-" + key, "levels", lambda c: first_below(c, "levels").pop(key), "expected gates and inflow, or feeder, inflow and levels, or slow and rate, or nothing more")
    yield change("levels-above-the-threshold", "levels", lambda c: first_below(c, "levels")["levels"].__setitem__(0, "1"), "levels that do not stay below the threshold")
    yield change("levels-too-low", "levels", lambda c: first_below(c, "levels")["levels"].__setitem__(0, "0"), "a level that is too low")
    yield change("last-level-too-low", "levels", lambda c: first_below(c, "levels")["levels"].__setitem__(-1, "0"), "a level that is too low")
    yield change("one-level", "levels", lambda c: first_below(c, "levels")["levels"].__delitem__(slice(1, None)), "levels that do not stay below the threshold")
    yield change("node-feeds-itself", "levels", lambda c: first_below(c, "levels").update(feeder=first_below(c, "levels")["node"]), "a gate at the node itself")
    yield change("levels-against-a-node", "nodes", lambda c: c[p][1]["proof"]["below"].update(feeder=1, inflow=[], levels=["1/8", "1/8"]), "an argument for thresholds alone")
    yield change("holds-against-its-proof", "nodes", lambda c: c[p][1]["proof"].update(holds=not c[p][1]["proof"]["holds"]), "another node")
    yield change("two-bounds-from-below", "nodes", lambda c: c[p][1]["proof"]["above"].append(c[p][1]["proof"]["above"][0]), "expected one bound from below")
    slow = "slow"
    yield change("slow-without-rate", slow, lambda c: first_below(c, "slow").pop("rate"), "expected gates and inflow, or feeder, inflow and levels, or slow and rate, or nothing more")
    yield change("slow-node-itself", slow, lambda c: first_below(c, "slow").update(slow=[first_below(c, "slow")["node"]]), "no slow nodes, or the node itself")
    yield change("no-slow-node", slow, lambda c: first_below(c, "slow").update(slow=[]), "no slow nodes, or the node itself")
    yield change("slow-node-twice", slow, lambda c: first_below(c, "slow")["slow"].append(first_below(c, "slow")["slow"][0]), "expected nodes in ascending order")
    yield change("slow-with-a-negative-rate", slow, lambda c: first_below(c, "slow").update(rate="-1/3"), "expected no negative number")
    yield change("slow-with-a-rate-of-1", slow, lambda c: first_below(c, "slow").update(rate="1"), "a factor that is not positive by its coefficients")
    yield change("slow-nodes-left-out", slow, without("slow", "rate"), high)
    yield change("slow-too-early", slow, lambda c: first_below(c, "slow").update(horizon=1), high)
    yield change("slow-against-a-node", "nodes", lambda c: c[p][1]["proof"]["below"].update(slow=[1], rate="0"), "an argument for thresholds alone")
    # Pairs.
    yield change("pair-in-an-order", "pair", lambda c: c.update(order=[k for x in c["order"] for k in (x if isinstance(x, list) else [x])]), "order: " + against)
    yield change("pair-last", "pair", reverse("order"), "order[2]: pairs of nodes stand first")
    yield change("pair-of-other-nodes", "pair", lambda c: c.update(order=[[c["order"][0][0], c["order"][1]], c["order"][0][1], c["order"][2]]), "order: " + against)
    yield change("pair-that-hears-a-third", "pair", lambda c: c["diffusion"][0][c["order"][0][0] - 1].__setitem__(c["order"][1] - 1, "1/8"), "order: " + against)
    yield change("pair-that-loses-mass", "pair", lambda c: c["diffusion"][0][c["order"][0][0] - 1].__setitem__(c["order"][0][0] - 1, "0"), "heads[0].above[0]: the node is not absorbing")
    yield change("pair-with-gates", "pair", lambda c: pair_below(c).update(gates=[c["sink"]], inflow=[]), "more than a horizon for a node of a pair")
    yield change("pair-too-early", "pair", lambda c: pair_below(c).update(horizon=1), high)
    # Best weights.
    b = "best"
    yield change("best-without-parts", b, drop("parts"), "certificate: expected next the key parts")
    yield change("best-of-one-head", b, lambda c: c["diffusion"].__delitem__(slice(1, None)), "diffusion: expected two matrices")
    yield change("best-with-a-head-missing", b, drop("diffusion", 2), "weights: expected so many numbers: 2")
    yield change("best-of-walks", b, lambda c: [c.update({"walk" if k == "diffusion" else k: c.pop(k)}) for k in list(c)], "walk[0]: a walk that is not absorbed")
    yield change("best-of-a-row-above-1", b, put("diffusion", 0, 3, 3, "1"), "diffusion[0]: a row does not sum to 1")
    yield change("best-of-a-row-below-1", b, put("diffusion", 0, 3, 3, "1/3"), "diffusion[0]: a row does not sum to 1")
    yield change("best-against-the-order", b, reverse("order"), "order: " + against)
    yield change("best-with-a-pair", b, put("order", [[1, 2], 3, 4]), "order: ")
    yield change("best-with-weights-below-1", b, put("weights", ["1/3", "1/3", "1/4"]), "weights: the weights do not sum to 1")
    yield change("best-with-a-negative-weight", b, put("weights", ["1", "1", "-1"]), "weights[2]: expected no negative number")
    yield change("best-with-other-weights", b, put("weights", ["0", "1", "0"]), low)
    yield change("best-with-lower-above-upper", b, lambda c: c.update(lower=c["upper"]), low)
    yield change("best-with-one-bound-less", b, lambda c: c["above"].pop(), "above: not one item for each node that counts")
    yield change("best-with-upper-at-lower", b, lambda c: c.update(upper=c["lower"]), "exceed")
    yield change("best-with-a-negative-upper", b, put("upper", "-1"), "exceed")
    yield change("best-in-one-part", b, put("parts", {"node": 1, "horizon": 5}), "exceed")
    yield change("best-in-half", b, lambda c: c["parts"]["parts"].pop(), "parts.split: expected two vertices and two parts")
    yield change("best-split-at-one-vertex", b, put("parts", "split", [1, 1]), "parts.split: no two vertices in ascending order")
    yield change("best-split-the-other-way", b, reverse("parts", "split"), "parts.split: no two vertices in ascending order")
    yield change("best-split-at-vertex-4", b, put("parts", "split", [1, 4]), "parts.split: no two vertices in ascending order")
    yield change("best-split-and-bounded", b, lambda c: c["parts"].update(node=1), "parts: ")
    yield change("best-neither-split-nor-bounded", b, put("parts", {}), "parts: expected node and horizon, or split and parts")
    yield change("best-with-node-5", b, lambda c: leaf(c).update(node=5), "no such node")
    yield change("best-with-horizon-0", b, lambda c: leaf(c).update(horizon=0), "horizon: expected an integer up to 2^60 of at least 1")
    yield change("best-with-horizon-1", b, lambda c: leaf(c).update(horizon=1), "exceed")
    yield change("best-with-horizon-10-to-the-15", b, lambda c: leaf(c).update(horizon=10 ** 15), far)
    yield change("best-without-the-sink", b, lambda c: [c["convention"].update(sink_counts=False), c["above"].pop(), leaf(c).update(node=c["sink"])], "a node that does not count")


def leaf(c):
    """The first part that is not split."""
    part = c["parts"]
    while "parts" in part:
        part = part["parts"][0]
    return part


def without(*names):
    """Takes an argument's own keys out of the first proof that has them."""
    def act(c):
        below = first_below(c, names[0])
        for name in names:
            del below[name]
    return act


def first_above(c):
    """The items of the first proof that bounds two nodes or more."""
    return next(piece[key]["above"] for piece in c["pieces"] for key in ("proof", "left", "middle", "right")
                if len(piece.get(key, {}).get("above", [])) > 1)


def belows(c):
    return [piece[key]["below"] for piece in c["pieces"] for key in ("proof", "left", "middle", "right") if "below" in piece.get(key, {})]


def first_below(c, key):
    return next(below for below in belows(c) if key in below or (key == "levels" and "feeder" in below))


def pair_below(c):
    pair = c["order"][0]
    return next(piece["proof"]["below"] for piece in c["pieces"] if "from" in piece and piece.get("proof", {}).get("below", {}).get("node") in pair)


def means(c):
    return [item["mean"] for piece in c["pieces"] for key in ("proof", "left", "middle", "right")
            for item in piece.get(key, {}).get("above", []) if "mean" in item]
