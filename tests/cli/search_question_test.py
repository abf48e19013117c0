"""`crosshead search` under every convention, from the definitions alone, and claims by their names.

usage: search_question_test.py PROGRAM SYSTEMS_FOLDER
"""

import itertools
import json
import os
from fractions import Fraction

from program_case import ProgramCase, main
from search_test import graphs, mean

CLAIM = """id = "%s"
section = "own"
source = "made for this test"
statement = "As the readings say."
expected = "%s"
"""
READING = """
[[reading]]
name = "%s"
formula = '%s'
expected = %s
"""


def walk(nodes, edges):
    """Def. 2.3: entry (i, j) is 1/outdeg(j) for an edge j -> i."""
    outdegree = [sum(source == j for source, _ in edges) for j in range(nodes)]
    return [[Fraction(1, outdegree[j]) if (j, i) in edges else Fraction(0) for j in range(nodes)] for i in range(nodes)]


def mixing_time(matrix, epsilon, distance, start):
    """Def. 2.7: from powers of the matrix and the distances of all its columns to the sink's unit vector."""
    nodes = len(matrix)
    power = [[Fraction(i == j) for j in range(nodes)] for i in range(nodes)]
    for t in itertools.count():
        l1 = [sum(abs(power[i][j] - (i == nodes - 1)) for i in range(nodes)) for j in range(nodes)]
        far = max(l1) if start == "worst" else sum(l1) / nodes
        if far < epsilon if distance == "l1" else far / 2 <= epsilon:
            return t
        power = [[sum(matrix[i][k] * power[k][j] for k in range(nodes)) for j in range(nodes)] for i in range(nodes)]


