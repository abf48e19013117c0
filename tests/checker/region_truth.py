#!/usr/bin/env python3
"""What certificates of weights state, evaluated at rational weights from the definitions with exact fractions.

region_truth.py [--replay] FILE...   each line of a FILE is a certificate, or a FILE is one; exit code 0 if none is
contradicted, nor (--replay) rejected by tests/cli/region_replay.py

Fidelities lie between signals and what can still arrive (the chance to reach the node, by a linear system); sets of weights
are located by signs of their polynomials. A weight at which a bound does not decide is left out, and counted.
"""
import itertools
import json
import pathlib
import sys
from fractions import Fraction as F

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
STEPS = 400


def solve(rows, right):
    """The solution of a square system, or None where it is singular."""
    rows = [list(row) + [value] for row, value in zip(rows, right)]
    for k in range(len(rows)):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return None
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(len(rows)):
            if i != k and rows[i][k]:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k])]
    return [row[-1] for row in rows]


def reaching(d, targets):
    """h_k: the chance to reach the targets from k, where their rows count for nothing; None where it is no number."""
    n = len(d)
    seen = set(targets)
    while True:
        more = {k for k in range(n) if k not in seen and any(d[k][l] for l in seen)}
        if not more:
            break
        seen |= more
    inner = sorted(seen - set(targets))
    h = solve([[F(int(k == l)) - d[k][l] for l in inner] for k in inner], [sum(d[k][l] for l in targets) for k in inner])
    if h is None or any(value < 0 for value in h) or any(d[k][k] >= 1 for k in inner):
        return None
    found = dict(zip(inner, h))
    return [F(1) if k in targets else found.get(k, F(0)) for k in range(n)]


def step(row, d):
    """The row vector times d, zeros left out."""
    result = [F(0)] * len(row)
    for x, entries in zip(row, d):
        if x:
            for l, value in enumerate(entries):
                if value:
                    result[l] += x * value
    return result


def phi(d, sink, j, first):
    """(lower, upper) bounds of sup over t >= first of (D^t)_{sink j}; the upper one is None where there is none."""
    n = len(d)
    pair = [k for k in range(n) if k != j and d[j][k] and d[k][j]]
    h = reaching(d, [j] + pair)
    row = [F(int(k == sink)) for k in range(n)]
    best = F(0)
    if len(pair) > 1 or (pair and any(sum(d[k]) != 1 for k in [j] + pair)):
        h = None
    if h is not None and pair:
        p, q = d[j][pair[0]], d[pair[0]][j]
        limit = h[sink] * q / (p + q)
        for t in range(60):
            if t >= first:
                best = max(best, row[j])
            row = step(row, d)
        # Nothing larger was seen where the pair forgets its past: 60 steps are taken for all of them.
        return max(best, limit), max(best, limit) + F(1, 10**9)
    if h is not None and d[j][j] == 1:
        return h[sink], h[sink]
    bounded = h is not None and sum(d[j][k] * h[k] for k in range(n)) <= 1
    for t in range(STEPS):
        if t >= first:
            best = max(best, row[j])
            rest = sum(x * y for x, y in zip(row, h)) if bounded else None
            if bounded and rest <= best:
                return best, best
        row = step(row, d)
        if not any(row):
            return best, best
    return best, max(best, rest) if bounded else None


def minimax(d, sink, convention):
    bounds = [phi(d, sink, j, convention["first_step"]) for j in range(len(d)) if convention["sink_counts"] or j != sink]
    highs = [high for _, high in bounds if high is not None]
    return min(low for low, _ in bounds), min(highs) if highs else None


def mixing_time(walk, sink, epsilon):
    row, t = [F(int(k == sink)) for k in range(len(walk))], 0
    while min(row) < 1 - epsilon:
        row, t = step(row, walk), t + 1
    return t


def less(a, b, equal):
    """Whether a < b, or a <= b, of two pairs of bounds; None where they do not tell."""
    if a[1] is not None and (a[1] < b[0] or (equal and a[1] <= b[0])):
        return True
    if b[1] is not None and (b[1] < a[0] or (not equal and b[1] <= a[0])):
        return False
    return None


def related(a, relation, b):
    return less(b, a, relation == ">=") if relation[0] == ">" else less(a, b, relation == "<=")


def values_of_heads(document, heads):
    """What a claim that compares with the heads alone compares with: times, or pairs of bounds."""
    kind, sink = document["claim"]["kind"], document["sink"] - 1
    if kind == "mixes-faster":
        return [mixing_time(head, sink, F(document["claim"]["epsilon"])) for head in heads]
    if kind in ("amplifies", "attenuates"):
        return [minimax(head, sink, document["convention"]) for head in heads]
    return None


