"""Systems, families and quantities of the claim language over fractions, written from FORMAT.md, sections 2 and 3.

Everything is computed the plain way: families by itertools and one sort, powers by repeated products of dense
matrices, suprema by long iteration until no more can come than the best so far: neither the limit plus the total
variation nor the mass that can still reach the node ever increases for a node that keeps nothing. Where the limit
is only approached it is the supremum.
"""
from fractions import Fraction
from itertools import combinations, product as cartesian

LONG = 120  # steps after which a signal that never reached its limit counts as one that never does


class System:
    """heads: ("edges", frozenset of (j, i)), ("walk", rows) or ("diffusion", rows); nodes from 1."""

    def __init__(self, n, heads, weights, sink=None):
        self.n, self.heads, self.weights = n, tuple(heads), tuple(weights)
        self.sink = n if sink is None else sink
        self.cache = {}

    def key(self):
        return (self.n, self.sink, self.heads, self.weights)

    def with_weights(self, weights):
        return System(self.n, self.heads, weights, self.sink)

    def remember(self, what, compute):
        if what not in self.cache:
            self.cache[what] = compute()
        return self.cache[what]

    def nodes(self):
        return range(1, self.n + 1)

    def used(self):
        return [h for h, weight in enumerate(self.weights) if weight > 0]

    def graph(self, chain):
        """Edges (j, i) of "mean", "union" or a head from 0."""
        if chain in ("mean", "union"):
            return frozenset().union(*(self.graph(h) for h in self.used()))
        kind, data = self.heads[chain]
        if kind == "edges":
            return data
        return frozenset((j, i) for i in self.nodes() for j in self.nodes() if data[i - 1][j - 1] > 0)

    def mix(self, matrices):
        if any(matrix is None for matrix in matrices):
            return None
        pairs = [(self.weights[h], matrix) for h, matrix in zip(self.used(), matrices)]
        return [[sum(w * m[i][j] for w, m in pairs) for j in range(self.n)] for i in range(self.n)]

    def diffusion(self, chain):
        return self.remember(("D", chain), lambda: self.find_diffusion(chain))

    def find_diffusion(self, chain):
        if chain == "mean":
            return self.mix([self.diffusion(h) for h in self.used()])
        kind, data = self.heads[chain]
        if kind == "walk":
            return None
        if kind == "diffusion":
            return [list(row) for row in data]
        indegree = {i: sum((j, i) in data for j in self.nodes()) for i in self.nodes()}
        if 0 in indegree.values():
            return None
        return [[Fraction((j, i) in data, indegree[i]) for j in self.nodes()] for i in self.nodes()]

    def walk(self, chain):
        return self.remember(("W", chain), lambda: self.find_walk(chain))

    def find_walk(self, chain):
        if chain == "mean":
            if all(self.heads[h][0] != "diffusion" for h in self.used()):
                return self.mix([self.walk(h) for h in self.used()])
            return by_columns(self.diffusion("mean"))
        kind, data = self.heads[chain]
        if kind == "walk":
            return [list(row) for row in data]
        if kind == "diffusion":
            return by_columns(data)
        outdegree = {j: sum((j, i) in data for i in self.nodes()) for j in self.nodes()}
        if 0 in outdegree.values():
            return None
        return [[Fraction((j, i) in data, outdegree[j]) for j in self.nodes()] for i in self.nodes()]

    def row(self, matrix, which, t):
        """e_tau M^t."""
        rows = self.remember(("rows", which), lambda: [[Fraction(i == self.sink) for i in self.nodes()]])
        while len(rows) <= t:
            rows.append(step(rows[-1], matrix))
        return rows[t]

    def absorption_is_certain(self, chain):
        walk = self.walk(chain)
        if walk is None or any(sum(row[j] for row in walk) != 1 for j in range(self.n)):
            return False
        if walk[self.sink - 1][self.sink - 1] != 1:
            return False
        edges = {(j, i) for i in self.nodes() for j in self.nodes() if walk[i - 1][j - 1] > 0}
        return all(self.sink in descendants(edges, j) for j in self.nodes())

    def distance(self, chain, t, start):
        left = [1 - value for value in self.row(self.walk(chain), ("W", chain), t)]
        return max(left) if start == "worst" else sum(left) / self.n

    def mixing_time(self, chain, epsilon, distance, start):
        t = 0
        while True:
            far = self.distance(chain, t, start)
            if far <= epsilon if distance == "tv" else 2 * far < epsilon:
                return t
            t += 1

    def fidelities(self, chain, first_step):
        """(supremum, attained) of every node. REQUIRES: a diffusion matrix with row sums 1, no periodic class."""
        return self.remember(("phi", chain, first_step), lambda: self.find_fidelities(chain, first_step))

    def find_fidelities(self, chain, first_step):
        matrix, which = self.diffusion(chain), ("D", chain)
        limit = limit_law(matrix, self.sink - 1)
        edges = {(i, j) for i in range(self.n) for j in range(self.n) if matrix[i][j] > 0}
        results = []
        for j in range(self.n):
            sources = [i for i in range(self.n) if j in descendants(edges, i)]
            best, t = Fraction(-1), first_step
            while True:
                row = self.row(matrix, which, t)
                best = max(best, row[j])
                variation = sum(abs(a - b) for a, b in zip(row, limit)) / 2
                coming = sum(row[i] for i in sources)
                if min(limit[j] + variation, coming) <= best:
                    results.append((best, True))
                    break
                if t >= LONG:
                    assert best <= limit[j] and variation < Fraction(1, 1000), (matrix, j)
                    results.append((limit[j], best == limit[j]))
                    break
                t += 1
        return results


