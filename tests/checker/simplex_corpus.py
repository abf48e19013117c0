"""Certificates about all real weights (`weights in simplex`), accepted and damaged, with proofs made by hand.

The pair of two nodes: head 1 has the edge 1 -> 2, head 2 self-loops alone, so that D(b) = [[1, 0], [b/2, 1 - b/2]]:
phi(mean, 1) is 1 for b > 0 and 0 at b = 0, phi(mean, 2) = 1 - b/2. The lazy lines step with probability 1/2 and 1/4, the
mean with p = (1 + b)/4; after two steps (1 - p)^2 is left, which is 1/3 at the root 0.69... of 3 b^2 - 18 b + 11.
"""
from certificates import certificate, reading
from damage import FACT, R, S, drop, put, tree
from systems import F, edge_head, system, walk_head

PAIR = system(2, [edge_head([(1, 1), (1, 2), (2, 2)]), edge_head([(1, 1), (2, 2)])])
LAZY = system(2, [walk_head([[F(1, 2), 0], [F(1, 2), 1]]), walk_head([[F(3, 4), 0], [F(1, 4), 1]])])


def above(*items):
    return {"above": list(items)}


def below(j, horizon=1):
    return {"below": {"node": j, "horizon": horizon}}


def at(b, proof):
    return {"at": b, "proof": proof}


def between(a, b, proof):
    return {"from": a, "to": b, "proof": proof}


def region(operation, *pieces):
    return {"of": "mean", "weights": operation, "order": [1, 2], "pieces": list(pieces)}


FIRST, SECOND = {"node": 1, "limit": True}, {"node": 2, "time": 1}
# phi(mean, 2) >= 3/4 up to 1/2, phi(mean, 2) > 3/4 before it.
NODE = region(["node>=", 2, "3/4"], at("0", above(SECOND)), between("0", "1/2", above(SECOND)), at("1/2", above(SECOND)),
              between("1/2", "1", below(2)), at("1", below(2)))
STRICT = region(["node>", 2, "3/4"], at("0", above(SECOND)), between("0", "1/2", above(SECOND)), at("1/2", below(2)),
                between("1/2", "1", below(2)), at("1", below(2)))
# The better head has 1/2.
MINIMAX = region(["minimax>", "1/2"], at("0", below(1)), between("0", "1", above(FIRST, SECOND)), at("1", below(2)))
OTHERS = region(["others>=", "1"], at("0", below(1)), between("0", "1", above(FIRST)), at("1", above(FIRST)))
NODES = region(["nodes>", 1, 2], at("0", {"holds": False, "above": [SECOND], **below(1)}),
               between("0", "1", {"holds": True, "above": [FIRST], **below(2)}),
               at("1", {"holds": True, "above": [FIRST], **below(2)}))
ROOT = {"from": "0", "to": "1", "root": ["11", "-18", "3"], "left": {"mixed": False, "node": 1}, "middle": {"mixed": True},
        "right": {"mixed": True}}
MIXED = region(["absorbed>=", 2, "2/3"], at("0", {"mixed": False, "node": 1}), ROOT, at("1", {"mixed": True}))
STRICTLY = region(["absorbed>", 2, "2/3"], at("0", {"mixed": False, "node": 1}),
                  {**ROOT, "middle": {"mixed": False, "node": 1}}, at("1", {"mixed": True}))
LATE = region(["absorbed>=", 2, "3/4"], at("0", {"mixed": False, "node": 1}), between("0", "1", {"mixed": False, "node": 1}),
              at("1", {"mixed": True}))


