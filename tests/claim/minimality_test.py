"""Are the ledger's smallest instances the smallest? `minimality_test.py [CROSSHEAD [PROOFS]]`

Every case lists its family in the declared order over Fractions and looks for the first instance of its condition,
which must be the one that the ledger tells of. With the path of the program, `audit --json` must name the same instance
after visiting as many systems.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from fractions import Fraction

from minimality_cases import *  # noqa: F403: the conditions of the table below
from minimality_systems import family, sinks

TWO, THREE, FOUR = range(2, 3), range(2, 4), range(2, 5)
FROM_ONE = range(1, 4)
ONE_HEAD, PAIRS, ONE_OR_TWO = range(1, 2), range(2, 3), range(1, 3)


def open_minimax(system, compare):
    return combined(system, lambda d: minimax(d, sink_counts=False), compare)


# claim, start of the reading's name, family, condition, first instance: heads as edges without self-loops, bindings
CASES = [
    ("D2.2", "other nodes", ("feedforward", FROM_ONE, ONE_HEAD),
     lambda s: first(([("j", j + 1)], j in sinks(s.heads[0], s.n)) for j in range(s.n - 1)), "", {"j": 1}),
    ("D2.2", "the converse", ("feedforward", FROM_ONE, ONE_OR_TWO),
     lambda s: when(unique_sink(union(s), s.n) and not any(unique_sink(e, s.n) for e in s.heads)), "2>3 | 1>3", {}),
    ("D2.3", "not row", ("feedforward", FROM_ONE, ONE_HEAD),
     lambda s: first(([("i", i + 1)], sum(s.walk(0)[i]) != 1) for i in range(s.n)), "1>2", {"i": 1}),
    ("D2.7", "total variation and L1", ("unique_sink", THREE, ONE_HEAD),
     lambda s: when(next(t for t, d in enumerate(distances(s.walk(0), 40)) if 2 * d < QUARTER) != head_times(s)[0]),
     "1>2", {}),
    ("D2.7", "the worst start", ("unique_sink", FOUR, ONE_HEAD),
     lambda s: first(([("j", j + 1), ("t", t)], last_rows(s.walk(0), 5)[t][j] < last_rows(s.walk(0), 5)[t][0])
                     for j in range(s.n - 1) for t in range(1, 5)), "1>4 2>3 3>4", {"j": 2, "t": 1}),
    ("L2.5", "as printed", ("optional_loops", FROM_ONE, ONE_HEAD), undrained, "", {}),
    ("L2.5", "a unique sink alone", ("digraphs", FROM_ONE, ONE_HEAD), undrained, "1>2 2>1", {}),
    ("L2.6", "the smallest merged", ("feedforward", THREE, PAIRS),
     lambda s: when(drains(s.walk()) and not any(drains(s.walk(h)) for h in heads(s))), "2>3 | 1>3", {}),
    ("L2.6", "a head that leaves", ("digraphs", THREE, PAIRS),
     lambda s: when(acyclic(s.heads[0], s.n) and unique_sink(s.heads[0], s.n) and acyclic(s.heads[1], s.n)
                    and not drains(s.walk())), "1>3 2>3 | 1>2 3>2", {}),
    ("S2-reversible", "two graphs", ("unique_sink", THREE, PAIRS),
     lambda s: when(all(s.walk(0)[j][j] == s.walk(1)[j][j] for j in range(s.n)) and len(set(head_times(s))) > 1),
     "1>3 2>3 | 1>2 2>3", {}),
    ("T2.8-adaptive", "no weights", ("unique_sink", FOUR, PAIRS), better_weights,
     "1>4 2>3 3>4 | 1>3 2>4 3>4", {"weights": "1/4 3/4"}),
    ("T2.8-adaptive", "a head with", ("chains", THREE, PAIRS, 4), top_p_not_fastest, None, {"h": 2}),
    ("T2.8-adaptive", "the largest p_h strictly", ("chains", THREE, PAIRS, 4), lone_p_slower, None, {"h": 2}),
    ("T2.8-binomial", "the walk", ("unique_sink", THREE, ONE_HEAD), binomial_differs, "1>2", {"t": 2, "k": 1}),
    ("T2.8-binomial", "not even", ("unique_sink", THREE, ONE_HEAD),
     lambda s: when(1 - s.walk(0)[0][0] > head_chances(s)[0]), "1>2 1>3 2>3", {}),
    ("T2.8-bound", "constant one", ("unique_sink", THREE, ONE_HEAD), slow_epsilon, "1>2", {"eps": "1/32"}),
    ("T2.8-eq4", "without a forward", ("feedforward", THREE, PAIRS),
     lambda s: when(drains(s.walk()) and sum(head_chances(s)) == 0), "2>3 | 1>3", {}),
    ("T2.8-eq5", "eps = 1/4", ("unique_sink", THREE, ONE_OR_TWO),
     lambda s: when(2 * (s.n - 1) / max(head_chances(s)) != min(head_times(s))), "1>2", {}),
    ("T2.8-eq5", "the largest p_h", ("chains", THREE, PAIRS, 4), lone_p_slower, None, {"h": 2}),
    ("T2.8-eq13", "it can exceed", ("chains", THREE, PAIRS, 2),
     lambda s: when(forward_probability(s.walk()) > max(head_chances(s))), None, {}),
    ("T2.8-eq13", "it can be positive", ("feedforward", THREE, PAIRS),
     lambda s: when(forward_probability(s.walk()) > 0 == max(head_chances(s))), "2>3 | 1>3", {}),
    ("T2.8-eq20", "both halves", ("unique_sink", THREE, ONE_OR_TWO),
     lambda s: when(not 2 * (s.n - 1) / max(head_chances(s)) <= mixing_time(s.walk(), QUARTER)
                    <= 2 * (s.n - 1) / min(head_chances(s))), "1>2", {}),
    ("T2.8-fastest", "mixing times", ("unique_sink", FOUR, PAIRS), lambda s: combined_time(s, lambda m, h: m < min(h)),
     "1>4 2>3 3>4 | 1>3 2>4 3>4", {}),
    ("T2.8-fastest", "chains: the smallest", ("chains", THREE, PAIRS, 2),
     lambda s: combined_time(s, lambda m, h: m < min(h)), None, {}),
    ("T2.8-worse", "the mixing time", ("unique_sink", FOUR, PAIRS), lambda s: combined_time(s, lambda m, h: m > max(h)),
     "1>3 2>3 3>4 | 1>2 2>4 3>4", {}),
    ("T2.8-worse", "chains: the smallest", ("chains", THREE, PAIRS, 2),
     lambda s: combined_time(s, lambda m, h: m > max(h)), None, {}),
    ("T2.8-worse", "the smallest graphs", ("unique_sink", FOUR, PAIRS), farther_anywhere,
     "1>4 2>3 3>4 | 1>2 2>4 3>4", {"t": 6}),
    ("D3.1", "columns sum to 1", ("feedforward", range(1, 5), ONE_HEAD),
     lambda s: first(([("j", j + 1)], sum(row[j] for row in s.diffusion(0)) != 1) for j in range(s.n)),
     "1>2", {"j": 1}),
    ("D3.3", "the maximum exists", ("unique_sink", THREE, ONE_HEAD), not_attained, "1>2", {"j": 1}),
    ("D3.4", "where the maximum", ("unique_sink", THREE, ONE_HEAD), several_peaks, "1>2 2>3", {"j": 2}),
    ("D3.5", "the sink alone", ("unique_sink", FOUR, ONE_HEAD),
     lambda s: when(minimax(s.diffusion(0)) < minimax(s.diffusion(0), sink_counts=False)), "1>2", {}),
    ("D3.9-3.12", "the best head", ("unique_sink", THREE, PAIRS),
     lambda s: combined(s, minimax, lambda m, h: h[0] == h[1]), "1>3 2>3 | 1>2 1>3 2>3", {}),
    ("D3.9-3.12", "nor with", ("unique_sink", FOUR, PAIRS), lambda s: open_minimax(s, lambda m, h: h[0] == h[1]),
     "1>3 2>3 | 1>2 2>3", {}),
    ("R3.7", "some heads", ("feedforward", FROM_ONE, PAIRS), orders_differ, "2>3 | 1>3", {"i": 3, "j": 1}),
    ("R3.7", "three nodes", ("feedforward", range(3, 4), PAIRS),
     lambda s: when(min(map(len, s.heads)) > s.n and orders_differ(s) is None), "1>3 | 1>2", {}),
    ("R3.7", "on five nodes", ("unique_sink", range(5, 6), PAIRS), lambda s: when(orders_differ(s) is None),
     "1>2 1>4 2>3 3>5 4>5 | 1>2 1>3 2>4 3>5 4>5", {}),
    ("S3-bounded", "uniform weights, sink counted", ("unique_sink", FOUR, PAIRS),
     lambda s: combined(s, minimax, lambda m, h: m < min(h)), "1>4 2>3 3>4 | 1>2 2>4 3>4", {}),
    ("S3-bounded", "uniform weights, sink left out", ("unique_sink", FOUR, PAIRS),
     lambda s: open_minimax(s, lambda m, h: m < min(h)), "1>3 2>3 | 1>2 2>3", {}),
    ("S3-bounded", "nor below", ("unique_sink", FOUR, PAIRS), lambda s: combined(s, minimax, lambda m, h: m < max(h)),
     "1>3 2>3 | 1>2 2>3", {}),
    ("S3-nonmonotone", "a rise", ("unique_sink", FOUR, ONE_HEAD), lambda s: falls(s, True),
     "1>2 1>3 2>3", {"j": 2, "t": 1}),
    ("S3-nonmonotone", "the smallest fall", ("unique_sink", THREE, ONE_HEAD), lambda s: falls(s, False),
     "1>2 2>3", {"j": 2, "t": 2}),
    ("S3-surpass", "uniform weights, sink counted", ("unique_sink", FOUR, PAIRS),
     lambda s: combined(s, minimax, lambda m, h: m > max(h) > 0), "1>4 2>3 3>4 | 1>2 2>3 3>4", {}),
    ("S3-surpass", "uniform weights, sink left out", ("unique_sink", FOUR, PAIRS),
     lambda s: open_minimax(s, lambda m, h: m > max(h) > 0), "1>4 2>3 3>4 | 1>2 2>3 3>4", {}),
    ("S3-surpass", "general diffusion", ("diffusions", THREE, PAIRS, 3),
     lambda s: combined(s, minimax, lambda m, h: m > max(h) > 0), None, {}),
    ("S3-surpass", "a node's", ("unique_sink", FOUR, PAIRS), node_gains, "1>4 2>4 3>4 | 1>4 2>3 3>4", {"j": 2}),
    ("S3-zero", "from zero", ("feedforward", FROM_ONE, PAIRS),
     lambda s: combined(s, minimax, lambda m, h: m > 0 == max(h)), "2>3 | 1>3", {}),
    ("S3-zero", "without a self-loop", ("optional_loops", FROM_ONE, ONE_HEAD), sink_without_loop, "1>2", {}),
    ("S3-zero", "a head can", ("feedforward", FROM_ONE, PAIRS), own_two_step_path, "1>2 | 1>2 2>3", {"j": 1, "k": 2}),
    ("REV-convex", "the minimax", ("unique_sink", FOUR, PAIRS),
     lambda s: combined(s, minimax, lambda m, h: not min(h) <= m <= max(h)), "1>4 2>3 3>4 | 1>2 2>4 3>4", {}),
    ("REV-convex", "the signal after two steps exceeds", ("unique_sink", FOUR, PAIRS),
     lambda s: signals_at_two(s, False), "1>4 2>3 3>4 | 1>3 2>3 3>4", {"j": 2}),
    ("REV-convex", "the signal after two steps falls", ("unique_sink", FOUR, PAIRS),
     lambda s: signals_at_two(s, True), "1>4 2>4 3>4 | 1>2 2>3 3>4", {"j": 2}),
    ("X-NW", "not always", ("unique_sink", FOUR, PAIRS), lambda s: row_variance(s, True),
     "1>3 2>3 | 1>2 2>3", {"i": 2}),
    ("X-NW", "sometimes", ("unique_sink", FOUR, PAIRS), lambda s: row_variance(s, False),
     "1>4 2>3 3>4 | 1>3 2>4 3>4", {"i": 3}),
    ("D3.3", "the maximum can fail", ("digraphs", THREE, ONE_HEAD), unattained_on_cycle, "1>2 2>1 2>3", {"j": 1}),
    ("X-bidirectional", "the rule", ("digraphs", THREE, ONE_HEAD), unattained_on_cycle, "1>2 2>1 2>3", {"j": 1}),
    ("X-P4.2", "no fewer", ("unique_sink", FOUR, PAIRS), lambda s: more_walks_later(s, False),
     "1>3 2>3 | 1>2 1>3 2>3", {"h": 2, "k": 1}),
    ("X-P4.2", "mixes earlier", ("unique_sink", FOUR, PAIRS), fewer_walks_earlier,
     "1>3 2>3 | 1>2 2>3", {"h": 1, "k": 2}),
    ("X-P4.2", "not even", ("unique_sink", FOUR, PAIRS), lambda s: more_walks_later(s, True),
     "1>3 2>3 2>4 3>4 | 1>2 2>3 2>4 3>4", {"h": 2, "k": 1}),
    ("X-P4.2", "not after two", ("unique_sink", FOUR, ONE_HEAD), lambda s: share_of_walks(s, lambda a, b: a != b, 5),
     "1>2", {"j": 1, "t": 2}),
    ("X-P4.2", "the share", ("unique_sink", FOUR, ONE_HEAD), lambda s: share_of_walks(s, lambda a, b: a < b, 7),
     "1>2 2>3 2>4 3>4", {"j": 1, "t": 2}),
    ("X-bidirectional", "Theorem 2.8 at", ("digraphs", FOUR, ONE_HEAD), cyclic_bound_fails, "1>2 2>1 2>3 3>2 3>4", {}),
    ("X-layers", "layers do not", ("feedforward", FROM_ONE, PAIRS), one_order_only, "2>3 | 1>2", {"j": 1}),
    ("X-layers", "four layers", ("unique_sink", FOUR, PAIRS), rollout_gains,
     "1>2 2>3 | 1>2 1>3 2>3", {"j": 2, "w": "[1, 1, 1, 1]"}),
]


def first_instance(arguments, condition):
    for position, system in enumerate(family(*arguments), start=1):
        found = condition(system)
        if found is not None:
            return position, system, found
    return None


class MinimalityTest(unittest.TestCase):
    audited = None

    def test_ledger_tells_of_the_first_instance(self):
        for claim, reading, arguments, condition, shown, bindings in CASES:
            with self.subTest(claim=claim, reading=reading):
                found = first_instance(arguments, condition)
                self.assertIsNotNone(found)
                position, system, bound = found
                if shown is not None:
                    self.assertEqual(" | ".join(" ".join(f"{j + 1}>{i + 1}" for j, i in sorted(e) if i != j)
                                                for e in system.heads), shown)
                self.assertEqual({name: str(value) for name, value in bound},
                                 {name: str(value) for name, value in bindings.items()})
                if self.audited is not None:
                    self.compare(claim, reading, position, system, bound)

    def compare(self, claim, reading, position, system, bound):
        readings = [r for r in self.audited[claim] if r["reading"].startswith(reading)]
        self.assertNotEqual(readings, [])
        weights = system.weights
        if "weights" in dict(bound):
            weights = dict(bound)["weights"].split()
        prefix = system.text() + (", weights " + " ".join(map(str, weights)) if len(weights) > 1 else "")
        prefix += "".join(f", {name} = {value}" for name, value in bound if name != "weights") + ":"
        self.assertEqual(readings[0]["evidence"][:len(prefix)], prefix)
        self.assertEqual(readings[0]["systems"], position)
        self.assertEqual(readings[0]["minimal"], "certified")


def audit(program, proofs):
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "audit", *sorted({case[0] for case in CASES}), "--json", "--report", folder]
        if proofs:
            command += ["--proofs", proofs]
        result = subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True, encoding="utf-8")
    return {claim["id"]: claim["readings"] for claim in json.loads(result.stdout)["claims"]}


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments:
        MinimalityTest.audited = audit(os.path.abspath(arguments[0]), arguments[1] if len(arguments) > 1 else None)
    unittest.main(argv=sys.argv[:1])
