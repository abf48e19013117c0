#!/usr/bin/env python3
"""What crosshead region certifies, put to a replayer that knows the format's page alone; damaged, it is rejected.

region_certificate_test.py has the same replayer accept all pairs on four nodes and every argument towards an end.

usage: region_replay_test.py PROGRAM SYSTEMS_FOLDER [unittest arguments]
"""

import copy
import functools
import itertools
import json
import os
import random
import re
from fractions import Fraction

import program_case
import region_replay
from region_case import RegionCase, leaf_paths, with_changed_leaf
from region_definitions import PAIRS_TO_THE_BAR, family, mean, minimax, ranked_family, system


class Certificates(RegionCase):
    def test_a_threshold_on_four_nodes_replays(self):
        heads = list(family(4))
        for a, b in itertools.combinations(range(21), 2):
            if (a + b) % 3 == 2:
                region_replay.replay(self.certificate(self.file(system(4, heads[a], heads[b])), "--claim", "phi_min(mean) >= 1/3"))

    def test_comparisons_of_nodes_replay(self):
        figure = self.named("figure-3.json")
        for left, right in (("v", "w"), ("w", "v"), ("v", "tau"), ("u", "v")):
            for relation in (">", ">=", "<", "<="):
                certificate = self.certificate(figure, "--claim", f"phi(mean, {left}) {relation} phi(mean, {right})")
                region_replay.replay(certificate)
        self.rejected(certificate, lambda c: c["claim"].update(relation=">"))
        self.rejected(certificate, lambda c: c["claim"].update(node=c["claim"]["other"]))
        self.rejected(certificate, lambda c: c["pieces"][0]["proof"].update(holds=not c["pieces"][0]["proof"]["holds"]))

    def test_a_damaged_argument_for_slow_nodes_is_rejected(self):
        heads = ranked_family(5)
        self.assertEqual(len(heads), 315)
        a, b = PAIRS_TO_THE_BAR[-1]
        certificate = self.certificate(self.file(system(5, heads[a], heads[b])))
        region_replay.replay(certificate)
        below = ["pieces", -2, "proof", "below"]
        for key, value in (("slow", []), ("slow", [3]), ("slow", [2]), ("slow", [4, 4]), ("rate", "-1/3"), ("rate", "1"),
                           ("rate", "1/2"), ("horizon", 0), ("node", 3)):
            self.rejected(certificate, lambda c: functools.reduce(lambda v, k: v[k], below, c).update({key: value}))

    def rejected(self, certificate, change):
        damaged = copy.deepcopy(certificate)
        change(damaged)
        self.assertNotEqual(damaged, certificate)
        with self.assertRaises(region_replay.Rejected):
            region_replay.replay(damaged)

    def true_at_some_weights(self, certificate):
        """The statement of an accepted certificate about all nodes, at weights between 0 and 1."""
        first, second = ([[Fraction(x) for x in row] for row in head] for head in certificate["diffusion"])
        if certificate["convention"] != {"first_step": 1, "sink_counts": True}:
            return
        bar = max(minimax(first)[0], minimax(second)[0])
        for k in range(1, 8):
            b = Fraction(k, 8) + Fraction(1, 1000)
            inside = False
            for item in certificate["holds"]:
                ends = [item[side] if isinstance(item[side], str) else item[side]["from"] for side in ("from", "to")]
                wide = [item[side] if isinstance(item[side], str) else item[side]["to"] for side in ("from", "to")]
                inside = inside or Fraction(wide[0]) < b < Fraction(ends[1])
                if Fraction(ends[0]) < b < Fraction(wide[0]) or Fraction(ends[1]) < b < Fraction(wide[1]):
                    inside = None
                    break
            low, high = minimax(mean(first, second, b))
            if inside is not None and (low > bar or high <= bar):
                self.assertEqual(inside, low > bar, (certificate["diffusion"], b))

    def test_every_leaf_counts(self):
        """Numbers, keys and pieces changed one at a time: what is still accepted states the same and proves it."""
        heads = list(family(4))
        dice, kept, refused = random.Random(2), 0, 0
        for a, b in ((0, 8), (2, 3), (5, 18), (2, 20)):
            certificate = self.certificate(self.file(system(4, heads[a], heads[b])))
            region_replay.replay(certificate)
            for path in leaf_paths(certificate):
                damaged = with_changed_leaf(certificate, path, dice)
                try:
                    region_replay.replay(damaged)
                    kept += 1
                    # Another proof of the same set may do; another statement must be as true.
                    self.assertIn(path[0], ("pieces", "heads", "diffusion", "convention"), path)
                    self.true_at_some_weights(damaged)
                except region_replay.Rejected:
                    refused += 1
        self.assertGreater(refused, 4 * kept)

    def test_damage(self):
        heads = list(family(4))
        pairs = itertools.combinations(range(21), 2)
        good = next(c for c in (self.certificate(self.file(system(4, heads[a], heads[b]))) for a, b in pairs)
                    if any("root" in piece for piece in c["pieces"]) and len(set(h["minimax"] for h in c["heads"])) == 2)
        region_replay.replay(good)
        self.rejected(good, lambda c: c["pieces"].clear())
        self.rejected(good, lambda c: c["holds"].clear())
        self.rejected(good, lambda c: c["holds"][0].update(from_closed=True))
        self.rejected(good, lambda c: c["pieces"].pop())
        self.rejected(good, lambda c: c["pieces"].pop(1))
        self.rejected(good, lambda c: c["pieces"].__delitem__(slice(1, 3)))
        self.rejected(good, lambda c: c.update(claim={"kind": "attenuates"}))
        self.rejected(good, lambda c: c["heads"].reverse())
        self.rejected(good, lambda c: c["heads"][0].update(minimax="1/5"))
        self.rejected(good, lambda c: c["diffusion"].reverse())
        self.rejected(good, lambda c: c["order"].reverse())
        self.rejected(good, lambda c: c["convention"].update(sink_counts=False))
        self.rejected(good, lambda c: c.update(extra=1))
        self.rejected(good, lambda c: c.update(format="crosshead.region/2"))
        root = next(i for i, piece in enumerate(good["pieces"]) if "root" in piece)
        self.rejected(good, lambda c: c["pieces"][root].update(root=["-1", "2"]))
        self.rejected(good, lambda c: c["pieces"][root].update(left=c["pieces"][root]["right"]))
        self.rejected(good, lambda c: c["pieces"][root].pop("middle"))
        side = next(name for name in ("left", "right") if "above" in good["pieces"][root][name])
        self.rejected(good, lambda c: c["pieces"][root][side]["above"].pop())
        self.rejected(good, lambda c: c["pieces"][root][side]["above"].reverse())

    def test_the_page_has_true_examples(self):
        page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "certificate", "REGION.md")
        with open(page, encoding="utf-8") as stream:
            examples = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", stream.read(), re.S)]
        self.assertEqual(len(examples), 2)
        for example in examples:
            region_replay.replay(example)
            self.rejected(example, lambda c: c["holds"][0].update(from_closed=not c["holds"][0]["from_closed"]))


if __name__ == "__main__":
    program_case.main()
