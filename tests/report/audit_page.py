"""The page of an audit of the whole ledger."""
import os
import unittest

import page_checks
from page_case import FOLDER, PHONE, PROOFS, PageChecks, changes_the_page, started, with_plots, written


class AuditPage(PageChecks, unittest.TestCase):
    process = None

    @classmethod
    def start(cls):
        """It takes the longest to make: other pages can be read meanwhile."""
        cls.process = started("audit", "--proofs", PROOFS, "--report", os.path.join(FOLDER, "audit"))

    @classmethod
    def stop(cls):
        if cls.process and cls.process.poll() is None:
            cls.process.kill()
            cls.process.communicate()

    @classmethod
    def make(cls):
        if not cls.process:
            cls.start()
        # What differs from the ledger, or was skipped for want of models, is for other tests to judge.
        return written("audit/index.html", cls.process, codes=(0, 1, 4, 5))

    def shown(self):
        return self.browser.evaluate(page_checks.SHOWN + ".map(row => row.id.slice(6))")

    def choose(self, script):
        self.browser.evaluate(
            "(form => { " + script + " form.dispatchEvent(new Event('input', {bubbles: true})); })"
            "(document.querySelector('form.filters'))")

    @changes_the_page
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

    @changes_the_page
    def test_filters_work_from_the_keyboard(self):
        self.show()
        self.browser.evaluate("document.querySelector('input[type=search]').focus()")
        for letter in "hoeffding":
            self.browser.call("Input.dispatchKeyEvent", type="char", text=letter)
        self.browser.wait_for(page_checks.SHOWN + ".length < 10")
        self.assertIn("T2.8-hoeffding", self.shown())

    @changes_the_page
    def test_no_match_says_so(self):
        self.show()
        self.choose("form.elements.text.value = 'no such words anywhere';")
        self.assertEqual(self.shown(), [])
        self.assertIn("0 of ", self.browser.evaluate("document.querySelector('output').textContent"))

    @with_plots
    @changes_the_page
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

    def test_each_refutation_is_drawn(self):
        self.show()
        missing = self.browser.evaluate(
            "[...document.querySelectorAll('article.claim')].filter(claim => !claim.querySelector('.exhibit'))"
            ".map(claim => claim.id)")
        self.assertEqual(missing, [])
        claim = "document.getElementById('shown-T2.8-fastest')"
        self.assertEqual(self.browser.evaluate(claim + ".querySelectorAll('svg.graph').length"), 3)
        self.assertIn("merged", self.browser.evaluate(claim + ".textContent"))

    def test_sections_are_there(self):
        self.show()
        found = self.browser.evaluate("[...document.querySelectorAll('main > section')].map(section => section.id)")
        for section in ("ledger", "refutations", "signals", "weights", "figure-4", "floats", "census", "records", "words"):
            self.assertIn(section, found)

    def test_census_counts_all_pairs_on_six_nodes(self):
        self.show_all()
        rows = self.browser.evaluate("[...document.querySelectorAll('#census tbody tr')]"
                                     ".map(row => [...row.cells].map(cell => cell.textContent))")
        # 1 * 3 * 7 * 15 * 31 graphs: each node but the last has some of the later ones as targets.
        graphs = 1 * 3 * 7 * 15 * 31
        pairs = [row for row in rows if row[1:3] == ["2", "6"]]
        self.assertEqual([row[3] for row in pairs], [f"{graphs * (graphs - 1) // 2:,}"] * 4)
        self.assertEqual([row[7] for row in pairs], ["0"] * 4)
