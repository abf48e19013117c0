"""`crosshead golden`: every number against fractions from the definitions, rounded once.

usage: golden_test.py PROGRAM SYSTEMS_FOLDER
"""

import hashlib
import json
import math
import os
import random
import unittest
from fractions import Fraction

import oracle
from golden_file import FORMATS, manifest_of, number, read_npz, rounded
from program_case import ProgramCase, main
from tensor_input_test import HEAD_A, HEAD_B, npy, safetensors


def signals(matrix, sink, steps):
    """Row `sink` of matrix^t, t = 0..steps, over Fractions."""
    n = len(matrix)
    row = [Fraction(int(j == sink)) for j in range(n)]
    rows = [row]
    for _ in range(steps):
        row = [sum((row[i] * matrix[i][j] for i in range(n)), Fraction(0)) for j in range(n)]
        rows.append(row)
    return rows


class GoldenCase(ProgramCase):
    def golden(self, *arguments, code=0):
        out = os.path.join(self.folder.name, "golden.npz")
        result = self.run_program("golden", "--json", "-o", out, *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        arrays = read_npz(out)
        manifest = manifest_of(arrays)
        self.assertEqual(json.loads(result.stdout), manifest)
        self.assertEqual(manifest["schema"], "crosshead.golden/1")
        self.assertEqual([entry["name"] for entry in manifest["arrays"]], [name for name in arrays if name != "manifest"])
        for entry in manifest["arrays"]:
            self.assertEqual(tuple(entry["shape"]), arrays[entry["name"]][1])
            self.assertEqual(len(entry["shape"]), len(entry["axes"]))
        return arrays, manifest

    def expect(self, arrays, quantity, expected):
        """`quantity` of each type holds the fractions `expected`, each rounded once."""
        for name in FORMATS:
            found = [number(value, name) for value in arrays[f"{quantity}_{name}"][2]]
            self.assertEqual(found, [rounded(value, name) for value in expected], f"{quantity}_{name}")


class Golden(GoldenCase):
    def check_system(self, heads, weights, n, steps):
        """A system of graphs with self-loops: signals, distances and fidelities from the definitions."""
        graphs = [oracle.graph_of(head, n, True) for head in heads]
        diffusion = [oracle.diffusion_matrix(edge) for edge in graphs]
        walk = [oracle.walk_matrix(edge) for edge in graphs]
        document = {"schema": "crosshead.system/1", "nodes": n, "self_loops": True,
                    "heads": [{"edges": [[str(j + 1), str(i + 1)] for j, i in head]} for head in heads],
                    "weights": [str(weight) for weight in weights]}
        arrays, manifest = self.golden(self.file(document), "--steps", str(steps), "--epsilon", "1/4,1/3")
        weights = [Fraction(weight) for weight in weights]
        matrices = {"mean": [oracle.mean(diffusion, weights)], "heads": diffusion}
        walks = {"mean": [oracle.mean(walk, weights)], "heads": walk}
        sink = n - 1
        limits = {entry["path"]: entry["nodes"] for entry in manifest["limits"]}
        for group in ("mean", "heads"):
            names = ["mean"] if group == "mean" else [f"head {h + 1}" for h in range(len(heads))]
            self.expect(arrays, f"{group}_signal",
                        [value for matrix in matrices[group] for row in signals(matrix, sink, steps) for value in row])
            fidelities = [oracle.fidelity(matrix, sink, 1) for matrix in matrices[group]]
            if all(node.decided for nodes in fidelities for node in nodes):
                self.expect(arrays, f"{group}_fidelity", [node.supremum for nodes in fidelities for node in nodes])
                self.expect(arrays, f"{group}_minimax", [min(node.supremum for node in nodes) for nodes in fidelities])
                self.assertEqual(list(arrays[f"{group}_fidelity_time"][2]),
                                 [node.time if node.attained else -1 for nodes in fidelities for node in nodes])
                for name, nodes in zip(names, fidelities):
                    self.assertEqual(limits.get(name, []), [str(j + 1) for j in range(n) if not nodes[j].attained])
            times = arrays[f"{group}_mixing_time"][2]
            distances = []
            for k, matrix in enumerate(walks[group]):
                profile = [[1 - value for value in row] for row in signals(matrix, sink, steps)]
                certain = all(oracle.reach([[matrix[i][j] for i in range(n)] for j in range(n)], n)[j][sink]
                              for j in range(n)) and matrix[sink][sink] == 1
                if not certain:
                    self.assertEqual(times[2 * k:2 * k + 2], (-3, -3))
                    distances.append(None)
                    continue
                distances.append(profile)
                for e, epsilon in enumerate((Fraction(1, 4), Fraction(1, 3))):
                    first = next((t for t, row in enumerate(profile) if max(row) <= epsilon), -2)
                    self.assertEqual(times[2 * k + e], first)
            if None not in distances:
                self.expect(arrays, f"{group}_distance", [v for profile in distances for row in profile for v in row])
                self.expect(arrays, f"{group}_worst_distance", [max(row) for profile in distances for row in profile])

    def test_random_systems(self):
        dice = random.Random(20261128)
        for _ in range(25):
            n = dice.randint(2, 5)
            heads = [[(j, i) for j in range(n) for i in range(j + 1, n) if dice.random() < 0.6]
                     for _ in range(dice.randint(1, 3))]
            shares = [dice.randint(1, 9) for _ in heads]
            weights = [Fraction(share, sum(shares)) for share in shares]
            with self.subTest(heads=heads, weights=weights):
                self.check_system(heads, weights, n, dice.choice((1, 7, 40)))

    def test_small_values_become_subnormal_and_zero(self):
        self.check_system([[(0, 1), (1, 2), (2, 3), (0, 3)]], ["1"], 4, 1100)

    def test_attention_as_stored_and_normalised(self):
        rows = [1.0, 0.0, 0.0, 0.3, 0.5, 0.0, 0.125, 0.25, 0.6]
        path = self.file(npy([3, 3], rows, "<f8"))
        stored = [[Fraction(rows[3 * i + j]) for j in range(3)] for i in range(3)]
        normalised = [[value / sum(row) for value in row] for row in stored]
        for reading, matrix in (("as-stored", stored), ("normalised", normalised)):
            arrays, manifest = self.golden(path, "--reading", reading, "--steps", "9")
            self.assertEqual(manifest["convention"]["reading"], reading)
            self.expect(arrays, "mean_signal", [value for row in signals(matrix, 2, 9) for value in row])
            sums = [sum(matrix[i][j] for i in range(3)) for j in range(3)]
            walk = [[matrix[i][j] / sums[j] for j in range(3)] for i in range(3)]
            self.expect(arrays, "mean_distance", [1 - value for row in signals(walk, 2, 9) for value in row])

    def test_layers_and_the_manifest(self):
        path = self.file(safetensors([("attention", [2, 2, 3, 3], HEAD_A + HEAD_B + HEAD_B + HEAD_A),
                                      ("head_weights", [2, 2], [1, 3, 1, 1])]), "a.safetensors")
        arrays, manifest = self.golden(path, "--steps", "4", "--type", "float32")
        self.assertEqual(arrays["heads_signal_float32"][:2], ("<f4", (2, 2, 5, 3)))
        self.assertEqual(arrays["mean_minimax_float32"][1], (2,))
        self.assertNotIn("mean_signal_float64", arrays)
        with open(path, "rb") as stream:
            digest = hashlib.sha256(stream.read()).hexdigest()
        self.assertEqual(manifest["inputs"], [{"file": path, "sha256": digest}])
        self.assertEqual([layer["weights"] for layer in manifest["layers"]], [["1/4", "3/4"], ["1/2", "1/2"]])
        one, _ = self.golden(path, "--steps", "4", "--type", "float32", "--layer", "1")
        self.assertEqual(one["heads_signal_float32"][1], (2, 5, 3))
        self.assertEqual(one["heads_signal_float32"][2], arrays["heads_signal_float32"][2][30:])

    def test_a_system_file_names_the_tensors_behind_it(self):
        tensor = self.file(npy([3, 3], HEAD_A), "a.npy")
        system = {"schema": "crosshead.system/1", "nodes": 3, "heads": [{"attention": {"file": "a.npy", "tensor": ""}}]}
        _, manifest = self.golden(self.file(system, "s.json"))
        self.assertEqual([entry["file"] for entry in manifest["inputs"]], [os.path.join(self.folder.name, "s.json"), tensor])

    def test_no_mixing_and_readings(self):
        system = os.path.join(self.systems, "example-3.8.json")
        arrays, manifest = self.golden(system, "--no-mixing", "--first-step", "0", "--sink-counts", "no")
        self.assertFalse([name for name in arrays if "distance" in name or "mixing" in name])
        self.assertEqual(manifest["convention"], {"first_step": 0, "sink_counts": False, "reading": "as-stored"})
        self.assertEqual(arrays["mean_fidelity_float64"][2][2], 1.0)  # the sink at t = 0

    def test_undecided_is_not_a_number(self):
        out = os.path.join(self.folder.name, "out.npz")
        found = self.run_program("golden", os.path.join(self.systems, "cyclic-with-irrational-rates.json"), "-o", out,
                                 "--quiet")
        self.assertEqual(found.returncode, 4, found.stderr)
        arrays = read_npz(out)
        undecided = manifest_of(arrays)["undecided"]
        self.assertNotEqual(undecided, [])
        for node in undecided:
            self.assertEqual(len(node["interval"]), 2)
        values = arrays["mean_fidelity_float64"][2] + arrays["heads_fidelity_float64"][2]
        self.assertEqual(sum(map(math.isnan, values)), len(undecided))

    def test_the_bytes_are_the_same_twice(self):
        system = os.path.join(self.systems, "figure-3.json")
        contents = []
        for name in ("a.npz", "b.npz"):
            out = os.path.join(self.folder.name, name)
            self.assertEqual(self.run_program("golden", system, "-o", out).returncode, 0)
            with open(out, "rb") as stream:
                contents.append(stream.read())
        self.assertEqual(contents[0], contents[1])

    def test_refusals(self):
        system, out = os.path.join(self.systems, "example-3.8.json"), os.path.join(self.folder.name, "o.npz")
        self.refused(2, "golden", system, says="--out")
        self.refused(2, "golden", system, "-o", out, "--type", "tf32", says="tf32")
        self.refused(2, "golden", system, "-o", out, "--epsilon", "0", says="positive")
        self.refused(2, "golden", system, "-o", out, "--tensor", "a", says="system file")
        self.refused(3, "golden", os.path.join(self.folder.name, "absent"), "-o", out, says="absent")
        self.refused(3, "golden", system, "-o", os.path.join(self.folder.name, "no", "o.npz"), says="o.npz")
        model = os.path.join(os.path.dirname(self.systems), "models", "4_heads_copy.safetensors")
        self.refused(2, "golden", model, "-o", out, says="is a model")
        nan = self.file(npy([2, 2], [1, 0, math.nan, 1]), "nan.npy")
        self.refused(3, "golden", nan, "-o", out, says=("entry [1, 0]", "finite"))
        self.assertFalse(os.path.exists(out))


if __name__ == "__main__":
    main()
