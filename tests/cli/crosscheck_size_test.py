#!/usr/bin/env python3
"""`crosshead crosscheck` on sizes of real models: memory, and a budget for exact steps.

usage: crosscheck_size_test.py PROGRAM SYSTEMS_FOLDER
"""

import json
import random
import struct
import subprocess
import sys
from fractions import Fraction

from crosscheck_case import CrosscheckCase, softmax_rows
from program_case import main
from tensor_input_test import npy


class Real(CrosscheckCase):
    """Sizes of real models: read head by head, with memory that follows one matrix."""

    def peak_of(self, *arguments):
        """Exit code, document and peak memory in bytes of one run of the program."""
        code = ("import os, resource, subprocess, sys\n"
                "run = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)\n"
                "sys.stdout.buffer.write(run.stdout)\n"
                "print('\\n', run.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n")
        result = subprocess.run([sys.executable, "-c", code, self.program, "crosscheck", "--json", *arguments],
                                capture_output=True, text=True, check=True, timeout=500)
        document, _, last = result.stdout.strip().rpartition("\n")
        status, peak = last.split()
        self.assertEqual((status, result.stderr), ("0", ""))
        return json.loads(document), int(peak) * 1024

    def test_2048_positions_stay_under_two_gigabytes(self):
        # 12 layers of 12 heads: 2.4 GB of float16 with holes, in which a single row of blocks is written.
        n, layers, heads = 2048, 12, 12
        path = self.path("large.npy")
        header = f"{{'descr': '<f2', 'fortran_order': False, 'shape': ({layers}, {heads}, {n}, {n}), }}"
        header += " " * (64 - (11 + len(header)) % 64) + "\n"
        row = struct.pack("<e", 2.0 ** -11) * n
        matrix = bytearray()
        for i in range(n):
            width = i + 1
            # Entries 2^-11 and what is missing on the diagonal, causal: sums are exactly 1.
            matrix += row[:2 * i] + struct.pack("<e", 1 - i * 2.0 ** -11) + bytes(2 * (n - width))
        with open(path, "wb") as stream:
            stream.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
            begin = stream.tell()
            for head in range(heads):
                stream.seek(begin + (5 * heads + head) * n * n * 2)
                stream.write(matrix)
            stream.truncate(begin + layers * heads * n * n * 2)
        signal = self.path("signal.npy")
        with open(signal, "wb") as stream:
            # The sink's signal after one step is its row.
            stream.write(npy([2, n], [0.0] * (n - 1) + [1.0] + [2.0 ** -11] * (n - 1) + [1 - (n - 1) * 2.0 ** -11]))
        document, peak = self.peak_of(path, "--layer", "5", "--against", signal, "--rule", "ulps=0", "--causal")
        self.assertEqual(document["accepted"], 1)
        self.assertEqual(len(document["layers"][0]["paths"]), heads + 1)
        self.assertLess(peak, 2 * 1024 ** 3)

    def test_budget(self):
        dice = random.Random(5)
        path = self.file(npy([1, 40, 40], softmax_rows(40, dice)), "a.npy")
        golden = self.path("golden.npz")
        self.run_program("golden", path, "-o", golden, "--steps", "60", "--no-mixing", "--type", "float32,bfloat16")
        full = self.crosscheck(path, "--against", golden, "--rule", "ulps=0", "--exact", "all")
        self.assertEqual([p["exact_through"] for p in full["layers"][0]["paths"]], [60, 60])
        brief = self.crosscheck(path, "--against", golden, "--rule", "ulps=0", "--exact", "100000")
        for path_of_brief, path_of_full in zip(brief["layers"][0]["paths"], full["layers"][0]["paths"]):
            self.assertLess(path_of_brief["exact_through"], 60)
            self.assertGreater(path_of_brief["exact_through"], 0)
            low, high = path_of_brief["minimax_interval"]
            self.assertLessEqual(Fraction(low), Fraction(path_of_full["minimax"]))
            self.assertGreaterEqual(Fraction(high), Fraction(path_of_full["minimax"]))
        self.refused(2, "crosscheck", path, "--exact", "some", says="--exact")


if __name__ == "__main__":
    main()
