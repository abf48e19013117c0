"""Replays a certificate `crosshead.best-weights/1`: bounds of the largest minimax fidelity over all weights."""

from fractions import Fraction

from certificate_values import keys, need, rational, whole
from region_certificate import Certificate

GRID, UNIT = 1 << 40, 1 << 100


def up(value):
    return -(-value.numerator // value.denominator)


class Best(Certificate):
    """Bounds of the best weights: section 6."""

    def __init__(self, document):  # pylint: disable=super-init-not-called
        keys(document, "format", "nodes", "sink", "order", "diffusion", "convention", "weights", "lower", "above", "upper", "parts")
        weights = [rational(w) for w in document["weights"]]
        heads = [[[rational(v) for v in row] for row in head] for head in document["diffusion"]]
        need(len(heads) > 1 and len(weights) == len(heads) and sum(weights) == 1 and min(weights) >= 0, "no weights of the heads")
        need(all(isinstance(k, int) for k in document["order"]), "pairs")
        need(all(sum(row) == 1 for head in heads for row in head), "a row that does not sum to 1")
        n = whole(document["nodes"], 1)
        mean = [[str(sum(w * head[i][j] for w, head in zip(weights, heads))) for j in range(n)] for i in range(n)]
        widest = [[str(max(head[i][j] for head in heads)) for j in range(n)] for i in range(n)]
        self.widest_order(document, widest)
        at_most_lower = {"holds": [{"from": "0", "from_closed": True, "to": "1", "to_closed": True}],
                         "pieces": [{"at": "0", "proof": {"above": document["above"]}}, {"from": "0", "to": "1", "proof": {"above": document["above"]}},
                                    {"at": "1", "proof": {"above": document["above"]}}]}
        inner = {"format": "crosshead.region/1", **{k: document[k] for k in ("nodes", "sink", "order")}, "diffusion": [mean, mean],
                 "convention": document["convention"], "claim": {"kind": "minimax", "relation": ">=", "threshold": document["lower"]}, **at_most_lower}
        super().__init__(inner)
        self.upper = int(rational(document["upper"]) * UNIT // 1)
        self.part(document["parts"], heads)

    def widest_order(self, document, widest):
        """The order suits all heads."""
        place = {k: i for i, k in enumerate(document["order"])}
        for i, row in enumerate(widest):
            for j, value in enumerate(row):
                need(value == "0" or i == j or place[j + 1] < place[i + 1], "an entry against the order")

    def part(self, part, vertices):
        if "split" in part:
            keys(part, "split", "parts")
            a, b = (whole(k, 1) - 1 for k in part["split"])
            need(a < b < len(vertices) and len(part["parts"]) == 2, "no two vertices")
            middle = [[(x + y) / 2 for x, y in zip(p, q)] for p, q in zip(vertices[a], vertices[b])]
            for replaced, half in zip((a, b), part["parts"]):
                self.part(half, [middle if k == replaced else vertex for k, vertex in enumerate(vertices)])
            return
        keys(part, "node", "horizon")
        j, horizon, n = self.node(part["node"]), whole(part["horizon"], self.first), self.n
        need(j in self.nodes, "a node that does not count")
        e = [[up(max(vertex[i][k] for vertex in vertices) * GRID) for k in range(n)] for i in range(n)]
        h, x = [0] * n, [UNIT * int(k == self.sink) for k in range(n)]
        h[j] = UNIT
        for k in self.order[self.order.index(j) + 1:]:
            total = sum(e[k][l] * h[l] for l in range(n) if l != k)
            if total:
                h[k] = UNIT if e[k][k] >= GRID else min(UNIT, up(Fraction(total, GRID - e[k][k])))
        for t in range(horizon):
            need(t < self.first or x[j] <= self.upper, "a signal that may exceed the bound")
            x = [min(UNIT, up(Fraction(sum(x[k] * e[k][l] for k in range(n)), GRID))) for l in range(n)]
        need(up(Fraction(sum(a * b for a, b in zip(x, h)), UNIT)) <= self.upper, "what may still arrive exceeds the bound")
