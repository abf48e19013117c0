#!/usr/bin/env python3
"""What crosshead region certifies, replayed by crosshead-check and by the page's replayer in Python, which must agree, and
held against the definitions at rational weights.

usage: region_certificate_test.py PROGRAM SYSTEMS_FOLDER; the environment's CROSSHEAD_CHECK names the checker
"""

import copy
import itertools
import json
import os
import random
import subprocess
import sys
from fractions import Fraction

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "checker"))

import program_case  # noqa: E402
import region_corpus  # noqa: E402
import region_replay  # noqa: E402
import region_truth  # noqa: E402
from region_case import RegionCase, leaf_paths, with_changed_leaf  # noqa: E402
from region_definitions import PAIRS_TO_THE_BAR, PAIRS_TOWARDS_AN_END, family, ranked_family, system  # noqa: E402


class CheckedCase(RegionCase):
    def checked(self, documents):
        """The lines of the checker, one for each document."""
        checker = os.environ.get("CROSSHEAD_CHECK") or os.path.join(os.path.dirname(self.program), "crosshead-check")
        files = [self.file(document, "%d.json" % k) for k, document in enumerate(documents)]
        result = subprocess.run([checker, *files], capture_output=True, text=True, check=False, timeout=600)
        self.assertEqual(result.stderr, "")
        lines = result.stdout.splitlines()
        self.assertEqual(len(lines), len(files))
        return [line if len(files) == 1 else line.split(": ", 1)[1] for line in lines]

    def both_accept(self, documents):
        for document, line in zip(documents, self.checked(documents)):
            region_replay.replay(document)
            self.assertEqual(line, region_corpus.line(document))

    def both_reject(self, document, change, reason):
        damaged = copy.deepcopy(document)
        change(damaged)
        self.assertNotEqual(damaged, document)
        with self.assertRaises(region_replay.Rejected):
            region_replay.replay(damaged)
        self.assertRegex(self.checked([damaged])[0], "rejected: .*" + reason)


class Fidelities(CheckedCase):
    def test_all_pairs_on_four_nodes(self):
        heads, documents = list(family(4)), []
        self.assertEqual(len(heads), 21)
        for a, b in itertools.combinations(range(21), 2):
            file = self.file(system(4, heads[a], heads[b]))
            for claim in ("amplifies", "attenuates"):
                documents.append(self.certificate(file, "--claim", claim))
        self.assertEqual(sum(bool(d["holds"]) for d in documents[::2]), 46)
        self.both_accept(documents)

    def test_thresholds_and_nodes(self):
        heads, dice, documents = list(family(4)), random.Random(5), []
        for _ in range(25):
            file = self.file(system(4, *dice.sample(heads, 2)))
            relation, bar = dice.choice((">", ">=", "<", "<=")), dice.choice(("1/4", "1/3", "3/8", "1/2"))
            j, k = dice.sample(range(1, 5), 2)
            for claim in ("phi_min(mean) %s %s" % (relation, bar), "phi(mean, %d) %s %s" % (j, relation, bar),
                          "phi(mean, %d) %s phi(mean, %d)" % (j, relation, k)):
                documents.append(self.certificate(file, "--claim", claim, "--first-step", dice.choice("01"),
                                                  "--sink-counts", dice.choice(("yes", "no"))))
        self.both_accept(documents)
        for document in documents:
            self.assertEqual(region_truth.contradiction(document, 8)[0], None, document["claim"])

    def test_five_nodes_and_every_argument(self):
        """Towards an end: gates, means, square roots and levels."""
        documents = []
        for first, second, argument in PAIRS_TOWARDS_AN_END:
            pair = [[(j - 1, k - 1) for j, k in head] for head in (first, second)]
            documents.append(self.certificate(self.file(system(5, *pair))))
            self.assertIn(argument, json.dumps(documents[-1]))
        heads = ranked_family(5)
        for a, b in PAIRS_TO_THE_BAR:
            documents.append(self.certificate(self.file(system(5, heads[a], heads[b]))))
            last = documents[-1]["pieces"][-2]
            self.assertEqual((last["to"], last["proof"]["below"]["slow"]), ("1", [4]))
        dice = random.Random(6)
        for claim in ("amplifies", "attenuates", "phi_min(mean) >= 1/3", "mixes-faster") * 3:
            documents.append(self.certificate(self.file(system(5, *dice.sample(heads, 2))), "--claim", claim))
        self.both_accept(documents)

    def test_damaged_numbers_get_the_same_answer(self):
        """Both programs judge every changed leaf alike."""
        heads, dice = list(family(4)), random.Random(3)
        for a, b in ((0, 8), (2, 20)):
            good = self.certificate(self.file(system(4, heads[a], heads[b])))
            leaves = leaf_paths(good)
            damaged = [with_changed_leaf(good, path, dice) for path in dice.sample(leaves, min(len(leaves), 120))]
            for document, line in zip(damaged, self.checked(damaged)):
                try:
                    region_replay.replay(document)
                    self.assertEqual(line, region_corpus.line(document))
                except region_replay.Rejected as reason:
                    self.assertTrue(line.startswith("rejected: "), (line, reason))


