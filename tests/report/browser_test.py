"""browser_test.py CROSSHEAD PROOFS FOLDER [TEST...]: makes pages and reads them in a headless Chromium without a network.
Leaves pages and screenshots in FOLDER. Says so and exits with 77 where there is no browser. TEST names a class below or
one of its tests, as in RegionPage.test_fits_a_phone; default: all."""
import os
import sys
import unittest

from audit_page import AuditPage
from command_pages import (BestWeightsOfManyHeadsPage, BestWeightsPage, CrosscheckPage, FamilyPage, GuidedPage, LargeGuidedPage,
                           RegionPage, SearchPage, TablesPage)
from devtools import browser_program
from page_case import FOLDER, PageChecks

# That of the audit is made while the others are read.
PAGES = (RegionPage, BestWeightsPage, BestWeightsOfManyHeadsPage, FamilyPage, GuidedPage, LargeGuidedPage, SearchPage,
         TablesPage, CrosscheckPage, AuditPage)


class InOrder(unittest.TestLoader):
    """The tests of a page in the order in which they are written."""

    def getTestCaseNames(self, page):
        written = [name for part in page.__mro__ for name in vars(part)]
        return sorted(super().getTestCaseNames(page), key=written.index)


def load_tests(loader, *_):
    return unittest.TestSuite(loader.loadTestsFromTestCase(page) for page in PAGES)


def main():
    if not browser_program():
        print("skipped: no Chromium here (Debian: chromium)")
        return 77
    os.makedirs(os.path.join(FOLDER, "audit"), exist_ok=True)
    names = sys.argv[4:]
    if not names:
        AuditPage.start()
    try:
        result = unittest.main(argv=[sys.argv[0], *names], testLoader=InOrder(), exit=False, verbosity=2).result
    finally:
        AuditPage.stop()
        PageChecks.close()
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
