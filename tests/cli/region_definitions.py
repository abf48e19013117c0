"""Fidelities of small systems by definition, in fractions, and the pairs of heads whose weights the tests of regions ask about."""

import itertools
from fractions import Fraction

PAIRS_TOWARDS_AN_END = [([(1, 2), (1, 4), (1, 5), (2, 5), (3, 4), (4, 5)], [(1, 3), (2, 3), (3, 5), (4, 5)], "gates"),
                        ([(1, 2), (2, 3), (2, 4), (2, 5), (3, 4), (4, 5)], [(1, 4), (1, 5), (2, 4), (3, 4), (3, 5), (4, 5)], "mean"),
                        ([(1, 2), (1, 3), (1, 5), (2, 3), (2, 5), (3, 4), (4, 5)], [(1, 3), (2, 3), (3, 5), (4, 5)],
                         '"square_root": true'),
                        ([(1, 2), (1, 3), (2, 3), (2, 4), (3, 4), (4, 5)], [(1, 4), (1, 5), (2, 4), (3, 5), (4, 5)], "levels")]
# Code ranks on five nodes, from 0: node 2 tends to the bar itself as b tends to 1.
PAIRS_TO_THE_BAR = [(72, 178), (72, 241), (72, 242), (72, 253), (72, 254), (72, 262), (72, 263), (93, 262), (93, 263)]


def diffusion(nodes, edges):
    """Row-stochastic, D_ij = 1/indeg(i), self-loops everywhere (Def. 3.1)."""
    sources = [sorted({i} | {j for j, k in edges if k == i}) for i in range(nodes)]
    return [[Fraction(int(j in sources[i]), len(sources[i])) for j in range(nodes)] for i in range(nodes)]


def node_fidelity(matrix, j, steps=400):
    """(lower, upper) bounds of sup over t >= 1 of (D^t)_{tau j}: signals, then what can still arrive at j."""
    n = len(matrix)
    reach = [Fraction(0)] * n
    reach[j] = Fraction(1)
    for k in range(j + 1, n):
        total = sum(matrix[k][i] * reach[i] for i in range(k))
        reach[k] = total / (1 - matrix[k][k]) if total else Fraction(0)
    if matrix[j][j] == 1:
        return reach[-1], reach[-1]
    row, best = [Fraction(int(k == n - 1)) for k in range(n)], Fraction(0)
    for _ in range(steps):
        row = [sum(row[k] * matrix[k][i] for k in range(i, n)) for i in range(n)]
        best = max(best, row[j])
        rest = sum(x * h for x, h in zip(row, reach))
        if rest <= best:
            return best, best
    return best, rest


def minimax(matrix):
    bounds = [node_fidelity(matrix, j) for j in range(len(matrix))]
    return min(low for low, _ in bounds), min(high for _, high in bounds)


def mean(first, second, b):
    return [[b * x + (1 - b) * y for x, y in zip(p, q)] for p, q in zip(first, second)]


def family(nodes):
    """Feedforward graphs in which every node but the last has a target: their edges."""
    targets = []
    for j in range(nodes - 1):
        later = range(j + 1, nodes)
        targets.append([t for size in range(1, nodes - j) for t in itertools.combinations(later, size)])
    for choice in itertools.product(*targets):
        yield [(j, k) for j, later in enumerate(choice) for k in later]


def system(nodes, *heads):
    edges = [[[j + 1, k + 1] for j, k in head] for head in heads]
    return {"schema": "crosshead.system/1", "name": "pair", "nodes": nodes, "self_loops": True,
            "heads": [{"edges": head} for head in edges]}


def end_bounds(end):
    """Rational numbers that enclose an end."""
    if "value" in end:
        return Fraction(end["value"]), Fraction(end["value"])
    return tuple(Fraction(x) for x in end["decimal"])


def contains(holds, b):
    """Whether b lies in the sets; None where it is too close to an irrational end to say."""
    for item in holds:
        (low, low2), (high2, high) = end_bounds(item["from"]), end_bounds(item["to"])
        if (low < b < low2) or (high2 < b < high):
            return None
        if (low2 < b or (b == low == low2 and item["from_closed"])) and (b < high2 or (b == high == high2 and item["to_closed"])):
            return True
    return False


def ranked_family(nodes):
    """The family in the order of its codes."""
    return sorted(family(nodes), key=lambda edges: [(j, k) in edges for j in range(nodes) for k in range(j + 1, nodes)])
