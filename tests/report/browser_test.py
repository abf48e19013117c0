"""browser_test.py CROSSHEAD PROOFS FOLDER: makes pages and reads them in a headless Chromium without a network. Leaves pages
and screenshots in FOLDER. Says so and exits with 77 where there is no browser."""
import json
import os
import subprocess
import sys
import unittest

import page_checks
from devtools import Browser, browser_program

PROGRAM, PROOFS, FOLDER = sys.argv[1:4]
WIDE, PHONE = (1280, 900), (360, 740)


def systems(name):
    return os.path.join(PROOFS, "systems", name + ".json")


def made(name, *arguments, codes=(0,)):
    """The page that a command writes."""
    page = os.path.join(FOLDER, name)
    done = subprocess.run([PROGRAM, *arguments, "--quiet"], capture_output=True, text=True)
    if done.returncode not in codes or not os.path.exists(page):
        raise AssertionError(f"crosshead {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr}")
    return page


def made_with_torch(name, *arguments):
    """The same; skips the tests where the LibTorch module is missing."""
    try:
        return made(name, *arguments, codes=(0, 1, 4))
    except AssertionError as error:
        if "exit code 5" in str(error):
            raise unittest.SkipTest("no LibTorch module") from error
        raise


def with_plots(test):
    """Skips a test where the program was built without Vega; then pages have tables instead."""
    def wrapped(self):
        with open(self.page, encoding="utf-8") as stream:
            if "built without Vega" in stream.read():
                self.skipTest("built without Vega")
        test(self)
    return wrapped


class PageChecks:
    """Checks that hold for every page, which is made once a class."""

    @classmethod
    def setUpClass(cls):
        cls.page = cls.make()
        cls.browser = Browser(browser_program())

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def show(self, size=WIDE, scheme="light"):
        self.browser.size(*size, mobile=size == PHONE)
        self.browser.scheme(scheme)
        self.browser.open(self.page)
        self.browser.wait_for("document.documentElement.dataset.ready === 'yes'")

    def open_all(self):
        self.browser.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        self.browser.wait_for("![...document.querySelectorAll('.plot')].some(plot => plot.dataset.drawn !== 'yes')")

    def assert_empty(self, script):
        self.assertEqual(self.browser.evaluate(script), [])

    def test_needs_nothing_but_itself(self):
        self.show()
        self.open_all()
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual([url for url in self.browser.requests() if not url.startswith("file://")], [])
        self.assertEqual(len(self.browser.requests()), 1)
        with open(self.page, encoding="utf-8") as stream:
            text = stream.read()
        for forbidden in ('src="', "@import", 'rel="stylesheet"'):
            self.assertNotIn(forbidden, text.split("<body>")[0] + text.split("</main>")[-1].split("<script>")[0])

    def test_network_is_forbidden(self):
        self.show()
        refused = self.browser.evaluate(
            "fetch('https://example.org/').then(() => 'allowed', () => 'refused')")
        self.assertEqual(refused, "refused")
        self.assertTrue(any("Content Security Policy" in line or "policy" in line for line in self.browser.complaints()))

    @with_plots
    def test_every_plot_has_marks(self):
        self.show()
        self.open_all()
        self.assert_empty(page_checks.EMPTY_PLOTS)
        self.assertGreater(self.browser.evaluate("document.querySelectorAll('.plot').length"), 0)

    def test_can_be_used_by_everybody(self):
        self.show()
        self.open_all()
        self.assert_empty(page_checks.USABLE)

    def test_text_can_be_read_in_light_and_dark(self):
        for scheme in ("light", "dark"):
            self.show(scheme=scheme)
            self.open_all()
            with self.subTest(scheme):
                self.assert_empty(page_checks.CONTRAST)
        self.assertEqual(self.browser.complaints(), [])

    def test_fits_a_phone(self):
        for scheme in ("light", "dark"):
            self.show(PHONE, scheme)
            self.open_all()
            self.assert_empty(page_checks.OVERFLOW)
            self.assertLessEqual(self.browser.evaluate("document.documentElement.scrollWidth"), PHONE[0])
            self.assert_empty(page_checks.EMPTY_PLOTS)
            self.browser.screenshot(f"{self.page}.phone.{scheme}.png")

    @with_plots
    def test_is_drawn_again_for_another_scheme_and_width(self):
        self.show()
        self.browser.screenshot(self.page + ".light.png")
        label = "getComputedStyle(document.querySelector('.plot text')).fill"
        before = self.browser.evaluate(label)
        self.browser.scheme("dark")
        self.browser.wait_for(f"{label} !== '{before}'")
        self.browser.screenshot(self.page + ".dark.png")
        width = "document.querySelector('.plot svg').getBoundingClientRect().width"
        before = self.browser.evaluate(width)
        self.browser.size(*PHONE, mobile=True)
        self.browser.wait_for(f"{width} !== {before} && {width} <= {PHONE[0]}")

    def test_first_stop_of_the_keyboard_leads_to_the_content(self):
        self.show()
        self.browser.key("Tab", 9)
        self.assertEqual(self.browser.evaluate("document.activeElement.className"), "skip")
        self.browser.key("Enter", 13)
        self.browser.wait_for("location.hash === '#main'")


