#!/usr/bin/env python3
"""`crosshead crosscheck`: a user's own signals, rules of acceptance, bad input, exactness.

usage: crosscheck_test.py PROGRAM SYSTEMS_FOLDER
"""

import math
import os
import random
import unittest
import xml.etree.ElementTree

from crosscheck_case import CrosscheckCase, softmax_rows
from float_commands_test import FloatCase
from golden_file import read_npz, write_npz
from program_case import main
from tensor_input_test import HEAD_A, HEAD_B, npy, safetensors


class Against(CrosscheckCase):
    """Nothing here needs LibTorch: the signals are the user's."""

    def setUp(self):
        super().setUp()
        dice = random.Random(20261128)
        heads = [softmax_rows(6, dice) for _ in range(4)]
        self.tensor = self.file(safetensors([("attention", [2, 2, 6, 6], sum(heads, []))]), "a.safetensors")
        self.golden = self.path("golden.npz")
        self.assertEqual(self.run_program("golden", self.tensor, "-o", self.golden, "--steps", "12", "--quiet").returncode, 0)
        self.arrays = read_npz(self.golden)

    def mine(self, name, arrays):
        path = self.path(name)
        write_npz(path, arrays)
        return path

    def signal(self, kind, dtype="float32"):
        return self.arrays[f"{kind}_signal_{dtype}"]

    def test_golden_values_are_correctly_rounded(self):
        document = self.crosscheck(self.tensor, "--against", self.golden, "--rule", "ulps=0")
        self.assertEqual((document["steps"], document["accepted"], document["not_accepted"]), (12, 24, []))
        self.assertIn("manifest", document["against"]["ignored"])
        self.assertEqual(len(document["against"]["arrays"]), 8)
        for layer in document["layers"]:
            for path in layer["paths"]:
                for check in path["signals"]:
                    self.assertEqual((check["ulps"], check["correctly_rounded"], check["ulp_histogram"]), (0, 78, [78]))
        self.assertEqual(self.crosscheck(self.tensor, "--against", self.golden)["accepted"], 24)

    def damaged(self, factor):
        dtype, shape, values = self.signal("mean")
        values = list(values)
        place = next(k for k in range(6 * 7, len(values)) if values[k] > 0.01)
        values[place] *= factor
        return self.mine("mine.npz", {"mean_signal": (dtype, shape, values)}), place

    def test_rules(self):
        mine, place = self.damaged(1 + 2.0 ** -20)  # 8 to 16 units
        for rule, code in (("ulps=0", 1), ("ulps=7", 1), ("ulps=16", 0), ("rel=1e-7", 1), ("rel=1/500000", 0)):
            with self.subTest(rule=rule):
                document = self.crosscheck(self.tensor, "--against", mine, "--rule", rule, code=code)
                self.assertEqual(document["rule"].split("=")[0], rule.split("=")[0])
                self.assertEqual(len(document["not_accepted"]), code)
                check = document["layers"][0]["paths"][0]["signals"][0]
                self.assertIsNotNone(check["first_error"])
                self.assertEqual(check["ulps_at"], {"time": place // 6, "node": str(place % 6 + 1)})
        mine, _ = self.damaged(1.01)
        document = self.crosscheck(self.tensor, "--against", mine, code=1)
        self.assertIn("beyond the proven bound", document["not_accepted"][0]["reason"])
        self.assertIn("layer 0, mean", document["not_accepted"][0]["signal"])

    def test_what_is_no_number_is_a_miss_under_every_rule(self):
        dtype, shape, values = self.signal("mean")
        for wrong in (math.nan, math.inf, -0.25):
            mine = self.mine("mine.npz", {"mean_signal": (dtype, shape, values[:9] + (wrong,) + values[10:])})
            for rule in ("bound", "ulps=1000000000", "rel=1000"):
                document = self.crosscheck(self.tensor, "--against", mine, "--rule", rule, code=1)
                self.assertIn("no finite numbers", document["not_accepted"][0]["reason"])

    def test_final_rows_and_layouts(self):
        _, shape, values = self.signal("heads", "float64")
        self.assertEqual(shape, (2, 2, 13, 6))
        last = [v for k in range(4) for v in values[78 * k + 72:78 * k + 78]]
        mine = self.mine("mine.npz", {"heads_final": ("<f8", (2, 2, 6), last)})
        document = self.crosscheck(self.tensor, "--against", mine, "--steps", "12", "--rule", "ulps=0")
        self.assertEqual(document["accepted"], 4)
        one = self.file(npy([13, 6], self.signal("mean")[2][78:]), "one.npy")
        alone = self.crosscheck(self.tensor, "--layer", "1", "--against", one, "--rule", "ulps=0")
        self.assertEqual((alone["accepted"], alone["steps"]), (1, 12))
        self.crosscheck(self.tensor, "--layer", "0", "--against", one, "--rule", "ulps=0", code=1)
        tensor = self.file(safetensors([("heads_signal", [2, 2, 13, 6], self.signal("heads")[2])]), "mine.safetensors")
        self.assertEqual(self.crosscheck(self.tensor, "--against", tensor, "--rule", "ulps=0")["accepted"], 4)

    def test_refusals_say_what_is_expected(self):
        dtype, shape, values = self.signal("mean")
        wrong = self.mine("mine.npz", {"mean_signal": (dtype, (2, 12, 6), values[:144])})
        self.refused(3, "crosscheck", self.tensor, "--against", wrong, "--steps", "12",
                     says=("[2, 12, 6], expected [2, 13, 6]", "heads_signal [2, 2, T+1, 6]"))
        other = self.mine("other.npz", {"signal": (dtype, shape, values), "x": (dtype, (1,), (0.0,))})
        self.refused(3, "crosscheck", self.tensor, "--against", other, says=("no array", "mean_signal"))
        whole = self.mine("whole.npz", {"mean_signal": ("<i8", shape, [0] * len(values))})
        self.refused(3, "crosscheck", self.tensor, "--against", whole, says=("int64", "no float type"))
        self.refused(3, "crosscheck", self.tensor, "--against", self.path("absent.npz"), says="absent")
        for rule in ("ulp=1", "ulps", "ulps=", "ulps=-1", "rel=x"):
            self.refused(2, "crosscheck", self.tensor, "--against", self.golden, "--rule", rule)
        self.refused(2, "crosscheck", self.tensor, "--rule", "baseline=2", says="nothing to compare")

    def test_junit(self):
        mine, _ = self.damaged(1.01)
        report = self.path("report.xml")
        self.crosscheck(self.tensor, "--against", mine, "--junit", report, code=1)
        suites = xml.etree.ElementTree.parse(report).getroot()
        self.assertEqual((suites.get("tests"), suites.get("failures")), ("2", "1"))
        names = [case.get("name") for case in suites.iter("testcase")]
        self.assertEqual(names, ["layer 0, mean, mean_signal", "layer 1, mean, mean_signal"])
        (failure,) = suites.iter("failure")
        self.assertIn("proven bound", failure.get("message"))
        self.assertIn("first entry beyond the bound: t 7", failure.text)
        self.refused(3, "crosscheck", self.tensor, "--against", mine, "--junit", self.path("no/report.xml"), says="report.xml")

    def test_a_system_file(self):
        system = os.path.join(self.systems, "example-3.8.json")
        golden = self.path("system.npz")
        self.run_program("golden", system, "-o", golden, "--steps", "9", "--type", "float32")
        self.assertEqual(self.crosscheck(system, "--against", golden, "--rule", "ulps=0")["accepted"], 3)


class BadRows(CrosscheckCase):
    def setUp(self):
        super().setUp()
        self.signal = self.file(npy([2, 2], [0, 1, 0.5, 0.5]), "signal.npy")

    def check(self, values, *arguments, code=0, dtype="<f4"):
        return self.crosscheck(self.file(npy([2, 2], values, dtype), "a.npy"), "--against", self.signal, *arguments, code=code)

    def test_defect(self):
        path = self.file(npy([2, 2], [1, 0, 0.5, 0.25]), "a.npy")
        self.refused(3, "crosscheck", path, "--against", self.signal, says=("a.npy", "row 2", "off 1 by 1/4", "1/10"))
        document = self.check([1, 0, 0.5, 0.25], "--max-defect", "1/4", code=1)
        rows = document["layers"][0]["paths"][1]["rows"]
        self.assertEqual((rows["defect_exact"], rows["defect_node"], rows["leakage"]), ("1/4", "2", None))
        self.refused(2, "crosscheck", path, "--max-defect", "-1", says="negative")

    def test_causal(self):
        values = [0.75, 0.25, 0.5, 0.5]
        leak = self.check(values)["layers"][0]["paths"][1]["rows"]["leakage"]
        self.assertEqual(leak, {"entries": 1, "largest": 0.25, "query": "1", "key": "2"})
        path = self.file(npy([2, 2], values), "a.npy")
        self.refused(3, "crosscheck", path, "--against", self.signal, "--causal", says=("entry [1, 2]", "0.25", "causal"))
        self.check([1, 0, 0.5, 0.5], "--causal")

    def test_entries_and_shapes(self):
        for wrong in (math.nan, math.inf, -0.5):
            path = self.file(npy([2, 2], [1, 0, wrong, 0.5]), "a.npy")
            self.refused(3, "crosscheck", path, "--against", self.signal, says=("entry [1, 0]", "finite"))
        for shape in ([2, 3], [4], [1, 1, 1, 2, 2]):
            path = self.file(npy(shape, [0.5] * math.prod(shape)), "a.npy")
            self.refused(3, "crosscheck", path, "--against", self.signal, says="attention has shape")
        weights = self.file(safetensors([("attention", [1, 2, 2, 2], [1, 0, 0.5, 0.5] * 2), ("head_weights", [1, 3], [1, 1, 1])]),
                            "w.safetensors")
        self.refused(3, "crosscheck", weights, "--against", self.signal, says=("head_weights", "[1, 3]", "expected [1, 2]"))


class Documentation(unittest.TestCase):
    def test_the_snippet_is_ten_lines_of_python(self):
        folder = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        with open(os.path.join(folder, "src", "crosscheck", "KERNELS.md"), encoding="utf-8") as stream:
            snippet = stream.read().split("```python\n")[1].split("```")[0]
        compile(snippet, "snippet", "exec")
        self.assertLessEqual(len([line for line in snippet.splitlines() if line]), 10)


class Dyadic(FloatCase):
    def test_floats_are_exact_as_long_as_predicted(self):
        document = self.crosscheck("--dyadic", "--steps", "70")
        self.assertEqual(document["not_accepted"], [])
        self.assertGreater(len(document["layers"]), 10)
        line = next(layer for layer in document["layers"] if layer["system"] == "line of 2")
        found = {(c["source"], c["type"]): c for c in line["paths"][0]["signals"]}
        for name, bits in (("float32", 24), ("float64", 53), ("bfloat16", 8), ("float16", 11)):
            exactness = found["cpu", name]["exactness"]
            self.assertEqual(exactness, {"exact_through": bits, "cannot_be_exact_at": bits + 1, "confirmed": True})
            self.assertEqual(found["cpu", name]["first_error"]["time"], bits + 1)
        self.refused(2, "crosscheck", "--dyadic", self.file(npy([1, 1], [1])), says="--dyadic")
        self.refused(2, "crosscheck", says="FILE")


class Ladder(FloatCase):
    def test_environment_devices_and_histograms(self):
        path = self.file(npy([2, 3, 3], HEAD_A + HEAD_B))
        document = self.crosscheck(path, "--steps", "5")
        self.assertEqual(document["devices"][0], "cpu")
        self.assertEqual(document["absent"] == ["cuda"], document["devices"] == ["cpu"])
        for fact in ("library", "cpu", "threads", "tf32"):
            self.assertIn(fact, document["environment"])
        for check in document["layers"][0]["paths"][0]["signals"]:
            self.assertEqual(sum(check["ulp_histogram"]), check["entries"])

    def test_narrow_operands_flip_more(self):
        document = self.crosscheck(self.model("4_heads_copy_attention.safetensors"), "--layer", "0")
        self.assertTrue(document["within"])
        errors = {(c["source"], c["type"]): c["signal"]["error"] for c in document["layers"][0]["paths"][0]["signals"]}
        self.assertLess(errors["cpu", "float64"], errors["cpu", "float32"])
        self.assertLess(errors["cpu", "float32"], errors["cpu", "tf32"])
        self.assertLess(errors["cpu", "tf32"], errors["cpu", "bfloat16"])
        self.assertLess(errors["chain", "float32"], 1e-5)

    def test_baseline(self):
        model = self.model("4_heads_copy_attention.safetensors")
        golden = self.path("golden.npz")
        self.run_program("golden", model, "--layer", "1", "-o", golden, "--steps", "30", "--no-mixing", "--type", "float32")
        document = self.crosscheck(model, "--layer", "1", "--against", golden, "--rule", "baseline=1")
        self.assertEqual((document["accepted"], document["not_accepted"]), (5, []))
        arrays = read_npz(golden)
        dtype, shape, values = arrays["mean_signal_float32"]
        worse = self.path("worse.npz")
        write_npz(worse, {"mean_signal": (dtype, shape, [v * 1.001 for v in values])})
        missed = self.crosscheck(model, "--layer", "1", "--against", worse, "--rule", "baseline=2", code=1)
        self.assertIn("the baseline's is", missed["not_accepted"][0]["reason"])


if __name__ == "__main__":
    main()
