"""Certificates of regions of weights (src/certificate/REGION.md) in other words: what is accepted remains so.

Each rewrite takes dice and a document; `holds` is then written anew by `with_holds`, from what the pieces say.
"""
import copy
from fractions import Fraction


def mapped(x, change, key=None):
    """The tree with `change(key, value)` in place of all its numbers and words."""
    if isinstance(x, dict):
        return {k: mapped(part, change, k) for k, part in x.items()}
    return [mapped(part, change, key) for part in x] if isinstance(x, list) else change(key, x)


# What a document says -----------------------------------------------------------------------------------------------
def answer(claim, proof):
    """Whether the claim holds where this is proved."""
    if "mixed" in proof:
        return proof["mixed"] == (claim.get("relation") != ">")
    exceeds = proof["holds"] if "holds" in proof else "above" in proof
    return exceeds == (claim["kind"] == "amplifies" or claim.get("relation") in (">", ">="))


def cells(piece):
    """(left end, right end, whether a point, proof) of the points and intervals."""
    if "at" in piece:
        return [(piece["at"], piece["at"], True, piece["proof"])]
    if "root" not in piece:
        return [(piece["from"], piece["to"], False, piece["proof"])]
    root = {key: piece[key] for key in ("root", "from", "to")}
    return [(piece["from"], root, False, piece["left"]), (root, root, True, piece["middle"]),
            (root, piece["to"], False, piece["right"])]


def with_holds(document):
    """The document with `holds` from its pieces."""
    found, last = [], False
    for left, right, point, proof in (cell for piece in document["pieces"] for cell in cells(piece)):
        true = answer(document["claim"], proof)
        if true and not last:
            found.append({"from": left, "from_closed": point})
        if true:
            found[-1].update({"to": right, "to_closed": point})
        last = true
    return {**document, "holds": copy.deepcopy(found)}


# The same in other words --------------------------------------------------------------------------------------------
def mirrored(dice, document):
    def other_end(key, x):
        return str(1 - Fraction(x)) if key in ("at", "from", "to") else 1 - x if key == "end" else x

    def reflected(root):  # p(1 - b)
        found = []
        for a in reversed(root):
            found = [(found + [0])[k] - ([0] + found)[k] for k in range(len(found) + 1)]
            found[0] += int(a)
        return list(map(str, found))

    pieces = []
    for piece in reversed(mapped(document["pieces"], other_end)):
        if "from" in piece:
            piece["from"], piece["to"] = piece["to"], piece["from"]
        if "root" in piece:
            piece["root"] = reflected(piece["root"])
            piece["left"], piece["right"] = piece["right"], piece["left"]
        pieces.append(piece)
    turned = {key: document[key][::-1] for key in ("diffusion", "walk", "heads") if key in document}
    return {**document, **turned, "pieces": pieces}


def renumbered(dice, document):
    n = document["nodes"]
    new = dice.sample(range(1, n + 1), n)
    old = [new.index(k) for k in range(1, n + 1)]

    def sorted_again(x):
        if isinstance(x, dict):
            return {key: sorted(part, key=lambda item: item["node"]) if key == "above" else
                    sorted(part) if key in ("gates", "inflow", "slow") else sorted_again(part)
                    for key, part in x.items()}
        return list(map(sorted_again, x)) if isinstance(x, list) else x

    nodes = ("sink", "order", "node", "other", "feeder", "gates", "inflow", "slow")
    document = sorted_again(mapped(document, lambda key, x: new[x - 1] if key in nodes else x))
    for key in ("diffusion", "walk"):
        if key in document:
            document[key] = [[[matrix[i][k] for k in old] for i in old] for matrix in document[key]]
    return document


def divided(dice, document):
    """A piece becomes three, unless it has a root or a mean, which points do not have."""
    k, pieces = dice.randrange(len(document["pieces"])), document["pieces"]
    piece = pieces[k]
    if "proof" not in piece or "at" in piece or any("mean" in item for item in piece["proof"].get("above", [])):
        return document
    left, right = Fraction(piece["from"]), Fraction(piece["to"])
    middle = str(left + (right - left) * dice.choice([Fraction(1, 2), Fraction(1, 3), Fraction(5, 7)]))
    parts = [{**piece, "to": middle}, {"at": middle, "proof": piece["proof"]}, {**piece, "from": middle}]
    return {**document, "pieces": pieces[:k] + parts + pieces[k + 1:]}


def without_heads(dice, document):
    if "heads" not in document:
        return document
    document, (one, other), claim = dict(document), document["heads"], document["claim"]
    del document["heads"]
    if claim["kind"] == "mixes-faster":
        steps = min(one["t_mix"], other["t_mix"]) - 1
        return {**document, "claim": {"kind": "t_mix", "epsilon": claim["epsilon"], "relation": "<=", "steps": steps}}
    larger = claim["kind"] == "amplifies"
    bar = (max if larger else min)(Fraction(one["minimax"]), Fraction(other["minimax"]))
    return {**document, "claim": {"kind": "minimax", "relation": "><"[not larger], "threshold": str(bar)}}


REWRITES = [mirrored, renumbered, divided, divided, without_heads]
