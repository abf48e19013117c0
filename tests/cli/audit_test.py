"""`crosshead audit`: lines, JSON, JUnit XML, certificates, exit codes, damaged ledgers, a user's own claims."""

import json
import os
import shutil
import signal
import subprocess
import time
import unittest
import xml.etree.ElementTree

import program_case

TRUE_CLAIM = '''id = "T1-true"
section = "2"
source = "made for this test"
statement = "Every graph head on at most 3 nodes has minimax fidelity below 1, one node apart."
expected = "verified"

[[reading]]
name = "standard family"
formula = "forall system in unique_sink(2..3, 1..1): phi_min(head 1) < 1"
expected = true
'''

# On two nodes T_mix(1/4) = 2 (distances 1/2, 1/4) and 2N/p = 4.
FALSE_CLAIM = '''id = "T2-false"
section = "3"
source = "made for this test"
statement = "The mixing time of a head equals 2N/p."
expected = "refuted"
breaks = "2N/p is an upper bound."

[[reading]]
name = "at 1/4"
formula = """
forall system in unique_sink(2..3, 1..1):
  t_mix(head 1, 1/4) = 2*N/p(head 1)
"""
expected = false
'''


class AuditCase(program_case.ProgramCase):
    def proofs(self, **claims):
        """A folder with a ledger of the given claims (the two above by default)."""
        folder = os.path.join(self.folder.name, "proofs")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.join(folder, "ledger"))
        shutil.copytree(self.systems, os.path.join(folder, "systems"))
        for name, text in (claims or {"T1-true": TRUE_CLAIM, "T2-false": FALSE_CLAIM}).items():
            with open(os.path.join(folder, "ledger", name + ".toml"), "w", encoding="utf-8") as stream:
                stream.write(text)
        return folder

    def audit(self, *arguments, **options):
        return self.run_program("audit", *arguments, cwd=self.folder.name, **options)

    def report(self, name):
        with open(os.path.join(self.folder.name, "report", name), encoding="utf-8") as stream:
            return stream.read()

    def updated(self, **claims):
        """Such a folder with its certificates checked in."""
        folder = self.proofs(**claims)
        self.assertEqual(self.audit("--proofs", folder, "--update").returncode, 0)
        return folder