def by_columns(matrix):
    if matrix is None:
        return None
    sums = [sum(row[j] for row in matrix) for j in range(len(matrix))]
    return None if 0 in sums else [[value / total for value, total in zip(row, sums)] for row in matrix]


def step(row, matrix):
    return [sum(row[i] * matrix[i][j] for i in range(len(row)) if row[i]) for j in range(len(row))]


def descendants(edges, node):
    found, new = {node}, [node]
    while new:
        j = new.pop()
        for i in [i for a, i in edges if a == j and i not in found]:
            found.add(i)
            new.append(i)
    return found


def solved(rows):
    """The solution of a regular square system given by rows [a_1, ..., a_m, b]."""
    rows, m = [list(row) for row in rows], len(rows)
    for k in range(m):
        pivot = next(r for r in range(k, m) if rows[r][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for r in range(m):
            if r != k and rows[r][k] != 0:
                rows[r] = [a - rows[r][k] * b for a, b in zip(rows[r], rows[k])]
    return [row[m] for row in rows]


def limit_law(matrix, start):
    """lim e_start M^t of a row-stochastic matrix without periodic classes."""
    n = len(matrix)
    edges = {(i, j) for i in range(n) for j in range(n) if matrix[i][j] > 0}
    reach = [descendants(edges, i) for i in range(n)]
    classes = {frozenset(reach[i]) for i in range(n) if all(i in reach[j] for j in reach[i])}
    inner = [i for i in range(n) if not any(i in members for members in classes)]
    law = [Fraction(0)] * n
    for members in map(sorted, classes):
        if start in members:
            weight = Fraction(1)
        elif start in inner:
            weight = solved([[Fraction(i == k) - matrix[i][k] for k in inner] + [sum(matrix[i][k] for k in members)]
                             for i in inner])[inner.index(start)]
        else:
            continue
        balance = [[matrix[i][k] - (i == k) for i in members] + [Fraction(0)] for k in members]
        balance[-1] = [Fraction(1)] * (len(members) + 1)
        for node, share in zip(members, solved(balance)):
            law[node] += weight * share
    return law


def subsets_in_order(codes, make, n, size):
    """codes: (code, number of edges), any order."""
    codes = sorted(codes)
    chosen = sorted(combinations(codes, size),
                    key=lambda part: (sum(edges for _, edges in part), [code for code, _ in part]))
    weights = [Fraction(1, size)] * size
    for part in chosen:
        yield System(n, [make(code) for code, _ in part], weights)


def graph_family(name, n, size):
    nodes = range(1, n + 1)
    loops = [(j, j) for j in nodes]
    forward = [(j, i) for j in nodes for i in nodes if j < i]
    places = {"optional_loops": forward + loops,
              "digraphs": [(j, i) for j in nodes for i in nodes if i != j]}.get(name, forward)
    fixed = [] if name == "optional_loops" else loops

    def edges(code):
        return frozenset([place for place, bit in zip(places, code) if bit] + fixed)

    codes = list(cartesian((0, 1), repeat=len(places)))
    if name == "unique_sink":
        codes = [code for code in codes if all(any(a == j and i > j for a, i in edges(code)) for j in nodes if j < n)]
    return subsets_in_order([(code, len(edges(code))) for code in codes], lambda code: ("edges", edges(code)), n, size)


def matrix_family(name, n, size, d):
    indices = range(n)
    places = [(i, j) for j in indices for i in indices if i >= j]
    if name == "diffusions":
        places = [(i, j) for i in indices for j in indices if j <= i]

    def rows(code):
        entry = dict(zip(places, code))
        return tuple(tuple(Fraction(entry.get((i, j), 0), d) for j in indices) for i in indices)

    def member(code):
        matrix = rows(code)
        if name == "chains":
            return (all(sum(matrix[i][j] for i in indices) == 1 for j in indices)
                    and all(matrix[j][j] < 1 for j in range(n - 1)))
        return (all(sum(row) == 1 for row in matrix)
                and all(any(matrix[i][j] > 0 for i in range(j + 1, n)) for j in range(n - 1)))

    codes = [code for code in cartesian(range(d + 1), repeat=len(places)) if member(code)]
    kind = "walk" if name == "chains" else "diffusion"
    return subsets_in_order([(code, sum(value > 0 for value in code)) for code in codes],
                            lambda code: (kind, rows(code)), n, size)


def one_head(name, n, window):
    reach = {"line": 1, "full": n, "local": window}.get(name)
    edges = {(j, j) for j in range(1, n + 1)}
    for j in range(1, n):
        edges |= {(j, n)} if name == "star" else {(j, i) for i in range(j + 1, min(j + reach, n) + 1)}
    return System(n, [("edges", frozenset(edges))], [Fraction(1)])


def lazy_line(n, probabilities):
    heads = []
    for p in probabilities:
        rows = [[Fraction(0)] * n for _ in range(n)]
        for j in range(n - 1):
            rows[j][j], rows[j + 1][j] = 1 - p, p
        rows[n - 1][n - 1] = Fraction(1)
        heads.append(("walk", tuple(map(tuple, rows))))
    return System(n, heads, [Fraction(1, len(heads))] * len(heads))
