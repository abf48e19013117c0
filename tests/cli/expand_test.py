"""`crosshead expand`: words, polynomial, shares, paths, series, --top and bad input.

usage: expand_test.py PROGRAM SYSTEMS_FOLDER

Values of the examples are derived by hand where they stand; random systems are expanded here word by word with
Python's fractions.
"""

import itertools
import json
import os
import random
import signal
import struct
import subprocess
import time
from fractions import Fraction

from program_case import ProgramCase, main
from random_systems import document, random_system


def diffusion(system, edges):
    """Def. 3.1, or None where some node has in-degree 0."""
    n = system["n"]
    edges = set(edges) | ({(k, k) for k in range(n)} if system["self_loops"] else set())
    rows = []
    for i in range(n):
        sources = [j for j in range(n) if (j, i) in edges]
        if not sources:
            return None
        rows.append([Fraction((j in sources) and 1, len(sources)) for j in range(n)])
    return rows


def row_of(word, matrices, sink):
    n = len(matrices[0])
    row = [Fraction(k == sink) for k in range(n)]
    for letter in word:
        row = [sum(row[k] * matrices[letter][k][j] for k in range(n)) for j in range(n)]
    return row


def npy(shape, values):
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({', '.join(map(str, shape))},), }}"
    header += " " * (64 - (11 + len(header)) % 64) + "\n"
    return (b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
            + struct.pack(f"<{len(values)}f", *values))


def attention(heads, n, seed=1):
    """Random causal attention, rows normalised before they are rounded to float32."""
    rng = random.Random(seed)
    values = []
    for _ in range(heads):
        for i in range(n):
            row = [rng.random() ** 3 + 0.001 for _ in range(i + 1)]
            values += [x / sum(row) for x in row] + [0.0] * (n - 1 - i)
    return npy([heads, n, n], values)


