"""Certificates of the best weights (src/certificate/REGION.md, section 6) made at random, for both checkers.

Bounds are computed here from the definitions of that page, so that it is known what has to be accepted: `lower` is the
least of the values that the items prove, `upper` the most that the parts need, a multiple of 2^-100. Then one number or
index is changed.
"""
import copy
from fractions import Fraction

GRID, UNIT = 1 << 40, 1 << 100


def up(x):
    return -(-x.numerator // x.denominator)


def shares(dice, allowed, n):
    """A row of n nonnegative numbers of sum 1, positive at some of the allowed places only."""
    row = [dice.choice([0, 1, 1, 2, 3]) if k in allowed else 0 for k in range(n)]
    if not sum(row):
        row[dice.choice(allowed)] = 1
    return [Fraction(a, sum(row)) for a in row]


def row_times(x, matrix):
    return [sum(a * row[k] for a, row in zip(x, matrix)) for k in range(len(x))]


def leaf_bound(vertices, order, sink, first, node, horizon):
    """The multiple of 2^-100 that `upper` must not lie below."""
    n = len(order)
    e = [[up(max(vertex[i][k] for vertex in vertices) * GRID) for k in range(n)] for i in range(n)]
    h = [UNIT * (k == node) for k in range(n)]
    for k in order[order.index(node) + 1:]:
        heard = sum(e[k][l] * h[l] for l in range(n) if l != k)
        if heard:
            h[k] = UNIT if e[k][k] >= GRID else min(UNIT, up(Fraction(heard, GRID - e[k][k])))
    x, found = [UNIT * (k == sink) for k in range(n)], []
    for t in range(horizon):
        if t >= first:
            found.append(x[node])
        x = [min(UNIT, up(Fraction(a, GRID))) for a in row_times(x, e)]
    return max([up(Fraction(sum(a * b for a, b in zip(x, h)), UNIT)), *found])


def parts_of(dice, vertices, leaves, depth, bound):
    """A random part with the bound that it needs."""
    if depth == 0 or dice.random() < 0.3:
        node, horizon = dice.choice(leaves)
        return {"node": node + 1, "horizon": horizon}, bound(vertices, node, horizon)
    a, b = sorted(dice.sample(range(len(vertices)), 2))
    middle = [[(x + y) / 2 for x, y in zip(r, s)] for r, s in zip(vertices[a], vertices[b])]
    halves = [parts_of(dice, [*vertices[:k], middle, *vertices[k + 1:]], leaves, depth - 1, bound) for k in (a, b)]
    return {"split": [a + 1, b + 1], "parts": [half for half, _ in halves]}, max(most for _, most in halves)


def shown(dice, mean, order, sink, first, node):
    """A bound from below with its value."""
    n = len(order)
    if mean[node][node] == 1 and dice.random() < 0.7:
        h = [Fraction(k == node) for k in range(n)]
        for k in order[order.index(node) + 1:]:
            heard = sum(mean[k][l] * h[l] for l in range(n) if l != k)
            h[k] = heard / (1 - mean[k][k]) if heard else heard
        return {"node": node + 1, "limit": True}, h[sink]
    time, x = dice.randrange(first, first + 4), [Fraction(k == sink) for k in range(n)]
    for _ in range(time):
        x = row_times(x, mean)
    return {"node": node + 1, "time": time}, x[node]


def certificate(dice):
    """An accepted certificate, with the least `upper` as a multiple of 2^-100 and the largest `lower`."""
    n, first, sink_counts = dice.randrange(2, 6), dice.randrange(2), dice.random() < 0.5
    order = dice.sample(range(n), n)
    sink = dice.choice(order[1:])
    counted = [k for k in range(n) if sink_counts or k != sink]
    heads = []
    for _ in range(dice.randrange(2, 5)):
        heads.append([shares(dice, order[:order.index(k) + 1], n) for k in range(n)])
    weights = shares(dice, range(len(heads)), len(heads))
    mean = [[sum(w * head[i][k] for w, head in zip(weights, heads)) for k in range(n)] for i in range(n)]
    items = [shown(dice, mean, order, sink, first, node) for node in counted]
    leaves = [(node, horizon) for node in counted for horizon in range(first, first + 5)]
    parts, most = parts_of(dice, heads, leaves, 4, lambda *leaf: leaf_bound(leaf[0], order, sink, first, *leaf[1:]))
    least = min(value for _, value in items)
    return {"format": "crosshead.best-weights/1", "nodes": n, "sink": sink + 1, "order": [k + 1 for k in order],
            "diffusion": [[list(map(str, row)) for row in head] for head in heads],
            "convention": {"first_step": first, "sink_counts": sink_counts}, "weights": list(map(str, weights)),
            "lower": str(least), "above": [item for item, _ in items], "upper": str(Fraction(most, UNIT)),
            "parts": parts}, least, most


def places(x, at=()):
    """Where numbers and strings stand."""
    if not isinstance(x, (dict, list)):
        yield at
        return
    for key, part in x.items() if isinstance(x, dict) else enumerate(x):
        yield from places(part, (*at, key))


def changed(dice, document):
    """The document with one leaf of its tree changed."""
    document = copy.deepcopy(document)
    at = dice.choice([place for place in places(document) if place[0] != "format"])
    holder = document
    for key in at[:-1]:
        holder = holder[key]
    value = holder[at[-1]]
    if isinstance(value, bool):
        holder[at[-1]] = not value
    elif isinstance(value, int):
        holder[at[-1]] = value + dice.choice([-1, 1])
    else:
        holder[at[-1]] = str(Fraction(value) * dice.choice([0, Fraction(1, 2), Fraction(999, 1000), 2]))
    return document


def documents(dice, count):
    """Pairs of a document and whether it must be accepted; None where that is not known."""
    for _ in range(count):
        document, least, most = certificate(dice)
        yield document, True
        yield {**document, "upper": str(Fraction(3 * most + 2, 3 * UNIT))}, True
        yield {**document, "upper": str(Fraction(3 * most - 1, 3 * UNIT))}, False
        yield {**document, "lower": str(least + Fraction(1, 10**40))}, False
        yield changed(dice, document), None
        yield changed(dice, document), None
