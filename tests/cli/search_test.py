"""`crosshead search` through the program: a search from the definitions alone beside it, and its command line.

usage: search_test.py PROGRAM SYSTEMS_FOLDER
"""

import itertools
import json
import signal
import subprocess
import time
from fractions import Fraction

from program_case import ProgramCase, main

STEPS = 400  # of the plain suprema below; signals of four nodes are decided long before


def graphs(nodes):
    """Edge sets (with self-loops, nodes from 0) in ascending order of their codes; every node but the last has a
    later target."""
    places = [(j, i) for j in range(nodes) for i in range(j + 1, nodes)]
    for bits in itertools.product((0, 1), repeat=len(places)):
        edges = [place for place, bit in zip(places, bits) if bit]
        if {j for j, _ in edges} == set(range(nodes - 1)):
            yield frozenset(edges) | {(j, j) for j in range(nodes)}


def diffusion(nodes, edges):
    """Def. 3.1: rows of receivers."""
    indegree = [sum(target == i for _, target in edges) for i in range(nodes)]
    return [[Fraction(1, indegree[i]) if (j, i) in edges else Fraction(0) for j in range(nodes)]
            for i in range(nodes)]


def mean(matrices):
    return [[sum(entries) / len(matrices) for entries in zip(*rows)] for rows in zip(*matrices)]


def minimax(matrix):
    """(25) with t >= 1 and the sink. Node 0 is absorbing and so may others be: their suprema are limits, found as the
    probability that the walk backwards from the sink ends there; the others' by iteration until the mass that may
    still come is no larger than the best."""
    nodes = len(matrix)
    absorbing = [matrix[k][k] == 1 for k in range(nodes)]
    visits = [Fraction(0)] * nodes  # expected number of visits from the sink
    for k in reversed(range(nodes)):
        into = Fraction(k == nodes - 1) + sum(visits[i] * matrix[i][k] for i in range(k + 1, nodes) if not absorbing[i])
        visits[k] = into if absorbing[k] else into / (1 - matrix[k][k])
    row = [Fraction(k == nodes - 1) for k in range(nodes)]
    best = [visits[k] if absorbing[k] else Fraction(0) for k in range(nodes)]
    for _ in range(STEPS):
        row = [sum(row[i] * matrix[i][j] for i in range(j, nodes)) for j in range(nodes)]
        best = [max(b, s) for b, s in zip(best, row)]
        mass, left = Fraction(0), False
        for j in reversed(range(nodes)):
            if not absorbing[j]:
                mass += row[j]
                left = left or mass > best[j]
        if not left:
            return min(best)
    raise AssertionError("not decided")


def search(nodes):
    """Every pair: (gain, total edges, pair of edge sets)."""
    singles = [(edges, minimax(diffusion(nodes, edges))) for edges in graphs(nodes)]
    for (a, left), (b, right) in itertools.combinations(singles, 2):
        gain = minimax(mean([diffusion(nodes, a), diffusion(nodes, b)])) - max(left, right)
        yield gain, len(a) + len(b), (a, b)


def orbits(nodes, pairs):
    """Classes of pairs under permutations of the nodes but the last that leave both graphs feedforward."""
    left, count = {frozenset(pair) for pair in pairs}, 0
    while left:
        count += 1
        pair = next(iter(left))
        for names in itertools.permutations(range(nodes - 1)):
            names += (nodes - 1,)
            moved = frozenset(frozenset((names[j], names[i]) for j, i in edges) for edges in pair)
            if all(j <= i for edges in moved for j, i in edges):
                left.discard(moved)
    return count


def edges_of(document):
    """The heads of a system document as edge sets, nodes from 0."""
    nodes = [str(name) for name in document["nodes"]] if isinstance(document["nodes"], list) else None
    place = (lambda name: nodes.index(name)) if nodes else (lambda name: int(name) - 1)
    loops = {(j, j) for j in range(len(nodes))} if document["self_loops"] else set()
    return tuple(frozenset((place(j), place(i)) for j, i in head["edges"]) | loops for head in document["heads"])


