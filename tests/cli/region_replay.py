"""Replays a certificate `crosshead.region/1` or `crosshead.best-weights/1` from its format's page alone, with fractions and no search.

usage: region_replay.py CERTIFICATE...   exits 0 when every one is accepted

Shares nothing with the program that writes them. Polynomials are lists of coefficients in z, lowest degree first.
"""

import json
import re
import sys
from fractions import Fraction


class Rejected(Exception):
    """The certificate does not prove what it states."""


def need(condition, reason):
    if not condition:
        raise Rejected(reason)


def rational(text):
    need(isinstance(text, str) and re.fullmatch(r"-?[0-9]+(/[1-9][0-9]*)?", text), f"no rational: {text!r}")
    value = Fraction(text)
    need(str(value) == text, f"not in lowest terms: {text}")
    return value


def whole(value, least):
    need(isinstance(value, int) and not isinstance(value, bool) and value >= least, f"no integer >= {least}: {value!r}")
    return value


def keys(value, *names):
    need(isinstance(value, dict) and list(value) == list(names), f"expected the keys {names}, found {value!r:.80}")


def trim(p):
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def add(a, b, factor=1):
    size = max(len(a), len(b))
    return [(a[i] if i < len(a) else 0) + factor * (b[i] if i < len(b) else 0) for i in range(size)]


def mul(*factors):
    result = [Fraction(1)]
    for factor in factors:
        product = [Fraction(0)] * max(0, len(result) + len(factor) - 1)
        for i, a in enumerate(result):
            if a:
                for j, b in enumerate(factor):
                    product[i + j] += a * b
        result = product
    return result


def scaled(p, factor):
    return [factor * a for a in p]


def divided(p, g):
    """p / g where g divides p exactly, otherwise None."""
    p, quotient = trim(list(p)), []
    while len(p) >= len(g):
        factor = p[-1] / g[-1]
        quotient.append(factor)
        for i, a in enumerate(g):
            p[len(p) - len(g) + i] -= factor * a
        p.pop()
    return None if any(p) else quotient[::-1]


def one_sign(p):
    """The sign that all nonzero coefficients share, 0 for none, None where they differ."""
    signs = {(a > 0) - (a < 0) for a in p if a}
    return None if len(signs) == 2 else signs.pop() if signs else 0


def changes(p):
    signs = [a > 0 for a in p if a]
    return sum(a != b for a, b in zip(signs, signs[1:]))


