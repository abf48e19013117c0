"""`crosshead audit`: verdict lines, JSON, exit codes, damaged ledgers."""

import json
import os
import shutil
import unittest

import program_case


class AuditTest(program_case.ProgramCase):
    def proofs(self):
        """A copy of the ledger and its systems that a test may damage."""
        source = os.path.dirname(self.systems)
        copy = os.path.join(self.folder.name, "proofs")
        for part in ("ledger", "systems"):
            shutil.copytree(os.path.join(source, part), os.path.join(copy, part))
        for name in os.listdir(os.path.join(copy, "ledger")):
            if name.startswith("FLOAT-"):
                os.remove(os.path.join(copy, "ledger", name))
        return copy

    def rewrite(self, proofs, claim, old, new):
        path = os.path.join(proofs, "ledger", claim + ".toml")
        with open(path) as stream:
            text = stream.read()
        self.assertIn(old, text)
        with open(path, "w") as stream:
            stream.write(text.replace(old, new))

    def test_every_claim_has_a_line_and_the_verdict_is_the_ledgers(self):
        result = self.run_program("audit", "--quiet", "--proofs", self.proofs())
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        lines = result.stdout.splitlines()
        verdicts = dict(line.split()[:2] for line in lines[:-2])
        self.assertEqual(len(verdicts), 12)
        self.assertEqual(verdicts["E3.13-attained"], "refuted")
        self.assertEqual(verdicts["E3.8-fidelity"], "ambiguous")
        self.assertEqual(verdicts["E3.8-sum"], "verified")
        self.assertEqual(lines[-1], "12 claims: 1 ambiguous, 4 refuted, 7 verified; 0 differ from the ledger")

    def test_json_carries_the_numbers(self):
        result = self.run_program("audit", "--json", "--proofs", self.proofs(), "E3.13-values", "E3.8-cross")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        document = json.loads(result.stdout)
        self.assertEqual(document["schema"], "crosshead.audit/1")
        claims = {claim["id"]: claim for claim in document["claims"]}
        self.assertEqual(set(claims), {"E3.13-values", "E3.8-cross"})
        values = claims["E3.13-values"]
        self.assertEqual(values["verdict"], "verified")
        self.assertEqual(len(values["readings"]), 4)
        self.assertEqual(values["readings"][0]["evidence"], "heads 3/8, 3/8; combined 1/2")
        for key in ("statement", "reading", "domain", "evidence", "certificate", "proof", "seconds"):
            self.assertIn(key, values)
        self.assertEqual(document["summary"], {"verified": 2, "differing": 0, "missing": 0})

    def test_a_verdict_is_computed_not_read(self):
        proofs = self.proofs()
        self.rewrite(proofs, "E3.13-values", '"0.5"', '"0.51"')
        result = self.run_program("audit", "--proofs", proofs, "E3.13-values")
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, r"E3.13-values +refuted")
        self.assertIn("the ledger expects 'verified'", result.stdout)

    def test_a_changed_expectation_differs(self):
        proofs = self.proofs()
        self.rewrite(proofs, "E3.13-attained", '"refuted"', '"verified"')
        self.assertEqual(self.run_program("audit", "--proofs", proofs).returncode, 1)

    def test_bad_ledgers_are_bad_input(self):
        for old, new, says in (('expected = "refuted"', 'expected = "maybe"', "'maybe' is no verdict"),
                               ('section = "3"', 'section = 3', "'section' must be a string"),
                               ('system = "', 'sytem = "', "unknown key 'sytem'"),
                               ('source = "', 'source = ', "line 3"),
                               ("example-3.13.json", "absent.json", "absent.json")):
            proofs = self.proofs()
            self.rewrite(proofs, "E3.13-attained", old, new)
            self.refused(3, "audit", "--proofs", proofs, says=says)
            shutil.rmtree(proofs)

    def test_bad_usage(self):
        self.refused(2, "audit", "--proofs", self.proofs(), "E9.9-nothing", says=("E9.9-nothing", "E3.8-sum"))
        self.refused(3, "audit", "--proofs", self.folder.name, says="ledger")

    def test_a_missing_module_is_a_missing_component(self):
        proofs = self.proofs()
        source = os.path.join(os.path.dirname(self.systems), "ledger", "FLOAT-4_heads_copy.toml")
        shutil.copy(source, os.path.join(proofs, "ledger"))
        environment = dict(os.environ, CROSSHEAD_TORCH_MODULE="/nonexistent/module.so")
        result = self.run_program("audit", "--proofs", proofs, env=environment)
        self.assertEqual(result.returncode, 5)
        self.assertRegex(result.stdout, r"FLOAT-4_heads_copy +missing")
        self.assertIn("13 claims", result.stdout)

    def test_the_trained_model_is_cross_checked(self):
        result = self.run_program("audit", "--json", "--proofs", os.path.dirname(self.systems), "FLOAT-4_heads_copy")
        if result.returncode == 5:
            self.skipTest("the LibTorch module is not built")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        claim = json.loads(result.stdout)["claims"][0]
        self.assertEqual(claim["verdict"], "verified")
        self.assertEqual([reading["reading"] for reading in claim["readings"]],
                         ["float32 against exact", "float64 against exact"])


if __name__ == "__main__":
    program_case.main()