class Mixing(CheckedCase):
    def test_pairs_on_four_nodes(self):
        heads, documents, faster = list(family(4)), [], 0
        for a, b in itertools.combinations(range(0, 21, 2), 2):
            file = self.file(system(4, heads[a], heads[b]))
            documents.append(self.certificate(file, "--claim", "mixes-faster"))
            faster += bool(documents[-1]["holds"])
            documents.append(self.certificate(file, "--claim", "t_mix(mean, 1/5) %s %d" % (("<=", ">", "<", ">=")[(a + b) % 4], 4)))
        self.assertGreater(faster, 0)
        self.both_accept(documents)
        for document in documents:
            self.assertEqual(region_truth.contradiction(document, 10)[0], None, document["claim"])

    def test_faster_together(self):
        """As worked out in region_test: four steps suffice for 1/4 from 1/4 to 3/4."""
        good = self.certificate(self.named("faster-together.json"), "--claim", "mixes-faster")
        self.assertEqual(good["holds"], [{"from": "1/4", "from_closed": True, "to": "3/4", "to_closed": True}])
        self.both_accept([good])
        self.both_reject(good, lambda c: c["heads"][0].update(t_mix=4), "has not mixed by then")
        self.both_reject(good, lambda c: c["walk"].reverse() or c["walk"][0][0].__setitem__(0, "0"), "not absorbed")

    def test_nothing_is_faster_than_no_step(self):
        path = os.path.join(self.folder.name, "none.json")
        self.refused(2, "region", self.named("faster-together.json"), "--claim", "mixes-faster", "--epsilon", "1", "--certificate", path,
                     says="mixes in no step")
        self.assertFalse(os.path.exists(path))


class Pairs(CheckedCase):
    def test_example_3_13(self):
        documents = [self.certificate(self.named("example-3.13.json"))]
        self.assertEqual(documents[0]["order"], [[1, 2], 3, 4])
        self.assertEqual(documents[0]["holds"], [{"from": "1/3", "from_closed": False, "to": "2/3", "to_closed": False}])
        for claim in ("attenuates", "phi(mean, u) >= 1/3", "phi(mean, w) >= 3/8", "phi_min(mean) > 2/5", "phi_min(mean) >= 7/16",
                      "phi_min(mean) < 1/4"):
            documents.append(self.certificate(self.named("example-3.13.json"), "--claim", claim))
        self.both_accept(documents)
        for document in documents:
            self.assertEqual(region_truth.contradiction(document)[0], None, document["claim"])
        self.both_reject(documents[0], lambda c: c["order"].reverse(), "pairs of nodes stand first")
        self.both_reject(documents[0], lambda c: c.update(order=[1, 2, 3, 4]), "against the order")


class Best(CheckedCase):
    def test_three_heads(self):
        heads = [[(0, 1), (1, 2), (2, 3)], [(0, 3), (1, 2), (2, 3)], [(0, 2), (1, 3), (2, 3)]]
        file = self.file(system(4, *heads))
        documents = [self.certificate(file, "--best", "--tolerance", "1/100"),
                     self.certificate(file, "--best", "--tolerance", "1/50", "--first-step", "0", "--sink-counts", "no")]
        answer = json.loads(self.run_program("region", "--best", "--json", "--tolerance", "1/100", file).stdout)
        self.assertEqual([documents[0][key] for key in ("weights", "lower", "upper")], [answer[key] for key in ("weights", "lower", "upper")])
        self.both_accept(documents)
        good = documents[0]
        self.both_reject(good, lambda c: c.update(upper=good["lower"]), "exceed")
        self.both_reject(good, lambda c: c.update(lower=good["upper"]), "too low")
        self.both_reject(good, lambda c: c["weights"].__setitem__(0, "2"), "sum to 1")
        self.both_reject(good, lambda c: c["diffusion"][0][3].__setitem__(3, "1"), "sum to 1")
        self.both_reject(good, lambda c: c["diffusion"].pop(), "")
        self.both_reject(good, lambda c: c["order"].reverse(), "against the order")
        self.both_reject(good, lambda c: c["parts"].update(split=[2, 2]), "two vertices")
        self.both_reject(good, lambda c: c["parts"].update(split=[1, 4]), "two vertices")
        self.both_reject(good, lambda c: c["parts"]["parts"].pop(), "two parts")
        self.both_reject(good, lambda c: c.update(parts={"node": 1, "horizon": 1}), "exceed")
        leaf = good["parts"]
        while "parts" in leaf:
            leaf = leaf["parts"][0]
        self.assertIn(leaf["node"], range(1, 5))

    def test_two_heads_agree_with_the_exact_maximum(self):
        """The maximum of a pair lies between the two bounds: 0.3921... of the smallest amplifying one."""
        document = self.certificate(self.named("smallest-amplifying.json"), "--best", "--tolerance", "1/200")
        maximum = json.loads(self.run_program("region", "--json", "--maximum", self.named("smallest-amplifying.json")).stdout)["maximum"]
        low, high = (Fraction(x) for x in maximum["value"]["decimal"])
        self.assertLessEqual(Fraction(document["lower"]), high)
        self.assertGreaterEqual(Fraction(document["upper"]), low)
        self.both_accept([document])


if __name__ == "__main__":
    program_case.main()
