"""What the tests of crosscheck share: attention as models have it, and the program's answer to it."""

import json
import math
import os
import struct

from program_case import ProgramCase


def softmax_rows(n, dice):
    """Causal float32 attention: rows of random logits."""
    values = []
    for i in range(n):
        logits = [math.exp(dice.gauss(0, 2)) for _ in range(i + 1)]
        total = sum(logits)
        row = [struct.unpack("<f", struct.pack("<f", value / total))[0] for value in logits]
        values += row + [0.0] * (n - 1 - i)
    return values


class CrosscheckCase(ProgramCase):
    def crosscheck(self, *arguments, code=0):
        result = self.run_program("crosscheck", "--json", *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        return json.loads(result.stdout)

    def path(self, name):
        return os.path.join(self.folder.name, name)
