"""Certificates of weights, the best weights among them, that are rejected for a bound that proves too little."""
from damage import both, drop, put, reverse
from region_damage import AGAINST, EDGE, FAR, HIGH, ITEM, LOW, PIECES, PROOF, changes_of


def damaged(good):
    """Name, text and expected reason of each."""
    change = changes_of(good)
    # Bounds from below.
    yield change("above-nothing", EDGE, put(*PROOF, "above", []), "pieces[1].proof.above: not one item for each node that counts")
    yield change("above-twice", EDGE, lambda c: c[PIECES][1]["proof"]["above"].append(c[PIECES][1]["proof"]["above"][0]), "pieces[1].proof.above: not one item for each node that counts")
    yield change("above-another-node", EDGE, put(*ITEM, "node", 2), "pieces[1].proof.above[0].node: another node")
    yield change("above-node-3", EDGE, put(*ITEM, "node", 3), "pieces[1].proof.above[0].node: no such node")
    yield change("above-in-another-order", "amplifies", lambda c: first_above(c).reverse(), "another node")
    yield change("above-one-node-missing", "amplifies", lambda c: first_above(c).pop(), "not one item for each node that counts")
    yield change("limit-false", EDGE, put(*ITEM, "limit", False), "pieces[1].proof.above[0].limit: expected true")
    yield change("limit-and-time", EDGE, put(*ITEM, {"node": 1, "limit": True, "time": 1}), "pieces[1].proof.above[0]: expected a limit, or a time")
    yield change("neither-limit-nor-time", EDGE, put(*ITEM, {"node": 1}), "pieces[1].proof.above[0]: expected a limit, or a time")
    yield change("limit-of-a-mean", EDGE, put(*ITEM, {"node": 1, "limit": True, "mean": {"stages": 1, "rate": "1", "end": 0, "square_root": False}}), "pieces[1].proof.above[0]: expected a limit, or a time")
    yield change("limit-of-a-transient-node", EDGE, both(put("claim", "node", 2), put("claim", "threshold", "0"), put(PIECES, 0, "proof", {"above": [{"node": 2, "time": 1}]}), put(*ITEM, "node", 2)), "pieces[1].proof.above[0]: the node is not absorbing")
    yield change("limit-at-0", EDGE, put(PIECES, 0, "proof", {"above": [{"node": 1, "limit": True}]}), "pieces[0].proof.above[0]: " + LOW)
    yield change("time-for-a-limit", EDGE, put(*ITEM, {"node": 1, "time": 1}), "pieces[1].proof.above[0]: " + LOW)
    yield change("time-before-first-step", EDGE, put(PIECES, 2, "proof", "above", 0, {"node": 1, "time": 0}), "pieces[2].proof.above[0].time: expected an integer up to 2^60 of at least 1")
    yield change("time-of-10-to-the-15", EDGE, put(*ITEM, {"node": 1, "time": 10 ** 15}), FAR)
    mean = {"stages": 1, "rate": "1", "end": 0, "square_root": False}
    at_mean = "pieces[1].proof.above[0].mean"
    for name, key, value, reason in (("stages-0", "stages", 0, at_mean + ".stages: expected an integer"), ("end-2", "end", 2, at_mean + ".end: expected 0 or 1"),
                                     ("rate-0", "rate", "0", "pieces[1].proof.above[0]: a mean at a point, or without a rate"), ("rate-negative", "rate", "-1", "pieces[1].proof.above[0]: a mean at a point, or without a rate"),
                                     ("stages-10-to-the-15", "stages", 10 ** 15, FAR), ("square-root-0", "square_root", 0, at_mean + ".square_root: expected true or false")):
        yield change("mean-with-" + name, EDGE, put(*ITEM, {"node": 1, "time": 1, "mean": {**mean, key: value}}), reason)
    yield change("mean-at-a-point", EDGE, put(PIECES, 2, "proof", "above", 0, {"node": 1, "time": 1, "mean": mean}), "pieces[2].proof.above[0]: a mean at a point, or without a rate")
    yield change("mean-that-is-too-short", EDGE, put(*ITEM, {"node": 1, "time": 1, "mean": {**mean, "rate": "1000"}}), "pieces[1].proof.above[0]: a sign that the coefficients do not tell")
    halves = both(put(PIECES, [{"at": "0", "proof": {"below": {"node": 1, "horizon": 1}}}, {"from": "0", "to": "1/2", "proof": {"above": [{"node": 1, "time": 1, "mean": {**mean, "square_root": True}}]}}, {"at": "1/2", "proof": {"above": [{"node": 1, "limit": True}]}}, {"from": "1/2", "to": "1", "proof": {"above": [{"node": 1, "limit": True}]}}, {"at": "1", "proof": {"above": [{"node": 1, "limit": True}]}}]))
    yield change("square-root-of-a-length-that-is-no-square", EDGE, halves, "pieces[1].proof.above[0]: a distance from the end that is no square")
    yield change("square-root-at-the-other-end", EDGE, both(halves, put(PIECES, 1, "proof", "above", 0, "mean", "end", 1)), "pieces[1].proof.above[0]: a square root of a weight that does not vanish")
    yield change("square-root-of-the-other-end", "square-root", lambda c: [m.update(end=1 - m["end"]) for m in means(c)], "a square root of a weight that does not vanish")
    yield change("square-root-left-out", "square-root", lambda c: [m.update(square_root=False) for m in means(c)], LOW)
    yield change("square-root-against-a-node", "nodes", lambda c: c[PIECES][1]["proof"]["above"].__setitem__(0, {"node": c[PIECES][1]["proof"]["above"][0]["node"], "time": 1, "mean": {**mean, "square_root": True}}), "a square root is compared with thresholds alone")
    yield change("mean-of-another-rate", "mean", lambda c: [m.update(rate="1000000") for m in means(c)], LOW)
    # Bounds from above.
    below = (PIECES, 0, "proof", "below")
    yield change("below-and-above", EDGE, put(PIECES, 0, "proof", "above", []), "pieces[0].proof: ")
    yield change("neither-below-nor-above", EDGE, put(PIECES, 0, "proof", {}), "pieces[0].proof: expected either above or below")
    yield change("below-where-it-exceeds", EDGE, put(*PROOF, {"below": {"node": 1, "horizon": 1}}), "pieces[1].proof.below: " + HIGH)
    yield change("below-another-node", EDGE, put(*below, "node", 2), "pieces[0].proof.below: a node that does not count")
    yield change("below-no-node", EDGE, drop(*below, "node"), "pieces[0].proof.below.node: expected an integer")
    yield change("horizon-before-first-step", EDGE, put(*below, "horizon", 0), "pieces[0].proof.below.horizon: expected an integer up to 2^60 of at least 1")
    yield change("horizon-of-10-to-the-15", EDGE, put(*below, "horizon", 10 ** 15), FAR)
    yield change("gate-at-the-node", EDGE, put(*below, {"node": 1, "horizon": 1, "gates": [1], "inflow": []}), "pieces[0].proof.below: a gate at the node itself")
    yield change("gates-of-an-absorbing-node", EDGE, put(*below, {"node": 1, "horizon": 1, "gates": [2], "inflow": []}), "pieces[0].proof.below: a factor that is not positive")
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
    yield change("levels-against-a-node", "nodes", lambda c: c[PIECES][1]["proof"]["below"].update(feeder=1, inflow=[], levels=["1/8", "1/8"]), "an argument for thresholds alone")
    yield change("holds-against-its-proof", "nodes", lambda c: c[PIECES][1]["proof"].update(holds=not c[PIECES][1]["proof"]["holds"]), "another node")
    yield change("two-bounds-from-below", "nodes", lambda c: c[PIECES][1]["proof"]["above"].append(c[PIECES][1]["proof"]["above"][0]), "expected one bound from below")
    slow = "slow"
    yield change("slow-without-rate", slow, lambda c: first_below(c, "slow").pop("rate"), "expected gates and inflow, or feeder, inflow and levels, or slow and rate, or nothing more")
    yield change("slow-node-itself", slow, lambda c: first_below(c, "slow").update(slow=[first_below(c, "slow")["node"]]), "no slow nodes, or the node itself")
    yield change("no-slow-node", slow, lambda c: first_below(c, "slow").update(slow=[]), "no slow nodes, or the node itself")
    yield change("slow-node-twice", slow, lambda c: first_below(c, "slow")["slow"].append(first_below(c, "slow")["slow"][0]), "expected nodes in ascending order")
    yield change("slow-with-a-negative-rate", slow, lambda c: first_below(c, "slow").update(rate="-1/3"), "expected no negative number")
    yield change("slow-with-a-rate-of-1", slow, lambda c: first_below(c, "slow").update(rate="1"), "a factor that is not positive by its coefficients")
    yield change("slow-nodes-left-out", slow, without("slow", "rate"), HIGH)
    yield change("slow-too-early", slow, lambda c: first_below(c, "slow").update(horizon=1), HIGH)
    yield change("slow-against-a-node", "nodes", lambda c: c[PIECES][1]["proof"]["below"].update(slow=[1], rate="0"), "an argument for thresholds alone")
    # Pairs.
    yield change("pair-in-an-order", "pair", lambda c: c.update(order=[k for x in c["order"] for k in (x if isinstance(x, list) else [x])]), "order: " + AGAINST)
    yield change("pair-last", "pair", reverse("order"), "order[2]: pairs of nodes stand first")
    yield change("pair-of-other-nodes", "pair", lambda c: c.update(order=[[c["order"][0][0], c["order"][1]], c["order"][0][1], c["order"][2]]), "order: " + AGAINST)
    yield change("pair-that-hears-a-third", "pair", lambda c: c["diffusion"][0][c["order"][0][0] - 1].__setitem__(c["order"][1] - 1, "1/8"), "order: " + AGAINST)
    yield change("pair-that-loses-mass", "pair", lambda c: c["diffusion"][0][c["order"][0][0] - 1].__setitem__(c["order"][0][0] - 1, "0"), "heads[0].above[0]: the node is not absorbing")
    yield change("pair-with-gates", "pair", lambda c: pair_below(c).update(gates=[c["sink"]], inflow=[]), "more than a horizon for a node of a pair")
    yield change("pair-too-early", "pair", lambda c: pair_below(c).update(horizon=1), HIGH)
    # Best weights.
    b = "best"
    yield change("best-without-parts", b, drop("parts"), "certificate: expected next the key parts")
    yield change("best-of-one-head", b, lambda c: c["diffusion"].__delitem__(slice(1, None)), "diffusion: expected two matrices")
    yield change("best-with-a-head-missing", b, drop("diffusion", 2), "weights: expected so many numbers: 2")
    yield change("best-of-walks", b, lambda c: [c.update({"walk" if k == "diffusion" else k: c.pop(k)}) for k in list(c)], "walk[0]: a walk that is not absorbed")
    yield change("best-of-a-row-above-1", b, put("diffusion", 0, 3, 3, "1"), "diffusion[0]: a row does not sum to 1")
    yield change("best-of-a-row-below-1", b, put("diffusion", 0, 3, 3, "1/3"), "diffusion[0]: a row does not sum to 1")
    yield change("best-against-the-order", b, reverse("order"), "order: " + AGAINST)
    yield change("best-with-a-pair", b, put("order", [[1, 2], 3, 4]), "order: ")
    yield change("best-with-weights-below-1", b, put("weights", ["1/3", "1/3", "1/4"]), "weights: the weights do not sum to 1")
    yield change("best-with-a-negative-weight", b, put("weights", ["1", "1", "-1"]), "weights[2]: expected no negative number")
    yield change("best-with-other-weights", b, put("weights", ["0", "1", "0"]), LOW)
    yield change("best-with-lower-above-upper", b, lambda c: c.update(lower=c["upper"]), LOW)
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
    yield change("best-with-horizon-10-to-the-15", b, lambda c: leaf(c).update(horizon=10 ** 15), FAR)
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
