"""The sharp constants, counts and closed forms that the ledger tells of, over Fractions and from the definitions.

exp(-k) is enclosed by the partial sums of its series' reciprocal; nothing is read from the program.
"""

import unittest
from fractions import Fraction
from math import comb

from minimality_cases import QUARTER, head_times, orders_differ
from minimality_systems import (System, best_of, distances, family, fidelity, forward_probability, last_rows, minimax,
                                mixing_time)


def exp_below(x):
    """Rational bounds of exp(-x), x > 0, from exp(x) = its series' first 120 terms and a geometric tail."""
    term, total = Fraction(1), Fraction(0)
    for i in range(1, 121):
        total += term
        term = term * x / i
    tail = term / (1 - Fraction(x) / 121)
    return 1 / (total + tail), 1 / total


def tail(steps, p, below):
    """P(Bin(steps, p) < below)."""
    return sum(comb(steps, k) * p**k * (1 - p)**(steps - k) for k in range(min(below, steps + 1)))


def graph(n, edges):
    return System(n, [frozenset(edges) | {(j, j) for j in range(n)}])


def line(n):
    return graph(n, [(j, j + 1) for j in range(n - 1)])


def star(n):
    return graph(n, [(j, n - 1) for j in range(n - 1)])


def full(n):
    return graph(n, [(j, i) for j in range(n) for i in range(j + 1, n)])


def two_nodes(p):
    return [[1 - p, Fraction(0)], [p, Fraction(1)]]


PAIRS_ON_FOUR = list(family("unique_sink", range(4, 5), range(2, 3)))
FASTER = [frozenset({(0, 3), (1, 2), (2, 3)} | {(j, j) for j in range(4)}),
          frozenset({(0, 2), (1, 3), (2, 3)} | {(j, j) for j in range(4)})]


class BoundTest(unittest.TestCase):
    """T_mix(eps) <= 2N/p, rounded down to t: the worst p for that t is 2N/(t + 1), from above."""

    def worst(self, n_moves, t):
        return tail(t, Fraction(2 * n_moves, t + 1), n_moves)

    def test_suprema_are_approached_from_below(self):
        for n_moves, factor, power in ((1, 1, 2), (2, 5, 4), (3, 25, 6)):
            low, _ = exp_below(power)
            values = [self.worst(n_moves, t) for t in [*range(2 * n_moves, 60), 200, 400]]
            self.assertTrue(all(a < b for a, b in zip(values, values[1:])))
            self.assertLess(values[-1], factor * low)
            self.assertGreater(values[-1], factor * low - Fraction(1, 1000))

    def test_more_moves_stay_below(self):
        low, _ = exp_below(2)
        for n_moves in range(1, 9):
            for t in range(2 * n_moves, 80):
                self.assertLess(self.worst(n_moves, t), low)

    def test_two_node_chains_on_each_side(self):
        eighth = Fraction(1, 8)
        late = [k for k in range(1, 25) if mixing_time(two_nodes(Fraction(1, k)), eighth) > 2 * k]
        self.assertEqual(late, list(range(14, 25)))
        self.assertEqual(mixing_time(two_nodes(Fraction(1, 20)), eighth), 41)
        p = Fraction(81, 200)
        self.assertEqual(mixing_time(two_nodes(p), eighth), 5)
        self.assertLess(2 / p, 5)
        self.assertGreater(Fraction(499, 500)**1000, Fraction(135, 1000))
        self.assertLess(Fraction(499, 500)**1000, exp_below(2)[0])

    def test_graphs_have_a_sixteenth(self):
        for system in family("unique_sink", range(2, 5), range(1, 3)):
            self.assertEqual(forward_probability(system.walk()), Fraction(1, 2))
            distance = distances(system.walk(), 4 * (system.n - 1) + 1)[-1]
            if system.n == 2:
                self.assertEqual(distance, Fraction(1, 16))
            else:
                self.assertLess(distance, Fraction(1, 16))

    def test_hoeffding_needs_large_n(self):
        def enough(exponent):
            low, high = exp_below(exponent)
            self.assertTrue(high < QUARTER or low > QUARTER)
            return high < QUARTER
        self.assertEqual([m for m in range(1, 7) if enough(Fraction(m, 2))], [3, 4, 5, 6])
        self.assertEqual([m for m in range(24, 33) if enough(Fraction(m, 20))], list(range(28, 33)))


