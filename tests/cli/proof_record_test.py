"""Theorems in the audit: a claim that its readings verify is proved while Coq's record speaks of these very files."""

import hashlib
import json
import os

import audit_test
import program_case

CLAIM = audit_test.TRUE_CLAIM.replace('expected = "verified"', '''expected = "proved"
theorem = "walks.v#first"
hypotheses = ["0 < n"]''', 1)
BASE, WALKS = "(* what others need *)\n", "From crosshead Require Import base.\nTheorem first : True.\n"


class ProofRecordTest(audit_test.AuditCase):
    def record(self, **changes):
        """A folder of one claim with its record; `changes` replace parts of the theorem's entry."""
        folder = self.proofs(**{"T1-true": CLAIM})
        coq = os.path.join(folder, "coq")
        os.makedirs(coq)
        files = {}
        for name, text, imports in (("base.v", BASE, []), ("walks.v", WALKS, ["base.v"])):
            with open(os.path.join(coq, name), "w", encoding="utf-8") as stream:
                stream.write(text)
            files[name] = {"imports": imports, "sha256": hashlib.sha256(text.encode()).hexdigest()}
        theorem = {"claims": ["T1-true"], "statement": "True", "hypotheses": ["0 < n"], "axioms": []} | changes
        second = {"claims": ["T1-true"], "statement": "True", "hypotheses": [], "axioms": []}
        self.write(coq, "theorems.json", {"schema": "crosshead.theorems/1", "files": files,
                                          "theorems": {"walks.v#another": second, "walks.v#first": theorem}})
        self.audit("--proofs", folder, "--update")
        return folder

    def write(self, folder, name, content):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as stream:
            stream.write(content if isinstance(content, str) else json.dumps(content))

    def claim(self, folder):
        result = self.audit("--json", "--proofs", folder)
        [claim] = json.loads(result.stdout)["claims"]
        self.assertEqual(result.returncode, 1 if claim["differences"] else 0, result.stderr)
        return claim

    def test_a_recorded_theorem_makes_it_proved(self):
        claim = self.claim(self.record())
        self.assertEqual((claim["verdict"], claim["differences"]), ("proved", []))
        self.assertEqual(claim["proof"], "proofs/coq/walks.v#first")
        self.assertEqual(claim["theorems"], ["walks.v#first", "walks.v#another"])

    def not_proved(self, folder, says):
        claim = self.claim(folder)
        self.assertEqual(claim["verdict"], "verified")
        self.assertIn(says, " ".join(claim["differences"]))
        self.assertNotIn("walks.v#first", claim["theorems"])

    def test_no_record(self):
        folder = self.record()
        os.remove(os.path.join(folder, "coq", "theorems.json"))
        self.not_proved(folder, "walks.v#first is not recorded")

    def test_an_axiom(self):
        claim = self.claim(self.record(axioms=["Axioms: classic"]))
        self.assertEqual(claim["verdict"], "verified")
        self.assertIn("rests on axioms", " ".join(claim["differences"]))

    def test_other_hypotheses(self):
        claim = self.claim(self.record(hypotheses=["0 < n", "n < 7"]))
        self.assertEqual(claim["verdict"], "verified")
        self.assertIn("the hypotheses of walks.v#first are not those", " ".join(claim["differences"]))

    def test_a_theorem_about_another_claim(self):
        self.not_proved(self.record(claims=["T2-false"]), "does not name T1-true")

    def test_a_file_that_has_changed_since(self):
        for name, text in (("walks.v", WALKS), ("base.v", BASE)):
            folder = self.record()
            self.write(os.path.join(folder, "coq"), name, text + "\n")
            self.not_proved(folder, f"proofs/coq/{name} is not the file that was compiled")

    def test_a_file_that_is_gone(self):
        folder = self.record()
        os.remove(os.path.join(folder, "coq", "base.v"))
        self.not_proved(folder, "proofs/coq/base.v")

    def test_a_damaged_record_is_bad_input(self):
        for damage in ("{", "[]", '{"schema": "crosshead.theorems/2"}', '{"schema": "crosshead.theorems/1"}'):
            folder = self.record()
            self.write(os.path.join(folder, "coq"), "theorems.json", damage)
            result = self.audit("--proofs", folder)
            self.assertEqual(result.returncode, 3, damage)
            self.assertIn("theorems.json", result.stderr)

    def test_hypotheses_in_a_claim_file_need_a_theorem_and_are_texts(self):
        for change, says in ((("theorem", "breaks"), "hypotheses are those of a theorem"),
                             (('["0 < n"]', '"0 < n"'), "an array of texts"),
                             (('["0 < n"]', "[7]"), "a hypothesis is a text")):
            text = CLAIM.replace(*change).replace('expected = "proved"', 'expected = "verified"')
            result = self.audit("--proofs", self.proofs(**{"T1-true": text}))
            self.assertEqual(result.returncode, 3, result.stderr)
            self.assertIn(says, result.stderr)


if __name__ == "__main__":
    program_case.main()