class Expand(ProgramCase):
    def expand(self, *arguments, code=0):
        result = self.run_program("expand", "--json", *arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        return json.loads(result.stdout)

    def system(self, name):
        return os.path.join(self.systems, name + ".json")

    def test_example_3_8(self):
        # (D2 D1)_{tau u} = 1/2 * 1/2 and no other word of two letters: beta_1 beta_2 / 4, all across heads.
        found = self.expand(self.system("example-3.8"), "--steps", "2", "--from", "u", "--weights", "1/3,2/3")
        self.assertEqual(found["schema"], "crosshead.expansion/1")
        self.assertEqual((found["steps"], found["from"], found["total"]), (2, "u", "1/18"))
        self.assertEqual(found["polynomial"], [{"exponents": [1, 1], "coefficient": "1/4"}])
        self.assertEqual(found["words"], [{"word": [2, 1], "value": "1/4", "weighted": "1/18", "share": "1",
                                           "share_double": 1.0}])
        self.assertEqual((found["pure_share"], found["cross_share"]), ("0", "1"))
        self.assertEqual((found["words_nonzero"], found["words_of_this_length"]), ("1", "4"))

    def test_example_3_8_of_every_node_adds_up(self):
        # Rows of the mean sum to 1, and so do its signals.
        found = self.expand(self.system("example-3.8"), "--steps", "5")
        self.assertEqual([node["from"] for node in found["expansions"]], ["u", "v", "tau"])
        self.assertEqual(sum(Fraction(node["total"]) for node in found["expansions"]), 1)

    def test_example_3_13(self):
        # tests/heads/words_test.cpp derives the eight words: 1/8, 1/4, 1/4, 3/8 after either first letter.
        found = self.expand(self.system("example-3.13"), "--steps", "3", "--from", "u", "--paths", "2")
        self.assertEqual((found["total"], found["pure_share"]), ("1/4", "1/4"))
        self.assertEqual([(word["word"], word["value"]) for word in found["words"]],
                         [([1, 2, 2], "3/8"), ([2, 2, 2], "3/8"), ([1, 1, 2], "1/4"), ([1, 2, 1], "1/4"),
                          ([2, 1, 2], "1/4"), ([2, 2, 1], "1/4"), ([1, 1, 1], "1/8"), ([2, 1, 1], "1/8")])
        whole = found["words"][1]
        self.assertEqual(whole["path_count"], "3")
        self.assertEqual(whole["paths"], [{"nodes": ["tau", "w", "u", "u"], "value": "1/8"},
                                          {"nodes": ["tau", "w", "w", "u"], "value": "1/8"}])

    def test_symbolic_weights(self):
        # 3/4 b1 b2 + 3/4 b2^2 is 3/4 b2 on the simplex, 3/4 - 3/4 b1.
        found = self.expand(self.system("example-3.8"), "--steps", "2", "--from", "v", "--symbolic", "--eliminate")
        self.assertEqual(found["polynomial"], [{"exponents": [1, 1], "coefficient": "3/4"},
                                               {"exponents": [0, 2], "coefficient": "3/4"}])
        self.assertEqual(found["polynomial_on_simplex"], [{"exponents": [1], "coefficient": "-3/4"},
                                                          {"exponents": [0], "coefficient": "3/4"}])
        self.assertEqual((found["weights"], found["total"], found["cross_share"]), (None, None, None))
        self.assertEqual([(word["word"], word["value"]) for word in found["words"]],
                         [([2, 2], "3/4"), ([1, 2], "1/2"), ([2, 1], "1/4")])

    def test_random_systems_against_words_one_by_one(self):
        rng = random.Random(2507)
        compared = 0
        while compared < 60:
            system = random_system(rng)
            matrices = [diffusion(system, edges) for edges in system["heads"]]
            if system["n"] > 5 or None in matrices:
                continue
            compared += 1
            steps = rng.randrange(4)
            found = self.expand(self.file(document(system)), "--steps", str(steps))
            words = list(itertools.product(range(len(matrices)), repeat=steps))
            rows = [row_of(word, matrices, system["sink"]) for word in words]
            for j, node in enumerate(found["expansions"]):
                listed, polynomial, pure = {}, {}, Fraction(0)
                for word, row in zip(words, rows):
                    if row[j] == 0:
                        continue
                    weight = Fraction(1)
                    for letter in word:
                        weight *= system["weights"][letter]
                    powers = tuple(word.count(h) for h in range(len(matrices)))
                    polynomial[powers] = polynomial.get(powers, 0) + row[j]
                    if weight:
                        listed[tuple(h + 1 for h in word)] = (row[j], weight * row[j])
                    if len(set(word)) <= 1:
                        pure += weight * row[j]
                total = sum(weighted for _, weighted in listed.values())
                self.assertEqual({tuple(w["word"]): (Fraction(w["value"]), Fraction(w["weighted"]))
                                  for w in node["words"]}, listed)
                weighted = [Fraction(w["weighted"]) for w in node["words"]]
                self.assertEqual(weighted, sorted(weighted, reverse=True))
                self.assertEqual({tuple(term["exponents"]): Fraction(term["coefficient"])
                                  for term in node["polynomial"]}, polynomial)
                self.assertEqual(Fraction(node["total"]), total)
                if total == 0:
                    self.assertEqual((node["pure_share"], node["cross_share"]), (None, None))
                else:
                    self.assertEqual(Fraction(node["pure_share"]), pure / total)
                    self.assertEqual(Fraction(node["cross_share"]), 1 - pure / total)
                    self.assertEqual(sum(Fraction(w["share"]) for w in node["words"]), 1)

    def test_top_is_the_head_of_the_list(self):
        path = self.file(attention(3, 6), "a.npy")
        whole = self.expand(path, "--steps", "7", "--from", "3")
        top = self.expand(path, "--steps", "7", "--from", "3", "--top", "12")
        self.assertEqual(top["words"], whole["words"][:12])
        self.assertTrue(top["proven"])
        self.assertEqual(top["unlisted_at_most"], top["words"][-1]["weighted"])
        self.assertEqual(Fraction(top["covered"]), sum(Fraction(w["weighted"]) for w in top["words"]))
        self.assertEqual(Fraction(top["covered_share"]), Fraction(top["covered"]) / Fraction(whole["total"]))
        for key in ("total", "polynomial", "pure_share", "cross_share"):
            self.assertEqual(top[key], whole[key])
        # More than there are: all of them, and nothing is missed.
        every = self.expand(path, "--steps", "3", "--from", "3", "--top", "10000")
        self.assertEqual((every["proven"], every["unlisted_at_most"], every["covered_share"]), (True, "0", "1"))

    def test_top_where_no_list_can_be_made(self):
        # 16 heads, 100 steps: 16^100 words. From the node before the sink every value is a sum over one jump.
        path = self.file(attention(16, 100), "large.npy")
        found = self.expand(path, "--steps", "100", "--from", "99", "--top", "3", "--paths", "1")
        self.assertTrue(found["proven"])
        self.assertEqual(len(found["words"]), 3)
        self.assertEqual(found["words_of_this_length"], str(16 ** 100))
        self.assertIsNone(found["polynomial"])
        self.assertEqual(found["polynomial_terms"], "2396826047070372396")  # C(115, 15)
        share = sum(Fraction(word["share"]) for word in found["words"])
        self.assertEqual(Fraction(found["covered_share"]), share)
        self.assertEqual(found["words"][0]["path_count"], "100")

    def test_top_without_proof_says_what_may_be_missed(self):
        path = self.file(attention(16, 40, seed=3), "hard.npy")
        arguments = [path, "--steps", "40", "--from", "20", "--top", "2", "--effort", "0.001"]
        found = self.expand(*arguments, code=4)
        self.assertFalse(found["proven"])
        last = Fraction(found["words"][-1]["weighted"])
        self.assertGreater(Fraction(found["unlisted_at_most"]), last)
        text = self.run_program("expand", *arguments)
        self.assertEqual(text.returncode, 4)
        self.assertIn("not proven", text.stdout)

    def test_identical_heads(self):
        # Three heads alike, weights 1/6, 1/3, 1/2: words differ by their letters' weights alone. The largest is all 3;
        # then one letter 2 in any of 30 places costs a factor 2/3.
        found = self.expand(self.system("identical-heads"), "--steps", "30", "--from", "a", "--top", "4")
        weighted = [Fraction(word["weighted"]) for word in found["words"]]
        self.assertTrue(found["proven"])
        self.assertEqual(found["words"][0]["word"], [3] * 30)
        self.assertEqual(weighted[1:], [weighted[0] * Fraction(2, 3)] * 3)
        # Equal weights: all 3^30 words tie, and that is no obstacle.
        tied = self.expand(self.system("identical-heads"), "--steps", "30", "--from", "a", "--top", "4", "--weights",
                           "1/3,1/3,1/3")
        self.assertTrue(tied["proven"])
        self.assertEqual({Fraction(word["weighted"]) for word in tied["words"]}, {Fraction(tied["total"]) / 3 ** 30})

    def test_series(self):
        # Signals of u for t = 0, 1, 2: 0, 0, and beta_1 beta_2 / 4 = 1/16 across heads; each head alone never hears u.
        found = self.expand(self.system("example-3.8"), "--steps", "2", "--from", "u", "--series")
        self.assertEqual(found["schema"], "crosshead.series/1")
        self.assertEqual(found["curves"],
                         [{"of": "mean", "node": "u", "exact": ["0", "0", "1/16"], "double": [0.0, 0.0, 0.0625]},
                          {"of": 1, "node": "u", "exact": ["0", "0", "0"], "double": [0.0, 0.0, 0.0]},
                          {"of": 2, "node": "u", "exact": ["0", "0", "0"], "double": [0.0, 0.0, 0.0]}])
        whole = self.expand(self.system("example-3.13"), "--steps", "6", "--series")
        self.assertEqual(len(whole["curves"]), 12)
        for curve in whole["curves"]:
            for exact, double in zip(curve["exact"], curve["double"]):
                value = Fraction(exact)
                self.assertEqual(double, value.numerator / value.denominator)  # Python rounds correctly too

    def test_text_fits_the_terminal(self):
        for arguments in (["--steps", "3", "--paths", "3"], ["--steps", "2", "--symbolic", "--eliminate"]):
            result = self.run_program("expand", self.system("example-3.13"), *arguments)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertLessEqual(max(map(len, result.stdout.splitlines())), 80)
            self.assertIn("polynomial", result.stdout)

    def test_lists_that_are_too_long(self):
        # All but 1^a 2^b carry u: 2^40 - 41 words. The totals are printed all the same.
        result = self.run_program("expand", "--json", self.system("example-3.8"), "--steps", "40", "--from", "u")
        self.assertEqual(result.returncode, 2)
        self.assertIn(f"{2 ** 40 - 41} words ({2 ** 40} of length 40 from 2 heads)", result.stderr)
        self.assertIn("--top", result.stderr)
        found = json.loads(result.stdout)
        self.assertIsNone(found["words"])
        self.assertEqual(found["words_nonzero"], str(2 ** 40 - 41))
        self.assertEqual(found["pure_share"], "0")
        self.assertEqual(sum(Fraction(term["coefficient"]) for term in found["polynomial"]) / 2 ** 40,
                         Fraction(found["total"]))

    def test_bad_input(self):
        file = self.system("example-3.8")
        self.refused(2, "expand", file, "--steps", "2", "--from", "x", says=("'x'", "u, v, tau"))
        self.refused(2, "expand", file, "--steps", "-1", says="--steps")
        self.refused(2, "expand", file, "--steps", "20000", says="--steps")
        self.refused(2, "expand", file, says="--steps")
        self.refused(2, "expand", file, "--steps", "2", "--symbolic", "--weights", "1,0", says="--symbolic")
        self.refused(2, "expand", file, "--steps", "2", "--weights", "1", says="weight")
        self.refused(2, "expand", file, "--steps", "2", "--weights", "1,1", says="sum")
        self.refused(2, "expand", file, "--steps", "2", "--top", "0", says="--top")
        self.refused(2, "expand", file, "--steps", "2", "--effort", "2", says="--top")
        self.refused(2, "expand", file, "--steps", "2", "--series", "--top", "2", says="--series")
        self.refused(3, "expand", self.system("walk-only"), "--steps", "2",
                     says=("walk-only.json", "heads[0]", "diffusion matrix"))
        self.refused(3, "expand", self.system("degrees-zero"), "--steps", "2", says=("heads[", "in-degree 0"))
        self.refused(3, "expand", os.path.join(self.folder.name, "missing"), "--steps", "2", says="missing")

    def test_zero_weights_and_zero_polynomials(self):
        # Head 1 alone never hears u: no word contributes, the total is 0 and has no shares; with symbolic weights
        # the word (2, 1) is there.
        found = self.expand(self.system("example-3.8"), "--steps", "2", "--from", "u", "--weights", "1,0")
        self.assertEqual((found["total"], found["words"], found["pure_share"]), ("0", [], None))
        self.assertEqual(found["polynomial"], [{"exponents": [1, 1], "coefficient": "1/4"}])
        nothing = self.expand(self.system("example-3.8"), "--steps", "1", "--from", "u", "--eliminate")
        self.assertEqual((nothing["polynomial"], nothing["polynomial_on_simplex"]), ([], []))

    def test_interrupt(self):
        path = self.file(attention(16, 100), "large.npy")
        with subprocess.Popen([self.program, "expand", path, "--steps", "100", "--top", "5"],  # takes minutes
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            output, _ = process.communicate(timeout=60)
        self.assertEqual((process.returncode, output), (130, ""))


if __name__ == "__main__":
    main()
