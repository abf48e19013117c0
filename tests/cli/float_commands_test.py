"""`crosshead crosscheck` and `crosshead train`: floats beside exact values, training that stops and goes on.

usage: float_commands_test.py PROGRAM SYSTEMS_FOLDER
"""

import json
import os
import signal
import subprocess
import time
import unittest
from fractions import Fraction

from program_case import ProgramCase, main, unwrapped
from tensor_input_test import HEAD_A, HEAD_B, npy, safetensors

TINY = ("--length", "8", "--vocabulary", "8", "--embedding", "8", "--hidden", "8", "--layers", "1", "--examples", "32",
        "--batch", "8", "--heads", "2", "--threads", "1")


class FloatCase(ProgramCase):
    def setUp(self):
        super().setUp()
        folder = os.path.dirname(os.path.dirname(os.path.abspath(self.program)))
        if not os.path.exists(os.path.join(folder, "lib", "libcrosshead_torch.so")):
            self.skipTest("the LibTorch module is not built")

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def model(self, name):
        return os.path.join(os.path.dirname(self.systems), "models", name)

    def crosscheck(self, *arguments, code=0):
        result = self.run_program("crosscheck", "--json", *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        document = json.loads(result.stdout)
        self.assertEqual(document["schema"], "crosshead.crosscheck/1")
        return document

    def train(self, out, *arguments, code=0):
        result = self.run_program("train", "--json", "--out", self.path(out), *TINY, *arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        return json.loads(result.stdout)

    def bytes_of(self, name):
        with open(self.path(name), "rb") as stream:
            return stream.read()


class WithoutTheModule(ProgramCase):
    def test_is_a_missing_component(self):
        absent = {**os.environ, "CROSSHEAD_TORCH_MODULE": "/nonexistent"}
        for command in (("crosscheck", self.file(npy([3, 3], HEAD_A))), ("train", "--out", self.file(b""))):
            with self.subTest(command=command[0]):
                result = self.run_program(*command, env=absent)
                self.assertEqual((result.returncode, result.stdout), (5, ""))
                self.assertIn("LibTorch module", result.stderr)


class Crosscheck(FloatCase):
    def test_trained_attention_is_within_its_bound(self):
        # The narrower types: line_width_test.py, 20 steps of all layers, and crosscheck_test.py, layer 0.
        document = self.crosscheck(self.model("4_heads_copy_attention.safetensors"), "--type", "float32,float64")
        self.assertTrue(document["within"])
        self.assertEqual([layer["layer"] for layer in document["layers"]], [0, 1, 2, 3])
        self.assertIn("head_weights", document["weights"])
        for layer in document["layers"]:
            self.assertEqual(sum(Fraction(weight) for weight in layer["weights"]), 1)
            self.assertEqual([path["head"] for path in layer["paths"]], [None, 1, 2, 3, 4])
            for path in layer["paths"]:
                for check, digits in zip(path["signals"], (1e-3, 1e-11)):
                    self.assertEqual((check["violations"], check["entries"]), (0, 101 * 100))
                    self.assertLessEqual(check["signal"]["error"], check["signal"]["bound"])
                    self.assertLess(check["signal"]["error"], digits)
                    self.assertLessEqual(check["share_of_bound"], 1)
                    minimax = Fraction(path["minimax"])
                    error = abs(Fraction(check["minimax_value"]) - minimax) / minimax
                    self.assertLessEqual(error, Fraction(check["minimax"]["error"]))
                    self.assertAlmostEqual(float(error), check["minimax"]["error"])

    def test_the_table_has_a_line_for_each_layer_and_type(self):
        four = self.file(npy([2, 2, 3, 3], HEAD_A + HEAD_B + HEAD_B + HEAD_A), "four.npy")
        result = self.run_program("crosscheck", four, "--steps", "4")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        lines = [line.split()[:2] for line in result.stdout.splitlines()]
        kinds = [["cpu", kind] for kind in ("float32", "float64", "bfloat16", "float16", "tf32")] + [["chain", "float32"]]
        for layer in "01":
            at = lines.index(["layer", layer])
            self.assertCountEqual(lines[at + 1:at + 7], kinds)
        self.assertIn("every error is within its proven bound", result.stdout)
        self.assertTrue(all(len(line) <= 80 for line in result.stdout.splitlines()))

    def test_exact_floats_have_no_error(self):
        document = self.crosscheck(self.file(npy([2, 3, 3], HEAD_A + HEAD_B)), "--steps", "5", "--type", "float64")
        (layer,) = document["layers"]
        self.assertEqual((layer["layer"], layer["weights"]), (None, ["1/2", "1/2"]))
        mean = layer["paths"][0]
        self.assertEqual([(check["source"], check["type"]) for check in mean["signals"]], [("cpu", "float64")])
        self.assertEqual(mean["signals"][0]["signal"]["error"], 0)
        self.assertEqual(mean["signals"][0]["correctly_rounded"], 18)
        self.assertEqual(Fraction(mean["minimax"]), Fraction(mean["signals"][0]["minimax_value"]))

    def test_a_near_tie_flips_in_float32(self):
        units = [[62849, 46650, 63478], [59025, 61741, 52215]]  # the heads differ by less than 2^-33
        heads = []
        for hops in units:
            head = [0.0] * 16
            head[15] = 1.0
            for k, unit in enumerate(hops):
                head[(3 - k) * 4 + 2 - k] = 1 - unit * 2.0 ** -24
            heads += head
        document = self.crosscheck(self.file(npy([2, 4, 4], heads)), "--type", "float32,float64", "--max-defect", "inf")
        layer = document["layers"][0]
        self.assertEqual(layer["exact"]["best_heads"], [2])
        single, double, chain = layer["types"]
        self.assertEqual((single["device"], chain["device"], chain["verdicts"]), ("cpu", "chain", single["verdicts"]))
        self.assertEqual(single["verdicts"]["best_heads"], [1])
        self.assertEqual(single["flips"], [{"verdict": "best heads"}])
        self.assertEqual(double["flips"], [])
        self.assertTrue(document["within"])

    def test_choices(self):
        # Signals of one's own need no LibTorch, and input is refused with them as without.
        given = ("--against", self.file(npy([2, 3], [0, 0, 1, 0.25, 0.25, 0.5]), "given.npy"))
        both = self.file(safetensors([("first", [3, 3], HEAD_A), ("attention", [2, 3, 3], HEAD_A + HEAD_B)]))
        self.assertEqual(len(self.crosscheck(both)["layers"][0]["paths"]), 3)
        self.assertEqual(len(self.crosscheck(both, "--tensor", "first")["layers"][0]["paths"]), 2)
        self.refused(2, "crosscheck", both, "--tensor", "third", *given, says=("third", "first"))
        self.assertEqual(self.crosscheck(both, "--weights", "1/4,3/4")["layers"][0]["weights"], ["1/4", "3/4"])
        self.refused(2, "crosscheck", both, "--weights", "1/3,2/3", says="float32 cannot hold the weight of head 1")
        self.refused(2, "crosscheck", both, "--seed", "1", *given, says="for models")
        self.refused(2, "crosscheck", both, "--type", "float8", says="float8")
        self.refused(2, "crosscheck", both, "--steps", "0", says="--steps")
        system = os.path.join(self.systems, "example-3.8.json")
        self.assertEqual(self.crosscheck(system)["layers"][0]["weights"], ["1/2", "1/2"])
        self.refused(2, "crosscheck", system, "--layer", "0", *given, says="system file")
        self.refused(3, "crosscheck", self.file("no tensor"), *given, says="input: ")
        self.refused(3, "crosscheck", self.path("absent"), *given, says="absent: ")

    def test_float32_refuses_what_it_cannot_hold(self):
        path = self.file(npy([2, 2], [1, 0, 0.1, 0.9], "<f8"))
        self.refused(2, "crosscheck", path, says=("float32 cannot hold head 1, entry [2, 1]", "choose a type"))
        self.assertTrue(self.crosscheck(path, "--type", "float64")["within"])

    def test_overflow_leaves_the_bound_undecided(self):
        path = self.file(npy([1, 1], [2]))
        self.refused(3, "crosscheck", path, says=("row 1", "off 1 by 1", "1/10"))
        any_rows = ("--max-defect", "inf", "--steps", "130")
        document = self.crosscheck(path, *any_rows, "--type", "float32", code=4)
        self.assertFalse(document["layers"][0]["paths"][0]["signals"][0]["in_range"])
        self.assertIn("no bound is proven", document["not_accepted"][0]["reason"])
        self.crosscheck(path, *any_rows, "--type", "float64")

    def test_cuda_without_a_device_is_missing(self):
        result = self.run_program("crosscheck", "--device", "cuda", self.file(npy([3, 3], HEAD_A)))
        if result.returncode == 0:
            self.skipTest("this machine has a CUDA device")
        self.assertEqual((result.returncode, result.stdout), (5, ""))
        self.assertIn("CUDA", result.stderr)


class CrosscheckOfModels(FloatCase):
    trained = None  # a model, trained once

    def setUp(self):
        super().setUp()
        self.tiny = self.path("2_heads_copy.safetensors")
        if CrosscheckOfModels.trained is None:
            self.train("2_heads_copy.safetensors", "--epochs", "2")
            CrosscheckOfModels.trained = self.bytes_of("2_heads_copy.safetensors")
        self.file(CrosscheckOfModels.trained, "2_heads_copy.safetensors")

    def test_seeded_sequences_and_tokens_agree(self):
        seeded = self.crosscheck(self.tiny, "--seed", "3", "--sample", "5")
        self.assertEqual(seeded["tokens"], "sample 5 of seed 3")
        self.assertEqual((seeded["layers"][0]["layer"], seeded["layers"][0]["nodes"]), (0, 8))
        again = self.crosscheck(self.tiny, "--seed", "3", "--sample", "5", "--layer", "0")
        self.assertEqual(seeded["layers"], again["layers"])
        tokens = self.file(npy([2, 5], [1, 2, 3, 4, 5, 0, 0, 0, 0, 0], "<i8"), "tokens.npy")
        first = self.crosscheck(self.tiny, "--tokens", tokens)
        self.assertEqual(first["layers"][0]["nodes"], 5)
        flat = self.crosscheck(self.tiny, "--tokens", self.file(npy([5], [1, 2, 3, 4, 5], "<i8"), "flat.npy"))
        self.assertEqual(first["layers"], flat["layers"])

    def test_refusals(self):
        tokens = self.file(npy([3], [1, 2, 3], "<i8"), "tokens.npy")
        self.refused(2, "crosscheck", self.tiny, "--layer", "1", says="0..0")
        self.refused(2, "crosscheck", self.tiny, "--tokens", tokens, "--sample", "1", says="no sample 1")
        self.refused(2, "crosscheck", self.tiny, "--tokens", tokens, "--seed", "1", says="exclude")
        self.refused(2, "crosscheck", self.tiny, "--tensor", "attention", says="is a model")
        self.refused(3, "crosscheck", self.tiny, "--tokens", self.file(npy([2], [1, 2]), "f.npy"), says="integer")
        self.refused(2, "crosscheck", self.tiny, "--tokens", self.file(npy([1], [8], "<i8"), "f.npy"), says="token 8")
        self.refused(3, "crosscheck", self.tiny, "--heads", "3", says="3 heads do not divide")


class Train(FloatCase):
    def test_says_how_it_went(self):
        said = self.train("model.safetensors", "--epochs", "2")
        self.assertEqual((said["schema"], said["finished"], said["epochs_done"]), ("crosshead.train/1", True, 2))
        self.assertGreater(said["fresh_loss"], 0)
        self.assertEqual(said["checkpoint"], self.path("model.safetensors.state"))
        plain = self.run_program("train", "--quiet", "--out", self.path("plain.safetensors"), *TINY, "--epochs", "2")
        self.assertEqual((plain.returncode, plain.stderr), (0, ""))
        self.assertIn("accuracy", plain.stdout)
        self.assertEqual(self.bytes_of("plain.safetensors"), self.bytes_of("model.safetensors"))

    def test_more_epochs_resume(self):
        self.train("whole.safetensors", "--epochs", "4")
        self.train("parts.safetensors", "--epochs", "1")
        said = self.train("parts.safetensors", "--epochs", "4")
        self.assertEqual((said["resumed_after"], said["epochs_done"]), (1, 4))
        self.assertEqual(self.bytes_of("parts.safetensors"), self.bytes_of("whole.safetensors"))

    def test_interrupted_and_resumed_is_as_if_it_never_stopped(self):
        epochs = ("--epochs", "150")  # some seconds, long enough to be interrupted
        command = [self.program, "train", "--json", "--out", self.path("parts.safetensors"), *TINY, *epochs]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
            deadline = time.monotonic() + 60
            while not os.path.exists(self.path("parts.safetensors.state")) and time.monotonic() < deadline:
                time.sleep(0.01)
            run.send_signal(signal.SIGINT)
            output, complaint = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 130, complaint)
        stopped = json.loads(output)
        self.assertFalse(stopped["finished"])
        self.assertGreaterEqual(stopped["epochs_done"], 1)
        self.assertIn("the same command goes on", unwrapped(complaint))
        self.assertFalse(os.path.exists(self.path("parts.safetensors")))
        resumed = self.train("parts.safetensors", *epochs)
        self.assertEqual((resumed["finished"], resumed["resumed_after"]), (True, stopped["epochs_done"]))
        self.train("whole.safetensors", *epochs)
        self.assertEqual(self.bytes_of("parts.safetensors"), self.bytes_of("whole.safetensors"))
        self.assertEqual(self.bytes_of("parts.safetensors.state"), self.bytes_of("whole.safetensors.state"))

    def test_refusals(self):
        out = self.path("model.safetensors")
        self.train("model.safetensors", "--epochs", "1")
        state = self.bytes_of("model.safetensors.state")
        other = self.run_program("train", "--quiet", "--out", out, *TINY, "--seed", "9")
        self.assertEqual(other.returncode, 2)
        self.assertIn("seed = 1", other.stderr)
        self.assertEqual(self.bytes_of("model.safetensors.state"), state)
        self.refused(3, "train", "--out", out, "--checkpoint", self.file("damaged"), says="input: ")
        self.refused(3, "train", "--out", out, *TINY, "--checkpoint", out, says="no training checkpoint")
        self.refused(2, "train", "--out", self.path("no/such/folder"), says="does not exist")
        self.refused(2, "train", "--out", out + "2", "--heads", "3", says="does not divide")
        self.refused(2, "train", says="--out")
        self.refused(2, "train", "--out", out, "--task", "sort", says="--task")


if __name__ == "__main__":
    main()
