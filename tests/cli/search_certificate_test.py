"""`crosshead search --certificate` against crosshead-check, which shares no code with it.

usage: search_certificate_test.py PROGRAM SYSTEMS_FOLDER; the environment's CROSSHEAD_CHECK names the checker
"""

import json
import os
import re
import subprocess

from program_case import ProgramCase, main

PAIRS = ["--nodes", "4", "--heads", "2"]


def statement_of(file):
    with open(file, encoding="utf-8") as stream:
        reading, = json.load(stream)["readings"]
    return reading["text"] if "text" in reading else reading["formula"]


class SearchCertificates(ProgramCase):
    def search(self, *arguments):
        result = self.run_program("search", "--json", *arguments, "--certificate", self.certificates())
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return json.loads(result.stdout)

    def certificates(self):
        return os.path.join(self.folder.name, "new", "certificates")

    def replay(self, file):
        checker = os.environ.get("CROSSHEAD_CHECK") or os.path.join(os.path.dirname(self.program), "crosshead-check")
        return subprocess.run([checker, file], capture_output=True, text=True, check=False)

    def accepted(self, file):
        """What an accepted certificate states, in the claim language."""
        result = self.replay(file)
        self.assertEqual(result.returncode, 0, result.stdout)
        return statement_of(file)

    def test_every_claim_is_certified_and_replayed(self):
        for claim, options in (("amplifies", []), ("attenuates", ["--first-step", "0", "--sink-counts", "no"]),
                               ("mixes-faster", ["--epsilon", "1/10"]),
                               ("mixes-slower", ["--distance", "l1", "--start", "average"]),
                               ("phi_min(mean) > max h in heads: phi_min(head h)", []),
                               ("phi(mean, 1) < phi(head 2, 2)", []), ("T2.8-fastest", ["--proofs", os.path.join(self.systems, "..")])):
            found = self.search(claim, *PAIRS, *options)
            self.assertEqual(found["certificates"]["missing"], {})
            self.assertGreater(found["witnesses"], 0)
            said = self.accepted(found["certificates"]["family"])
            self.assertIn("(sum system in unique_sink(4, 2): 1) = 210 and ", said)
            self.assertIn(f"): 1) = {found['witnesses']} and ", said)
            self.assertIn(f"): 1) = {found['ties']} and ", said)
            self.assertTrue(said.endswith(f") = {found['extreme']['value']}"), said)
            said = self.accepted(found["certificates"]["extreme"])
            self.assertIn(f" = {found['extreme']['value']} and ", said)
            self.accepted(found["certificates"]["first"])
            for name, system in (("first", found["first"]), ("extreme", found["extreme"]["system"])):
                with open(found["certificates"][name], encoding="utf-8") as stream:
                    given = json.load(stream)["readings"][0]["given"]
                loops = [[str(node), str(node)] for node in range(1, 5)]
                self.assertEqual([sorted([str(j), str(i)] for j, i in head["edges"]) for head in given["heads"]],
                                 [sorted([*map(list, head["edges"]), *loops]) for head in system["heads"]])

    def test_names_of_files_need_not_be_text(self):
        folder = os.fsencode(self.folder.name) + b"/\xff"
        result = self.run_program("search", "--json", "amplifies", "--nodes", "3", "--heads", "2", "--certificate", folder)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(os.path.basename(os.path.dirname(json.loads(result.stdout)["certificates"]["family"])), "\ufffd")

    def test_other_families(self):
        for options, family in ((["--family", "union-sink"], "feedforward(3, 2) where unique_sink(union)"),
                                (["--family", "optional-loops"], "optional_loops(3, 2)"),
                                (["--grid", "5"], "unique_sink(3, 2), weights in inner_grid(5)")):
            found = self.search("attenuates", "--nodes", "3", "--heads", "2", *options)
            said = self.accepted(found["certificates"]["family"])
            self.assertIn(f"(sum system in {family}: 1) = {found['systems']} and", said)

    def test_what_has_no_certificate_says_why(self):
        missing = self.search("amplifies", *PAIRS, "--ordered")["certificates"]["missing"]
        self.assertEqual(missing, {"family": "the claim language has no family of ordered heads"})
        missing = self.search("amplifies", *PAIRS, "--weights", "1/4,3/4")["certificates"]["missing"]
        self.assertIn("not of these", missing["family"])
        missing = self.search("amplifies", *PAIRS, "--count", "100")["certificates"]["missing"]
        self.assertEqual(missing, {"family": "the search was not of the whole family"})
        missing = self.search("amplifies", "--nodes", "5", "--heads", "2")["certificates"]["missing"]
        self.assertIn("162 MiB", missing["family"])
        missing = self.search("amplifies", "--nodes", "5", "--heads", "3", "--count", "1")["certificates"]["missing"]
        self.assertEqual(missing, {"family": "the search was not of the whole family"})
        result = self.run_program("search", "mixes-faster", *PAIRS, "--ordered", "--certificate", self.certificates())
        self.assertIn("not family: the claim language has no family of ordered heads", " ".join(result.stdout.split()))

    def test_damaged_ones_are_rejected(self):
        found = self.search("amplifies", *PAIRS)
        for name in ("first", "extreme", "family"):
            with open(found["certificates"][name], encoding="utf-8") as stream:
                text = stream.read()
            for damage in ("value", "fact"):
                # The last number of the statement, and the first value that a fact proves.
                pattern = r'"(?:text|formula)": ".* = (\d+)' if damage == "value" else r'"phi": "(\d+)'
                digit = re.search(pattern, text).start(1)
                other = text[:digit] + str((int(text[digit]) + 1) % 10) + text[digit + 1:]
                result = self.replay(self.file(other, "damaged.json"))
                self.assertEqual(result.returncode, 1, f"{name}, {damage}")
                self.assertIn("rejected", result.stdout)

    def test_a_folder_that_cannot_be_made_is_refused(self):
        file = self.file("", "file")
        result = self.run_program("search", "amplifies", *PAIRS, "--certificate", os.path.join(file, "folder"))
        self.assertEqual(result.returncode, 3)
        self.assertIn("the folder cannot be made", result.stderr)


if __name__ == "__main__":
    main()
