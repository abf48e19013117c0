"""The facts that a reading needs: when a chain mixes, and the fidelity of a node with a proof of it."""
import itertools

from systems import F, chain_matrices, reach, step, text_of, transpose, unit


def solve(rows, right):
    """The solution of a square linear system."""
    n = len(rows)
    a = [row[:] + [b] for row, b in zip(rows, right)]
    for c in range(n):
        p = next(r for r in range(c, n) if a[r][c] != 0)
        a[c], a[p] = a[p], a[c]
        a[c] = [x / a[c][c] for x in a[c]]
        for r in range(n):
            if r != c:
                a[r] = [x - a[r][c] * y for x, y in zip(a[r], a[c])]
    return [row[n] for row in a]


class Undecided(Exception):
    """No kind of proof applies."""


def supremum(d, sink, j, first, roots=()):
    """(phi, attained, proof) of node j, by the first kind of proof that applies."""
    n = len(d)
    visited = reach(d, sink)
    if j not in visited:
        return F(0), True, {"by": "superharmonic", "time": first, "horizon": first,
                            "vector": [text_of(k == j) for k in range(n)]}
    xs = [unit(n, sink)]

    def x(t):
        while len(xs) <= t:
            xs.append(step(xs[-1], d))
        return xs[t]

    if d[j][j] == 1:
        inside = [k for k in range(n) if k != j and j in reach(d, k)]
        y = unit(n, j)
        right = [d[k][j] for k in inside]
        for k, value in zip(inside, solve([[F(k == m) - d[k][m] for m in inside] for k in inside], right)):
            y[k] = value
        left = any(k != j and y[k] > 0 and x(n)[k] > 0 for k in visited)
        return y[sink], not left, {"by": "absorbing", "vector": [text_of(v) for v in y]}
    h = [F(j in reach(d, k)) for k in range(n)]
    best, time = F(-1), None
    closed = [k for k in visited if all(k in reach(d, m) for m in reach(d, k))]
    laws = None
    if j in closed:
        others = sorted(reach(d, j))
        m = len(others)
        equations = [[d[b][a] - F(a == b) for b in others] for a in others[:-1]] + [[F(1)] * m]
        law = [F(0)] * n
        for k, value in zip(others, solve(equations, [F(0)] * (m - 1) + [F(1)])):
            law[k] = value
        laws = [law]
    for horizon in range(first, 60):
        if x(horizon)[j] > best:
            best, time = x(horizon)[j], horizon
        if sum(a * b for a, b in zip(x(horizon), h)) <= best:
            return best, True, {"by": "superharmonic", "time": time, "horizon": horizon,
                                "vector": [text_of(v) for v in h]}
        if laws and laws[0][j] + sum(abs(a - b) for a, b in zip(x(horizon), laws[0])) / 2 <= best:
            return best, True, {"by": "contraction", "time": time, "horizon": horizon,
                                "laws": [[text_of(v) for v in laws[0]]]}
    if laws and roots:
        phi = laws[0][j]
        if all(phi > x(t)[j] for t in range(first, 60)):
            return phi, False, {"by": "recurrence", "horizon": max(first, 1), "roots": [text_of(r) for r in roots]}
    for early, late in itertools.combinations(range(first, 40), 2):
        if x(early) == x(late):  # from there on the signal repeats itself; enough for a truth, not for a certificate
            return max(x(t)[j] for t in range(first, late)), True, {"by": "repetition"}
    raise Undecided(j)


class Facts:
    """Finds facts by definition and lists them in the order of first use."""

    def __init__(self, convention, given, roots, proofs):
        self.convention, self.roots = convention, roots
        self.proofs = proofs or {}  # (chain, node) -> (phi, attained, proof), where supremum() has no proof of its own
        self.system, self.systems, self.cache = given, [], {}

    def use(self, s):
        for k, entry in enumerate(self.systems):
            if entry["system"] == s:
                return k
        self.systems.append({"system": dict(s), "facts": []})
        return len(self.systems) - 1

    def fact(self, key, make):
        entry = self.systems[self.use(self.system)]
        for fact in entry["facts"]:
            if all(fact.get(k) == v for k, v in key.items()):
                return fact
        fact = {**key, **make()}
        if "epsilon" in fact:
            fact["epsilon"] = fact.pop("epsilon")
        entry["facts"].append(fact)
        return fact

    def matrices(self, k):
        key = (repr(self.system), k)
        if key not in self.cache:
            self.cache[key] = chain_matrices(self.system, k)
        return self.cache[key]

    def certain(self, k):
        w, tau = self.matrices(k)[1], self.system["sink"] - 1
        return self.stochastic(w, True) and w[tau][tau] == 1 and len(reach(w, tau)) == len(w)

    @staticmethod
    def stochastic(rows, columns):
        return rows is not None and all(sum(line) == 1 for line in (transpose(rows) if columns else rows))

    def distance(self, k, t):
        w = self.matrices(k)[1]
        x = unit(len(w), self.system["sink"] - 1)
        for _ in range(t):
            x = step(x, w)
        return 1 - (sum(x) / len(x) if self.convention["start"] == "average" else min(x))

    def mixing(self, k, name, epsilon):
        l1 = name == "t_mix_l1" or self.convention["distance"] == "l1"

        def make():
            t = 0
            while not (2 * self.distance(k, t) < epsilon if l1 else self.distance(k, t) <= epsilon):
                t += 1
            return {name: t}

        of = "mean" if k == 0 else "head %d" % k
        fact = self.fact({"of": of, "epsilon": text_of(epsilon), "~": name}, make)
        return F(fact[name])

    def phi(self, k, j):
        def make():
            value, attained, proof = self.proofs.get((k, j)) or supremum(
                self.matrices(k)[2], self.system["sink"] - 1, j - 1, self.convention["first_step"], self.roots)
            return {"phi": text_of(value), "attained": attained, "proof": proof}

        return self.fact({"of": "mean" if k == 0 else "head %d" % k, "node": j}, make)

    def listed(self):
        """The systems with their facts as a certificate shows them."""
        order = ("of", "t_mix", "t_mix_l1", "epsilon", "node", "phi", "attained", "proof", "weights", "order", "pieces")
        return [{"system": e["system"], "facts": [{k: f[k] for k in order if k in f} for f in e["facts"]]}
                for e in self.systems]
