#!/usr/bin/env python3
"""crosshead-check as a program: lines, exit codes, options, what it links and what its sources include."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "tests" / "certificates"
PROGRAM = sys.argv.pop() if len(sys.argv) > 1 else ""
MOST_LINES = 3100  # of all sources of the checker, comments and blank lines included


def run(*words):
    result = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    return result.returncode, result.stdout, result.stderr


class Program(unittest.TestCase):
    good, bad = CORPUS / "accept" / "superharmonic.json", CORPUS / "reject" / "wrong-truth.json"

    def test_one_line_for_an_accepted_file(self):
        code, out, err = run(self.good)
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(out, "accepted: superharmonic: verified: phi(mean, 2) = 1/2 and attained(mean, 2) and "
                              "phi(mean, 1) = 1 is true\n")

    def test_rejection_is_exit_code_1(self):
        code, out, _ = run(self.bad)
        self.assertEqual((code, out.count("\n")), (1, 1))
        self.assertTrue(out.startswith("rejected: readings[0].formula: "))

    def test_one_rejection_among_several(self):
        code, out, _ = run(self.good, self.bad, self.good)
        self.assertEqual((code, out.count("accepted: "), out.count("rejected: ")), (1, 2, 1))

    def test_a_directory_stands_for_its_certificates(self):
        code, out, _ = run(CORPUS / "accept")
        names = [line.split(": ")[0] for line in out.splitlines()]
        self.assertEqual(code, 0)
        self.assertEqual(names, sorted(str(p) for p in (CORPUS / "accept").glob("*.json")))

    def test_quiet_prints_rejections_alone(self):
        self.assertEqual(run("--quiet", self.good), (0, "", ""))
        self.assertEqual(run("--quiet", self.bad)[1].count("rejected"), 1)

    def test_unreadable_files_are_exit_code_3(self):
        self.assertEqual(run("no-such-file.json")[0], 3)
        self.assertEqual(run(self.bad, "no-such-file.json")[0], 3)
        with tempfile.TemporaryDirectory() as empty:
            self.assertEqual(run(empty)[0], 3)

    def test_bad_usage_is_exit_code_2(self):
        for words in ([], ["--verbose", self.good], ["--ledger"]):
            code, out, err = run(*words)
            self.assertEqual((code, out), (2, ""))
            self.assertIn("usage: ", err)

    def test_help(self):
        code, out, _ = run("--help")
        self.assertEqual(code, 0)
        self.assertIn("usage: crosshead-check", out)

    def test_ledger_hash(self):
        with tempfile.TemporaryDirectory() as folder:
            ledger, certificate = pathlib.Path(folder) / "with-ledger.toml", CORPUS / "accept" / "with-ledger.json"
            self.assertEqual(run("--ledger", folder, certificate)[0], 1)
            ledger.write_text('id = "with-ledger"\n')
            self.assertEqual(run("--ledger", folder, certificate)[0], 0)
            ledger.write_text('id = "with-ledger" \n')
            code, out, _ = run("--ledger", folder, certificate)
            self.assertEqual((code, out), (1, "rejected: hashes.ledger: the hash does not match\n"))
            code, out, _ = run("--ledger", folder, self.good)
            self.assertEqual((code, out), (1, "rejected: claim.id: no hash of a ledger file to check\n"))


class Independence(unittest.TestCase):
    sources = sorted((ROOT / "src" / "checker").glob("*.?pp"))

    def test_links_gmp_and_the_standard_library_alone(self):
        out = subprocess.run(["readelf", "-d", PROGRAM], capture_output=True, text=True).stdout
        needed = re.findall(r"NEEDED.*\[(.*?)\.so", out)
        self.assertIn("libgmp", needed)
        allowed = {"libgmp", "libgmpxx", "libstdc++", "libm", "libgcc_s", "libc", "ld-linux-x86-64", "libasan", "libubsan"}
        self.assertLessEqual(set(needed), allowed)

    def test_has_no_symbol_of_another_room(self):
        if shutil.which("nm") is None:
            self.skipTest("no nm")
        out = subprocess.run(["nm", "-C", PROGRAM], capture_output=True, text=True).stdout
        self.assertIn("crosshead::checker::replay", out)
        self.assertEqual(set(re.findall(r"crosshead::(\w+)::", out)), {"checker"})

    def test_includes_nothing_of_another_room(self):
        for source in self.sources:
            for target in re.findall(r'^\s*#\s*include\s*([<"].*?[>"])', source.read_text(), re.M):
                self.assertRegex(target, r'^("src/checker/\w+\.hpp"|<gmp(xx)?\.h>|<[a-z_0-9]+>)$', str(source))

    def test_stays_small(self):
        count = sum(len(source.read_text().splitlines()) for source in self.sources)
        self.assertLessEqual(count, MOST_LINES)


if __name__ == "__main__":
    unittest.main(verbosity=2)