class Question(ProgramCase):
    def search(self, *arguments, code=0):
        result = self.run_program("search", "--json", *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        return json.loads(result.stdout)

    def claim(self, *readings, name="own", expected="refuted", head=""):
        text = CLAIM % (name, expected) + head
        return self.file(text + "".join(READING % reading for reading in readings), name + ".toml")

    def test_mixing_under_every_convention(self):
        heads = [walk(4, edges) for edges in graphs(4)]
        for epsilon, distance, start in itertools.product((Fraction(1, 4), Fraction(3, 4)), ("tv", "l1"), ("worst", "average")):
            convention = (epsilon, distance, start)
            single = [mixing_time(head, *convention) for head in heads]
            gains = [(min(single[a], single[b]) - time, time - max(single[a], single[b])) for a, b in
                     itertools.combinations(range(len(heads)), 2)
                     for time in [mixing_time(mean([heads[a], heads[b]]), *convention)]]
            for claim, at in (("mixes-faster", 0), ("mixes-slower", 1)):
                found = self.search(claim, "--nodes", "4", "--heads", "2", "--epsilon", str(epsilon), "--distance",
                                    distance, "--start", start)
                self.assertEqual(found["convention"], {"epsilon": str(epsilon), "distance": distance, "start": start})
                self.assertEqual(found["witnesses"], sum(gain[at] > 0 for gain in gains), convention)
                self.assertEqual(found["ties"], sum(gain[at] == 0 for gain in gains), convention)
                formula = (f"t_mix(mean, {epsilon}) < min h in heads: t_mix(head h, {epsilon})" if at == 0 else
                           f"t_mix(mean, {epsilon}) > max h in heads: t_mix(head h, {epsilon})")
                slow = self.search(formula, "--nodes", "4", "--heads", "2", "--distance", distance, "--start", start)
                for key in ("witnesses", "ties", "first", "extreme"):
                    self.assertEqual(slow[key], found[key])

    def test_conventions_that_do_not_matter_are_refused(self):
        sizes = ["--nodes", "4", "--heads", "2"]
        for option, value in (("--epsilon", "1/3"), ("--distance", "l1"), ("--start", "average")):
            self.refused(2, "search", "amplifies", *sizes, option, value, says=[option, "is about fidelities"])
        for option, value in (("--first-step", "0"), ("--sink-counts", "no")):
            self.refused(2, "search", "mixes-faster", *sizes, option, value, says=[option, "is about mixing times"])
        self.refused(2, "search", "p(mean) > 1/2", *sizes, "--epsilon", "1/3", says="--epsilon: formulas name")
        self.refused(2, "search", "mixes-faster", *sizes, "--epsilon", "0", says="positive")
        self.refused(2, "search", "mixes-faster", *sizes, "--epsilon", "x", says="--epsilon")
        self.refused(2, "search", "mixes-faster", *sizes, "--distance", "l2", says="--distance")
        self.refused(2, "search", "mixes-faster", *sizes, "--start", "best", says="--start")

    def test_journals_of_another_convention_are_refused(self):
        journal = os.path.join(self.folder.name, "journal")
        base = ["mixes-faster", "--nodes", "4", "--heads", "2", "--journal", journal]
        self.search(*base, "--distance", "l1", "--quiet")
        self.refused(3, "search", *base, "--resume", says=["of another search", 'distance is "l1", expected "tv"'])
        self.refused(3, "search", *base, "--distance", "l1", "--start", "average", "--resume",
                     says=["of another search", 'start is "worst"'])
        merged = self.search("merge", journal)
        self.assertEqual(merged["convention"], {"epsilon": "1/4", "distance": "l1", "start": "worst"})

    def test_ids_of_the_ledger(self):
        sizes = ["--nodes", "4", "--heads", "2"]
        found = self.search("T2.8-fastest", *sizes, "--proofs", os.path.join(self.systems, ".."))
        plain = self.search("mixes-faster", *sizes)
        for key in ("claim", "systems", "witnesses", "ties", "first", "extreme", "convention"):
            self.assertEqual(found[key], plain[key])
        self.assertEqual((found["named"]["id"], found["named"]["counterexamples"], found["named"]["family"]),
                         ("T2.8-fastest", True, "unique_sink(2..4, 2)"))
        # "9 of the 210 pairs of graphs on four nodes are faster than both at 1/4", says the ledger.
        self.assertEqual(found["witnesses"], 9)
        text = self.run_program("search", "T2.8-fastest", *sizes, "--proofs", os.path.join(self.systems, "..")).stdout
        self.assertIn("counterexamples of T2.8-fastest, reading 'mixing times at 1/4", " ".join(text.split()))

    def test_claim_files_and_their_readings(self):
        sizes = ["--nodes", "4", "--heads", "2"]
        body = "phi_min(mean) <= max h in heads: phi_min(head h)"
        file = self.claim(("all", f"forall system in unique_sink(2..4, 2): {body}", "false"),
                          ("some", f"exists system in unique_sink(2..4, 2): {body}", "true"), expected="ambiguous")
        self.refused(2, "search", file, *sizes, says=["--reading", "'all', 'some'"])
        found = self.search(file, *sizes, "--reading", "all")
        # "28 of the 210 pairs ... on four nodes amplify", says the ledger.
        self.assertEqual((found["claim"], found["witnesses"]), ("amplifies", 28))
        found = self.search(file, *sizes, "--reading", "some")
        self.assertEqual((found["named"]["counterexamples"], found["witnesses"]), (False, 210 - 28))
        self.refused(2, "search", file, *sizes, "--reading", "none", says=["no reading 'none'", "'all', 'some'"])

    def test_the_reading_has_its_convention(self):
        reading = ("r", "exists system in unique_sink(2..4, 2): phi_min(mean) > max h in heads: phi_min(head h)", "true")
        file = self.file(CLAIM % ("own", "verified") + READING % reading +
                         "[reading.convention]\nsink_counts = false\nfirst_step = 0\n", "own.toml")
        sizes = ["--nodes", "4", "--heads", "2"]
        found = self.search(file, *sizes)
        self.assertEqual(found["convention"], {"first_step": 0, "sink_counts": False})
        plain = self.search("amplifies", *sizes, "--first-step", "0", "--sink-counts", "no")
        self.assertEqual((found["witnesses"], found["ties"]), (plain["witnesses"], plain["ties"]))
        found = self.search(file, *sizes, "--sink-counts", "yes")
        self.assertEqual(found["convention"], {"first_step": 0, "sink_counts": True})

    def test_claims_about_a_given_system(self):
        with open(os.path.join(self.systems, "example-3.8.json"), encoding="utf-8") as stream:
            self.file(stream.read(), "example.json")
        file = self.claim(("r", "p(mean) > 1/4", "true"), expected="verified", head='system = "example.json"\n')
        found = self.search(file, "--nodes", "3", "--heads", "2")
        # Self-loops everywhere: each node of the three heads leaves with probability 1/2 or 2/3.
        self.assertEqual((found["named"]["family"], found["systems"], found["witnesses"]), (None, 3, 3))

    def test_claims_that_cannot_be_searched(self):
        sizes = ["--nodes", "4", "--heads", "2"]
        file = self.claim(("r", "forall x in 1..3: x < 4", "true"), expected="verified")
        self.refused(2, "search", file, *sizes, says=["no reading of own can be searched", "forall system in FAMILY"])
        self.refused(2, "search", file, *sizes, "--reading", "r", says=["own, reading 'r'", "forall system in FAMILY"])
        file = self.claim(("r", 'forall system in unique_sink(3, 2): p(mean) > printed("least")', "true"),
                          expected="verified", head='[printed]\nleast = "1/4"\n', name="printed")
        self.refused(2, "search", file, *sizes, says=["printed, reading 'r' cannot be searched", "least"])
        self.refused(2, "search", "T9.9", *sizes, says=["no claim 'T9.9' to search for", "ids of the ledger"])
        self.refused(2, "search", "amplifies", *sizes, "--reading", "r", says="--reading")
        self.refused(2, "search", "FLOAT-4_heads_copy", *sizes, "--proofs", os.path.join(self.systems, ".."),
                     says="trained model")
        self.refused(3, "search", os.path.join(self.folder.name, "missing.toml"), *sizes, says="missing.toml")
        self.refused(3, "search", self.file("id = 3", "broken.toml"), *sizes, says=["broken.toml", "line 1"])


if __name__ == "__main__":
    main()
