"""analyze --certificate: what is written is replayed by the other program, hashed by Python, and read by eye.

usage: certificate_test.py CROSSHEAD CROSSHEAD_CHECK SYSTEMS_FOLDER FORMAT_MD [unittest arguments]
"""

import hashlib
import json
import math
import os
import random
import re
import struct
import subprocess
import sys
import unittest
from fractions import Fraction

from program_case import ProgramCase
from random_systems import document, random_options, random_system


def canonical(value):
    """The canonical text of FORMAT.md, section 1."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def hashes_of(certificate):
    """The hashes that a certificate has to carry, by the words of FORMAT.md."""
    readings = [[r["name"], r["role"], r["text"], r["formula"], r["convention"], r.get("printed"), r.get("given")]
                for r in certificate["readings"]]
    systems = [sha256(canonical(s["system"])) for r in certificate["readings"] for s in r["systems"]]
    rest = {key: value for key, value in certificate.items() if key != "sha256"}
    return sha256(canonical([certificate["claim"], *readings])), systems, sha256(canonical(rest))


def npy(shape, values):
    """A .npy file of float32."""
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".encode()
    header += b" " * ((-len(header) - 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + struct.pack(f"<{len(values)}f", *values)


def attention(heads, nodes, seed):
    """Causal softmax attention [head, query, key] with rows as float32 leaves them."""
    dice = random.Random(seed)
    values = []
    for _ in range(heads):
        for row in range(nodes):
            weights = [math.exp(dice.gauss(0, 1.5)) for _ in range(row + 1)]
            values += [w / sum(weights) for w in weights] + [0.0] * (nodes - row - 1)
    return npy((heads, nodes, nodes), values)


class Certificates(ProgramCase):
    checker = format_file = None

    def emit(self, file, *arguments, codes=(0,), name="certificate.json"):
        """Runs analyze --certificate; returns the path of the certificate and what was said to be left out."""
        path = os.path.join(self.folder.name, name)
        result = self.run_program("analyze", file, "--certificate", path, *arguments)
        self.assertIn(result.returncode, codes, result.stderr)
        lines = result.stderr.splitlines()
        self.assertTrue(all(line.startswith("crosshead: not in the certificate: ") for line in lines), lines)
        return path, [line.removeprefix("crosshead: not in the certificate: ") for line in lines]

    def replay(self, path):
        result = subprocess.run([self.checker, path], capture_output=True, text=True, check=False, timeout=300)
        self.assertEqual(result.returncode, 0, result.stdout[:2000] + result.stderr)
        self.assertTrue(result.stdout.startswith("accepted: "), result.stdout[:2000])

    def content(self, path):
        with open(path, encoding="utf-8") as stream:
            return json.load(stream)

    def system_files(self):
        files = sorted(file for file in os.listdir(self.systems) if file.endswith(".json"))
        self.assertGreater(len(files), 15)
        return [os.path.join(self.systems, file) for file in files]

    def test_every_system_under_every_reading(self):
        readings = [[],
                    ["--first-step", "0", "--sink-counts", "no"],
                    ["--distance", "l1", "--start", "average", "--epsilon", "1/4,1/100,1"],
                    ["--first-step", "0", "--start", "average"],
                    ["--sink-counts", "no", "--distance", "l1", "--epsilon", "1/3,5"]]
        for file in self.system_files():
            for reading in readings:
                with self.subTest(file=os.path.basename(file), reading=reading):
                    path, _ = self.emit(file, *reading, codes=(0, 4))
                    self.replay(path)
                    certificate = self.content(path)
                    claim, systems, whole = hashes_of(certificate)
                    self.assertEqual(certificate["hashes"], {"claim": claim, "systems": systems})
                    self.assertEqual(certificate["sha256"], whole)
                    self.assertEqual(certificate["verdict"], "verified")

    def test_random_systems(self):
        """Everything that is decided is certified, apart from rare limits along cycles."""
        dice = random.Random(20250702)
        paths, incomplete = [], 0
        for number in range(200):
            system, options = random_system(dice), random_options(dice)
            path, left_out = self.emit(
                self.file(document(system), "system.json"), "--max-steps", "400", "--epsilon", "1/4,1/50",
                "--first-step", str(options["first_step"]), "--sink-counts", options["sink_counts"],
                "--distance", options["distance"], "--start", options["start"], codes=(0, 4),
                name=f"{number}.json")
            paths.append(path)
            unproved = [line for line in left_out if "undecided" not in line]
            for line in unproved:
                self.assertRegex(line, r"^phi\(.*\): (the signal's recurrence has characteristic roots outside|a limit)")
            incomplete += bool(unproved)
        result = subprocess.run([self.checker, *paths], capture_output=True, text=True, check=False, timeout=300)
        self.assertEqual(result.returncode, 0, result.stdout[:2000])
        self.assertEqual(len(re.findall(r"^\S+: accepted: ", result.stdout, re.MULTILINE)), 200)
        self.assertLess(incomplete, 10)

    def test_other_weights(self):
        file = os.path.join(self.systems, "example-3.8.json")
        path, left_out = self.emit(file, "--weights", "1/3,2/3")
        self.replay(path)
        self.assertEqual(left_out, [])
        self.assertEqual(self.content(path)["readings"][0]["given"]["weights"], ["1/3", "2/3"])
        path, _ = self.emit(file, "--weights", "0,1")
        self.replay(path)

    def test_the_formula_says_what_the_analysis_says(self):
        file = os.path.join(self.systems, "figure-3.json")
        path, left_out = self.emit(file, "--epsilon", "1/4,1/100")
        formula = self.content(path)["readings"][0]["text"]
        analysis = self.analysis(file, "--epsilon", "1/4,1/100")
        self.assertEqual(left_out, [])
        for chain, part in [("mean", analysis["combined"])] + [
                (f"head {k + 1}", head) for k, head in enumerate(analysis["heads"])]:
            for mixing in part["mixing"]:
                self.assertIn(f"t_mix({chain}, {mixing['epsilon']}) = {mixing['time']}", formula)
            for j, node in enumerate(part["fidelity"]["nodes"]):
                self.assertIn(f"phi({chain}, {j + 1}) = {node['supremum']}", formula)
                self.assertIn(("" if node["attained"] else "not ") + f"attained({chain}, {j + 1})", formula)
            self.assertIn(f"phi_min({chain}) = {part['fidelity']['minimax']}", formula)
        amplifies = ">" if analysis["verdicts"]["amplifies"] else "<="
        self.assertIn(f"phi_min(mean) {amplifies} (max h in heads: phi_min(head h))", formula)

    def test_same_bytes(self):
        file = os.path.join(self.systems, "example-3.13.json")
        first, _ = self.emit(file, name="first.json")
        second, _ = self.emit(file, name="second.json")
        with open(first, "rb") as a, open(second, "rb") as b:
            self.assertEqual(a.read(), b.read())

    def test_standard_output_is_the_same(self):
        file = os.path.join(self.systems, "example-3.8.json")
        plain = self.run_program("analyze", file, "--json")
        path = os.path.join(self.folder.name, "c.json")
        self.assertEqual(self.run_program("analyze", file, "--json", "--certificate", path).stdout, plain.stdout)

    def test_what_is_left_out(self):
        _, left_out = self.emit(os.path.join(self.systems, "cyclic-with-irrational-rates.json"), codes=(4,))
        self.assertIn("phi(mean, 1): the supremum is undecided", left_out)
        quiet = self.run_program("analyze", os.path.join(self.systems, "cyclic-with-irrational-rates.json"), "--quiet",
                                 "--certificate", os.path.join(self.folder.name, "c.json"))
        self.assertEqual((quiet.returncode, quiet.stderr), (4, ""))
        path, left_out = self.emit(self.file(attention(2, 5, 1), "a.npy"), "--attention-walk", "published")
        self.assertEqual([line.split(":")[0] for line in left_out],
                         [f"walk and mixing times of {chain}" for chain in ("mean", "head 1", "head 2")])
        self.replay(path)

    def test_many_thresholds(self):
        """Long conjunctions are grouped, so that the nesting stays within its limit."""
        epsilons = ",".join(f"1/{k}" for k in range(2, 252))
        path, left_out = self.emit(os.path.join(self.systems, "example-3.8.json"), "--epsilon", epsilons)
        self.assertEqual(left_out, [])
        self.replay(path)
        self.assertIn("t_mix(mean, 1/251) = ", self.content(path)["readings"][0]["text"])

    def test_slow_mixing(self):
        """(1 - 10^-6)^t <= 1/4 first at t = ln 4 / -ln(1 - 10^-6), rounded up."""
        rows = [["999999/1000000", "0"], ["1/1000000", "1"]]
        system = {"schema": "crosshead.system/1", "nodes": 2, "heads": [{"walk": rows}]}
        path, left_out = self.emit(self.file(system), "--epsilon", "1/4")
        self.assertEqual(left_out, [])
        time = math.ceil(math.log(4) / -math.log1p(-1e-6))
        self.assertIn(f"t_mix(mean, 1/4) = {time} ", self.content(path)["readings"][0]["text"])
        self.replay(path)

    def test_attention_as_stored(self):
        file = self.file(attention(2, 9, 7), "small.npy")
        path, left_out = self.emit(file)
        self.assertEqual(left_out, [])
        self.replay(path)
        rows = self.content(path)["readings"][0]["given"]["heads"][0]["diffusion"]
        sums = [sum(map(Fraction, row)) for row in rows]
        self.assertTrue(any(s != 1 for s in sums))
        self.assertTrue(all(abs(s - 1) < Fraction(1, 10**5) for s in sums))

    def test_attention_normalised(self):
        path, left_out = self.emit(self.file(attention(2, 9, 7), "small.npy"), "--reading", "normalised")
        self.assertEqual(left_out, [])
        self.replay(path)
        rows = self.content(path)["readings"][0]["given"]["heads"][1]["diffusion"]
        self.assertEqual({sum(map(Fraction, row)) for row in rows}, {1})

    def test_large_attention(self):
        path, left_out = self.emit(self.file(attention(4, 100, 3), "large.npy"))
        self.assertEqual(left_out, [])
        self.replay(path)
        reading = self.content(path)["readings"][0]
        self.assertEqual(len(reading["printed"]["phi(head 4)"][0]), 100)
        self.assertEqual(len([fact for fact in reading["systems"][0]["facts"] if "phi" in fact]), 500)
        # The horizons are the search's, the vectors integers over 2^62.
        vector = next(fact["proof"]["vector"] for fact in reading["systems"][0]["facts"]
                      if fact.get("node") == 50 and fact["of"] == "mean")
        self.assertTrue(all((Fraction(h) * 2**62).denominator == 1 for h in vector))

    def test_errors(self):
        file = os.path.join(self.systems, "example-3.8.json")
        self.refused(3, "analyze", file, "--certificate", "/nonexistent/c.json", says="/nonexistent/c.json")
        self.refused(3, "analyze", file, "--certificate", self.folder.name, says=self.folder.name)
        self.refused(2, "analyze", file, "--certificate")
        zero_row = self.file(npy((1, 2, 2), [0, 0, 0.5, 0.5]), "zero.npy")
        self.refused(3, "analyze", zero_row, "--reading", "normalised", "--certificate",
                     os.path.join(self.folder.name, "c.json"), says="row 1 is zero")
        self.assertFalse(os.path.exists(os.path.join(self.folder.name, "c.json")))

    def test_worked_example_of_the_format(self):
        """FORMAT.md, section 6: the system file there, its certificate byte by byte."""
        with open(self.format_file, encoding="utf-8") as stream:
            section = stream.read().split("\n## 6. ")[1].split("\n## 7. ")[0]
        blocks = re.findall(r"```json\n(.*?)```", section, re.DOTALL)
        self.assertEqual(len(blocks), 2)
        path, left_out = self.emit(self.file(blocks[0].encode(), "pair.json"))
        self.assertEqual(left_out, [])
        with open(path, encoding="utf-8") as stream:
            self.assertEqual(stream.read(), blocks[1])
        self.replay(path)


if __name__ == "__main__":
    ProgramCase.program, Certificates.checker, ProgramCase.systems, Certificates.format_file = sys.argv[1:5]
    unittest.main(argv=sys.argv[:1] + sys.argv[5:], verbosity=2)
