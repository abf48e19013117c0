"""The definitions of the metrics, spelled out for edges systems, as an oracle for `crosshead analyze --json`.

Standard library only. Nothing here follows the program's algorithms: powers are dense, every start and every node is
looked at, limits are linear solves over Fractions, and each supremum is decided by an argument of its own:

  Read the diffusion matrix D as a chain that starts at the sink and moves from i to j with probability D_ij, so that
  s_j(t) = (D^t)_{sink j} is its law. Split the nodes into transient ones and closed classes.
  - j transient: let R be the transient nodes that can reach j. Mass in R comes only from R, so it never increases, and
    s_j(t) is at most that mass. The supremum is the maximum so far as soon as the mass is no larger than it.
  - j closed by itself: s_j never decreases. Its limit is the absorption probability; it is attained exactly when at
    some time no transient node that can reach j is occupied.
  - j in a larger closed class: only lower bounds are computed, sixty signals and the upper limit.
"""

from fractions import Fraction
from math import gcd, lcm


def reach(edges, n):
    """reach[i][j]: a path of length zero or more leads from i to j; edges[i][j] truthy for a step."""
    reached = [[i == j or bool(edges[i][j]) for j in range(n)] for i in range(n)]
    for k in range(n):
        for i in range(n):
            if reached[i][k]:
                for j in range(n):
                    if reached[k][j]:
                        reached[i][j] = True
    return reached


def solve(matrix, right):
    """Solves matrix x = right by elimination over Fractions; the matrix must be regular."""
    n = len(matrix)
    rows = [list(map(Fraction, matrix[i])) + [Fraction(right[i])] for i in range(n)]
    for c in range(n):
        pivot = next(r for r in range(c, n) if rows[r][c] != 0)
        rows[c], rows[pivot] = rows[pivot], rows[c]
        rows[c] = [value / rows[c][c] for value in rows[c]]
        for r in range(n):
            if r != c and rows[r][c] != 0:
                factor = rows[r][c]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[c])]
    return [rows[r][n] for r in range(n)]


