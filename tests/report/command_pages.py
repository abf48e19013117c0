"""The pages of the other commands."""
import json
import os
import unittest

from page_case import FOLDER, PROOFS, PageChecks, changes_the_page, made, made_with_torch, systems


class RegionPage(PageChecks, unittest.TestCase):
    @classmethod
    def make(cls):
        page = os.path.join(FOLDER, "region.html")
        return made("region.html", "region", systems("figure-3"), "--maximum", "--report", page)


class BestWeightsPage(PageChecks, unittest.TestCase):
    @classmethod
    def make(cls):
        page, file = (os.path.join(FOLDER, name) for name in ("best.html", "three-heads.json"))
        heads = [[[1, 2], [2, 3], [3, 4]], [[1, 4], [2, 3], [3, 4]], [[1, 3], [2, 4], [3, 4]]]
        with open(file, "w", encoding="utf-8") as stream:
            json.dump({"schema": "crosshead.system/1", "name": "three heads", "nodes": 4, "self_loops": True,
                       "heads": [{"edges": edges} for edges in heads]}, stream)
        return made("best.html", "region", file, "--best", "--report", page)

    def test_the_triangle_is_covered(self):
        self.show()
        parts = "[...document.querySelectorAll('svg.simplex path.part')]"
        self.assertGreater(self.browser.evaluate(parts + ".length"), 0)
        # The areas of its parts add up to that of the triangle.
        area = self.browser.evaluate(
            parts + r""".flatMap(path => path.getAttribute('d').split('z').filter(Boolean)).map(part => {
              const [a, b, c] = part.slice(1).split('L').map(spot => spot.split(' ').map(Number));
              return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
            }).reduce((sum, one) => sum + one, 0)""")
        self.assertAlmostEqual(area / (400 * 346.4 / 2), 1, delta=0.02)

    def test_three_heads_are_four_drawings(self):
        self.show()
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('#signals svg.graph').length"), 4)


class BestWeightsOfManyHeadsPage(PageChecks, unittest.TestCase):
    """Eight heads on fourteen nodes: too many for drawings."""

    @classmethod
    def make(cls):
        page, file = (os.path.join(FOLDER, name) for name in ("best-many.html", "eight-heads.json"))
        heads = [[[k, k + 1] for k in range(1, 14)] + [[h, 14], [1, h + 3]] for h in range(1, 9)]
        with open(file, "w", encoding="utf-8") as stream:
            json.dump({"schema": "crosshead.system/1", "name": "eight heads", "nodes": 14, "self_loops": True,
                       "heads": [{"edges": edges} for edges in heads]}, stream)
        return made("best-many.html", "region", file, "--best", "--budget", "300", "--report", page, codes=(0, 4))


class FamilyPage(PageChecks, unittest.TestCase):
    @classmethod
    def make(cls):
        page = os.path.join(FOLDER, "family.html")
        return made("family.html", "region", "--family", "unique_sink", "--nodes", "4", "--report", page)

    ROWS = "[...document.querySelectorAll('#family-table tr[data-verdict]')].filter(row => row.offsetParent !== null)"

    def choose(self, script):
        self.browser.evaluate("(form => { " + script + " form.dispatchEvent(new Event('input', {bubbles: true})); })"
                              "(document.querySelector('form.filters'))")

    @changes_the_page
    def test_filters_change_the_rows(self):
        self.show()
        count = "document.querySelector('form.filters output').textContent"
        self.assertEqual(self.browser.evaluate(count), "210 of 210 pairs")
        self.choose("for (const box of form.elements.verdict) box.checked = box.value !== 'nowhere';")
        self.assertEqual(self.browser.evaluate(count), "46 of 210 pairs")
        self.assertEqual(self.browser.evaluate(self.ROWS + ".length"), 46)
        self.choose("form.elements.evidence.value = 'irrational';")
        self.assertTrue(0 < self.browser.evaluate(self.ROWS + ".length") < 46)
        self.choose("form.reset();")
        self.browser.wait_for(self.ROWS + ".length === 210")
        self.choose("form.elements.text.value = 'no such edges';")
        self.assertEqual(self.browser.evaluate(self.ROWS + ".length"), 0)

    @changes_the_page
    def test_filters_work_from_the_keyboard(self):
        self.show()
        self.browser.evaluate("document.querySelector('input[type=search]').focus()")
        for letter in "root":
            self.browser.call("Input.dispatchKeyEvent", type="char", text=letter)
        self.browser.wait_for(self.ROWS + ".length < 46")

    def test_every_pair_that_holds_has_a_strip(self):
        self.show_all()
        strips = "[...document.querySelectorAll('#strips .mark-rule line')]"
        self.assertGreaterEqual(self.browser.evaluate(strips + ".length"), 46)


class GuidedPage(PageChecks, unittest.TestCase):
    @classmethod
    def make(cls):
        page = os.path.join(FOLDER, "guided.html")
        return made("guided.html", "search", "amplifies", "--guided", "--maximise", "ratio", "--nodes", "6", "--heads", "3", "--grid",
                    "12", "--steps", "3000", "--report", page)

    def test_best_system_is_drawn(self):
        self.show()
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('svg.graph').length"), 4)
        self.assertIn("restart", self.browser.evaluate("document.querySelector('#progress .plot').getAttribute('aria-label')"))


class LargeGuidedPage(PageChecks, unittest.TestCase):
    @classmethod
    def make(cls):
        page = os.path.join(FOLDER, "guided-large.html")
        return made("guided-large.html", "search", "mixes-faster", "--guided", "--nodes", "20", "--heads", "8", "--steps", "400",
                    "--restarts", "3", "--report", page)


class SearchPage(PageChecks, unittest.TestCase):
    @classmethod
    def make(cls):
        page = os.path.join(FOLDER, "search.html")
        return made("search.html", "search", "mixes-faster", "--nodes", "4", "--heads", "2", "--report", page)


class TablesPage(PageChecks, unittest.TestCase):
    @classmethod
    def make(cls):
        page = os.path.join(FOLDER, "tables.html")
        return made_with_torch("tables.html", "tables", "--models", os.path.join(PROOFS, "models"), "--samples", "2",
                               "--report", page)

    def test_printed_means_stand_beside(self):
        self.show()
        self.assertIn("printed mean", self.browser.evaluate("document.querySelector('#figure-4').textContent"))


class CrosscheckPage(PageChecks, unittest.TestCase):
    @classmethod
    def make(cls):
        page = os.path.join(FOLDER, "crosscheck.html")
        return made_with_torch("crosscheck.html", "crosscheck", "--dyadic", "--report", page)
