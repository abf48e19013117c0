"""Certificates of regions of weights (src/certificate/REGION.md) changed at random, for both checkers.

The accepted ones of tests/certificates are first put in other words: mirrored (the heads change places), their nodes
renumbered, pieces divided, heads replaced by a threshold. Such a document has to be accepted. Then something in it is
changed, so that most still have the layout of section 1, and `holds` mostly says what the pieces say.
"""
import copy
from fractions import Fraction

from region_rewrites import REWRITES, with_holds

FORMAT = "crosshead.region/1"
RELATIONS = [">", ">=", "<", "<="]
WORDS = [RELATIONS, ["amplifies", "attenuates"], ["mixes-faster"]]
SHRINK = [0, Fraction(1, 2), Fraction(9, 10), Fraction(999, 1000), 1, Fraction(1001, 1000), Fraction(11, 10), 2, -1]


def places(x, types, at=()):
    """Where the values of these types stand in a tree; a boolean is no integer here."""
    if type(x) in types:
        yield at
    for key, part in x.items() if isinstance(x, dict) else enumerate(x) if isinstance(x, list) else ():
        yield from places(part, types, (*at, key))


def at_place(x, at):
    for key in at:
        x = x[key]
    return x


# Changes, each of a document of its own -----------------------------------------------------------------------------
def proofs(document):
    return [(piece, key) for piece in document["pieces"] for key in ("proof", "left", "middle", "right") if key in piece]


def a_number(dice, document, others):
    part = document[dice.choice([key for key in document if key != "format" and document[key] != []])]
    found = [at for at in places([part], (int, str, bool)) if len(at) > 1]
    if not found:
        return
    at = dice.choice(found)
    holder, value = at_place([part], at[:-1]), at_place([part], at)
    if isinstance(value, bool):
        holder[at[-1]] = not value
    elif isinstance(value, int):
        holder[at[-1]] = value + dice.choice([-2, -1, 1, 1, 2])
    elif value[-1].isdigit():
        new = Fraction(value) * dice.choice(SHRINK) + dice.choice([0, 0, 0, Fraction(1, 16)])
        holder[at[-1]] = str(new if "root" not in at else int(new) + dice.choice([-1, 0, 1]))
    else:
        holder[at[-1]] = dice.choice(next((words for words in WORDS if value in words), [value]))


def a_list(dice, document, others):
    part = document[dice.choice([key for key in document if isinstance(document[key], list) and document[key]])]
    found = [at_place(part, at) for at in places(part, (list,))]
    items = dice.choice([items for items in found if items])
    k, l = dice.randrange(len(items)), dice.randrange(len(items))
    what = dice.random()
    if what < 0.35:
        del items[k]
    elif what < 0.7:
        items.insert(l, copy.deepcopy(items[k]))
    else:
        items[k], items[l] = items[l], items[k]


def a_proof(dice, document, others):
    other = dice.choice([document, *others])
    piece, key = dice.choice(proofs(document))
    giver, its = dice.choice(proofs(other))
    given, proof = copy.deepcopy(giver[its]), piece[key]
    shared = [name for name in ("above", "below") if name in proof and name in given]
    if shared and dice.random() < 0.5:
        proof[shared[0]] = given[shared[0]]
    else:
        piece[key] = given


def an_upper(dice, document, others):
    """A bound from above of another kind, or with other nodes."""
    found = [piece[key] for piece, key in proofs(document) if "below" in piece[key]]
    if not found:
        return
    proof = dice.choice(found)
    start = {key: proof["below"][key] for key in ("node", "horizon")}
    nodes = range(1, document["nodes"] + 1)
    all_others = [k for k in nodes if k != start["node"]]
    some, more = ([k for k in nodes if dice.random() < 0.5] for _ in range(2))
    levels = dice.choice([["0", "1/8", "1/4"], ["1/8", "1/4"], ["1/8", "1/5", "1"]])
    proof["below"] = dice.choice([
        start, {**start, "gates": all_others, "inflow": []}, {**start, "gates": all_others, "inflow": some},
        {**start, "gates": some, "inflow": more},
        {**start, "feeder": dice.choice(all_others), "inflow": some, "levels": levels},
        {**start, "slow": some[:2], "rate": dice.choice(["0", "1/4", "1/3", "1"])}])


def a_lower(dice, document, others):
    found = [item for piece, key in proofs(document) for item in piece[key].get("above", [])]
    if not found:
        return
    item = dice.choice(found)
    node, time = item["node"], item.get("time", 1)
    item.clear()
    mean = {"stages": dice.choice([1, 1, 2]), "rate": dice.choice(["1/8", "1/2", "1"]), "end": dice.randrange(2),
            "square_root": dice.random() < 0.3}
    item.update({"node": node}, **dice.choice([{"limit": True}, {"time": time + 3}, {"time": time, "mean": mean}]))


def a_time(dice, document, others):
    found = [at for at in places(document["pieces"], (int,)) if at[-1] in ("time", "horizon", "stages")]
    if found:
        at = dice.choice(found)
        holder = at_place(document["pieces"], at[:-1])
        holder[at[-1]] = max(0, holder[at[-1]] + dice.choice([-3, -1, 1, 2, 5]))


