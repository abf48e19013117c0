"""What the ledger says of smallest instances: family, condition, and the witness that is to be the first.

A condition takes a system and returns the values of the further bound names at its first instance, or None. Nodes and
heads are numbered from 1 in what it returns, as in the ledger.
"""

from fractions import Fraction
from itertools import product

from minimality_systems import (best_of, distances, drains, fidelity, forward_probability, last_rows, minimax,
                                mixing_time, splits, times, unique_sink)

QUARTER = Fraction(1, 4)


def when(truth):
    return [] if truth else None


def first(candidates):
    """The first (name, value) list whose truth holds."""
    return next((names for names, truth in candidates if truth), None)


def heads(system):
    return range(len(system.heads))


def head_times(system, epsilon=QUARTER):
    return [mixing_time(system.walk(h), epsilon) for h in heads(system)]


def head_chances(system):
    return [forward_probability(system.walk(h)) for h in heads(system)]


def union(system):
    return frozenset().union(*system.heads)


def walk_counts(edges, n, length):
    """(walks from j to the sink, walks from j to anywhere) of that length, counted one by one."""
    totals = []
    for j in range(n):
        ends = [j]
        for _ in range(length):
            ends = [i for node in ends for i in range(n) if (node, i) in edges]
        totals.append((ends.count(n - 1), len(ends)))
    return totals


def acyclic(edges, n):
    """No way of peeling off nodes without out-edges to others gets stuck."""
    left = set(range(n))
    while True:
        ends = {j for j in left if not any(a == j and b in left and b != j for a, b in edges)}
        if not ends:
            return not left
        left -= ends


def farther_anywhere(system):
    at_heads = [distances(system.walk(h), 13) for h in heads(system)]
    at_mean = distances(system.walk(), 13)
    return first(([("t", t)], at_mean[t] > max(d[t] for d in at_heads)) for t in range(13))


def lone_p_slower(system):
    chances, mixing = head_chances(system), head_times(system)
    others = {h: [k for k in heads(system) if k != h] for h in heads(system)}
    return first(([("h", h + 1)], all(chances[h] > chances[k] and mixing[h] > mixing[k] for k in others[h]))
                 for h in others)


def top_p_not_fastest(system):
    chances, mixing = head_chances(system), head_times(system)
    return first(([("h", h + 1)], chances[h] == max(chances) and mixing[h] != min(mixing)) for h in heads(system))


def better_weights(system):
    for numerators in splits(4, 2):
        weights = [Fraction(x, 4) for x in numerators]
        if mixing_time(system.with_weights(weights).walk(), QUARTER) < min(head_times(system)):
            return [("weights", " ".join(map(str, weights)))]
    return None


def signals_at_two(system, smaller):
    rows = [last_rows(system.diffusion(h), 3)[2] for h in [None, *heads(system)]]
    compare = (lambda j: rows[0][j] < min(r[j] for r in rows[1:])) if smaller else (
        lambda j: rows[0][j] > max(r[j] for r in rows[1:]))
    return first(([("j", j + 1)], compare(j)) for j in range(system.n - 1))


def falls(system, after_a_rise):
    rows = last_rows(system.diffusion(0), 10)
    return first(([("j", j + 1), ("t", t)],
                  rows[t + 1][j] < rows[t][j] and (not after_a_rise or rows[t - 1][j] < rows[t][j]))
                 for j in range(system.n - 1) for t in range(1 if after_a_rise else 0, 9))


def several_peaks(system):
    diffusion = system.diffusion(0)
    rows = last_rows(diffusion, 13)
    for j in range(system.n):
        supremum, attained = fidelity(diffusion, j)
        if attained and sum(rows[t][j] == supremum for t in range(1, 13)) != 1:
            return [("j", j + 1)]
    return None


def not_attained(system):
    return first(([("j", j + 1)], not fidelity(system.diffusion(0), j)[1]) for j in range(system.n))


def node_gains(system):
    def gains(j):
        return fidelity(system.diffusion(), j)[0] > max(best_of(system, lambda d: fidelity(d, j)[0]))
    return first(([("j", j + 1)], gains(j)) for j in range(system.n - 1))


def orders_differ(system):
    one, two = (system.diffusion(h) for h in (0, 1))
    left, right = times(one, two), times(two, one)
    return first(([("i", i + 1), ("j", j + 1)], left[i][j] != right[i][j])
                 for i in range(system.n) for j in range(system.n))


def one_order_only(system):
    one, two = (system.diffusion(h) for h in (0, 1))
    left, right = times(one, two)[-1], times(two, one)[-1]
    return first(([("j", j + 1)], left[j] > 0 and right[j] == 0) for j in range(system.n - 1))


def rollout_gains(system):
    plain = [system.diffusion(h) for h in (0, 1)]
    lazy = [[[(d[i][j] + (i == j)) / 2 for j in range(system.n)] for i in range(system.n)] for d in plain]
    words = list(product((0, 1), repeat=4))
    def last(matrices, word):
        result = matrices[word[0]]
        for h in word[1:]:
            result = times(result, matrices[h])
        return result[-1]
    rows = {word: last(plain, word) for word in words}
    most = [max(row[j] for row in rows.values()) for j in range(system.n)]
    return first(([("j", j + 1), ("w", str([h + 1 for h in word]))], last(lazy, word)[j] > most[j])
                 for j in range(system.n - 1) for word in words)