def accepted():
    def one(id, text, given=PAIR, **more):
        return id, certificate(id, reading(text, given=given, **more))

    yield one("simplex-node", "forall weights in simplex: phi(mean, 2) >= 3/4 iff weight(1) <= 1/2", regions=[NODE])
    yield one("simplex-node-strictly", "forall weights in simplex: not (3/4 < phi(mean, 2)) iff 1/2 >= weight(2)",
              regions=[STRICT])
    yield one("simplex-refuted", "forall weights in simplex: phi(mean, 2) < 3/4 or weight(1) < 1/2", regions=[NODE],
              cell={"name": "weights", "between": ["1/2", "1/2"]})
    yield one("simplex-witness", "exists weights in simplex: phi(mean, 2) < 3/4", regions=[NODE],
              cell={"name": "weights", "between": ["1/2", "1"]})
    yield one("simplex-condition", "forall x in {1/2, 3/4}: forall weights in simplex where weight(1) <= 1/2: "
              "phi(mean, 2) >= 3/4 and x < 1", regions=[NODE])
    yield one("simplex-minimax", "forall weights in simplex: phi_min(mean) > (max h in heads: phi_min(head h)) iff "
              "0 < weight(1) < 1", regions=[MINIMAX])
    yield one("simplex-others", "forall weights in simplex: phi_min(mean) >= 1 iff weight(1) > 0", regions=[OTHERS],
              convention={"sink_counts": False})
    yield one("simplex-nodes", "forall weights in simplex: phi(mean, 1) > phi(mean, 2) iff weight(2) < 1", regions=[NODES])
    yield one("simplex-mixing", "forall weights in simplex where weight(1) = 0 or weight(1) >= 1: t_mix(mean, 1/4) <= 2 iff "
              "weight(2) <= 0".replace("weight(1) = 0", "weight(1) <= 0"), given=LAZY, regions=[LATE])
    yield one("simplex-root", "exists weights in simplex: t_mix(mean, 1/3) < 2.5", given=LAZY, regions=[MIXED],
              formula=None, cell={"name": "weights", "between": ["0", "1"], "side": "middle"})
    yield one("simplex-l1", "exists weights in simplex: t_mix(mean, 2/3) <= 2", given=LAZY, regions=[STRICTLY],
              convention={"distance": "l1"}, cell={"name": "weights", "between": ["0", "1"], "side": "right"})
    yield one("simplex-undefined-part", "(exists weights in simplex: t_mix(mean, 1/4) <= 3) or 1 = 1")