def truth(document, heads, values, b):
    """Whether the claim holds at the weight b; `values` are the `heads`' own."""
    claim, sink = document["claim"], document["sink"] - 1
    first, second = heads
    d = [[b * x + (1 - b) * y for x, y in zip(p, q)] for p, q in zip(first, second)]
    if claim["kind"] in ("t_mix", "mixes-faster"):
        time = mixing_time(d, sink, F(claim["epsilon"]))
        if claim["kind"] == "t_mix":
            return time <= claim["steps"] if claim["relation"] == "<=" else time > claim["steps"]
        return time < min(values)
    convention = document["convention"]
    if claim["kind"] in ("node", "nodes"):
        mine = phi(d, sink, claim["node"] - 1, convention["first_step"])
        other = (phi(d, sink, claim["other"] - 1, convention["first_step"]) if claim["kind"] == "nodes" else
                 (F(claim["threshold"]),) * 2)
        return related(mine, claim["relation"], other)
    if claim["kind"] == "minimax":
        return related(minimax(d, sink, convention), claim["relation"], (F(claim["threshold"]),) * 2)
    mean = minimax(d, sink, convention)
    answers = [related(mean, ">" if claim["kind"] == "amplifies" else "<", value) for value in values]
    return False if False in answers else None if None in answers else True


def side(end, b):
    """-1, 0 or 1: b lies left of an end, at it, or right of it."""
    if isinstance(end, str):
        return (b > F(end)) - (b < F(end))
    low, high = F(end["from"]), F(end["to"])
    if b <= low or b >= high:
        return -1 if b <= low else 1

    def value(x):
        return sum(int(a) * x**i for i, a in enumerate(end["root"]))

    # One simple root lies between low and high, where the polynomial may vanish itself.
    at, near = value(b), low
    if at == 0:
        return 0
    near = low + (high - low) / 2**60
    assert value(near) != 0
    return -1 if (at > 0) == (value(near) > 0) else 1


def inside(document, b):
    for item in document["holds"]:
        left, right = side(item["from"], b), side(item["to"], b)
        if (left > 0 or (left == 0 and item["from_closed"])) and (right < 0 or (right == 0 and item["to_closed"])):
            return True
    return False


def weights_of(document):
    """Rational weights worth a look: a grid, the ends and what lies next to them and between them."""
    places = {F(k, 8) for k in range(9)}
    for item in document["holds"]:
        for end in (item["from"], item["to"]):
            places |= {F(end)} if isinstance(end, str) else {F(end["from"]), F(end["to"])}
    places |= {F(piece[key]) for piece in document["pieces"] for key in ("at",) if key in piece}
    near = {x + step for x in places for step in (-F(1, 997), F(1, 997))}
    return sorted(b for b in places | near if 0 <= b <= 1)


def best_weights_contradiction(document):
    """The same for bounds of the best weights: the lower one at its weights, the upper one on a grid."""
    heads = [[[F(x) for x in row] for row in head] for head in document["diffusion"]]
    n, sink, looked = len(heads[0]), document["sink"] - 1, 0

    def value(weights):
        d = [[sum(w * head[i][j] for w, head in zip(weights, heads)) for j in range(n)] for i in range(n)]
        return minimax(d, sink, document["convention"])

    chosen = [F(w) for w in document["weights"]]
    high = value(chosen)[1]
    if sum(chosen) != 1 or min(chosen) < 0 or (high is not None and high < F(document["lower"])):
        return chosen, 1
    for grid in itertools.product(range(9), repeat=len(heads)):
        if sum(grid) == 8:
            looked += 1
            if value([F(k, 8) for k in grid])[0] > F(document["upper"]):
                return grid, looked
    return None, looked


def contradiction(document, most=40):
    """A weight at which the document says something false, None if there is none; and how many were looked at."""
    if document["format"] == "crosshead.best-weights/1":
        return best_weights_contradiction(document)
    looked = 0
    weights = weights_of(document)
    heads = [[[F(x) for x in row] for row in head] for head in document.get("diffusion") or document["walk"]]
    values = values_of_heads(document, heads)
    for b in weights[::max(1, len(weights) // most)]:
        answer = truth(document, heads, values, b)
        if answer is None:
            continue
        looked += 1
        if answer != inside(document, b):
            return b, looked
    return None, looked


def main(paths):
    again = paths[:1] == ["--replay"]
    if again:
        import region_replay
        paths = paths[1:]
    wrong = documents = looked = 0
    for path in paths:
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        try:
            all_here = [json.loads(text)]
        except ValueError:
            all_here = [json.loads(line) for line in text.splitlines()]
        for document in all_here:
            if again:
                region_replay.replay(document)
            where, count = contradiction(document, 12 if again else 40)
            documents, looked = documents + 1, looked + count
            if where is not None or count == 0:
                wrong += 1
                print("%s: %s: %s" % (path, json.dumps(document.get("claim")), "false at %s" % where if count else "no weight decided"))
    print("%d documents, %d weights, %d contradicted" % (documents, looked, wrong))
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
