"""report_option_test.py CROSSHEAD PROOFS: where pages are written, and what is refused."""
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from fractions import Fraction

PROGRAM, PROOFS = sys.argv[1:3]


def run(*arguments, folder="."):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, cwd=folder)


def system(name):
    return os.path.join(PROOFS, "systems", name + ".json")


class ReportOption(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.page = os.path.join(self.folder.name, "page.html")

    def text(self, page=None):
        with open(page or self.page, encoding="utf-8") as stream:
            return stream.read()

    def test_output_stays_as_it_is(self):
        plain = run("region", system("figure-3"), "--json")
        beside = run("region", system("figure-3"), "--json", "--report", self.page)
        self.assertEqual(beside.returncode, 0, beside.stderr)
        seconds = re.compile(r'"seconds": [^\n]*')
        self.assertEqual(seconds.sub("", plain.stdout), seconds.sub("", beside.stdout))
        self.assertTrue(self.text().startswith("<!DOCTYPE html>"))

    def test_page_is_replaced_as_a_whole(self):
        with open(self.page, "w", encoding="utf-8") as stream:
            stream.write("old" * 1_000_000)
        self.assertEqual(run("region", system("figure-3"), "--report", self.page).returncode, 0)
        self.assertTrue(self.text().endswith("</html>\n"))
        self.assertEqual(os.listdir(self.folder.name), ["page.html"])

    def test_exact_numbers_are_on_the_page(self):
        run("region", system("smallest-amplifying"), "--maximum", "--report", self.page)
        self.assertIn("3/8 = 0.375", self.text())
        self.assertIn("3/4 = 0.75", self.text())

    def test_witnesses_are_drawn(self):
        found = run("search", "amplifies", "--nodes", "4", "--heads", "2", "--report", self.page)
        self.assertEqual(found.returncode, 0, found.stderr)
        text = self.text()
        self.assertGreaterEqual(text.count('<svg class="graph"'), 3)
        self.assertIn("1355/3456", text)
        self.assertIn(">28<", text)

    def test_formulas_are_searched_as_well(self):
        found = run("search", "phi(mean, 2) > max h in heads: phi(head h, 2)", "--nodes", "3", "--heads", "2", "--report", self.page)
        self.assertEqual(found.returncode, 0, found.stderr)
        self.assertIn("phi(mean, 2) &gt; ", self.text())

    def test_parts_of_a_family_have_no_census(self):
        run("search", "amplifies", "--nodes", "4", "--heads", "2", "--count", "50", "--report", self.page)
        self.assertNotIn('id="census"', self.text())

    def test_audit_of_some_claims(self):
        done = run("audit", "T2.8-fastest", "E3.13-values", "--proofs", PROOFS, "--report", self.folder.name)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        text = self.text(os.path.join(self.folder.name, "index.html"))
        self.assertIn('id="shown-T2.8-fastest"', text)
        self.assertIn('id="claim-E3.13-values"', text)
        self.assertNotIn('id="census"', text)

    def test_page_of_a_claim_does_not_depend_on_threads(self):
        pages = []
        for threads in ("1", "4"):
            run("audit", "T2.8-fastest", "--proofs", PROOFS, "--report", self.folder.name, "--threads", threads)
            pages.append(self.text(os.path.join(self.folder.name, "index.html")))
        self.assertEqual(*pages)

    def cells(self, caption):
        """The rows of the table with this caption, as lists of texts."""
        body = re.search(r"<caption>" + re.escape(caption) + r"</caption>.*?<tbody>(.*?)</tbody>", self.text(), re.S).group(1)
        return [[html.unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
                for row in re.findall("<tr[^>]*>(.*?)</tr>", body, re.S)]

    def test_guided_search(self):
        found = run("search", "amplifies", "--guided", "--nodes", "4", "--heads", "2", "--steps", "2000", "--json",
                    "--report", self.page)
        self.assertEqual(found.returncode, 0, found.stderr)
        best = json.loads(found.stdout)["best"]
        # 115/864 is what enumerating all 210 pairs gives.
        self.assertEqual(best["value"], "115/864")
        self.assertIn("Best system: gain 115/864", self.text())
        restarts = self.cells("Restarts")
        self.assertEqual(len(restarts), 8)
        self.assertTrue(restarts[best["restart"] - 1][1].startswith("115/864"))
        self.assertTrue(all(Fraction(row[1].split()[0]) <= Fraction(115, 864) for row in restarts))

    def test_guided_search_beyond_what_can_be_drawn(self):
        found = run("search", "mixes-faster", "--guided", "--nodes", "40", "--heads", "9", "--steps", "200", "--restarts", "2",
                    "--report", self.page)
        self.assertEqual(found.returncode, 0, found.stderr)
        self.assertEqual(len(self.cells("Edges between nodes")), 9)
        self.assertEqual(len(self.cells("Heads and the merged system")), 10)

    def test_best_weights(self):
        file = os.path.join(self.folder.name, "three.json")
        heads = [[[1, 2], [2, 3], [3, 4]], [[1, 4], [2, 3], [3, 4]], [[1, 3], [2, 4], [3, 4]]]
        with open(file, "w", encoding="utf-8") as stream:
            json.dump({"schema": "crosshead.system/1", "nodes": 4, "self_loops": True, "heads": [{"edges": edges} for edges in heads]},
                      stream)
        found = run("region", file, "--best", "--json", "--report", self.page)
        self.assertEqual(found.returncode, 0, found.stderr)
        answer = json.loads(found.stdout)
        self.assertEqual([row[1] for row in self.cells("Best weights that were met")], answer["weights"])
        bounds = {row[0]: row[1] for row in self.cells("Largest minimax fidelity over all weights")}
        self.assertEqual(bounds["at least"].split()[0], answer["lower"])
        self.assertEqual(bounds["at most"], answer["upper"])
        sizes = [(int(row[0]), int(row[1])) for row in self.cells("Parts by size")]
        self.assertEqual(sum(Fraction(count, 2**halvings) for halvings, count in sizes), 1)
        self.assertEqual(2 * sum(count for _, count in sizes) - 1, answer["parts"])
        self.assertIn('<svg class="graph simplex"', self.text())

    def test_best_weights_that_are_undefined(self):
        refused = run("region", system("example-3.13"), "--best", "--report", self.page)
        self.assertEqual(refused.returncode, 4, refused.stderr)
        self.assertIn("Undefined: the union of the heads has a cycle", self.text())

    def test_weights_of_a_family(self):
        journal = os.path.join(self.folder.name, "journal")
        found = run("region", "--family", "unique_sink", "--nodes", "4", "--journal", journal, "--report", self.page)
        self.assertEqual(found.returncode, 0, found.stderr)
        with open(journal, encoding="utf-8") as stream:
            pairs = [json.loads(line)["holds"] for line in stream.readlines()[1:]]
        self.assertEqual(len(pairs), 210)

        def inside(sets, b):
            """Whether b is in one of them: the sign of a polynomial tells on which side of its one root b is."""
            def side(end):
                if "value" in end:
                    return (b > Fraction(end["value"])) - (b < Fraction(end["value"]))
                low, high = map(Fraction, end["isolating"])
                if not low < b < high:
                    return 1 if b >= high else -1
                at = [sum(int(c) * x**k for k, c in enumerate(end["minimal_polynomial"])) for x in (low, b)]
                return -1 if (at[0] > 0) == (at[1] > 0) else 1
            return any((side(lo) > 0 or (side(lo) == 0 and lo_closed)) and (side(hi) < 0 or (side(hi) == 0 and hi_closed))
                       for lo, lo_closed, hi, hi_closed in sets)

        shown = [(Fraction(row[0]), int(row[1])) for row in self.cells("Pairs for which it holds at b")]
        self.assertEqual([b for b, _ in shown], [Fraction(k, 64) for k in range(65)])
        for b, count in shown:
            self.assertEqual(count, sum(inside(sets, b) for sets in pairs), b)
        self.assertEqual(dict(shown)[Fraction(1, 2)], 28)
        kinds = {row[0]: int(row[1]) for row in self.cells("Pairs by the weights for which it holds")}
        somewhere = ["for all 0 < b < 1", "at 1/2, not for all b", "for some b, not at 1/2"]
        self.assertEqual(sum(kinds[kind] for kind in somewhere), 46)
        self.assertEqual(sum(kinds[kind] for kind in somewhere[:2]), 28)
        self.assertEqual(sum(int(row[2]) for row in self.cells("Pairs that hold somewhere, by the total length of their weights")), 46)
        rows = self.cells("Pairs of heads and the weights for which it holds")
        self.assertEqual([row[0] for row in rows], [str(k) for k in range(1, 211)])
        self.assertEqual([row[4] == "none" for row in rows], [not sets for sets in pairs])
        self.assertIn("All 210 pairs are listed.", self.text())

        # A run that goes on from the journal has the same page.
        before = self.text()
        again = run("region", "--family", "unique_sink", "--nodes", "4", "--journal", journal, "--report", self.page)
        self.assertEqual((again.returncode, self.text()), (0, before))

    def test_long_families_are_listed_in_part(self):
        found = run("region", "--family", "feedforward", "--nodes", "4", "--json", "--report", self.page)
        self.assertEqual(found.returncode, 0, found.stderr)
        counts = json.loads(found.stdout)
        self.assertEqual(counts["pairs"], 64 * 63 // 2)
        rows = self.cells("Pairs of heads and the weights for which it holds")
        self.assertTrue(0 < len(rows) <= 400)
        self.assertNotIn("none", [row[4] for row in rows])
        every = -(-counts["somewhere"] // len(rows))
        self.assertIn(f"{len(rows)} of 2,016 pairs are listed: " + ("all of those" if every == 1 else f"one in {every} of those"),
                      self.text())

    def test_file_that_cannot_be_written(self):
        refused = run("region", system("figure-3"), "--report", os.path.join(self.folder.name, "no", "page.html"))
        self.assertEqual(refused.returncode, 3)
        self.assertIn("page.html", refused.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