class Search(ProgramCase):
    def search(self, *arguments, code=0):
        result = self.run_program("search", "--json", *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        return json.loads(result.stdout)

    def test_small_families_from_the_definitions(self):
        for nodes in (3, 4):
            everything = list(search(nodes))
            witnesses = [entry for entry in everything if entry[0] > 0]
            found = self.search("amplifies", "--nodes", str(nodes), "--heads", "2", "--symmetry")
            self.assertEqual(found["systems"], len(everything))
            self.assertEqual(found["witnesses"], len(witnesses))
            self.assertEqual(found["ties"], sum(gain == 0 for gain, _, _ in everything))
            self.assertEqual(found["orbits"]["systems"], orbits(nodes, [pair for _, _, pair in everything]))
            self.assertEqual(found["orbits"]["witnesses"], orbits(nodes, [pair for _, _, pair in witnesses]))
            self.assertTrue(found["complete"])
            if not witnesses:
                self.assertIsNone(found["first"])
                self.assertIsNone(found["extreme"])
                continue
            # combinations come in ascending order of codes, and min keeps the first of equals
            first = min(witnesses, key=lambda entry: entry[1])
            largest = max(gain for gain, _, _ in witnesses)
            extreme = min((entry for entry in witnesses if entry[0] == largest), key=lambda entry: entry[1])
            self.assertEqual(edges_of(found["first"]), first[2])
            self.assertEqual(edges_of(found["extreme"]["system"]), extreme[2])
            self.assertEqual(Fraction(found["extreme"]["value"]), largest)

    def test_found_systems_are_documents_that_analyze_confirms(self):
        for claim, verdict in (("amplifies", "amplifies"), ("attenuates", "attenuates"),
                               ("mixes-faster", "mixes_faster_than_every_head"),
                               ("mixes-slower", "mixes_slower_than_every_head")):
            found = self.search(claim, "--nodes", "5", "--heads", "2")
            for system in (found["first"], found["extreme"]["system"]):
                analysis = self.analysis(self.file(system))
                said = analysis["verdicts"][verdict]
                self.assertIs(said if isinstance(said, bool) else said[0]["verdict"], True)
            if claim == "amplifies":
                heads = [Fraction(head["fidelity"]["minimax"]) for head in analysis["heads"]]
                self.assertEqual(Fraction(analysis["combined"]["fidelity"]["minimax"]) - max(heads),
                                 Fraction(found["extreme"]["value"]))

    def test_nothing_depends_on_threads_and_slices_add_up(self):
        arguments = ["amplifies", "--nodes", "6", "--heads", "2"]
        span = ["--from", "1000000", "--count", "3000000"]
        one = self.search(*arguments, *span, "--threads", "1")
        three = self.search(*arguments, *span, "--threads", "3")
        for document in (one, three):
            del document["seconds"]
        self.assertEqual(one, three)
        left = self.search(*arguments, "--from", "1000000", "--count", "1000001")
        right = self.search(*arguments, "--from", "2000001", "--count", "1999999")
        for count in ("systems", "witnesses", "ties"):
            self.assertEqual(left[count] + right[count], one[count])
        self.assertEqual(one["systems"], 3000000)
        self.assertEqual(one["filter"]["calls"], 3000000)

    def test_options_change_the_question(self):
        base = ["amplifies", "--nodes", "4", "--heads", "2"]
        plain = self.search(*base)
        self.assertEqual((plain["systems"], plain["weights"], plain["family"]), (210, "1/2,1/2", "unique-sink"))
        ordered = self.search(*base, "--ordered")
        self.assertEqual([ordered[count] for count in ("systems", "witnesses", "ties")],
                         [2 * plain[count] for count in ("systems", "witnesses", "ties")])
        self.assertEqual(self.search(*base, "--family", "union-sink")["systems"], 1407)
        self.assertEqual(self.search(*base, "--family", "optional-loops")["systems"], 1024 * 1023 // 2)
        # With weights 1/2 each a grid of halves is the uniform search; thirds are the two assignments of 1/3, 2/3.
        halves = self.search(*base, "--grid", "2")
        self.assertEqual([halves[count] for count in ("witnesses", "ties")], [plain[c] for c in ("witnesses", "ties")])
        thirds, assigned = self.search(*base, "--grid", "3"), self.search(*base, "--weights", "2/3,1/3")
        self.assertEqual(thirds["systems"], 420)
        for count in ("systems", "witnesses", "ties", "first", "extreme"):
            self.assertEqual(thirds[count], assigned[count])
        fixed = self.search(*base, "--weights", "2/3,1/3", "--ordered")
        self.assertEqual(fixed["witnesses"], assigned["witnesses"])
        self.assertEqual(self.search(*base, "--first-step", "0", "--sink-counts", "no")["convention"],
                         {"first_step": 0, "sink_counts": False})
        self.assertEqual(self.search("mixes-slower", *base[1:], "--epsilon", "1")["ties"], 210)

    def test_expectations_and_text(self):
        base = ["search", "amplifies", "--nodes", "4", "--heads", "2"]
        for expect, code in (("some", 0), ("none", 1)):
            self.assertEqual(self.run_program(*base, "--expect", expect).returncode, code)
        base = ["search", "amplifies", "--nodes", "4", "--heads", "1"]
        for expect, code in (("some", 1), ("none", 0)):
            self.assertEqual(self.run_program(*base, "--expect", expect).returncode, code)
        result = self.run_program("search", "amplifies", "--nodes", "4", "--heads", "2", "--from", "5", "--count", "100")
        self.assertEqual(result.returncode, 0)
        for text in ("phi_min(mean) > max phi_min(head)", "ranks 5 to 104 of 210", "systems    100\n", "gain "):
            self.assertIn(text, result.stdout)
        self.assertLessEqual(max(map(len, result.stdout.splitlines())), 80)

    def test_refusals(self):
        base = ["search", "amplifies", "--heads", "2", "--nodes"]
        self.refused(2, "search", "amplify", "--nodes", "4", "--heads", "2", says=["amplify", "mixes-faster"])
        self.refused(2, *base, "9", says="1 to 8 nodes, not 9")
        self.refused(2, *base, "0", says="not 0")
        self.refused(2, *base, "8", says=["78129765 heads", "4194304"])
        self.refused(2, "search", "amplifies", "--nodes", "3", "--heads", "4", says="no system of 4 distinct heads")
        self.refused(2, "search", "amplifies", "--nodes", "7", "--heads", "4",
                     says=[str(615195 * 615194 * 615193 * 615192 // 24), "2^63"])
        self.refused(2, *base, "4", "--weights", "1/2,1/3", says="sum")
        self.refused(2, *base, "4", "--weights", "1,0", says="positive weights")
        self.refused(2, *base, "4", "--weights", "1/2,1/2", "--grid", "3", says="excludes")
        self.refused(2, *base, "4", "--grid", "1", says="no points")
        self.refused(2, *base, "4", "--from", "210", says="ranks are 0 to 209, found 210")
        self.refused(2, *base, "4", "--from", "200", "--count", "11", says="10 ranks are left")
        self.refused(2, *base, "4", "--count", "0", says="--count")
        self.refused(2, *base, "4", "--family", "trees", says="--family")
        self.refused(2, *base, "4", "--expect", "many", says="--expect")

    def test_interrupt_prints_the_part_done(self):
        process = subprocess.Popen([self.program, "search", "amplifies", "--nodes", "6", "--heads", "3", "--json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors), (4, ""))
        document = json.loads(output)
        self.assertFalse(document["complete"])
        self.assertEqual(document["range"]["candidates"], 9765 * 9764 * 9763 // 6)
        self.assertGreater(document["range"]["done"], 0)
        self.assertLess(document["range"]["done"], document["range"]["count"])
        self.assertEqual(document["systems"], document["range"]["done"])


if __name__ == "__main__":
    main()
