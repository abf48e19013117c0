"""`cmake --install`: the installed program finds its ledger, other projects find the libraries.

usage: package_test.py CMAKE BUILD_FOLDER SOURCE_FOLDER [unittest arguments]
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

NUMBERS = "crosshead/exact/rational.hpp"


class Package(unittest.TestCase):
    cmake = build = source = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.work = pathlib.Path(cls.folder.name)
        cls.prefix = cls.work / "prefix"
        cls.run_tool(cls.cmake, "--install", cls.build, "--prefix", cls.prefix)
        with_numbers, without = cls.headers()
        cls.run_tool(cls.cmake, "-S", pathlib.Path(__file__).parent / "examples", "-B", cls.work / "examples", "-G",
                     "Ninja", f"-DCMAKE_PREFIX_PATH={cls.prefix}", "-DCMAKE_BUILD_TYPE=Release",
                     f"-DNUMBERS={NUMBERS}", "-DHEADERS_WITH_NUMBERS=" + ";".join(with_numbers),
                     "-DHEADERS_WITHOUT=" + ";".join(without))
        cls.run_tool(cls.cmake, "--build", cls.work / "examples", "--parallel", "2")

    @classmethod
    def headers(cls):
        """The installed headers, without those that a compiled file includes first: the build has compiled these on
        their own already. First those that include NUMBERS, which is slow to read, then the others."""
        first = set()
        for entry in json.loads((cls.build / "compile_commands.json").read_text()):
            file = pathlib.Path(entry["file"])
            if file.parent.name == "Unity":  # several files compiled as one
                file = pathlib.Path(re.search(r'^#include "(.+)"', file.read_text(), re.M)[1])
            found = re.search(r'^#include\s+["<]([^">]+)[">]', file.read_text(), re.M)
            first.add(found[1] if found else None)
        installed = cls.prefix / "include"
        includes = {str(file.relative_to(installed)): re.findall(r'^#include "([^"]+)"', file.read_text(), re.M)
                    for file in installed.rglob("*.hpp")}

        def numbers(header):
            return header == NUMBERS or any(numbers(other) for other in includes[header])

        left = sorted(includes.keys() - first)
        return [header for header in left if numbers(header)], [header for header in left if not numbers(header)]

    @classmethod
    def run_tool(cls, *command):
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode:
            raise AssertionError(f"{command}\n{result.stdout}\n{result.stderr}")

    def output(self, program, *arguments, code=0):
        result = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, cwd=self.work)
        self.assertEqual(result.returncode, code, result.stderr)
        return result.stdout

    def example(self, name, *arguments):
        return self.output(self.work / "examples" / name, *arguments)

    def test_the_program_finds_its_ledger_and_its_checker(self):
        said = json.loads(self.output(self.prefix / "bin/crosshead", "audit", "--json", "--quiet", "E3.8-cross"))
        self.assertEqual([claim["id"] for claim in said["claims"]], ["E3.8-cross"])
        self.assertEqual(said["claims"][0]["replay"], "accepted")

    def test_manual_and_completions_are_there(self):
        for file in ("man/man1/crosshead.1", "bash-completion/completions/crosshead",
                     "fish/vendor_completions.d/crosshead.fish", "zsh/site-functions/_crosshead"):
            self.assertIn("analyze", (self.prefix / "share" / file).read_text(), file)

    def test_amplification(self):
        # The smallest pair that amplifies: 1355/3456 against 1/3 and 3/8.
        self.assertEqual(self.example("amplification"), "head 1: 1/3\nhead 2: 3/8\nmean: 1355/3456\namplifies: yes\n")

    def test_own_claim(self):
        certificate = self.work / "certificate.json"
        lines = self.example("own_claim", certificate).splitlines()
        self.assertEqual(lines[0], "refuted")
        self.assertIn("1355/3456", lines[2])
        accepted = self.output(self.prefix / "bin/crosshead-check", certificate)
        self.assertIn("accepted", accepted)

    def test_attention_signal(self):
        attention = self.source / "proofs/models/4_heads_copy_attention.safetensors"
        self.assertEqual(self.example("attention_signal", attention),
                         "4 heads, 100 nodes\ndefect at most 2^-20: 1\nmass after 3 steps: 1\n")


if __name__ == "__main__":
    Package.cmake, Package.build, Package.source = sys.argv[1], *map(pathlib.Path, sys.argv[2:4])
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
