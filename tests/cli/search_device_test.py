"""`crosshead search --device cuda` through the program: with a module that runs the device's code on the host, and
without a device.

usage: search_device_test.py PROGRAM SYSTEMS_FOLDER; the environment's HOST_DEVICE_MODULE names the module
"""

import json
import os

from program_case import ProgramCase, main

HOST = dict(os.environ, CROSSHEAD_CUDA_MODULE=os.environ["HOST_DEVICE_MODULE"])
PAIRS = ["search", "amplifies", "--nodes", "6", "--heads", "2", "--from", "20000000", "--count", "700000"]


class SearchDevice(ProgramCase):
    def answer(self, *arguments, **options):
        result = self.run_program(*arguments, "--json", **options)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        document = json.loads(result.stdout)
        del document["seconds"], document["filter"]
        return document

    def test_the_device_gives_the_answer_of_the_cpu(self):
        for arguments in (PAIRS,
                          ["search", "attenuates", *PAIRS[2:]],
                          ["search", "amplifies", "--nodes", "4", "--heads", "3", "--grid", "5"],
                          ["search", "amplifies", "--nodes", "5", "--heads", "2", "--sink-counts", "no"]):
            expected = self.answer(*arguments)
            self.assertGreater(expected["witnesses"], 0)
            self.assertEqual(self.answer(*arguments, "--device", "cuda", env=HOST), expected)
            cut = ["--shard-size", "30011", "--threads", "3"]
            self.assertEqual(self.answer(*arguments, "--device", "cuda", *cut, env=HOST), expected)

    def test_the_device_is_named_and_keeps_a_journal(self):
        journal = os.path.join(self.folder.name, "journal")
        part = [*PAIRS, "--device", "cuda", "--shard-size", "100000", "--journal", journal]
        result = self.run_program(*part, "--json", env=HOST)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(json.loads(result.stdout)["filter"]["instructions"], "CUDA, host")
        # Whoever resumes it need not have the device.
        resumed = self.run_program(*[word for word in part if word not in ("--device", "cuda")], "--resume", "--quiet",
                                   "--json")
        self.assertEqual(resumed.returncode, 0, resumed.stderr)
        document = json.loads(resumed.stdout)
        del document["seconds"], document["filter"]
        self.assertEqual(document, self.answer(*PAIRS))

    def test_without_a_device(self):
        def ends(code, says, module, *arguments):
            result = self.run_program(*PAIRS, "--device", "cuda", *arguments,
                                      env=dict(os.environ, CROSSHEAD_CUDA_MODULE=module))
            self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
            self.assertIn(says, result.stderr)
            self.assertEqual(result.stderr.count("\n"), 1)

        missing = os.path.join(self.folder.name, "missing.so")
        ends(5, f"the CUDA module {missing} does not exist", missing)
        ends(5, "cannot be loaded", self.file("no library", "text.so"))
        host = HOST["CROSSHEAD_CUDA_MODULE"]
        ends(2, "--symmetry", host, "--symmetry")
        ends(2, "found union-sink", host, "--family", "union-sink")
        ends(2, "--guided", host, "--guided")

    def test_the_built_module_answers_or_says_that_there_is_no_device(self):
        module = os.path.join(os.path.dirname(os.path.dirname(self.program)), "lib", "libcrosshead_cuda.so")
        result = self.run_program(*PAIRS, "--device", "cuda", "--json",
                                  env=dict(os.environ, CROSSHEAD_CUDA_MODULE=module))
        if result.returncode == 5:
            self.assertIn("no CUDA device was found" if os.path.exists(module) else "does not exist", result.stderr)
            return
        self.assertEqual(result.returncode, 0, result.stderr)
        document = json.loads(result.stdout)
        del document["seconds"], document["filter"]
        self.assertEqual(document, self.answer(*PAIRS))

    def test_other_claims_are_refused(self):
        result = self.run_program("search", "mixes-faster", *PAIRS[2:], "--device", "cuda", env=HOST)
        self.assertEqual(result.returncode, 2)
        self.assertIn("found mixes-faster", result.stderr)


if __name__ == "__main__":
    main()
