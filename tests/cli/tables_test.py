"""`crosshead tables`: what it prints and refuses, on small models of its own and on the published ones.

usage: tables_test.py PROGRAM SYSTEMS_FOLDER
"""

import json
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import unittest
from fractions import Fraction

from float_commands_test import TINY, FloatCase
from program_case import ProgramCase, main

PUBLISHED = os.environ.get("CROSSHEAD_PUBLISHED")


def tokens_npy(rows, dtype="<i8"):
    """An .npy file of integers [samples, length], of 64 bits unless the type is "<u2"."""
    header = repr({"descr": dtype, "fortran_order": False, "shape": (len(rows), len(rows[0]))}).encode()
    header += b" " * (63 - (len(header) + 10) % 64) + b"\n"
    body = b"".join(struct.pack("<H" if dtype == "<u2" else "<q", token) for row in rows for token in row)
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + body


def interval(bounds):
    low, high = (Fraction(bound) for bound in bounds)
    assert low <= high, bounds
    return low, high


def meet(a, b):
    (a_low, a_high), (b_low, b_high) = interval(a), interval(b)
    return a_low <= b_high and b_low <= a_high


class TablesCase(FloatCase):
    """A folder with two small models, trained once."""

    folder_of_models = None

    def setUp(self):
        super().setUp()
        if TablesCase.folder_of_models is None:
            TablesCase.folder_of_models = tempfile.mkdtemp()
            for task, heads in (("copy", 2), ("cycle", 1)):
                arguments = list(TINY)
                arguments[arguments.index("--heads") + 1] = str(heads)
                out = os.path.join(TablesCase.folder_of_models, f"{heads}_heads_{task}.safetensors")
                result = self.run_program("train", "--task", task, "--out", out, "--epochs", "2", *arguments)
                self.assertEqual(result.returncode, 0, result.stderr)
        self.models = TablesCase.folder_of_models

    @classmethod
    def tearDownClass(cls):
        if TablesCase.folder_of_models:
            shutil.rmtree(TablesCase.folder_of_models)
            TablesCase.folder_of_models = None

    def tables(self, *arguments, code=0):
        result = self.run_program("tables", "--json", "--models", self.models, *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        document = json.loads(result.stdout)
        self.assertEqual(document["schema"], "crosshead.tables/1")
        return document


class Output(TablesCase):
    def test_has_one_row_for_each_task_head_count_layer_and_reading(self):
        document = self.tables("--samples", "4")
        self.assertEqual([(row["task"], row["heads"], row["layer"], row["reading"]) for row in document["rows"]],
                         [("copy", 2, 1, "published"), ("copy", 2, 1, "definitions"), ("cycle", 1, 1, "published"),
                          ("cycle", 1, 1, "definitions")])
        self.assertEqual((document["seed"], document["tokens"], document["samples"], document["complete"]),
                         (1, None, 4, True))
        self.assertEqual([model["length"] for model in document["models"]], [8, 8])
        for row in document["rows"]:
            with self.subTest(row=(row["task"], row["reading"])):
                for key in ("mixing", "fidelity_percent", "best_head_percent"):
                    for part in ("mean", "std"):
                        low, high = interval(row[key][part])
                        self.assertTrue(0 <= low <= high)
                        if row["reading"] == "published":
                            self.assertLess(high - low, Fraction(1, 10 ** 8))
                self.assertEqual(sum(row["fidelity_percent"]["nodes"].values()), 4)
                self.assertLessEqual(row["combined_beats_best"], 4)
                # The paper has no models of two heads; Tables 2 and 4 print 27.0384 +- 2.4355 and 0 +- 0 for one head, L1.
                printed = {name: (float(value["mean"]), float(value["std"])) for name, value in row["published"].items()}
                self.assertEqual(printed, {} if row["heads"] == 2 else {"mixing": (27.0384, 2.4355), "fidelity_percent": (0, 0)})

    def test_exact_and_certified_values_meet(self):
        certified, exact = self.tables("--samples", "3"), self.tables("--samples", "3", "--exact")
        self.assertEqual((certified["arithmetic"], exact["arithmetic"]), ("certified", "exact"))
        self.assertEqual([(row["reading"], row["layer"]) for row in certified["rows"]],
                         [(row["reading"], row["layer"]) for row in exact["rows"]])
        self.assertEqual({row["reading"] for row in exact["rows"]}, {"published", "definitions"})
        for a, b in zip(certified["rows"], exact["rows"]):
            for key in ("mixing", "fidelity_percent", "best_head_percent"):
                for part in ("mean", "std"):
                    self.assertTrue(meet(a[key][part], b[key][part]), (key, part, a[key], b[key]))
            self.assertEqual(a["fidelity_percent"]["nodes"], b["fidelity_percent"]["nodes"])
            self.assertEqual(a["combined_beats_best"], b["combined_beats_best"])

    def test_a_run_is_the_same_for_any_number_of_threads(self):
        one, two = (self.run_program("tables", "--json", "--models", self.models, "--samples", "12", "--threads", n)
                    for n in ("1", "3"))
        self.assertEqual((one.returncode, two.returncode), (0, 0), one.stderr + two.stderr)
        self.assertEqual(one.stdout, two.stdout)

    def test_seeds_and_tokens(self):
        first, second = self.tables("--samples", "2", "--seed", "5"), self.tables("--samples", "2", "--seed", "6")
        self.assertNotEqual(first["rows"][0]["mixing"], second["rows"][0]["mixing"])
        rows = [[0, 1, 2, 3, 4, 5, 6, 7], [7, 7, 7, 7, 0, 0, 0, 0]]
        path = self.file(tokens_npy(rows), "tokens.npy")
        given = self.tables("--tokens", path)
        self.assertEqual(self.tables("--tokens", self.file(tokens_npy(rows, "<u2"), "short.npy"))["rows"], given["rows"])
        self.assertEqual((given["samples"], given["tokens"], given["seed"]), (2, path, None))
        shorter = self.tables("--tokens", self.file(tokens_npy([[0, 1, 2]]), "short.npy"))
        self.assertEqual(shorter["models"][0]["length"], 3)
        self.assertIsNone(shorter["rows"][0]["mixing"]["std"])  # of one sequence

    def test_some_tables_readings_and_models(self):
        document = self.tables("--samples", "2", "--tables", "3", "--reading", "definitions")
        self.assertEqual([row["task"] for row in document["rows"]], ["copy"])
        self.assertNotIn("mixing", document["rows"][0])
        self.assertNotIn("best_head_percent", document["rows"][0])
        self.assertIn("fidelity_without_sink_percent", document["rows"][0])
        times = self.tables("--samples", "2", "--tables", "1,2", "--epsilon", "1/2,1/100", "--heads", "1")
        self.assertEqual([time["epsilon"] for time in times["rows"][1]["mixing_times"]], ["1/2", "1/100"])
        self.assertLessEqual(times["rows"][1]["mixing_times"][0]["longest"], times["rows"][1]["mixing_times"][1]["longest"])

    def test_text_has_every_table(self):
        result = self.run_program("tables", "--models", self.models, "--samples", "2")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for text in ("Table 1:", "Table 2:", "Table 3:", "Table 4:", "Table 5:", "Table 6:", "eps = 1/4", "accuracy"):
            self.assertIn(text, result.stdout)

    def test_an_interrupted_run_prints_what_is_finished(self):
        process = subprocess.Popen([self.program, "tables", "--json", "--models", self.models, "--samples", "100000"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        output, complaint = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertIn("interrupted after", complaint)
        self.assertFalse(json.loads(output)["complete"])


class BadInput(TablesCase):
    def refusal(self, code, *arguments, says=()):
        self.refused(code, "tables", *arguments, says=says)

    def test_folders_without_models(self):
        self.refusal(3, "--models", self.folder.name, says="no models: expected files {H}_heads_{task}")
        self.refusal(3, "--models", self.path("none"), says="cannot be read")
        self.refusal(2, "--models", self.models, "--heads", "3", says="no model")
        self.refusal(2, says="--models")

    def test_two_files_for_one_model(self):
        for name in ("2_heads_copy.pt", "2_heads_copy.safetensors"):
            self.file(b"", name)
        self.refusal(3, "--models", self.folder.name, says="the same model as")

    def test_models_that_are_broken(self):
        self.file(b"not a model", "4_heads_copy.pt")
        self.refusal(3, "--models", self.folder.name, says="4_heads_copy.pt")

    def test_wrong_head_counts(self):
        source = os.path.join(self.models, "2_heads_copy.safetensors")
        shutil.copy(source, self.path("4_heads_copy.safetensors"))
        self.refusal(3, "--models", self.folder.name, says=["heads", "but the file's name says 4"])

    def test_tokens(self):
        def refused_tokens(rows, says, code=3, *more):
            self.refusal(code, "--models", self.models, "--tokens", self.file(tokens_npy(rows), "t.npy"), *more, says=says)

        refused_tokens([[0] * 8, [0, 0, 0, 8, 0, 0, 0, 0]], "sample 2, position 4: token 8 is not in 0..7")
        refused_tokens([[-1] * 8], "token -1 is not in 0..7")
        refused_tokens([[0] * 9], "sequences of 9 tokens")
        refused_tokens([[0] * 8], "has 1 sequences", 2, "--samples", "2")
        refused_tokens([[0] * 8], "exclude each other", 2, "--seed", "2")
        self.refusal(3, "--models", self.models, "--tokens", self.file(tokens_npy([[0]], "<f8"), "f.npy"),
                     says="tokens are an integer array")

    def test_options(self):
        self.refusal(2, "--models", self.models, "--epsilon", "2", says="--epsilon: 2 is not between 0 and 1")
        self.refusal(2, "--models", self.models, "--epsilon", "x", says="--epsilon")
        self.refusal(2, "--models", self.models, "--tables", "7", says="--tables")

    def test_values_that_are_not_finite(self):
        with open(os.path.join(self.models, "2_heads_copy.safetensors"), "rb") as stream:
            data = bytearray(stream.read())
        size = struct.unpack("<Q", data[:8])[0]
        header = json.loads(data[8:8 + size])
        begin = 8 + size + header["layers.0.attn.W_q.weight"]["data_offsets"][0]
        data[begin:begin + 4] = struct.pack("<f", float("nan"))
        self.file(bytes(data), "2_heads_copy.safetensors")
        self.refusal(3, "--models", self.folder.name, says=["layers.0.attn.W_q.weight", "not finite"])


class WithoutTheModule(ProgramCase):
    def test_is_a_missing_component(self):
        self.file(b"", "1_heads_copy.pt")
        result = self.run_program("tables", "--models", self.folder.name,
                                  env={**os.environ, "CROSSHEAD_TORCH_MODULE": "/nonexistent"})
        self.assertEqual((result.returncode, result.stdout), (5, ""))
        self.assertIn("LibTorch module", result.stderr)


class Published(FloatCase):
    """The paper's checkpoints, where they are."""

    def setUp(self):
        super().setUp()
        project = os.path.dirname(os.path.dirname(os.path.abspath(self.systems)))
        folder = PUBLISHED or os.path.join(os.path.dirname(project), "shared", "data", "published")
        self.checkpoints = os.path.join(folder, "checkpoints")
        if not os.path.isdir(self.checkpoints):
            self.skipTest("the published models are not here: name their folder in CROSSHEAD_PUBLISHED")
        with open(os.path.join(folder, "tables.json"), encoding="utf-8") as stream:
            self.printed = json.load(stream)

    def test_printed_numbers_are_those_of_the_paper(self):
        result = self.run_program("tables", "--json", "--models", self.checkpoints, "--samples", "2", "--reading", "published")
        self.assertEqual(result.returncode, 0, result.stderr)
        keys = {"copy": ("table1_copy_mixing", "table3_copy_fidelity", "table5_copy_individual_vs_combined"),
                "cycle": ("table2_cycle_mixing", "table4_cycle_fidelity", "table6_cycle_individual_vs_combined")}
        rows = json.loads(result.stdout)["rows"]
        self.assertEqual(len(rows), 32)
        for row in rows:
            mixing, fidelity, heads = (self.printed[key] for key in keys[row["task"]])
            count, layer = str(row["heads"]), row["layer"] - 1
            for mine, theirs in ((row["published"]["mixing"], mixing), (row["published"]["fidelity_percent"], fidelity)):
                self.assertEqual([float(mine["mean"]), float(mine["std"])], theirs[count][layer])
            if count != "1":
                self.assertEqual(float(row["published"]["best_head_percent"]), heads[count]["individual"][layer])
                self.assertEqual(float(row["published"]["combined_percent"]), heads[count]["combined"][layer])

    def test_exact_and_certified_values_meet(self):
        arguments = ("--models", self.checkpoints, "--samples", "1", "--heads", "1,4", "--task", "copy", "--json")
        certified = self.run_program("tables", *arguments)
        exact = self.run_program("tables", "--exact", *arguments)
        certified, exact = (json.loads(result.stdout)["rows"] for result in (certified, exact))
        self.assertEqual([len(certified), len(exact)], [16, 16])
        for a, b in zip(certified, exact):
            for key in ("mixing", "fidelity_percent", "best_head_percent"):
                self.assertTrue(meet(a[key]["mean"], b[key]["mean"]), (key, a[key], b[key]))
            self.assertEqual(a["combined_beats_best"], b["combined_beats_best"])


if __name__ == "__main__":
    main()
