#!/usr/bin/env python3
"""crosshead region: sets of weights against an oracle that knows the definitions alone, bad input, families.

usage: region_test.py PROGRAM SYSTEMS_FOLDER [unittest arguments]
"""

import itertools
import json
import os
import random
from fractions import Fraction

import program_case
from region_case import RegionCase
from region_definitions import contains, diffusion, end_bounds, family, mean, minimax, node_fidelity, system


class Answers(RegionCase):
    def weights(self, *arguments, code=0):
        result = self.run_program("region", "--json", *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        return json.loads(result.stdout)

    def test_smallest_amplifying_pair(self):
        """There the sink has 1/2 - b/6, which meets the line's 3/8 at b = 3/4."""
        answer = self.weights(self.named("smallest-amplifying.json"))
        self.assertEqual(answer["schema"], "crosshead.weights/1")
        self.assertEqual(answer["heads_minimax"], ["1/3", "3/8"])
        self.assertEqual(answer["threshold"], "3/8")
        self.assertEqual(answer["holds"], [{"from": {"value": "0"}, "from_closed": False, "to": {"value": "3/4"}, "to_closed": False}])

    def test_figure_3(self):
        answer = self.weights(self.named("figure-3.json"))
        self.assertEqual(answer["holds"], [{"from": {"value": "1/4"}, "from_closed": False, "to": {"value": "1"}, "to_closed": False}])

    def test_example_3_8(self):
        """Node v: s(1) = (1-b)/2, s(2) = 3(1-b)/4, D_vv = 1 - b/2, D_tau,tau = (1+b)/2."""
        self.assertEqual(self.weights(self.named("example-3.8.json"))["holds"],
                         [{"from": {"value": "0"}, "from_closed": False, "to": {"value": "1"}, "to_closed": False}])
        first, second = diffusion(3, [(0, 1)]), diffusion(3, [(1, 2)])
        for claim, node in (("phi(mean, v) >= 1/2", 1), ("phi(mean, tau) > 2/3", 2), ("phi(mean, u) >= 1", 0)):
            bar, strict = Fraction(claim.split()[-1]), ">=" not in claim
            holds = self.weights(self.named("example-3.8.json"), "--claim", claim)["holds"]
            for k in range(33):
                low, high = node_fidelity(mean(first, second, Fraction(k, 32)), node)
                self.assertEqual(low, high)
                self.assertEqual(contains(holds, Fraction(k, 32)), low > bar if strict else low >= bar, (claim, k))

    def test_pairs_against_the_definitions(self):
        """Random pairs on four nodes: membership at rational weights, amplification and attenuation."""
        dice, heads = random.Random(8), list(family(4))
        self.assertEqual(len(heads), 21)
        seen = set()
        for _ in range(30):
            chosen = dice.sample(heads, 2)
            first, second = (diffusion(4, head) for head in chosen)
            file = self.file(system(4, *chosen))
            alone = [minimax(first)[0], minimax(second)[0]]
            for claim, bar, sign in (("amplifies", max(alone), 1), ("attenuates", min(alone), -1)):
                answer = self.weights(file, "--claim", claim)
                self.assertTrue(answer["decided"])
                for _ in range(12):
                    b = Fraction(dice.randrange(1, 96), 96)
                    low, high = minimax(mean(first, second, b))
                    expected = low > bar if sign > 0 else high < bar
                    if low != high and (low <= bar <= high):
                        continue
                    seen.add((claim, expected))
                    inside = contains(answer["holds"], b)
                    self.assertIn(inside, (expected, None), (chosen, claim, b))
        self.assertEqual(len(seen), 4)

    def test_ends_are_roots(self):
        """Minimal polynomials vanish between the ends of their decimals, and nowhere is the root rational."""
        heads = list(family(4))
        found = 0
        for a, b in itertools.combinations(range(0, 21, 2), 2):
            for item in self.weights(self.file(system(4, heads[a], heads[b])))["holds"]:
                for end in (item["from"], item["to"]):
                    if "value" in end:
                        continue
                    found += 1
                    signs = []
                    for point in end["decimal"] + end["isolating"]:
                        value = sum(int(c) * Fraction(point) ** i for i, c in enumerate(end["minimal_polynomial"]))
                        signs.append(value > 0)
                        self.assertNotEqual(value, 0)
                    self.assertNotEqual(signs[0], signs[1])
                    self.assertEqual(signs[:2], signs[2:])
        self.assertGreater(found, 3)

    def test_maximum_that_is_attained_nowhere(self):
        """An edge in head 1 alone: phi(2) = 1 - b/2, and phi(1) = 1 for b > 0 but 0 at b = 0."""
        edge = {"schema": "crosshead.system/1", "name": "x", "nodes": 2, "self_loops": True, "heads": [{"edges": [[1, 2]]}, {"edges": []}]}
        answer = self.weights(self.file(edge), "--maximum")["maximum"]
        self.assertEqual((answer["exact"], answer["value"], answer["where"], answer["approached"]), (True, {"value": "1"}, [], ["0"]))
        self.assertIn("approached as b tends to 0, attained nowhere\n", self.run_program("region", self.file(edge), "--maximum").stdout)

    def test_maximum(self):
        answer = self.weights(self.named("smallest-amplifying.json"), "--maximum")["maximum"]
        self.assertTrue(answer["exact"])
        self.assertEqual(answer["where"][0]["from"]["minimal_polynomial"], ["-18", "24", "7"])
        low, high = end_bounds(answer["value"])
        at = [Fraction(x) for x in answer["where"][0]["from"]["decimal"]]
        # 1/2 - b/6 falls: its values at the ends of the decimals enclose the maximum.
        self.assertLess(Fraction(1, 2) - at[1] / 6, high)
        self.assertGreater(Fraction(1, 2) - at[0] / 6, low)

    def test_comparison_of_nodes(self):
        first = diffusion(4, [(0, 1), (1, 2), (2, 3)])
        second = diffusion(4, [(0, 2), (1, 2), (1, 3), (2, 3)])
        for relation in (">", ">=", "<", "<="):
            holds = self.weights(self.named("figure-3.json"), "--claim", f"phi(mean,v) {relation} phi(mean,w)")["holds"]
            for k in range(41):
                matrix = mean(first, second, Fraction(k, 40))
                (left, same), (right, also) = node_fidelity(matrix, 1), node_fidelity(matrix, 2)
                self.assertEqual((left, right), (same, also))
                expected = {">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}[relation]
                self.assertEqual(contains(holds, Fraction(k, 40)), expected)

    def test_mixing(self):
        """The smallest pair that mixes faster together: after four steps the slow starts are (5 - 4a)/16 and
        (1 + 4a)/16 from the sink, so 4 steps suffice for 1/4 exactly when 1/4 <= a <= 3/4."""
        for claim in ("mixes-faster", "t_mix(mean, 1/4) <= 4", "t_mix(mean, 1/4) < 5"):
            answer = self.weights(self.named("faster-together.json"), "--claim", claim)
            self.assertEqual(answer["heads_mixing"], ["5", "5"])
            self.assertEqual(answer["holds"], [{"from": {"value": "1/4"}, "from_closed": True, "to": {"value": "3/4"}, "to_closed": True}])
        outside = self.weights(self.named("faster-together.json"), "--claim", "t_mix(mean, 1/4) >= 5")["holds"]
        self.assertEqual([(s["from"], s["from_closed"], s["to"], s["to_closed"]) for s in outside],
                         [({"value": "0"}, True, {"value": "1/4"}, False), ({"value": "3/4"}, False, {"value": "1"}, True)])

    def test_nothing_mixes_faster_than_at_once(self):
        answer = self.weights(self.named("faster-together.json"), "--claim", "mixes-faster", "--epsilon", "1")
        self.assertEqual((answer["heads_mixing"], answer["decided"], answer["holds"]), (["0", "0"], True, []))

    def test_plot_data(self):
        plot = self.weights(self.named("smallest-amplifying.json"), "--plot-data", "--samples", "9")["plot"]
        self.assertEqual(plot["b"], [str(Fraction(k, 8)) for k in range(9)])
        first = diffusion(4, [(0, 3), (1, 2), (2, 3)])
        second = diffusion(4, [(0, 1), (1, 2), (2, 3)])
        seen = []
        for curve in plot["curves"]:
            node = int(curve["node"]) - 1 if curve["node"].isdigit() else None
            for k in curve["samples"]:
                seen.append(k)
                b = Fraction(k, 8)
                low, high = minimax(mean(first, second, b))
                self.assertEqual((Fraction(plot["minimax"][k]), low), (high, high))
                self.assertAlmostEqual(plot["minimax_rounded"][k], float(low), 15)
                value = sum(int(c) * b**i for i, c in enumerate(curve["polynomial"])) / Fraction(curve["denominator"])
                self.assertEqual(value, low)
                if node is not None:
                    self.assertEqual(node_fidelity(mean(first, second, b), node), (low, low))
        self.assertEqual(sorted(seen), list(range(9)))

    def test_best_of_three_heads(self):
        heads = [[(0, 1), (1, 2), (2, 3)], [(0, 3), (1, 2), (2, 3)], [(0, 2), (1, 3), (2, 3)]]
        result = self.run_program("region", "--best", "--json", "--tolerance", "1/200", self.file(system(4, *heads)))
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        answer = json.loads(result.stdout)
        weights = [Fraction(w) for w in answer["weights"]]
        self.assertEqual(sum(weights), 1)
        parts = [diffusion(4, head) for head in heads]
        combined = [[sum(w * part[i][j] for w, part in zip(weights, parts)) for j in range(4)] for i in range(4)]
        self.assertEqual(minimax(combined), (Fraction(answer["lower"]),) * 2)
        self.assertLessEqual(Fraction(answer["upper"]) - Fraction(answer["lower"]), Fraction(1, 200))
        for i, k in itertools.product(range(7), repeat=2):
            if i + k <= 6:
                grid = [Fraction(i, 6), Fraction(k, 6), Fraction(6 - i - k, 6)]
                at = [[sum(w * part[p][q] for w, part in zip(grid, parts)) for q in range(4)] for p in range(4)]
                self.assertLessEqual(minimax(at)[0], Fraction(answer["upper"]))
        hasty = self.run_program("region", "--best", "--budget", "10", self.file(system(4, *heads)))
        self.assertEqual(hasty.returncode, 4)
        self.assertIn("budget", hasty.stdout)

    def test_text(self):
        result = self.run_program("region", self.named("smallest-amplifying.json"))
        self.assertEqual(result.returncode, 0)
        self.assertIn("holds for 0 < b < 3/4\n", result.stdout)
        self.assertIn("minimax fidelity of the heads alone: 1/3, 3/8\n", result.stdout)


class BadInput(RegionCase):
    def test_a_page_about_a_system_from_a_pipe(self):
        if not os.path.exists("/dev/stdin"):
            self.skipTest("no /dev/stdin")
        page = os.path.join(self.folder.name, "page.html")
        said = self.run_program("region", "/dev/stdin", "--report", page,
                                input=json.dumps(system(3, [(0, 1), (1, 2)], [(0, 2), (1, 2)])))
        self.assertEqual((said.returncode, said.stderr), (0, ""))
        self.assertTrue(os.path.exists(page))

    def test_refusals(self):
        pair = self.file(system(3, [(0, 1), (1, 2)], [(0, 2), (1, 2)]))
        self.refused(2, "region", says=["FILE", "--family"])
        self.refused(2, "region", pair, "--weights", "1/2,1/2", says=["--weights", "all b"])
        for claim in ("amplify", "phi(mean, 9) > 1/2", "phi_min(mean) > x", "phi_min(mean) = 1/2", "phi_min(mean) > phi(mean, 1)",
                      "phi(mean, 1) > phi(mean, 1)", "phi_min(head 1) > 1/2", "phi(mean, 1) >", "phi_min(mean) > 1/0"):
            self.refused(2, "region", pair, "--claim", claim, says=["--claim", "expected"])
        self.refused(2, "region", pair, "--claim", "t_mix(mean, 0) < 3", says="positive")
        self.refused(2, "region", pair, "--claim", "t_mix(mean, 1/4) < 0", says="never negative")
        self.refused(2, "region", pair, "--claim", "mixes-faster", "--epsilon", "-1", says="--epsilon")
        self.refused(2, "region", pair, "--best", "--tolerance", "0", says="--tolerance")
        self.refused(2, "region", pair, "--heads", "1,1", says="--heads")
        self.refused(2, "region", pair, "--heads", "1,3", says="from 1 to 2")
        self.refused(3, "region", self.file(system(3, [(0, 1), (1, 2)])), says=["heads", "at least two"])
        three = self.file(system(3, [(0, 1), (1, 2)], [(0, 2), (1, 2)], [(0, 1), (1, 2)]))
        self.refused(2, "region", three, says=["3 heads", "--heads"])
        undefined = {"schema": "crosshead.system/1", "name": "x", "nodes": 2, "heads": [{"edges": [[1, 2]]}, {"edges": [[1, 2]]}]}
        self.refused(3, "region", self.file(undefined), says="heads[0]")
        self.refused(2, "region", pair, "--family", "unique_sink", says="--family")
        self.refused(3, "region", self.file("{"))

    def test_cycles_are_undefined(self):
        cyclic = {"schema": "crosshead.system/1", "name": "x", "nodes": 4, "self_loops": True,
                  "heads": [{"edges": [[1, 2], [2, 3], [3, 4]]}, {"edges": [[3, 2]]}]}
        result = self.run_program("region", "--json", self.file(cyclic))
        self.assertEqual(result.returncode, 4)
        answer = json.loads(result.stdout)
        self.assertEqual((answer["defined"], answer["decided"], answer["holds"]), (False, False, []))
        self.assertIn("cycle", answer["reason"])
        path = os.path.join(self.folder.name, "none.json")
        self.refused(2, "region", self.file(cyclic), "--certificate", path, says="not decided")
        self.assertFalse(os.path.exists(path))

    def test_example_3_13(self):
        """Limits b and 1 - b of u and v; b <-> 1 - b and u <-> v leave the system as it is. At 1/2 both tend to 1/2 and the
        sink has 1/2 at the first step for every b: no weights do better."""
        example = self.named("example-3.13.json")
        answer = json.loads(self.run_program("region", "--json", "--maximum", example).stdout)
        half = {"value": "1/2"}
        maximum = answer["maximum"]
        self.assertEqual((maximum["exact"], maximum["value"], maximum["approached"]), (True, half, []))
        self.assertEqual(maximum["where"], [{"from": half, "from_closed": True, "to": half, "to_closed": True}])
        self.assertEqual(answer["heads_minimax"], ["3/8", "3/8"])
        self.assertEqual(answer["holds"], [{"from": {"value": "1/3"}, "from_closed": False, "to": {"value": "2/3"}, "to_closed": False}])

    def test_identical_heads(self):
        file = self.file(system(3, [(0, 1), (1, 2)], [(0, 1), (1, 2)]))
        answer = json.loads(self.run_program("region", "--json", file).stdout)
        self.assertEqual(answer["holds"], [])
        self.assertIn("same matrix", answer["remarks"][0])
        answer = json.loads(self.run_program("region", "--json", file, "--claim", "phi_min(mean) >= 1/4").stdout)
        self.assertEqual([(s["from"], s["to"]) for s in answer["holds"]], [({"value": "0"}, {"value": "1"})])


class Families(program_case.ProgramCase):
    def family(self, *arguments, code=0):
        result = self.run_program("region", "--json", "--family", *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        return json.loads(result.stdout)

    def test_counts(self):
        for nodes in (2, 3):
            answer = self.family("unique_sink", "--nodes", str(nodes))
            self.assertEqual((answer["somewhere"], answer["undecided"], answer["complete"]), (0, 0, True))
        four = self.family("unique_sink", "--nodes", "4")
        self.assertEqual((four["pairs"], four["at_half"], four["undecided"]), (210, 28, 0))
        self.assertEqual(four["somewhere"], 46)
        self.assertEqual(self.family("unique_sink", "--claim", "attenuates")["at_half"], 25)

    def test_journal_goes_on_where_it_stopped(self):
        path = os.path.join(self.folder.name, "journal")
        whole = self.family("unique_sink", "--journal", path)
        with open(path, encoding="utf-8") as stream:
            lines = stream.read().splitlines(keepends=True)
        self.assertEqual(len(lines), 211)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write("".join(lines[:100]) + lines[100][:7])
        again = self.family("unique_sink", "--journal", path)
        for answer in (whole, again):
            del answer["seconds"]
        self.assertEqual(again, whole)
        with open(path, encoding="utf-8") as stream:
            self.assertEqual(stream.read(), "".join(lines))
        self.refused(3, "region", "--family", "unique_sink", "--nodes", "3", "--journal", path, says=["line 1", "another question"])
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(lines[0] + "no line\n")
        self.refused(3, "region", "--family", "unique_sink", "--journal", path, says="line 2")


if __name__ == "__main__":
    program_case.main()
