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
# Lines of code, neither blank nor only a comment: in the sources about claims, and in those about weights besides.
MOST_LINES, MOST_REGION_LINES = 999, 979
MOST_COLUMNS = 110


def run(*words):
    result = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True)
    return result.returncode, result.stdout, result.stderr


class Program(unittest.TestCase):
    good, bad = CORPUS / "accept" / "superharmonic.json", CORPUS / "reject" / "wrong-truth.json"

    def test_one_line_for_an_accepted_file(self):
        code, out, err = run(self.good)
        self.assertEqual((code, err), (0, ""))
        self.assertEqual(out, 'accepted: superharmonic: verified: ["and",["=",["phi","mean",2],["/",1,2]],["attained","mean",2],'
                              '["=",["phi","mean",1],1]] is true\n')

    def test_rejection_is_exit_code_1(self):
        code, out, _ = run(self.bad)
        self.assertEqual((code, out.count("\n")), (1, 1))
        self.assertTrue(out.startswith("rejected: readings[0].formula: "))

    def test_one_rejection_among_several(self):
        code, out, _ = run(self.good, self.bad, self.good)
        self.assertEqual((code, out.count("accepted: "), out.count("rejected: ")), (1, 2, 1))

    def test_names_the_file_when_there_are_several(self):
        files = sorted((CORPUS / "accept").glob("*.json"))
        code, out, _ = run(*files)
        self.assertEqual(code, 0)
        self.assertEqual([line.split(": ")[0] for line in out.splitlines()], [str(p) for p in files])

    def test_one_line_for_a_certificate_of_weights(self):
        code, out, err = run(CORPUS / "accept" / "region-edge.json")
        self.assertEqual((code, out, err), (0, "accepted: phi(mean, 1) >= 1/2 holds exactly for b in (0, 1]\n", ""))
        code, out, _ = run(CORPUS / "reject" / "region-holds-everywhere.json")
        self.assertEqual((code, out.count("\n")), (1, 1))
        self.assertTrue(out.startswith("rejected: holds: the pieces give "))

    def test_an_empty_file_is_rejected(self):
        with tempfile.TemporaryDirectory() as folder:
            empty = pathlib.Path(folder) / "empty.json"
            empty.write_bytes(b"")
            code, out, _ = run(empty)
            self.assertEqual((code, out.count("\n")), (1, 1))
            self.assertTrue(out.startswith("rejected: certificate: not JSON: "))

    def test_unreadable_files_are_exit_code_3(self):
        self.assertEqual(run("no-such-file.json")[0], 3)
        self.assertEqual(run(self.bad, "no-such-file.json")[0], 3)
        with tempfile.TemporaryDirectory() as empty:
            self.assertEqual(run(empty)[0], 3)

    def test_bad_usage_is_exit_code_2(self):
        for words in ([], ["--verbose", self.good], ["--ledger"], ["--quiet", self.good], ["-"]):
            code, out, err = run(*words)
            self.assertEqual((code, out), (2, ""))
            self.assertIn("usage: ", err)

    def test_help(self):
        code, out, _ = run("--help")
        self.assertEqual(code, 0)
        self.assertIn("usage: crosshead-check", out)


class Independence(unittest.TestCase):
    sources = sorted((ROOT / "src" / "checker").glob("*.?pp"))

    def test_links_three_libraries_and_the_standard_one_alone(self):
        out = subprocess.run(["readelf", "-d", PROGRAM], capture_output=True, text=True).stdout
        needed = re.findall(r"NEEDED.*\[(.*?)\.so", out)
        for library in ("libgmp", "libjansson", "libmd"):
            self.assertIn(library, needed)
        allowed = {"libgmp", "libgmpxx", "libjansson", "libmd", "libstdc++", "libm", "libgcc_s", "libc", "ld-linux-x86-64", "libasan", "libubsan"}
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
                self.assertRegex(target, r'^("src/checker/\w+\.hpp"|<(gmp|gmpxx|jansson|sha2)\.h>|<[a-z_0-9]+>)$', str(source))

    def test_stays_small(self):
        for about_weights, most in ((False, MOST_LINES), (True, MOST_REGION_LINES)):
            sources = [source for source in self.sources if source.name.startswith("region") == about_weights]
            lines = [line for source in sources for line in source.read_text().splitlines()]
            code = [line for line in lines if line.strip() and not line.strip().startswith("//")]
            self.assertLessEqual(len(code), most)
            self.assertGreater(len(code), most // 2)
            self.assertNotIn("/*", "".join(lines))
            self.assertLessEqual(max(map(len, lines)), MOST_COLUMNS)


if __name__ == "__main__":
    unittest.main(verbosity=2)