def the_claim(dice, document, others):
    claim, n = document["claim"], document["nodes"]
    kind, relation = claim["kind"], dice.choice(RELATIONS)
    if "relation" in claim and dice.random() < 0.5:
        claim["relation"] = relation if kind != "t_mix" else dice.choice(["<=", ">"])
    for key in ("threshold", "epsilon"):
        if key in claim and dice.random() < 0.5:
            claim[key] = str(Fraction(claim[key]) * dice.choice(SHRINK))
    if kind == "nodes" and dice.random() < 0.3:
        claim["node"], claim["other"] = claim["other"], claim["node"]
        for piece, key in proofs(document):
            if "holds" in piece[key]:
                piece[key]["holds"] = not piece[key]["holds"]
    if kind == "minimax" and dice.random() < 0.5:  # of one node only
        node = dice.randrange(1, n + 1)
        document["claim"] = {"kind": "node", "node": node, "relation": claim["relation"], "threshold": claim["threshold"]}
        for piece, key in proofs(document):
            if "above" in piece[key]:
                piece[key]["above"] = [item for item in piece[key]["above"] if item["node"] == node]
    if kind == "t_mix" and dice.random() < 0.3:
        claim["steps"] = max(0, claim["steps"] + dice.choice([-1, 1]))


def an_end(dice, document, others):
    """A point moves with both pieces beside it, mostly; or two pieces become one."""
    pieces = document["pieces"]
    k = 2 * dice.randrange(1, len(pieces) // 2) if len(pieces) > 3 else 0
    if not k or any("at" in pieces[i] or "to" not in pieces[i] for i in (k - 1, k + 1)) or "at" not in pieces[k]:
        return
    if dice.random() < 0.3:
        joined = {**pieces[k + dice.choice([-1, 1])], "from": pieces[k - 1]["from"], "to": pieces[k + 1]["to"]}
        pieces[k - 1 : k + 2] = [joined]
        return
    low, high, share = pieces[k - 1]["from"], pieces[k + 1]["to"], dice.choice([Fraction(1, 2), Fraction(2, 3), 1])
    at = str(Fraction(low) + share * (Fraction(high) - Fraction(low)))
    pieces[k]["at"] = pieces[k + 1]["from"] = at
    if dice.random() < 0.9:
        pieces[k - 1]["to"] = at


def a_root(dice, document, others):
    """Another polynomial of a root, or a root where none is needed."""
    found = [piece for piece in document["pieces"] if "from" in piece]
    piece = dice.choice(sorted(found, key=lambda piece: "root" not in piece)[:3])
    if "root" not in piece:
        low, high = Fraction(piece["from"]), Fraction(piece["to"])
        at = low + (high - low) * dice.choice([0, Fraction(1, 2), Fraction(1, 3), 1])
        proof = piece.pop("proof")
        piece["root"] = [str(-at.numerator), str(at.denominator)]
        piece.update({side: copy.deepcopy(proof) for side in ("left", "middle", "right")})
        return
    root, a = list(map(int, piece["root"])), dice.choice([-2, -1, 1, 2])
    k = dice.randrange(len(root))
    times = [x + a * y for x, y in zip([0, *root], [*root, 0])]  # by b + a
    scaled, moved = [a * x for x in root], [x + a * (i == k) for i, x in enumerate(root)]
    piece["root"] = list(map(str, dice.choice([scaled, scaled, moved, times, root[::-1]])))


def a_matrix(dice, document, others):
    """Something moves from one entry of a row to another; of a column, for walks."""
    key = "walk" if "walk" in document else "diffusion"
    matrix, n = dice.choice(document[key]), document["nodes"]
    line, (k, l) = dice.randrange(n), dice.sample(range(n), 2)
    ends = [(line, k), (line, l)] if key == "diffusion" else [(k, line), (l, line)]
    x, y = (Fraction(matrix[i][j]) for i, j in ends)
    part = x * dice.choice([Fraction(1, 100), Fraction(1, 4), 1])
    for (i, j), value in zip(ends, (x - part, y + part)):
        matrix[i][j] = str(value)


def the_order(dice, document, others):
    """Two nodes change places, become a pair or are one no more."""
    order = document["order"]
    k = dice.randrange(len(order))
    one, *more = order[k : k + 2]
    if isinstance(one, list):
        order[k : k + 1] = dice.choice([one, one[::-1], [one[::-1]]])
    elif more and isinstance(more[0], int):
        order[k : k + 2] = dice.choice([[*more, one], [[one, *more]], [[*more, one]]])


def the_convention(dice, document, others):
    convention = document.get("convention", {})
    if convention and dice.random() < 0.5:
        convention["first_step"] = 1 - convention["first_step"]
    elif convention:
        convention["sink_counts"] = not convention["sink_counts"]
        for piece, key in proofs(document) if document["claim"]["kind"] != "nodes" else ():
            items = [item for item in piece[key].get("above", []) if item["node"] != document["sink"]]
            if "above" in piece[key]:
                piece[key]["above"] = items


CHANGES = [a_proof, a_proof, an_upper, an_upper, a_lower, a_lower, a_time, a_time, the_claim, the_claim, an_end, a_root,
           a_root, a_matrix, the_order, the_convention]
DAMAGE = [a_number, a_number, a_list]  # of the layout too, so that it comes last


def alike(document, other):
    return document["nodes"] == other["nodes"] and ("walk" in document) == ("walk" in other)


def documents(dice, count, originals):
    """Pairs of a document and whether it must be accepted; None where that is not known."""
    for k in range(count):
        document = dice.choice(originals)
        others = [other for other in originals if alike(document, other)]
        for rewrite in dice.sample(REWRITES, dice.randrange(4)):
            document = with_holds(rewrite(dice, document))
        document = copy.deepcopy(document)
        if k % 5 == 0:
            yield document, True
            continue
        damage = dice.choices(DAMAGE, k=k % 5 == 1)
        for change in [*dice.choices(CHANGES, k=dice.choice([0, 0, 1] if damage else [1, 1, 2])), *damage]:
            change(dice, document, others)
        yield with_holds(document) if dice.random() < 0.9 else document, None