class AuditTest(AuditCase):
    def test_claims_stand_under_the_headings_of_their_sections(self):
        result = self.audit("--proofs", self.updated())
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, """\
Section 2
T1-true            verified    replayed
    Every graph head on at most 3 nodes has minimax fidelity below 1, one node
    apart.

Section 3
T2-false           refuted     replayed
    The mixing time of a head equals 2N/p.

2 claims: 1 refuted, 1 verified; 2 certificates replayed; 0 differ from the
ledger
""")

    def test_details_give_the_counterexample_and_where_the_argument_breaks(self):
        result = self.audit("--proofs", self.updated(), "T2-false")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        text = " ".join(result.stdout.split())
        for part in ("false at 1/4 [stated]", "n = 2, head {1->2}", "2N/p is an upper bound.", "accepts"):
            self.assertIn(part, text)

    def test_json_and_reports(self):
        result = self.audit("--json", "--proofs", self.updated())
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        document = json.loads(result.stdout)
        self.assertEqual(document, json.loads(self.report("audit.json")))
        self.assertEqual(document["schema"], "crosshead.audit/1")
        claim = document["claims"][1]
        for key in ("statement", "reading", "domain", "evidence", "certificate", "proof", "seconds"):
            self.assertIn(key, claim)
        self.assertEqual((claim["id"], claim["verdict"], claim["replay"]), ("T2-false", "refuted", "accepted"))
        self.assertEqual(claim["domain"], "forall system in unique_sink(2..3, 1..1)")
        reading = claim["readings"][0]
        self.assertEqual((reading["holds"], reading["expected"], reading["minimal"], reading["systems"]),
                         ("no", "no", "certified", 1))
        self.assertEqual(document["claims"][0]["readings"][0]["systems"], 4)  # 1 graph on 2 nodes, 3 on 3
        self.assertEqual(document["summary"], {"refuted": 1, "verified": 1, "differing": 0, "missing": 0, "skipped": 0,
                                               "interrupted": 0, "replayed": 2, "without_certificate": 0})
        suites = xml.etree.ElementTree.fromstring(self.report("audit.xml"))
        self.assertEqual((suites.get("tests"), suites.get("failures")), ("4", "0"))
        self.assertEqual([suite.get("name") for suite in suites], ["Section 2", "Section 3"])

    def test_a_certificate_that_cannot_be_checked_in_is_an_error_of_its_file(self):
        folder = self.proofs()
        blocked = os.path.join(folder, "certificates", "T1-true.json")
        os.makedirs(os.path.join(blocked, "full"))
        result = self.audit("--proofs", folder, "--update")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn(f"{blocked}: cannot be written", result.stderr)

    def test_certificates_are_deterministic_and_do_not_depend_on_threads(self):
        folder = self.proofs()
        texts = []
        for threads in ("1", "2"):
            shutil.rmtree(os.path.join(self.folder.name, "report"), ignore_errors=True)
            # Nothing is checked in, which is a difference.
            self.assertEqual(self.audit("--proofs", folder, "--threads", threads).returncode, 1)
            texts.append([self.report(os.path.join("certificates", name + ".json")) for name in ("T1-true", "T2-false")])
        self.assertEqual(texts[0], texts[1])

    def test_a_verdict_is_computed_not_read(self):
        folder = self.updated(**{"T2-false": FALSE_CLAIM.replace("= 2*N/p(head 1)", "<= 2*N/p(head 1)")
                                 .replace("expected = false", "expected = true").replace('"refuted"', '"verified"')})
        self.assertEqual(self.audit("--proofs", folder).returncode, 0)
        path = os.path.join(folder, "ledger", "T2-false.toml")
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text.replace("<= 2*N", "< N"))
        result = self.audit("--proofs", folder)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, r"T2-false +refuted")
        for text in ("the verdict is 'refuted', the ledger expects 'verified'", "the ledger expects true",
                     "is not the checked-in one"):
            self.assertIn(text, " ".join(result.stdout.split()))
        suites = xml.etree.ElementTree.fromstring(self.report("audit.xml"))
        self.assertEqual(suites.get("failures"), "2")

    def test_checked_in_certificates_are_compared(self):
        folder = self.updated()
        certificates = os.path.join(folder, "certificates")
        self.assertEqual(sorted(os.listdir(certificates)), ["T1-true.json", "T2-false.json"])
        with open(os.path.join(certificates, "T1-true.json"), "a", encoding="utf-8") as stream:
            stream.write("\n")
        os.rename(os.path.join(certificates, "T2-false.json"), os.path.join(certificates, "T3-gone.json"))
        result = self.audit("--proofs", folder)
        self.assertEqual(result.returncode, 1)
        words = " ".join(result.stdout.split())
        for text in ("T1-true.json)", "is not checked in", "T3-gone.json belongs to no claim"):
            self.assertIn(text, words)
        self.assertEqual(self.audit("--proofs", folder, "--update").returncode, 0)
        self.assertEqual(sorted(os.listdir(certificates)), ["T1-true.json", "T2-false.json"])
        self.assertEqual(self.audit("--proofs", folder).returncode, 0)

    def test_a_rejected_certificate_fails_the_audit(self):
        checker = self.file("#!/bin/sh\necho 'rejected: for the test'\nexit 1\n", "checker")
        os.chmod(checker, 0o755)
        result = self.audit("--proofs", self.updated(), "T1-true", env=dict(os.environ, CROSSHEAD_CHECK=checker))
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, r"T1-true +verified +REJECTED")
        self.assertIn("for the test", result.stdout)

    def test_a_missing_checker_is_a_missing_component(self):
        environment = dict(os.environ, CROSSHEAD_CHECK="/nonexistent/checker")
        result = self.audit("--proofs", self.proofs(), env=environment)
        self.assertEqual((result.returncode, result.stdout), (5, ""))
        self.assertIn("CROSSHEAD_CHECK", result.stderr)

    def test_a_users_own_claim(self):
        path = self.file(FALSE_CLAIM.replace("T2-false", "own-claim"), "my-claim.toml")
        result = self.audit("my-claim.toml")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("n = 2, head {1->2}", " ".join(result.stdout.split()))
        self.assertEqual(self.audit(path, "--json").returncode, 0)

    def test_an_undecided_claim_is_not_a_difference_of_verdicts(self):
        open_claim = ('id = "open"\nsection = "mine"\nsource = "me"\nstatement = "Division by zero."\n'
                      'expected = "verified"\n[[reading]]\nname = "r"\nformula = "1/(N - N) = 1/(N - N)"\n'
                      'expected = true\nsystem = "example-3.8.json"\n')
        path = os.path.join(self.systems, "example-3.8.json")
        shutil.copy(path, self.folder.name)
        self.file(open_claim, "open.toml")
        result = self.audit("open.toml")
        self.assertEqual(result.returncode, 4, result.stdout)
        self.assertIn("undecided", result.stdout)
        self.assertIn("no certificate", result.stdout)

    def test_bad_ledgers_are_bad_input_with_their_place(self):
        for old, new, says in (('expected = "verified"', 'expected = "maybe"', ("line 5", "'maybe'")),
                               ('section = "2"', 'section = 2', ("line 2", "string")),
                               ('statement = "', 'statment = "', ("line 4", "statment")),
                               ('source = "', 'source = ', ("line 3",)),
                               ("phi_min(head 1)", "phi_mni(head 1)", ("line 9", "column 54", "phi_min")),
                               ("head 1) < 1", "head 1) < ", ("line 9",))):
            folder = self.proofs(**{"T1-true": TRUE_CLAIM.replace(old, new)})
            self.refused(3, "audit", "--proofs", folder, says=says)

    def test_bad_usage(self):
        self.refused(2, "audit", "--proofs", self.proofs(), "E9.9-nothing", says=("E9.9-nothing", "T1-true"))
        self.refused(3, "audit", "--proofs", self.folder.name + "/absent", says="ledger")
        self.refused(3, "audit", "absent.toml", says="absent.toml")
        own = self.file(TRUE_CLAIM, "own.toml")
        self.refused(2, "audit", own, "--update", says="--update")
        self.refused(2, "audit", own, own, says="T1-true")

    def test_an_interrupt_ends_the_audit_cleanly(self):
        endless = ('id = "endless"\nsection = "mine"\nsource = "me"\nstatement = "Takes for ever."\n'
                   'expected = "verified"\n[[reading]]\nname = "r"\n'
                   'formula = "forall system in unique_sink(6..6, 2..2): phi_min(mean) >= 0"\nexpected = true\n')
        self.file(endless, "endless.toml")
        process = subprocess.Popen([self.program, "audit", "endless.toml"], cwd=self.folder.name, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors), (130, ""))
        self.assertIn("interrupted", output)
        self.assertTrue(json.loads(self.report("audit.json"))["claims"])

    def test_a_missing_module_is_a_missing_component(self):
        source = os.path.join(os.path.dirname(self.systems), "ledger", "FLOAT-4_heads_copy.toml")
        with open(source, encoding="utf-8") as stream:
            folder = self.proofs(**{"FLOAT-4_heads_copy": stream.read()})
        environment = dict(os.environ, CROSSHEAD_TORCH_MODULE="/nonexistent/module.so")
        result = self.audit("--proofs", folder, env=environment)
        self.assertEqual(result.returncode, 5)
        self.assertRegex(result.stdout, r"FLOAT-4_heads_copy +missing")

    def test_the_trained_model_is_cross_checked(self):
        result = self.audit("--json", "--proofs", os.path.dirname(self.systems), "FLOAT-4_heads_copy")
        if result.returncode == 5:
            self.skipTest("the LibTorch module is not built")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        claim = json.loads(result.stdout)["claims"][0]
        self.assertEqual(claim["verdict"], "verified")
        self.assertEqual([reading["reading"] for reading in claim["readings"]],
                         ["float32 against exact", "float64 against exact"])


if __name__ == "__main__":
    program_case.main()
