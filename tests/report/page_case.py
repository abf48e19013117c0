"""A page of the program in the one browser of these tests, and the checks that hold for every page."""
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


def started(*arguments):
    """A command of the program, which goes on while other pages are read."""
    return subprocess.Popen([PROGRAM, *arguments, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def written(name, process, codes=(0,)):
    """The page that a command has written when it ends."""
    page = os.path.join(FOLDER, name)
    errors = process.communicate()[1]
    if process.returncode not in codes or not os.path.exists(page):
        raise AssertionError(f"{' '.join(process.args)}: exit code {process.returncode}\n{errors}")
    return page


def made(name, *arguments, codes=(0,)):
    return written(name, started(*arguments), codes)


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


def changes_the_page(test):
    """What the test leaves behind is not shown to another one."""
    def wrapped(self):
        try:
            test(self)
        finally:
            PageChecks.shown = None
    return wrapped


class PageChecks:
    """Checks that hold for every page, which is made once a class. Tests run in the order of this file, so that
    neighbours share a page that is opened once."""

    browser = None
    # The page, its size, the scheme, and whether all of its parts are open.
    shown = None

    @classmethod
    def setUpClass(cls):
        cls.page = cls.make()
        if not PageChecks.browser:
            PageChecks.browser = Browser(browser_program())

    @classmethod
    def close(cls):
        if PageChecks.browser:
            PageChecks.browser.close()
            PageChecks.browser = None

    def show(self, size=WIDE, scheme="light"):
        """The page as it is after loading."""
        wanted = (self.page, size, scheme, False)
        if PageChecks.shown == wanted:
            return
        PageChecks.shown = None
        self.browser.size(*size, mobile=size == PHONE)
        self.browser.scheme(scheme)
        self.browser.open(self.page)
        self.browser.wait_for("document.documentElement.dataset.ready === 'yes'")
        PageChecks.shown = wanted

    def show_all(self, size=WIDE, scheme="light"):
        """The page with all parts open and all plots drawn, as for print."""
        if PageChecks.shown == (self.page, size, scheme, True):
            return
        self.show(size, scheme)
        self.browser.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; });"
                              "dispatchEvent(new Event('beforeprint'))")
        PageChecks.shown = (self.page, size, scheme, True)
        self.assert_empty("[...document.querySelectorAll('.plot')].filter(plot => plot.dataset.drawn !== 'yes')"
                          ".map(plot => 'not drawn: ' + plot.getAttribute('aria-label'))")

    def assert_empty(self, script):
        self.assertEqual(self.browser.evaluate(script), [])

    def test_needs_nothing_but_itself(self):
        self.show_all()
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual([url for url in self.browser.requests() if not url.startswith("file://")], [])
        self.assertEqual(len(self.browser.requests()), 1)
        with open(self.page, encoding="utf-8") as stream:
            text = stream.read()
        for forbidden in ('src="', "@import", 'rel="stylesheet"'):
            self.assertNotIn(forbidden, text.split("<body>")[0] + text.split("</main>")[-1].split("<script>")[0])

    @with_plots
    def test_every_plot_has_marks(self):
        self.show_all()
        self.assert_empty(page_checks.EMPTY_PLOTS)
        self.assertGreater(self.browser.evaluate("document.querySelectorAll('.plot').length"), 0)

    def test_can_be_used_by_everybody(self):
        self.show_all()
        self.assert_empty(page_checks.USABLE)

    def test_text_can_be_read_in_light_and_dark(self):
        for scheme in ("light", "dark"):
            self.show_all(scheme=scheme)
            with self.subTest(scheme):
                self.assert_empty(page_checks.CONTRAST)
            self.assertEqual(self.browser.complaints(), [])

    @with_plots
    @changes_the_page
    def test_is_drawn_again_for_another_scheme_and_width(self):
        self.show_all(scheme="dark")
        self.browser.screenshot(self.page + ".dark.png")
        label = "getComputedStyle(document.querySelector('.plot text')).fill"
        before = self.browser.evaluate(label)
        self.browser.scheme("light")
        self.browser.wait_for(f"{label} !== '{before}'")
        self.browser.screenshot(self.page + ".light.png")
        # The width that counts is the one it was drawn for. The first plot stays in sight, the last one comes into sight.
        fits = "+{0}.querySelector('svg').getAttribute('width') === {0}.clientWidth"
        first, last = (f"[...document.querySelectorAll('.plot')].at({place})" for place in (0, -1))
        self.browser.evaluate(f"{first}.scrollIntoView({{block: 'center'}});"
                              "new Promise(done => requestAnimationFrame(() => setTimeout(done, 200)))")
        self.browser.evaluate(f"{first}.style.maxWidth = '250px'; dispatchEvent(new Event('resize'))")
        self.browser.wait_for(fits.format(first))
        self.browser.size(*PHONE, mobile=True)
        self.browser.evaluate(last + ".scrollIntoView()")
        self.browser.wait_for(f"{fits.format(last)} && {last}.clientWidth <= {PHONE[0]}")

    def test_fits_a_phone(self):
        for scheme in ("light", "dark"):
            self.show_all(PHONE, scheme)
            self.assert_empty(page_checks.OVERFLOW)
            self.assertLessEqual(self.browser.evaluate("document.documentElement.scrollWidth"), PHONE[0])
            self.assert_empty(page_checks.EMPTY_PLOTS)
            self.browser.screenshot(f"{self.page}.phone.{scheme}.png")

    @with_plots
    @changes_the_page
    def test_plots_are_drawn_when_they_come_near(self):
        self.show()
        plot = "[...document.querySelectorAll('.plot')].at(-1)"
        self.browser.evaluate(f"for (let part = {plot}; part; part = part.parentElement) "
                              "if (part.tagName === 'DETAILS') part.open = true")
        self.browser.evaluate(plot + ".scrollIntoView()")
        self.browser.wait_for(plot + ".dataset.drawn === 'yes'")
        # Nothing moves when a plot is drawn.
        self.assert_empty("[...document.querySelectorAll('.plot[data-drawn]')].filter(plot => "
                          "plot.querySelector('svg').getAttribute('height') + 'px' !== plot.style.minHeight)"
                          ".map(plot => plot.getAttribute('aria-label'))")

    def test_network_is_forbidden(self):
        # Complaints are looked at before this test; it changes nothing else.
        self.show()
        refused = self.browser.evaluate(
            "fetch('https://example.org/').then(() => 'allowed', () => 'refused')")
        self.assertEqual(refused, "refused")
        self.assertTrue(any("Content Security Policy" in line or "policy" in line for line in self.browser.complaints()))

    @changes_the_page
    def test_first_stop_of_the_keyboard_leads_to_the_content(self):
        self.show()
        self.browser.key("Tab", 9)
        self.assertEqual(self.browser.evaluate("document.activeElement.className"), "skip")
        self.browser.key("Enter", 13)
        self.browser.wait_for("location.hash === '#main'")