class Piece:
    """A point or an open interval of weights, perhaps divided by one root."""

    def __init__(self, certificate, lower, upper, root=None):
        self.n, self.sink, self.order = certificate.n, certificate.sink, list(certificate.order)
        point = lower == upper
        self.lower, self.upper = lower, upper

        def between(first, second):
            ends = [b * first + (1 - b) * second for b in (lower, upper)]
            return ends[:1] if point else ends

        first, second = certificate.diffusion
        self.matrix = [[between(first[i][j], second[i][j]) for j in range(self.n)] for i in range(self.n)]
        self.one = between(Fraction(1), Fraction(1))
        self.weight = between(Fraction(1), Fraction(0))
        self.rows = [[[Fraction(int(k == self.sink))] for k in range(self.n)]]
        self.units = [[Fraction(1)]]
        # Where one of a pair does not hear the other, they are two nodes, the one that is heard first.
        self.partner = {}
        for u, v in certificate.pairs:
            if any(self.matrix[u][v]) and any(self.matrix[v][u]):
                self.partner.update({u: v, v: u})
            elif any(self.matrix[u][v]):
                at = self.order.index(u)
                self.order[at:at + 2] = [v, u]
        self.root = None
        if root is not None:
            need(len(root) > 1 and not point, "no root within the piece")
            degree = len(root) - 1
            self.root = []
            for i, a in enumerate(root):
                self.root = add(self.root, mul([a], *[self.weight] * i, *[self.one] * (degree - i)))
            self.root = trim(self.root)
            need(changes(self.root) == 1, "the root is not isolated")
            self.left = 1 if next(a for a in self.root if a) > 0 else -1

    def signs(self, p):
        """Signs left of the root, at it and right of it (three times the same without one)."""
        sign = one_sign(p)
        if sign is not None:
            return [sign] * 3
        need(self.root is not None, "coefficients of both signs")
        times = 0
        while True:
            quotient = divided(p, self.root)
            if quotient is None:
                break
            p, times = quotient, times + 1
        sign = one_sign(p)
        need(times > 0 and sign is not None, "a sign that the root does not explain")
        return [sign * self.left**times, 0, sign * (-self.left) ** times]

    def positive(self, p):
        need(one_sign(p) == 1, "a factor that should be positive is not")
        return p

    def row(self, t):
        while len(self.rows) <= t:
            last = self.rows[-1]
            self.rows.append([self.flow(last, j) for j in range(self.n)])
            self.units.append(mul(self.units[-1], self.one))
        return self.rows[t]

    def flow(self, row, j, skip=None):
        total = []
        for k in range(self.n):
            if k != skip:
                total = add(total, mul(row[k], self.matrix[k][j]))
        return total

    def leave(self, k):
        return add(self.one, self.matrix[k][k], -1)

    def after(self, j):
        """The nodes after j, and after its partner."""
        last = max(self.order.index(k) for k in (j, self.partner.get(j, j)))
        return self.order[last + 1:]

    def reach(self, j, gates=()):
        """Numerators and the denominator of the probabilities of reaching j before a gate."""
        need(one_sign(self.leave(j)) in (0, 1), "a diagonal entry above 1")
        values, denominator = [[] for _ in range(self.n)], [Fraction(1)]
        values[j] = [Fraction(1)]
        if j in self.partner:
            other = self.partner[j]
            values[other] = [Fraction(1)]
            kept = [trim(add(self.leave(k), self.matrix[k][l], -1)) == [] for k, l in ((j, other), (other, j))]
            need(all(kept) and not gates, "a pair that does not keep what reaches it")
        for k in self.after(j):
            if k in gates:
                continue
            total = []
            for l in range(self.n):
                total = add(total, mul(self.matrix[k][l], values[l]))
            if not any(total):
                continue
            leave = self.positive(self.leave(k))
            values = [mul(value, leave) for value in values]
            denominator = mul(denominator, leave)
            values[k] = total
        return values, denominator

    def dot(self, t, vector):
        total = []
        for x, h in zip(self.row(t), vector):
            total = add(total, mul(x, h))
        return total

    def tail(self, j, t, gates=()):
        values, denominator = self.reach(j, gates)
        return self.dot(t, values), mul(denominator, self.units[t])

    def limit(self, j):
        values, denominator = self.reach(j)
        if j not in self.partner:
            need(not any(self.leave(j)), "the node is not absorbing")
            return values[self.sink], denominator
        other = self.partner[j]
        exchanged = self.positive(add(self.matrix[other][j], self.matrix[j][other]))
        return mul(self.matrix[other][j], values[self.sink]), mul(exchanged, denominator)

    def pair_bounds(self, u, t):
        """The two bounds of a node of a pair: what it keeps and what is on its way, and its excess at t besides."""
        v = self.partner[u]
        p, q, row = self.matrix[u][v], self.matrix[v][u], self.row(t)
        need(one_sign(add(add(self.one, p, -1), q, -1)) in (0, 1), "a pair that exchanges more than it holds")
        values, denominator = self.reach(u)
        values = [[] if k in (u, v) else value for k, value in enumerate(values)]
        settled = plus(self.limit(u), (self.dot(t, values), mul(denominator, self.units[t])), [Fraction(1)])
        excess = (add(mul(row[u], p), mul(row[v], q), -1), mul(self.units[t], self.positive(add(p, q))))
        return settled, plus(settled, excess, [Fraction(1)])

    def bounds(self, j, t, inflow):
        """(numerator, denominator) of U_k for the nodes after j in the order."""
        result = {}
        for l in reversed(self.after(j)):
            if l not in inflow:
                result[l] = self.tail(l, t)
                continue
            total = ([], [Fraction(1)])
            for k in result:
                total = plus(total, result[k], self.matrix[k][l])
            total = (total[0], mul(total[1], self.positive(self.leave(l))))
            result[l] = plus(total, (self.row(t)[l], self.units[t]), [Fraction(1)])
        return result

    def slow_bounds(self, j, t, slow, rate):
        """What must not be negative at time t, then (numerator, denominator) of the two bounds for slow nodes."""
        leave_j, u = self.positive(self.leave(j)), {k: ([], [Fraction(1)]) for k in range(self.n)}
        u[j], kappa, reach = ([Fraction(1)], [Fraction(1)]), {}, {}

        def heard(k, skip=()):
            total = ([], [Fraction(1)])
            for l in u:
                if l not in skip:
                    total = plus(total, u[l], self.matrix[k][l])
            return total

        def less(total, value, factor):
            return plus(total, value, scaled(factor, -1))

        for k in self.after(j):
            lag = add(self.leave(k), leave_j, -1)
            if k in slow:
                others = heard(k, (k, j))
                if any(others[0]):
                    kept = self.positive(add(self.matrix[k][k], scaled(self.one, rate), -1))
                    u[k] = (scaled(others[0], -1), mul(others[1], kept))
                total = less(heard(k, (k,)), u[k], lag)
            else:
                total = heard(k, (k,))
            for m in kappa:
                total = less(total, (kappa[m][0], mul(kappa[m][1], reach[m][1])), reach[m][0][k])
            sign = one_sign(total[0])
            need(sign is not None, "a sum whose coefficients have both signs")
            if sign <= 0:
                continue
            if k in slow:
                kappa[k], reach[k] = total, self.reach(k)
            else:
                u[k] = (total[0], mul(total[1], self.positive(lag)))
        for k in self.order:
            if k != j:
                grown = less(heard(k, (j,)), u[k], scaled(self.one, rate))
                need(one_sign(grown[0]) in (0, 1), "a rest that may turn negative")
        potential, fed = ([], [Fraction(1)]), ([], [Fraction(1)])
        for k in u:
            potential = plus(potential, u[k], self.row(t)[k])
        for m in kappa:
            fed = plus(fed, (mul(kappa[m][0], self.dot(t, reach[m][0])), mul(kappa[m][1], reach[m][1])), [Fraction(1)])
        rest = add(potential[0], mul(self.row(t)[j], potential[1]), -1)
        return rest, (potential[0], mul(potential[1], self.units[t])), (fed[0], mul(fed[1], self.units[t], leave_j))

    def mean(self, j, t, stages, rate, end, square_root):
        matrix, one = self.matrix, self.one
        weight = self.weight if end == 0 else add(self.one, self.weight, -1)
        if square_root:
            need(self.root is None, "another variable than that of the root")
            need(self.lower == 0 if end == 0 else self.upper == 1, "no root of a weight that does not vanish")
            width = self.upper - self.lower
            side = Fraction(sqrt(width.numerator), sqrt(width.denominator))
            ends = (0, 1) if end == 0 else (1, 0)
            near, far = ends
            matrix = [[[e[near], 2 * e[near], e[far]] for e in row] for row in matrix]
            one, weight = [Fraction(1), Fraction(2), Fraction(1)], [Fraction(0), side, side]
        row, unit = [[Fraction(int(k == self.sink))] for k in range(self.n)], [Fraction(1)]
        for _ in range(t):
            new = []
            for l in range(self.n):
                total = []
                for k in range(self.n):
                    total = add(total, mul(row[k], matrix[k][l]))
                new.append(total)
            row, unit = new, mul(unit, one)
        rho = scaled(weight, rate)
        for _ in range(stages):
            new, product = [[] for _ in range(self.n)], [Fraction(1)]
            for l in reversed(self.order):
                total = mul(row[l], rho, product)
                for k in range(self.n):
                    if k != l:
                        total = add(total, mul(new[k], matrix[k][l]))
                leave = self.positive(add(add(one, matrix[l][l], -1), rho))
                new = [mul(value, leave) for value in new]
                product = mul(product, leave)
                new[l] = total
            row, unit = new, mul(unit, product)
        return row[j], unit