class AuditPage(PageChecks, unittest.TestCase):
    @classmethod
    def make(cls):
        # What differs from the ledger, or was skipped for want of models, is for other tests to judge.
        return made("audit/index.html", "audit", "--proofs", PROOFS, "--report", os.path.join(FOLDER, "audit"),
                    codes=(0, 1, 4, 5))

    def shown(self):
        return self.browser.evaluate(page_checks.SHOWN + ".map(row => row.id.slice(6))")

    def choose(self, script):
        self.browser.evaluate(
            "(form => { " + script + " form.dispatchEvent(new Event('input', {bubbles: true})); })"
            "(document.querySelector('form.filters'))")

    def test_filters_change_the_rows(self):
        self.show()
        count = "document.querySelector('form.filters output').textContent"
        everything = self.shown()
        self.assertGreater(len(everything), 50)
        self.assertEqual(self.browser.evaluate(count), f"{len(everything)} of {len(everything)} claims")
        self.choose("form.elements.text.value = 'Fastest individual';")
        self.assertEqual(self.shown(), ["T2.8-fastest"])
        self.assertEqual(self.browser.evaluate(count), f"1 of {len(everything)} claims")
        self.choose("form.reset(); for (const box of form.elements.verdict) box.checked = box.value === 'refuted';")
        refuted = self.shown()
        self.assertIn("T2.8-fastest", refuted)
        self.assertNotIn("E3.13-values", refuted)
        self.choose("form.elements.section.value = '3';")
        self.assertTrue(0 < len(self.shown()) < len(refuted))
        self.choose("form.reset();")
        self.choose("form.elements.evidence.value = 'replayed';")
        self.assertNotIn("TAB1", self.shown())
        self.choose("form.reset();")
        self.browser.wait_for(page_checks.SHOWN + f".length === {len(everything)}")

    def test_filters_work_from_the_keyboard(self):
        self.show()
        self.browser.evaluate("document.querySelector('input[type=search]').focus()")
        for letter in "hoeffding":
            self.browser.call("Input.dispatchKeyEvent", type="char", text=letter)
        self.browser.wait_for(page_checks.SHOWN + ".length < 10")
        self.assertIn("T2.8-hoeffding", self.shown())

    def test_no_match_says_so(self):
        self.show()
        self.choose("form.elements.text.value = 'no such words anywhere';")
        self.assertEqual(self.shown(), [])
        self.assertIn("0 of ", self.browser.evaluate("document.querySelector('output').textContent"))

    def test_each_refutation_is_drawn(self):
        self.show()
        missing = self.browser.evaluate(
            "[...document.querySelectorAll('article.claim')].filter(claim => !claim.querySelector('.exhibit')).map(claim => claim.id)")
        self.assertEqual(missing, [])
        claim = "document.getElementById('shown-T2.8-fastest')"
        self.assertEqual(self.browser.evaluate(claim + ".querySelectorAll('svg.graph').length"), 3)
        self.assertIn("merged", self.browser.evaluate(claim + ".textContent"))

    @with_plots
    def test_links_open_what_they_lead_to(self):
        self.show()
        self.browser.evaluate("location.hash = '#shown-T2.8-worse'")
        self.browser.wait_for("document.querySelector('#shown-T2\\\\.8-worse > details').open")
        self.browser.wait_for("document.querySelector('#shown-T2\\\\.8-worse .plot').dataset.drawn === 'yes'")

    def test_a_phone_keeps_the_table_for_readers_of_screens(self):
        self.show(PHONE)
        nodes = self.browser.call("Accessibility.getFullAXTree")["nodes"]
        roles = [node.get("role", {}).get("value") for node in nodes if not node.get("ignored")]
        self.assertIn("table", roles)
        self.assertGreater(roles.count("rowheader"), 50)

    def test_sections_are_there(self):
        self.show()
        found = self.browser.evaluate("[...document.querySelectorAll('main > section')].map(section => section.id)")
        for section in ("ledger", "refutations", "signals", "weights", "figure-4", "floats", "census", "records", "words"):
            self.assertIn(section, found)


    def test_census_counts_all_pairs_on_six_nodes(self):
        self.show()
        self.open_all()
        rows = self.browser.evaluate("[...document.querySelectorAll('#census tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))")
        # 1 * 3 * 7 * 15 * 31 graphs: each node but the last has some of the later ones as targets.
        graphs = 1 * 3 * 7 * 15 * 31
        pairs = [row for row in rows if row[1:3] == ["2", "6"]]
        self.assertEqual([row[3] for row in pairs], [f"{graphs * (graphs - 1) // 2:,}"] * 4)
        self.assertEqual([row[7] for row in pairs], ["0"] * 4)


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

    def test_filters_work_from_the_keyboard(self):
        self.show()
        self.browser.evaluate("document.querySelector('input[type=search]').focus()")
        for letter in "root":
            self.browser.call("Input.dispatchKeyEvent", type="char", text=letter)
        self.browser.wait_for(self.ROWS + ".length < 46")

    def test_every_pair_that_holds_has_a_strip(self):
        self.show()
        self.browser.wait_for("document.querySelector('#strips .plot').dataset.drawn === 'yes'")
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


def main():
    if not browser_program():
        print("skipped: no Chromium here (Debian: chromium)")
        return 77
    os.makedirs(os.path.join(FOLDER, "audit"), exist_ok=True)
    result = unittest.main(argv=[sys.argv[0], *sys.argv[4:]], exit=False, verbosity=2).result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