def damaged(change):
    place = "readings[0].systems[0].facts[0]"

    def node(name, path, value, reason, base="simplex-node"):
        return change("simplex-" + name, base, put(*FACT, *path, value), reason)

    over = lambda body: tree(["forall", ["weights", ["simplex"]], body])
    yield change("simplex-no-fact", "simplex-node", drop(*FACT), "a fact is needed that is not listed: node>= 1 3/4")
    yield change("simplex-other-threshold", "simplex-node", over(["node>=", 2, ["/", 2, 3]]),
                 "a fact is needed that is not listed: node>= 1 2/3")
    yield node("too-high-a-threshold", ["weights", 2], "4/5", place)
    yield node("other-node", ["weights", 1], 1, place)
    yield node("no-node", ["weights", 1], 3, place + ".weights[1]: no such node")
    yield node("unknown-operation", ["weights", 0], "node<", place + ".weights[0]: no comparison of the mean")
    yield node("weight-as-a-fact", ["weights"], ["weight>", 1, "1/2"], place + ".weights[0]: no comparison of the mean")
    yield node("two-words", ["weights"], ["x node>=", 2, "3/4"], place + ".weights[0]: no comparison of the mean")
    yield node("too-many-arguments", ["weights"], ["node>=", 2, "3/4", "3/4"], place + ".weights: another number of arguments")
    yield node("of-a-head", ["of"], "head 1", place + ": not of the mean of two heads")
    yield node("itself", ["weights"], ["nodes>", 1, 1], place + ".weights: undefined for this system")
    yield node("absorbed-where-it-is-not", ["weights"], ["absorbed>=", 2, "1/2"], place + ".weights: undefined for this system")
    yield node("order-reversed", ["order"], [2, 1], place)
    yield node("order-too-short", ["order"], [1], place)
    yield node("no-pieces", ["pieces"], [], place + ".pieces")
    yield node("gap", ["pieces", 3, "from"], "3/4", place + ".pieces[3]")
    yield node("wrong-proof", ["pieces", 3, "proof"], above(SECOND), place + ".pieces[3]")
    yield node("wrong-proof-below", ["pieces", 1, "proof"], below(2), place + ".pieces[1]")
    yield change("simplex-twice", "simplex-node", lambda c: c[R][0][S][0]["facts"].append(NODE),
                 "readings[0].systems[0].facts[1]: a fact that is listed before")
    yield change("simplex-truth", "simplex-node", put(R, 0, "truth", False), "does not have the stated truth value")
    other = {"name": "weights", "between": ["0", "1/2"]}
    yield change("simplex-other-witness", "simplex-witness", put(R, 0, "witness", [other]),
                 'the instance that decides is [{"name":"weights","between":["1/2","1"]}]')
    yield change("simplex-witness-side", "simplex-witness", put(R, 0, "witness", 0, "side", "left"),
                 'the instance that decides is [{"name":"weights","between":["1/2","1"]}]')
    yield change("simplex-other-side", "simplex-root", put(R, 0, "witness", 0, "side", "right"),
                 'the instance that decides is [{"name":"weights","between":["0","1"],"side":"middle"}]')
    yield change("simplex-cell-on-both-sides", "simplex-node", over(["or", ["weight>", 1, ["/", 1, 4]], ["node>=", 2, ["/", 3, 4]]]),
                 "a cell of weights on both sides")
    yield change("simplex-no-comparison", "simplex-node", over(["weight>=", 1, 0]), "malformed formula")
    yield change("simplex-comparison-inside", "simplex-node", over(["node>", 1, ["node>", 1, 0]]), "malformed formula")
    yield change("simplex-two-comparisons", "simplex-node",
                 over(["or", ["node>=", 2, ["/", 3, 4]], ["node>=", 2, ["/", 1, 4]]]), "malformed formula")
    yield change("simplex-mean-inside", "simplex-node",
                 over(["or", ["<", 2, ["phi", "mean", 1]], ["node>=", 2, ["/", 3, 4]]]), "malformed formula")
    yield change("simplex-weight-inside", "simplex-node",
                 over(["or", ["<", 2, ["weight", 1]], ["node>=", 2, ["/", 3, 4]]]), "malformed formula")
    yield change("simplex-word-weight-inside", "simplex-node",
                 over(["or", ["<", 2, ["word_weight", ["word", 1]]], ["node>=", 2, ["/", 3, 4]]]), "malformed formula")
    yield change("simplex-system-inside", "simplex-node",
                 over(["exists", ["system", ["line", 2]], ["node>=", 2, ["/", 3, 4]]]), "malformed formula")
    yield change("simplex-depends-on-an-inner-name", "simplex-node",
                 over(["forall", ["j", ["list", 2]], ["node>=", "j", ["/", 3, 4]]]), "malformed formula")
    yield change("simplex-not-last", "simplex-node",
                 tree(["forall", ["weights", ["simplex"]], ["j", ["list", 2]], ["node>=", 2, ["/", 3, 4]]]), "malformed formula")
    yield change("simplex-in-a-sum", "simplex-node",
                 tree(["=", 1, ["sum", ["weights", ["simplex"]], ["node>=", 2, ["/", 3, 4]]]]), "malformed formula")
    yield change("simplex-other-name", "simplex-node", tree(["forall", ["w", ["simplex"]], ["node>=", 2, ["/", 3, 4]]]),
                 "malformed formula")
    yield change("simplex-with-an-argument", "simplex-node",
                 tree(["forall", ["weights", ["simplex", 2]], ["node>=", 2, ["/", 3, 4]]]), "malformed formula")
    yield change("simplex-outside", "simplex-node", tree(["node>=", 2, ["/", 3, 4]]), "malformed formula")
    yield change("simplex-weight-outside", "simplex-node", tree(["weight>=", 1, 0]), "malformed formula")
    yield change("simplex-undefined-bound", "simplex-node",
                 tree(["and", ["forall", ["weights", ["simplex"]], ["node>=", 2, ["/", 1, 0]]]]), "the formula has no truth value")
    yield change("simplex-mixed-too-early", "simplex-root", put(*FACT, "pieces", 1, "left", {"mixed": True}), place + ".pieces[1]")
    yield change("simplex-strict-at-the-root", "simplex-root", put(*FACT, "weights", 0, "absorbed>"), place + ".pieces[1]")
