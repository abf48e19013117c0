"""The whole ledger: every claim is decided as checked in, with a certificate that an independent program accepts."""

import json
import os
import unittest

import program_case

# The claims of Sections 2 and 3, of the reviews, and beyond the paper that need no trained model.
CLAIMS = """
D2.2 D2.3 L2.5 L2.6 D2.7 T2.8-bound T2.8-binomial T2.8-hoeffding T2.8-eq4 T2.8-eq5 T2.8-eq13 T2.8-worse T2.8-fastest
T2.8-adaptive T2.8-eq16-19 T2.8-eq20 S2-reversible
D3.1 D3.3 D3.4 S3-nonmonotone D3.5 R3.7 E3.8-matrices E3.8-singles E3.8-cross E3.8-sum E3.8-fidelity E3.8-hypotheses
D3.9-3.12 E3.13-matrices E3.13-paths E3.13-values E3.13-attained E3.13-hypotheses E3.13-figure3 S3-surpass S3-bounded
S3-zero REV-monotone REV-convex
A1-printed A1-published A2-printed A2-published S4-trend-mix S4-trend-fid S4-corr S4-params
X-P4.2 X-P5.1 X-line X-full X-star X-NW X-layers X-bidirectional
""".split()
# Those about the paper's checkpoints.
MEASURED = """
TAB1 TAB2 TAB3 TAB4 TAB5 TAB6 S4-trend-mix-measured S4-trend-fid-measured S4-layer4 S4-task
""".split()
# Those about the models trained here.
OWN = ["S4-trend-mix-own", "S4-trend-fid-own", "S4-task-own"]
DEFINITIONS = {"D2.2", "D2.3", "D2.7", "D3.1", "D3.3", "D3.4", "D3.5", "D3.9-3.12"}


class LedgerTest(program_case.ProgramCase):
    @classmethod
    def setUpClass(cls):
        cls.claims = None

    def audited(self):
        if self.claims is None:
            proofs = os.path.dirname(self.systems)
            ids = sorted(name[:-5] for name in os.listdir(os.path.join(proofs, "ledger")) if name.endswith(".toml"))
            self.assertEqual([name for name in MEASURED + OWN if name not in ids], [])
            exact = [name for name in ids
                     if not name.startswith("FLOAT-") and name not in MEASURED + OWN and name != "records"]
            result = self.run_program("audit", "--json", "--proofs", proofs, *exact, cwd=self.folder.name)
            self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout[-2000:])
            LedgerTest.claims = {claim["id"]: claim for claim in json.loads(result.stdout)["claims"]}
        return self.claims

    def test_every_claim_is_there_and_as_checked_in(self):
        claims = self.audited()
        self.assertEqual([name for name in CLAIMS if name not in claims], [])
        for name, claim in claims.items():
            self.assertEqual(claim["verdict"], claim["expected"], name)
            self.assertEqual(claim["differences"], [], name)
            self.assertEqual(claim["kind"] == "definition", name in DEFINITIONS, name)

    def test_every_claim_has_a_certificate_that_the_checker_accepts(self):
        for name, claim in self.audited().items():
            self.assertEqual((claim["replay"], claim["no_certificate"]), ("accepted", None), name)

    def test_nothing_is_proved_by_a_finite_check(self):
        for name, claim in self.audited().items():
            readings = [reading["holds"] for reading in claim["readings"] if reading["role"] == "stated"]
            if claim["verdict"] == "verified":
                self.assertIsNone(claim["theorem"], name)
            if claim["theorem"]:
                self.assertEqual(claim["proof"], "proofs/coq/" + claim["theorem"], name)
            if claim["verdict"] == "proved":
                self.assertIn(claim["theorem"], claim["theorems"], name)
                self.assertEqual(set(readings), {"yes"}, name)

    def test_whatever_fails_says_where_the_argument_breaks_and_what_holds(self):
        for name, claim in self.audited().items():
            if claim["verdict"] in ("refuted", "holds-if", "ambiguous"):
                self.assertTrue(claim["breaks"], name)
                self.assertTrue(claim["corrected"], name)

    def test_counterexamples_are_the_first_of_an_enumeration(self):
        for name, claim in self.audited().items():
            for reading in claim["readings"]:
                if reading["formula"].split()[0] == "forall" and reading["holds"] == "no":
                    self.assertIn(reading["minimal"], ("certified", "enumerated"), (name, reading["reading"]))
                    self.assertTrue(reading["evidence"], name)


class MeasuredTest(program_case.ProgramCase):
    def audited(self, names=tuple(MEASURED), **environment):
        proofs = os.path.dirname(self.systems)
        return self.run_program("audit", "--json", "--proofs", proofs, *names, cwd=self.folder.name,
                                env={**os.environ, **environment})

    def test_verdicts_are_as_checked_in_where_the_checkpoints_are(self):
        result = self.audited()
        claims = json.loads(result.stdout)["claims"]
        if any(claim["verdict"] == "skipped" for claim in claims):
            self.skipTest("the published models are not here: " + claims[0]["evidence"])
        self.check_verdicts(result)

    def test_verdicts_about_our_own_models_are_as_checked_in(self):
        """These models are checked in: nothing but LibTorch may be missing."""
        self.check_verdicts(self.audited(OWN))

    def check_verdicts(self, result):
        claims = json.loads(result.stdout)["claims"]
        if result.returncode == 5:
            self.skipTest("LibTorch is not here: " + claims[0]["evidence"])
        self.assertEqual((result.returncode, result.stderr), (0, ""), result.stdout[-2000:])
        for claim in claims:
            self.assertEqual((claim["verdict"], claim["differences"]), (claim["expected"], []), claim["id"])
            self.assertIn("measured on trained models", claim["no_certificate"])
            if claim["verdict"] in ("refuted", "ambiguous"):
                self.assertTrue(claim["breaks"] and claim["corrected"], claim["id"])

    def test_they_are_skipped_where_there_are_none(self):
        result = self.audited(CROSSHEAD_PUBLISHED="/nonexistent")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        document = json.loads(result.stdout)
        for claim in document["claims"]:
            self.assertEqual((claim["verdict"], claim["differences"]), ("skipped", []))
            self.assertIn("CROSSHEAD_PUBLISHED", claim["evidence"])
        self.assertEqual(document["summary"]["skipped"], len(MEASURED))


if __name__ == "__main__":
    program_case.main()