def sqrt(value):
    root = int(value**0.5)
    while root * root > value:
        root -= 1
    while (root + 1) ** 2 <= value:
        root += 1
    need(root * root == value, "the distance from the end is no square")
    return root


def plus(a, b, factor):
    return (add(mul(a[0], b[1]), mul(b[0], factor, a[1])), mul(a[1], b[1])) if any(b[0]) and any(factor) else a


class Certificate:
    def __init__(self, document):
        kind = document.get("claim", {}).get("kind") if isinstance(document.get("claim"), dict) else None
        self.steps = None
        self.mixing = kind in ("t_mix", "mixes-faster")
        names = ["format", "nodes", "sink", "order", "walk" if self.mixing else "diffusion", "convention", "claim", "heads", "holds", "pieces"]
        if kind in ("node", "nodes", "minimax", "t_mix"):
            names.remove("heads")
        if self.mixing:
            names.remove("convention")
        keys(document, *names)
        need(document["format"] == "crosshead.region/1", "another format")
        self.n = whole(document["nodes"], 1)
        self.sink = self.node(document["sink"])
        need(isinstance(document["order"], list), "no order")
        lists = [item for item in document["order"] if isinstance(item, list)]
        need(document["order"][:len(lists)] == lists and all(len(pair) == 2 for pair in lists), "pairs do not stand first")
        self.pairs = [[self.node(k) for k in pair] for pair in lists]
        self.order = [self.node(k) for item in document["order"] for k in (item if isinstance(item, list) else [item])]
        need(sorted(self.order) == list(range(self.n)), "the order is no permutation")
        matrices = document["walk" if self.mixing else "diffusion"]
        need(len(matrices) == 2, "not two heads")
        self.diffusion = [[[rational(v) for v in row] for row in head] for head in matrices]
        partner = {u: v for pair in self.pairs for u, v in (pair, pair[::-1])}
        place = {k: i for i, k in enumerate(self.order)}
        for head in self.diffusion:
            need(len(head) == self.n and all(len(row) == self.n for row in head), "a matrix of another size")
            for i in range(self.n):
                for j in range(self.n):
                    need(head[i][j] >= 0, "a negative entry")
                    allowed = i == j or (partner[i] == j if i in partner else place[j] < place[i])
                    need(head[i][j] == 0 or allowed, "an entry against the order")
        if self.mixing:
            for head in self.diffusion:
                need(all(sum(row[j] for row in head) == 1 for j in range(self.n)), "a column that does not sum to 1")
                need(head[self.sink][self.sink] == 1, "a sink that is left")
                reached = {self.sink}
                for _ in range(self.n):
                    reached |= {j for i in reached for j in range(self.n) if head[i][j]}
                need(len(reached) == self.n, "a node without a path to the sink")
            self.first, self.nodes = 0, list(range(self.n))
        else:
            keys(document["convention"], "first_step", "sink_counts")
            self.first = whole(document["convention"]["first_step"], 0)
            need(self.first <= 1, "first_step above 1")
            counts = document["convention"]["sink_counts"]
            need(isinstance(counts, bool), "sink_counts is no truth value")
            self.nodes = [k for k in range(self.n) if counts or k != self.sink]
        self.claim(document)
        self.replay(document["pieces"])
        need(self.found == [self.interval(item) for item in document["holds"]], "another set of weights")

    def node(self, number):
        return whole(number, 1) - 1 if whole(number, 1) <= self.n else need(False, "no such node")

    def set_of(self, numbers):
        nodes = [self.node(k) for k in numbers]
        need(nodes == sorted(set(nodes)), "nodes that are not in ascending order")
        return nodes

    def claim(self, document):
        claim = document["claim"]
        kind, self.pair = claim["kind"], None
        if kind in ("amplifies", "attenuates"):
            keys(claim, "kind")
            values = [self.head(head, 1 - i) for i, head in enumerate(document["heads"])]
            need(len(values) == 2, "not two heads")
            self.bar = max(values) if kind == "amplifies" else min(values)
            self.strict, self.complement = kind == "amplifies", kind == "attenuates"
            return
        if self.mixing:
            self.mixing_claim(claim, document)
            return
        if kind == "nodes":
            keys(claim, "kind", "node", "relation", "other")
            self.pair = [self.node(claim["node"]), self.node(claim["other"])]
            need(self.pair[0] != self.pair[1], "a node compared with itself")
        elif kind == "node":
            keys(claim, "kind", "node", "relation", "threshold")
            self.nodes = [self.node(claim["node"])]
        else:
            keys(claim, "kind", "relation", "threshold")
            need(kind == "minimax", "an unknown claim")
        need(claim["relation"] in (">", ">=", "<", "<="), "an unknown relation")
        self.bar = rational(claim["threshold"]) if kind != "nodes" else None
        self.complement = claim["relation"] in ("<", "<=")
        self.strict = claim["relation"] in (">", "<=")

    def mixing_claim(self, claim, document):
        self.strict, faster = False, claim["kind"] == "mixes-faster"
        keys(claim, "kind", "epsilon", *(() if faster else ("relation", "steps")))
        epsilon = rational(claim["epsilon"])
        need(epsilon > 0, "an epsilon that is not positive")
        self.bar = 1 - epsilon
        if not faster:
            need(claim["relation"] in ("<=", ">"), "an unknown relation")
            self.complement, self.steps = claim["relation"] == ">", whole(claim["steps"], 0)
            return
        times = []
        need(len(document["heads"]) == 2, "not two heads")
        for weight, head in zip((1, 0), document["heads"]):
            keys(head, "t_mix", "node")
            self.steps = whole(head["t_mix"], 1)
            times.append(self.steps)
            piece = Piece(self, Fraction(weight), Fraction(weight))
            need(self.check(piece, {"mixed": True}, 0), "not mixed")
            self.steps -= 1
            need(not self.check(piece, {"mixed": False, "node": head["node"]}, 0), "mixed before")
        self.complement, self.steps = False, min(times) - 1

    def head(self, head, weight):
        """The minimax fidelity of one head, proved at least and at most its value."""
        keys(head, "minimax", "above", "below")
        self.bar = rational(head["minimax"])
        piece = Piece(self, Fraction(weight), Fraction(weight))
        self.strict = False
        self.check(piece, {"above": head["above"]}, 0)
        self.strict = True
        self.check(piece, {"below": head["below"]}, 0)
        return self.bar

    def check(self, piece, proof, side):
        """Whether phi exceeds the bar on this side, after checking why."""
        if self.pair:
            return self.check_nodes(piece, proof, side)
        if self.mixing:
            keys(proof, "mixed", *(() if proof["mixed"] is True else ("node",)))
            need(isinstance(proof["mixed"], bool), "no truth value")
            row = piece.row(self.steps)
            for j in self.nodes if proof["mixed"] else [self.node(proof["node"])]:
                sign = piece.signs(add(row[j], scaled(piece.units[self.steps], self.bar), -1))[side]
                need((sign >= 0) == proof["mixed"], "mixed, or not, against what is stated")
            return proof["mixed"]
        need(self.nodes, "no node counts")
        if "above" in proof:
            keys(proof, "above")
            need([self.node(item["node"]) for item in proof["above"]] == self.nodes, "not every node that counts")
            for item in proof["above"]:
                numerator, denominator = self.lower(piece, item)
                sign = piece.signs(add(numerator, scaled(denominator, self.bar), -1))[side]
                need(sign >= (1 if self.strict else 0), "a bound from below that is too low")
            return True
        keys(proof, "below")
        below = proof["below"]
        j, horizon = self.node(below["node"]), whole(below["horizon"], self.first)
        need(j in self.nodes, "a node that does not count")

        def low(numerator, denominator):
            sign = piece.signs(add(numerator, scaled(denominator, self.bar), -1))[side]
            need(sign <= (0 if self.strict else -1), "a bound from above that is too high")

        self.bounded(piece, side, j, horizon, below, low)
        return False

    def check_nodes(self, piece, proof, side):
        """The larger node's bound from below against everything that bounds the smaller one from above."""
        keys(proof, "holds", "above", "below")
        need(isinstance(proof["holds"], bool) and len(proof["above"]) == 1, "not one bound from below")
        large, small = self.pair if proof["holds"] else self.pair[::-1]
        item, below = proof["above"][0], proof["below"]
        need(not item.get("mean", {}).get("square_root"), "a square root against another variable")
        need(self.node(item["node"]) == large and self.node(below["node"]) == small, "other nodes")
        value = self.lower(piece, item)

        def low(numerator, denominator):
            sign = piece.signs(add(mul(value[0], denominator), mul(numerator, value[1]), -1))[side]
            need(sign >= (1 if proof["holds"] == self.strict else 0), "a bound from above that is too high")

        need("feeder" not in below and "slow" not in below, "an argument that needs a constant")
        self.bounded(piece, side, small, whole(below["horizon"], self.first), below, low)
        return proof["holds"]

    def bounded(self, piece, side, j, horizon, below, low):
        for t in range(self.first, horizon):
            low(piece.row(t)[j], piece.units[t])
        piece.row(horizon)
        need(j not in piece.partner or len(below) == 2, "more than a horizon for a node of a pair")
        if "feeder" in below:
            keys(below, "node", "horizon", "feeder", "inflow", "levels")
            self.levels(piece, side, j, horizon, below)
        elif "slow" in below:
            keys(below, "node", "horizon", "slow", "rate")
            slow, rate = self.set_of(below["slow"]), rational(below["rate"])
            need(slow and j not in slow, "no slow nodes, or the node itself")
            need(rate >= 0, "a negative rate")
            rest, *bounds = piece.slow_bounds(j, horizon, slow, rate)
            need(piece.signs(rest)[side] >= 0, "a rest that is negative")
            for bound in bounds:
                low(*bound)
        elif "gates" in below:
            keys(below, "node", "horizon", "gates", "inflow")
            gates = self.set_of(below["gates"])
            need(j not in gates, "a gate at the node itself")
            low(*piece.tail(j, horizon, gates))
            low(*self.through(piece, j, horizon, gates, self.set_of(below["inflow"])))
        else:
            keys(below, "node", "horizon")
            for bound in piece.pair_bounds(j, horizon) if j in piece.partner else [piece.tail(j, horizon)]:
                low(*bound)

    def lower(self, piece, item):
        j = self.node(item["node"])
        if "limit" in item:
            keys(item, "node", "limit")
            need(item["limit"] is True, "the limit is not asked for")
            return piece.limit(j)
        t = whole(item["time"], self.first)
        if "mean" not in item:
            keys(item, "node", "time")
            return piece.row(t)[j], piece.units[t]
        keys(item, "node", "time", "mean")
        mean = item["mean"]
        keys(mean, "stages", "rate", "end", "square_root")
        need(piece.lower < piece.upper and rational(mean["rate"]) > 0, "a rate that is not positive")
        need(mean["end"] in (0, 1) and isinstance(mean["square_root"], bool), "no end")
        return piece.mean(j, t, whole(mean["stages"], 1), rational(mean["rate"]), mean["end"], mean["square_root"])

    def through(self, piece, j, t, gates, inflow):
        values, denominator = piece.reach(j, gates)
        leave, bounds = piece.positive(piece.leave(j)), piece.bounds(j, t, inflow)
        total = ([], [Fraction(1)])
        for k in bounds:
            factor = mul(values[k], leave)
            if k in gates:
                factor = []
                for l in range(self.n):
                    factor = add(factor, mul(piece.matrix[k][l], values[l]))
            total = plus(total, bounds[k], factor)
        return total[0], mul(total[1], leave, denominator)

    def levels(self, piece, side, j, t, below):
        m, inflow = self.node(below["feeder"]), self.set_of(below["inflow"])
        levels = [rational(level) for level in below["levels"]]
        p = len(levels) - 1
        need(p >= 1 and m != j and levels[0] < self.bar, "levels that do not stay below the bar")
        values, denominator = piece.reach(j, [m])
        leave_j, leave_m = piece.positive(piece.leave(j)), piece.positive(piece.leave(m))
        bounds = piece.bounds(j, t, inflow)
        underway = ([], [Fraction(1)])
        for k in bounds:
            underway = plus(underway, bounds[k], values[k])
        underway = (underway[0], mul(underway[1], denominator))
        passed = []
        for l in range(self.n):
            passed = add(passed, mul(piece.matrix[m][l], values[l]))
        v, w = piece.tail(j, t, [m]), piece.tail(m, t)
        ratio = (passed, mul(leave_m, denominator))

        def not_positive(p):
            need(piece.signs(p)[side] <= 0, "a level that is too low")

        for i, level in enumerate(levels):
            f = plus(v, (mul(w[0], ratio[0]), mul(w[1], ratio[1])), [Fraction(i, p)])
            not_positive(add(f[0], scaled(f[1], level), -1))
            if i == p:
                break
            beta = add(scaled(leave_m, p - i), scaled(leave_j, i))
            drift = add(scaled(beta, levels[i + 1] - level), scaled(leave_j, level), -1)
            not_positive(add(mul(drift, underway[1]), mul(leave_j, underway[0])))
            not_positive(add(add(leave_j, beta), piece.one, -1))

    def replay(self, pieces):
        """Walks along [0, 1] and joins the pieces where the claim holds."""
        self.found, self.inside, last = [], False, None
        need(isinstance(pieces, list) and len(pieces) % 2 == 1, "pieces do not alternate")
        for i, item in enumerate(pieces):
            if i % 2 == 0:
                keys(item, "at", "proof")
                place = rational(item["at"])
                need(i > 0 or place == 0, "the first piece is not 0")
                need(i == 0 or place == last, "a gap between pieces")
                self.join(place, place, True, self.check(Piece(self, place, place), item["proof"], 0))
                last = place
                continue
            lower, upper = rational(item["from"]), rational(item["to"])
            need(lower == last and lower < upper, "a gap between pieces")
            last = upper
            if "root" not in item:
                keys(item, "from", "to", "proof")
                self.join(lower, upper, False, self.check(Piece(self, lower, upper), item["proof"], 0))
                continue
            keys(item, "from", "to", "root", "left", "middle", "right")
            root = [rational(a) for a in item["root"]]
            need(root and root[-1] != 0 and all(a.denominator == 1 for a in root), "no polynomial with integer coefficients")
            piece = Piece(self, lower, upper, root)
            mark = (tuple(root), lower, upper)
            for side, name in enumerate(("left", "middle", "right")):
                ends = ((lower, mark), (mark, mark), (mark, upper))[side]
                self.join(*ends, side == 1, self.check(piece, item[name], side))
        need(last == 1, "the last piece is not 1")

    def join(self, start, end, point, exceeds):
        if exceeds == self.complement:
            self.inside = False
        elif self.inside:
            self.found[-1][2:] = [end, point]
        else:
            self.found.append([start, point, end, point])
            self.inside = True

    @staticmethod
    def interval(item):
        keys(item, "from", "from_closed", "to", "to_closed")

        need(all(isinstance(item[key], bool) for key in ("from_closed", "to_closed")), "no truth value")

        def end(value):
            if isinstance(value, str):
                return rational(value)
            keys(value, "root", "from", "to")
            return tuple(rational(a) for a in value["root"]), rational(value["from"]), rational(value["to"])

        return [end(item["from"]), item["from_closed"], end(item["to"]), item["to_closed"]]


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


def replay(document):
    """Raises Rejected unless the certificate proves its statement."""
    try:
        (Best if document.get("format") == "crosshead.best-weights/1" else Certificate)(document)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise Rejected(f"not of the format: {error!r}") from error


def main():
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as stream:
            document = json.load(stream)
        try:
            replay(document)
        except Rejected as reason:
            print(f"{path}: rejected: {reason}")
            sys.exit(1)
        print(f"{path}: accepted")


if __name__ == "__main__":
    main()
