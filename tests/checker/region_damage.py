"""Certificates of weights that are rejected for their layout, claim, set of weights, pieces or mixing."""
import copy
import json

from damage import both, drop, put, reverse

EDGE, PIECES, HOLDS = "edge", "pieces", "holds"
PROOF = (PIECES, 1, "proof")
ITEM = (*PROOF, "above", 0)
AGAINST = "a matrix has an entry against the order"
LOW, HIGH = "a bound from below that is too low", "a bound from above that is too high"
FAR = "beyond a limit: too much work"


def changes_of(good):
    """Makes name, text and reason of a changed certificate of weights."""
    def change(name, base, act, reason):
        c = copy.deepcopy(good["region-" + base])
        act(c)
        assert json.dumps(c) != json.dumps(good["region-" + base]), name
        return "region-" + name, json.dumps(c) + "\n", reason
    return change


def damaged(good):
    """Name, text and expected reason of each."""
    change = changes_of(good)
    # Layout.
    yield change("of-another-format", EDGE, put("format", "crosshead.region/2"), "certificate: expected next the key claim")
    for key, following in (("nodes", "nodes"), ("sink", "sink"), ("order", "order"), ("claim", "claim"), (HOLDS, HOLDS), (PIECES, PIECES)):
        yield change("without-" + key, EDGE, drop(key), "certificate: expected next the key " + following)
    yield change("without-matrices", EDGE, drop("diffusion"), "certificate: expected either diffusion or walk")
    yield change("without-convention", EDGE, drop("convention"), "certificate: a convention belongs to diffusion")
    yield change("another-key", EDGE, put("remark", "true"), "certificate: a key that is not expected here")
    yield change("no-nodes", EDGE, put("nodes", 0), "nodes: expected an integer up to 2^60 of at least 1")
    yield change("too-many-nodes", EDGE, put("nodes", 10 ** 9), "nodes: beyond a limit: more than 1000 nodes")
    yield change("three-nodes", EDGE, put("nodes", 3), "diffusion[0]: expected a row for each node")
    yield change("sink-beyond-nodes", EDGE, put("sink", 3), "sink: no such node")
    yield change("another-sink", EDGE, put("sink", 1), "pieces[0].proof.below: " + HIGH)
    yield change("order-reversed", EDGE, put("order", [2, 1]), "order: " + AGAINST)
    yield change("order-too-short", EDGE, put("order", [1]), "order: a node is missing")
    yield change("order-repeats", EDGE, put("order", [1, 1]), "order[1]: a node that stands before")
    yield change("order-of-other-nodes", EDGE, put("order", [1, 3]), "order[1]: no such node")
    yield change("order-of-a-triple", EDGE, put("order", [[1, 2, 2]]), "order[0]: pairs of nodes stand first")
    yield change("one-head", EDGE, drop("diffusion", 1), "diffusion: expected two matrices")
    yield change("row-missing", EDGE, drop("diffusion", 0, 1), "diffusion[0]: expected a row for each node")
    yield change("entry-missing", EDGE, drop("diffusion", 0, 1, 1), "diffusion[0][1]: expected so many numbers: 2")
    yield change("negative-entry", EDGE, put("diffusion", 0, 1, 0, "-1/2"), "diffusion[0][1][0]: expected no negative number")
    yield change("entry-not-canonical", EDGE, put("diffusion", 0, 1, 0, "2/4"), "diffusion[0][1][0]: not a canonical rational")
    yield change("entry-as-an-integer", EDGE, put("diffusion", 0, 0, 0, 1), "diffusion[0][0][0]: expected a string")
    yield change("diagonal-above-1", EDGE, put("diffusion", 0, 0, 0, "2"), "pieces[1].proof.above[0]: a diagonal entry above 1")
    yield change("heads-swapped", EDGE, reverse("diffusion"), "pieces[0].proof.below: " + HIGH)
    yield change("first-step-2", EDGE, put("convention", "first_step", 2), "convention: expected the first step 0 or 1")
    yield change("first-step-negative", EDGE, put("convention", "first_step", -1), "convention.first_step: expected an integer")
    yield change("sink-counts-1", EDGE, put("convention", "sink_counts", 1), "convention.sink_counts: expected true or false")
    # The claim.
    yield change("unknown-claim", EDGE, put("claim", "kind", "phi"), "claim.kind: not one of the words allowed here")
    yield change("claim-of-another-kind", EDGE, put("claim", "kind", "minimax"), "claim: expected next the key relation")
    yield change("claim-without-node", EDGE, drop("claim", "node"), "claim: expected next the key node")
    yield change("claim-about-node-3", EDGE, put("claim", "node", 3), "claim.node: no such node")
    yield change("claim-about-another-node", EDGE, put("claim", "node", 2), "pieces[0].proof.below: a node that does not count")
    yield change("claim-by-equality", EDGE, put("claim", "relation", "="), "claim.relation: not one of the words allowed here")
    yield change("claim-complemented", EDGE, put("claim", "relation", "<"), "holds: the pieces give ")
    yield change("claim-with-a-higher-threshold", EDGE, put("claim", "threshold", "3/2"), "pieces[1].proof.above[0]: " + LOW)
    yield change("claim-with-threshold-0", EDGE, put("claim", "threshold", "0"), "pieces[0].proof.below: " + HIGH)
    yield change("claim-without-heads", "amplifies", drop("heads"), "claim: heads belong to a claim that compares with them")
    yield change("claim-with-heads", EDGE, lambda c: (c.update(heads=[])) or [c.update({k: c.pop(k)}) for k in (HOLDS, PIECES)], "claim: heads belong to a claim that compares with them")
    yield change("one-head-alone", "amplifies", drop("heads", 1), "heads: expected two heads")
    yield change("head-without-proof", "amplifies", drop("heads", 0, "below"), "heads[0]: expected next the key below")
    yield change("head-too-high", "amplifies", put("heads", 0, "minimax", "9/10"), "heads[0].above[")
    yield change("head-too-low", "amplifies", put("heads", 0, "minimax", "1/100"), "heads[0].below: " + HIGH)
    yield change("heads-reversed", "amplifies", reverse("heads"), "heads[0].")
    yield change("attenuates-instead", "amplifies", put("claim", "kind", "attenuates"), "pieces[")
    yield change("nodes-against-itself", "nodes", lambda c: c["claim"].update(other=c["claim"]["node"]), "claim: a node compared with itself")
    yield change("nodes-exchanged", "nodes", lambda c: c["claim"].update(node=c["claim"]["other"], other=c["claim"]["node"]), "another node")
    yield change("no-node-counts", EDGE, both(put("nodes", 1), put("sink", 1), put("order", [1]), put("diffusion", [[["1"]], [["1"]]]), put("convention", "sink_counts", False), put("claim", {"kind": "minimax", "relation": ">=", "threshold": "1/2"}), put("holds", [{"from": "0", "from_closed": True, "to": "1", "to_closed": True}]), put("pieces", [{"at": "0", "proof": {"above": []}}, {"from": "0", "to": "1", "proof": {"above": []}}, {"at": "1", "proof": {"above": []}}])), "pieces[0].proof.above: not one item for each node that counts")
    # The set.
    yield change("holds-nowhere", EDGE, put(HOLDS, []), "holds: the pieces give [{")
    yield change("holds-everywhere", EDGE, put(HOLDS, 0, "from_closed", True), "holds: the pieces give [{")
    yield change("holds-but-at-1", EDGE, put(HOLDS, 0, "to_closed", False), "holds: the pieces give [{")
    yield change("holds-up-to-a-half", EDGE, put(HOLDS, 0, "to", "1/2"), "holds: the pieces give [{")
    yield change("holds-at-another-root", "mixing", put(HOLDS, 0, "to", "root", ["-3", "0", "5"]), "holds: the pieces give [{")
    yield change("holds-in-another-place", "mixing", put(HOLDS, 0, "to", "from", "1/2"), "holds: the pieces give [{")
    yield change("holds-in-two-parts", EDGE, put(HOLDS, [{"from": "0", "from_closed": False, "to": "1", "to_closed": False}, {"from": "1", "from_closed": True, "to": "1", "to_closed": True}]), "holds: the pieces give [{")
    # Pieces.
    gap = "a gap between pieces"
    yield change("no-pieces", EDGE, put(PIECES, []), "pieces: points and intervals do not alternate")
    yield change("two-pieces", EDGE, drop(PIECES, 2), "pieces: points and intervals do not alternate")
    yield change("one-piece", EDGE, lambda c: c[PIECES].__delitem__(slice(1, 3)), "pieces: the last piece is not the point 1")
    yield change("pieces-from-a-half", EDGE, put(PIECES, 0, "at", "1/2"), "pieces[0]: " + gap)
    yield change("pieces-with-a-gap", EDGE, put(PIECES, 1, "from", "1/3"), "pieces[1]: " + gap)
    yield change("piece-of-no-length", EDGE, put(PIECES, 1, "to", "0"), "pieces[1]: " + gap)
    yield change("piece-beyond-1", EDGE, put(PIECES, 1, "to", "2"), "pieces[1]: " + gap)
    yield change("pieces-reversed", EDGE, reverse(PIECES), "pieces[0]: " + gap)
    yield change("piece-without-proof", EDGE, drop(*PROOF), "pieces[1]: not one of the pieces of section 1")
    yield change("point-without-proof", EDGE, drop(PIECES, 0, "proof"), "pieces[0]: not one of the pieces of section 1")
    yield change("interval-in-place-of-a-point", EDGE, put(PIECES, 0, {"from": "0", "to": "0", "proof": {"below": {"node": 1, "horizon": 1}}}), "pieces[0]: not one of the pieces of section 1")
    yield change("point-in-place-of-an-interval", EDGE, put(PIECES, 1, {"at": "1", "proof": {"above": [{"node": 1, "limit": True}]}}), "pieces[1]: not one of the pieces of section 1")
    yield change("root-without-sides", EDGE, lambda c: c[PIECES].__setitem__(1, {"from": "0", "to": "1", "proof": c[PIECES][1]["proof"], "root": ["-1", "2"]}), "pieces[1]: not one of the pieces of section 1")
    yield change("root-without-middle", "mixing", drop(PIECES, 1, "middle"), "pieces[1]: not one of the pieces of section 1")
    yield change("root-with-a-fraction", "mixing", put(PIECES, 1, "root", 1, "1/2"), "pieces[1].root[1]: expected an integer")
    yield change("root-with-leading-0", "mixing", put(PIECES, 1, "root", ["-4", "0", "5", "0"]), "pieces[1].root: a leading coefficient that is 0")
    yield change("root-of-nothing", "mixing", put(PIECES, 1, "root", []), "pieces[1].root: a leading coefficient that is 0")
    yield change("root-of-a-constant", "mixing", put(PIECES, 1, "root", ["-4"]), "pieces[1]: no root within this piece")
    yield change("root-outside", "mixing", put(PIECES, 1, "root", ["-4", "0", "4"]), "pieces[1]: a root that is not isolated")
    yield change("two-roots", "mixing", put(PIECES, 1, "root", ["2", "-9", "9"]), "pieces[1]: a root that is not isolated")
    yield change("root-of-another", "mixing", put(PIECES, 1, "root", ["-1", "2"]), "pieces[1].left: a sign that the root does not explain")
    yield change("root-with-a-factor", "mixing", put(PIECES, 1, "root", ["0", "-4", "0", "5"]), "pieces[1].left: a sign that the root does not explain")
    yield change("no-root", "mixing", put(PIECES, 1, {"from": "0", "to": "1", "proof": {"mixed": True}}), "pieces[1].proof: a sign that the coefficients do not tell")
    # Mixing.
    yield change("mixed-to-the-right", "mixing", put(PIECES, 1, "right", {"mixed": True}), "pieces[1].right: not mixed from some node")
    yield change("not-mixed-at-the-root", "mixing", put(PIECES, 1, "middle", {"mixed": False, "node": 1}), "pieces[1].middle: mixed from the node")
    yield change("not-mixed-from-the-sink", "mixing", put(PIECES, 2, "proof", "node", 2), "pieces[2].proof: mixed from the node")
    yield change("not-mixed-from-node-3", "mixing", put(PIECES, 2, "proof", "node", 3), "pieces[2].proof.node: no such node")
    yield change("not-mixed-from-nowhere", "mixing", put(PIECES, 2, "proof", {"mixed": False}), "pieces[2].proof: expected a node where not mixed")
    yield change("mixed-from-a-node", "mixing", put(PIECES, 0, "proof", {"mixed": True, "node": 1}), "pieces[0].proof: expected a node where not mixed")
    yield change("mixing-in-three-steps", "mixing", put("claim", "steps", 3), "pieces[1].right: mixed from the node")
    yield change("mixing-in-one-step", "mixing", put("claim", "steps", 1), "pieces[1].left: a sign that the root does not explain")
    yield change("mixing-after-10-to-the-15-steps", "mixing", put("claim", "steps", 10 ** 15), FAR)
    yield change("mixing-later", "mixing", put("claim", "relation", ">"), "holds: the pieces give [{")
    yield change("mixing-by-another-relation", "mixing", put("claim", "relation", "<"), "claim.relation: not one of the words allowed here")
    yield change("mixing-with-epsilon-0", "mixing", put("claim", "epsilon", "0"), "claim.epsilon: expected a positive number")
    yield change("mixing-of-diffusion", EDGE, put("claim", {"kind": "t_mix", "epsilon": "1/5", "relation": "<=", "steps": 2}), "claim: a claim about other matrices")
    yield change("fidelity-of-walks", "mixing", put("claim", {"kind": "minimax", "relation": ">=", "threshold": "1/2"}), "claim: a claim about other matrices")
    lost = "a walk that is not absorbed at the sink for certain"
    yield change("walk-that-loses-mass", "mixing", put("walk", 0, 0, 0, "1/3"), "walk[0]: " + lost)
    yield change("walk-that-leaves-the-sink", "mixing", put("walk", 0, [["1/2", "1/2"], ["1/2", "1/2"]]), "walk[0]: " + lost)
    yield change("walk-that-stays", "mixing", put("walk", 1, [["1", "0"], ["0", "1"]]), "walk[1]: " + lost)
    yield change("walk-under-a-convention", "mixing", lambda c: (c.update(convention={"first_step": 1, "sink_counts": True})) or [c.update({k: c.pop(k)}) for k in ("claim", HOLDS, PIECES)], "certificate: a convention belongs to diffusion")
    yield change("head-mixes-later", "mixes-faster", lambda c: c["heads"][0].update(t_mix=c["heads"][0]["t_mix"] + 1), "heads[0].node: mixed before, from the node")
    yield change("head-mixes-earlier", "mixes-faster", lambda c: c["heads"][0].update(t_mix=c["heads"][0]["t_mix"] - 1), "heads[0]: a head that has not mixed by then")
    yield change("head-mixes-at-once", "mixes-faster", lambda c: c["heads"][0].update(t_mix=0), "heads[0].t_mix: expected an integer up to 2^60 of at least 1")
    yield change("head-late-from-the-sink", "mixes-faster", lambda c: c["heads"][0].update(node=c["sink"]), "heads[0].node: mixed before, from the node")
    yield change("mixes-faster-at-another-epsilon", "mixes-faster", put("claim", "epsilon", "1/100"), "heads[0]: a head that has not mixed by then")