class Powers:
    """matrix^t for t = 0, 1, ..., as integers over denominator^t."""

    def __init__(self, matrix):
        n = len(matrix)
        self.denominator = 1
        for row in matrix:
            for value in row:
                self.denominator = lcm(self.denominator, Fraction(value).denominator)
        self.base = [[int(value * self.denominator) for value in row] for row in matrix]
        self.columns = [[self.base[i][j] for i in range(n)] for j in range(n)]
        self.power = [[int(i == j) for j in range(n)] for i in range(n)]
        self.scale = 1
        self.t = 0

    def step(self):
        self.power = [[sum(a * b for a, b in zip(row, column) if a and b) for column in self.columns]
                      for row in self.power]
        self.scale *= self.denominator
        self.t += 1
        if self.t % 16 == 0:
            common = self.scale
            for row in self.power:
                for value in row:
                    common = gcd(common, value)
            if common > 1:
                self.power = [[value // common for value in row] for row in self.power]
                self.scale //= common


def graph_of(head, n, self_loops):
    """edge[j][i]: j -> i."""
    edge = [[False] * n for _ in range(n)]
    for j, i in head:
        edge[j][i] = True
    if self_loops:
        for j in range(n):
            edge[j][j] = True
    return edge


def walk_matrix(edge):
    """W_ij = 1/outdeg(j) for j -> i, or None."""
    n = len(edge)
    out = [sum(edge[j]) for j in range(n)]
    if 0 in out:
        return None
    return [[Fraction(int(edge[j][i]), out[j]) for j in range(n)] for i in range(n)]


def diffusion_matrix(edge):
    """D_ij = 1/indeg(i) for j -> i, or None."""
    n = len(edge)
    into = [sum(edge[j][i] for j in range(n)) for i in range(n)]
    if 0 in into:
        return None
    return [[Fraction(int(edge[j][i]), into[i]) for j in range(n)] for i in range(n)]


def mean(matrices, weights):
    """The weighted mean over positive weights, or None when one of its matrices is undefined."""
    used = [(m, w) for m, w in zip(matrices, weights) if w > 0]
    if any(m is None for m, _ in used):
        return None
    n = len(used[0][0])
    return [[sum((w * m[i][j] for m, w in used), Fraction(0)) for j in range(n)] for i in range(n)]


def checks(edge, sink):
    n = len(edge)
    ends = [j for j in range(n) if not any(edge[j][i] for i in range(n) if i != j)]
    return {
        "feedforward": not any(edge[j][i] for j in range(n) for i in range(j)),
        "unique_sink": ends == [sink],
        "sink_self_loop": edge[sink][sink],
    }


def forward_probability(walk, sink):
    n = len(walk)
    moves = [sum(walk[i][j] for i in range(j + 1, n)) for j in range(n) if j != sink]
    return min(moves) if moves else None


def mixing_times(walk, sink, epsilons, distance, start):
    """[(epsilon, time, worst start)] or None when the sink does not absorb every start."""
    n = len(walk)
    step = [[walk[i][j] for i in range(n)] for j in range(n)]
    reached = reach(step, n)
    if walk[sink][sink] != 1 or not all(reached[j][sink] for j in range(n)):
        return None
    found = {}
    powers = Powers(walk)
    before = None
    while len(found) < len(set(epsilons)):
        # Twice the total variation of column j against the point mass at the sink, times the scale.
        twice = [sum(abs(powers.power[i][j] - (powers.scale if i == sink else 0)) for i in range(n))
                 for j in range(n)]
        size = Fraction(max(twice), powers.scale) if start == "worst" else Fraction(sum(twice), powers.scale * n)
        for epsilon in epsilons:
            close = size < epsilon if distance == "l1" else size / 2 <= epsilon
            if close and epsilon not in found:
                judged = twice if before is None else before
                found[epsilon] = (powers.t, judged.index(max(judged)))
        before = twice
        powers.step()
        if powers.t > 100000:
            raise RuntimeError("no mixing within 100000 steps")
    return [(epsilon, *found[epsilon]) for epsilon in epsilons]


def expected_hitting(walk, sink):
    n = len(walk)
    # The first visit does not look beyond the sink, so its own moves are left out.
    step = [[walk[i][j] if j != sink else 0 for i in range(n)] for j in range(n)]
    reached = reach(step, n)
    lost = [j for j in range(n) if not reached[j][sink]]
    sure = [j for j in range(n) if j != sink and not any(reached[j][k] for k in lost)]
    if sure:
        system = [[Fraction(int(a == b)) - walk[b][a] for b in sure] for a in sure]
        values = solve(system, [1] * len(sure))
    result = [None] * n
    result[sink] = Fraction(0)
    for k, j in enumerate(sure):
        result[j] = values[k]
    return result


def truncated_hitting(walk, sink, cutoff):
    """E min(T, cutoff) = sum of P(T > t) for t < cutoff."""
    n = len(walk)
    alive = [[walk[i][j] if i != sink and j != sink else Fraction(0) for j in range(n)] for i in range(n)]
    result = [Fraction(0)] * n
    powers = Powers(alive)
    for _ in range(cutoff):
        for j in range(n):
            if j != sink:
                result[j] += Fraction(sum(powers.power[i][j] for i in range(n)), powers.scale)
        powers.step()
    return result


def period_of(step, members):
    """The period of a closed class: the gcd of its return times, up to twice its size squared."""
    start = members[0]
    occupied, divisor = {start}, 0
    for t in range(1, 2 * len(members) ** 2 + 2):
        occupied = {j for i in occupied for j in members if step[i][j]}
        if start in occupied:
            divisor = gcd(divisor, t)
    return divisor


class Node:
    """One node's fidelity: `supremum`, `attained`, first `time` when `decided`; otherwise what bounds it."""

    def __init__(self):
        self.decided = False
        self.supremum = self.attained = self.time = None
        self.signals = []  # from the first step on, when undecided
        self.limit = None  # upper limit of the signal, when undecided


class Signals:
    """The laws of the chain that starts at the sink: row t of D^t at the sink, as integers over a scale."""

    def __init__(self, D, sink):
        self.n = len(D)
        self.denominator = 1
        for row in D:
            for value in row:
                self.denominator = lcm(self.denominator, value.denominator)
        self.base = [[int(value * self.denominator) for value in row] for row in D]
        self.rows = [([int(i == sink) for i in range(self.n)], 1)]

    def mass(self, t, nodes):
        while len(self.rows) <= t:
            row, scale = self.rows[-1]
            following = [0] * self.n
            for i, value in enumerate(row):
                if value:
                    for j in range(self.n):
                        following[j] += value * self.base[i][j]
            self.rows.append((following, scale * self.denominator))
        row, scale = self.rows[t]
        return Fraction(sum(row[i] for i in nodes), scale)


def absorption(D, closed, start, members):
    """The probability that the chain from `start` ends in the closed class `members`."""
    if closed[start]:
        return Fraction(int(start in members))
    others = [i for i in range(len(D)) if not closed[i]]
    system = [[Fraction(int(a == b)) - D[a][b] for b in others] for a in others]
    return solve(system, [sum(D[a][i] for i in members) for a in others])[others.index(start)]


def node_fidelity(D, signals, reached, closed, sink, j, first_step):
    n = len(D)
    node = Node()
    sources = [i for i in range(n) if not closed[i] and reached[i][j]]
    members = [i for i in range(n) if reached[j][i]]
    if closed[j] and members == [j]:
        node.decided, node.attained = True, False
        node.supremum = absorption(D, closed, sink, [j])
        if any(signals.mass(t, sources) == 0 for t in range(first_step, first_step + n + 1)):
            node.attained = True
            node.time = next(t for t in range(first_step, first_step + n + 1)
                             if signals.mass(t, [j]) == node.supremum)
        return node
    if not closed[j]:
        t = first_step
        while True:
            signal = signals.mass(t, [j])
            if t == first_step or signal > node.supremum:
                node.supremum, node.time = signal, t
            if signals.mass(t, sources) <= node.supremum:
                node.decided, node.attained = True, True
                return node
            t += 1
    node.signals = [signals.mass(t, [j]) for t in range(first_step, 60)]
    node.limit = upper_limit(D, signals, members, j)
    return node


def upper_limit(D, signals, members, j):
    """The largest limit of s_j along the residues modulo the period d of its class: D^d splits the class into aperiodic
    ones, and the law at time r goes on from each of its nodes to the stationary law of the one that holds j."""
    n = len(D)
    period = period_of(D, members)
    powers = Powers(D)
    for _ in range(period):
        powers.step()
    P = [[Fraction(value, powers.scale) for value in row] for row in powers.power]
    reached = reach(P, n)
    closed = [all(reached[k][i] for k in range(n) if reached[i][k]) for i in range(n)]
    part = [i for i in range(n) if reached[j][i]]
    balance = [[P[b][a] - int(a == b) for b in part] for a in part]
    balance[-1] = [1] * len(part)
    weight = solve(balance, [0] * (len(part) - 1) + [1])[part.index(j)]
    ends = [absorption(P, closed, i, part) for i in range(n)]
    return max(sum(signals.mass(r, [i]) * ends[i] for i in range(n)) for r in range(period)) * weight


def fidelity(D, sink, first_step):
    n = len(D)
    reached = reach(D, n)
    closed = [all(reached[k][i] for k in range(n) if reached[i][k]) for i in range(n)]
    signals = Signals(D, sink)
    return [node_fidelity(D, signals, reached, closed, sink, j, first_step) for j in range(n)]