class OrderTest(unittest.TestCase):
    def test_atoms(self):
        """p_h uniform on 1/4, 2/4, 3/4, 1: some of two heads reaches the threshold, by listing all 16 draws."""
        draws = [(a, c) for a in range(1, 5) for c in range(1, 5)]
        for b in range(1, 5):
            reached = Fraction(sum(max(draw) >= b for draw in draws), 16)
            self.assertEqual(reached, 1 - Fraction(b - 1, 4)**2)
            self.assertGreater(reached, 1 - Fraction(b, 4)**2)

    def test_faster_pair(self):
        mean = System(4, FASTER)
        ahead = distances(mean.walk(), 25)
        for head in (0, 1):
            behind = distances(mean.walk(head), 26)
            self.assertEqual(ahead[1:], behind[2:])
        self.assertEqual(ahead[1:], [Fraction(t + 2, 2**(t + 1)) for t in range(1, 25)])
        times = [mixing_time(mean.with_weights([Fraction(k, 8), Fraction(8 - k, 8)]).walk(), QUARTER) for k in range(9)]
        self.assertEqual(times, [5, 5, 4, 4, 4, 4, 4, 5, 5])

    def test_counts_among_pairs_on_four_nodes(self):
        self.assertEqual(len(PAIRS_ON_FOUR), 210)
        mixing = [(mixing_time(s.walk(), QUARTER), head_times(s)) for s in PAIRS_ON_FOUR]
        self.assertEqual(sum(m < min(h) for m, h in mixing), 9)
        self.assertEqual(sum(m > max(h) for m, h in mixing), 1)
        values = [(minimax(s.diffusion()), best_of(s, minimax)) for s in PAIRS_ON_FOUR]
        self.assertEqual(sum(m > max(h) for m, h in values), 28)
        self.assertEqual(sum(m < min(h) for m, h in values), 25)

    def test_no_two_heads_commute(self):
        for system in PAIRS_ON_FOUR:
            self.assertIsNotNone(orders_differ(system))

    def test_where_the_maximum_exists(self):
        """The maximum exists exactly at nodes with a further in-edge, in graphs with a unique sink."""
        for system in family("unique_sink", range(2, 5), range(1, 2)):
            for j in range(system.n):
                further = sum((k, j) in system.heads[0] for k in range(system.n)) > 1
                self.assertEqual(fidelity(system.diffusion(0), j)[1], further)


class ClosedFormTest(unittest.TestCase):
    def test_line(self):
        for n in range(3, 9):
            diffusion = line(n).diffusion(0)
            rows = last_rows(diffusion, 17)
            for j in range(1, n):
                d = n - 1 - j
                self.assertEqual([row[j] for row in rows], [Fraction(comb(t, d), 2**t) for t in range(17)])
                if d > 0:
                    self.assertEqual(fidelity(diffusion, j), (Fraction(comb(2 * d, d), 4**d), True))
            self.assertEqual(fidelity(diffusion, 0), (1, False))
            self.assertEqual(minimax(diffusion), Fraction(comb(2 * n - 4, n - 2), 4**(n - 2)))

    def test_full(self):
        for n in range(2, 10):
            diffusion = full(n).diffusion(0)
            self.assertEqual(minimax(diffusion), Fraction(1, n))
            self.assertEqual(minimax(diffusion, sink_counts=False), Fraction(1, n) if n > 2 else 1)

    def test_star(self):
        for n in range(2, 9):
            system = star(n)
            self.assertEqual(distances(system.walk(0), 11), [Fraction(1, 2**t) for t in range(11)])
            self.assertEqual(minimax(system.diffusion(0)), Fraction(1, n))
            for j in range(n - 1):
                self.assertEqual(fidelity(system.diffusion(0), j), (Fraction(1, n - 1), False))

    def test_last_node_before_the_sink(self):
        for system in family("unique_sink", range(2, 5), range(1, 2)):
            n, edges = system.n, system.heads[0]
            a, b = (sum((k, j) in edges for k in range(n)) for j in (n - 1, n - 2))
            if b == 1:
                self.assertEqual(fidelity(system.diffusion(0), n - 2), (Fraction(1, a - 1), False))
            else:
                signal = [row[n - 2] for row in last_rows(system.diffusion(0), 13)]
                self.assertEqual(signal, [sum(Fraction(1, b**k * a**(t - k)) for k in range(t)) for t in range(13)])
                self.assertTrue(all(0 < signal[t] <= Fraction(t, 2**t) for t in range(1, 13)))


if __name__ == "__main__":
    unittest.main()