def row_variance(system, above):
    mean = system.diffusion()
    for i in range(system.n):
        least = min(best_of(system, lambda d: sum(x * x for x in d[i])))
        value = sum(x * x for x in mean[i])
        if (value > least) if above else (value < least):
            return [("i", i + 1)]
    return None


def more_walks_later(system, equal_edges):
    if equal_edges and len(system.heads[0]) != len(system.heads[1]):
        return None
    mixing, n = head_times(system), system.n
    counts = [[walk_counts(edges, n, t) for t in range(1, 9)] for edges in system.heads]
    return first(([("h", h + 1), ("k", k + 1)],
                  mixing[h] > mixing[k] and all(counts[h][t][j][0] >= counts[k][t][j][0]
                                                for j in range(n - 1) for t in range(8)))
                 for h, k in ((0, 1), (1, 0)))


def fewer_walks_earlier(system):
    mixing, n = head_times(system), system.n
    total = [sum(c[0] for c in walk_counts(edges, n, 4)[:n - 1]) for edges in system.heads]
    return first(([("h", h + 1), ("k", k + 1)], mixing[h] < mixing[k] and total[h] <= total[k])
                 for h, k in ((0, 1), (1, 0)))


def share_of_walks(system, compare, lengths):
    n = system.n
    rows = last_rows(system.walk(0), lengths)
    for j in range(n):
        for t in range(lengths):
            into, out = walk_counts(system.heads[0], n, t)[j]
            if compare(rows[t][j], Fraction(into, out)):
                return [("j", j + 1), ("t", t)]
    return None


def binomial_differs(system):
    """The number of moves in t steps from the first node, by listing all walks with their probabilities."""
    walk, n = system.walk(0), system.n
    p = forward_probability(walk)
    for t in range(4):
        law = [Fraction(0)] * (t + 1)
        for path in product(range(n), repeat=t):
            nodes = (0,) + path
            chance = Fraction(1)
            for a, b in zip(nodes, path):
                chance *= walk[b][a]
            law[sum(a != b for a, b in zip(nodes, path))] += chance
        for k in range(t + 1):
            choices = Fraction(1)
            for i in range(k):
                choices = choices * (t - i) / (i + 1)
            if law[k] != choices * p**k * (1 - p)**(t - k):
                return [("t", t), ("k", k)]
    return None


def slow_epsilon(system):
    walk = system.walk(0)
    bound = 2 * (system.n - 1) / forward_probability(walk)
    return first(([("eps", e)], mixing_time(walk, e) > bound) for e in [Fraction(1, k) for k in (4, 8, 16, 32)])


def cyclic_bound_fails(system):
    walk = system.walk(0)
    if not drains(walk) or forward_probability(walk) == 0:
        return None
    steps = int(2 * (system.n - 1) / forward_probability(walk))
    return when(distances(walk, steps + 1)[steps] > QUARTER)


def own_two_step_path(system):
    d = [system.diffusion(h) for h in (0, 1)]
    n = system.n
    own = [times(m, m)[-1] for m in d]
    return first(([("j", j + 1), ("k", k + 1)],
                  d[0][k][j] > 0 and d[1][n - 1][k] > 0 and any(row[j] > 0 for row in own))
                 for j in range(n - 1) for k in range(j + 1, n - 1))


def sink_without_loop(system):
    n, d = system.n, system.diffusion(0)
    if d is None or any(sum(row) != 1 for row in d):
        return None
    reach = [any(count for count, _ in [walk_counts(system.heads[0], n, t)[j] for t in range(n)]) for j in range(n)]
    return when(all(reach) and minimax(d) == 0)


def combined(system, value, compare):
    """compare(value of the mean, values of the heads)."""
    return when(compare(value(system.diffusion()), best_of(system, value)))


def combined_time(system, compare):
    return when(compare(mixing_time(system.walk(), QUARTER), head_times(system)))


def undrained(system):
    return when(unique_sink(system.heads[0], system.n) and not drains(system.walk(0)))


def unattained_on_cycle(system):
    """The first node of a drained digraph with a further in-edge whose signal stays below its limit for ever.

    The row x_t of the sink obeys the recurrence of D's characteristic polynomial, of order n. With r the sink's own
    entry, w_t = s(t + 1) - r s(t); if its differences have one ratio q for 2n + 2 steps they have it for ever, so w
    tends to w_t + difference/(1 - q) and s to L, that over 1 - r. With b = L - s, b_{t+1} = r b_t + (1 - r) L - w_t:
    once b is positive and w increases, b remains positive.
    """
    diffusion, n = system.diffusion(0), system.n
    if not drains(system.walk(0)):
        return None
    start, rows = n, last_rows(diffusion, 4 * n + 8)
    for j in range(n):
        if sum((k, j) in system.heads[0] for k in range(n)) == 1:
            continue
        r, s = diffusion[n - 1][n - 1], [row[j] for row in rows]
        w = [s[t + 1] - r * s[t] for t in range(len(s) - 1)]
        gaps = [w[t + 1] - w[t] for t in range(start, start + 2 * n + 3)]
        q = gaps[1] / gaps[0] if gaps[0] else Fraction(0)
        assert all(b == q * a for a, b in zip(gaps, gaps[1:])) and 0 <= q < 1 and r < 1
        limit = (w[start] + gaps[0] / (1 - q)) / (1 - r)
        if any(value >= limit for value in s[1:]):
            continue
        assert gaps[0] >= 0  # w increases to its limit
        return [("j", j + 1)]
    return None
