"""Attention tensors given to `crosshead analyze`, as files and from system files.

usage: tensor_input_test.py PROGRAM SYSTEMS_FOLDER
"""

import json
import math
import struct

from program_case import ProgramCase, main


def npy(shape, values, dtype="<f4"):
    code = {"<f4": "f", "<f8": "d", "<i8": "q"}[dtype]
    header = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': ({', '.join(map(str, shape))},), }}"
    header += " " * (64 - (11 + len(header)) % 64) + "\n"
    data = struct.pack(f"<{len(values)}{code}", *values)
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + data


def safetensors(tensors):
    header, data = {}, b""
    for name, shape, values in tensors:
        begin = len(data)
        data += struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


HEAD_A = [1, 0, 0, 0.5, 0.5, 0, 0.25, 0.25, 0.5]
HEAD_B = [1, 0, 0, 0.75, 0.25, 0, 0, 0.5, 0.5]


class Tensors(ProgramCase):
    def test_layouts(self):
        four = self.file(npy([2, 2, 3, 3], HEAD_A + HEAD_B + HEAD_B + HEAD_A), "four.npy")
        self.refused(2, "analyze", four, says=("2 layers", "0..1"))
        self.refused(2, "analyze", four, "--layer", "2", says="0..1")
        self.refused(2, "analyze", four, "--layer", "0", "--head", "2", says="0..1")
        both = self.analysis(four, "--layer", "0")
        self.assertEqual([head["name"] for head in both["heads"]], ["four[0, 0]", "four[0, 1]"])
        self.assertEqual((both["nodes"], both["sink"], both["weights"]), (["1", "2", "3"], "3", ["1/2", "1/2"]))
        three = self.analysis(self.file(npy([2, 3, 3], HEAD_A + HEAD_B), "three.npy"))
        self.assertEqual(both["combined"], three["combined"])
        two = self.file(npy([3, 3], HEAD_B), "two.npy")
        self.refused(2, "analyze", two, "--head", "0", says="no head dimension")
        self.refused(2, "analyze", two, "--layer", "0", says="no layer dimension")
        self.assertEqual(self.analysis(two)["combined"], self.analysis(four, "--layer", "1", "--head", "0")["combined"])
        weighted = self.analysis(four, "--layer", "0", "--weights", "0,1")
        self.assertEqual(weighted["combined"]["fidelity"], self.analysis(two)["combined"]["fidelity"])

    def test_equals_the_same_rows_in_a_system_file(self):
        rows = [[str(value) for value in HEAD_A[3 * i:3 * i + 3]] for i in range(3)]
        system = {"schema": "crosshead.system/1", "nodes": 3, "heads": [{"diffusion": rows}]}
        self.assertEqual(self.analysis(self.file(npy([3, 3], HEAD_A)))["combined"],
                         self.analysis(self.file(system))["combined"])

    def test_readings_of_a_row_that_misses_one(self):
        path = self.file(npy([2, 2], [1, 0, 0.5, 0.25], "<f8"))
        stored = self.analysis(path)["combined"]
        self.assertEqual(stored["row_defect"], {"largest": "1/4", "node": "2"})
        self.assertEqual(stored["fidelity"]["nodes"][1]["supremum"], "1/4")
        normalised = self.analysis(path, "--reading", "normalised")["combined"]
        self.assertEqual(normalised["fidelity"]["nodes"][1]["supremum"], "1/3")
        tenth = self.analysis(self.file(npy([1, 1], [0.1], "<f8")))["combined"]
        self.assertEqual(tenth["fidelity"]["minimax"], "3602879701896397/36028797018963968")

    def test_named_tensors(self):
        path = self.file(safetensors([("first", [3, 3], HEAD_A), ("second", [2, 3, 3], HEAD_A + HEAD_B)]))
        self.refused(2, "analyze", path, says=("first (float32 [3, 3])", "second (float32 [2, 3, 3])"))
        self.refused(2, "analyze", path, "--tensor", "third", says=("third", "first"))
        self.assertEqual([head["name"] for head in self.analysis(path, "--tensor", "second")["heads"]],
                         ["second[0]", "second[1]"])

    def test_what_is_not_attention(self):
        for shape, values, dtype, says in (
                ([3], [1, 1, 1], "<f4", "number of dimensions is 1"), ([1] * 5, [1], "<f4", "dimensions is 5"),
                ([2, 3], [1] * 6, "<f4", "queries and keys differ"), ([0, 0], [], "<f4", "a dimension is 0"),
                ([2, 2], [1, 0, 1, 0], "<i8", "int64"), ([2, 2], [1, 0, -0.5, 1.5], "<f4", "entry [1, 0]"),
                ([1, 2, 2], [1, 0, 1, math.nan], "<f4", "entry [0, 1, 1]"),
                ([2, 2], [math.inf, 0, 0, 1], "<f8", "entry [0, 0]")):
            with self.subTest(shape=shape, says=says):
                self.refused(3, "analyze", self.file(npy(shape, values, dtype), "t.npy"), says=("t.npy: ", says))

    def test_attention_of_a_system_file(self):
        self.file(safetensors([("layers.0", [2, 3, 3], HEAD_A + HEAD_B)]), "a.safetensors")
        reference = {"file": "a.safetensors", "tensor": "layers.0", "head": 1}
        system = {"schema": "crosshead.system/1", "nodes": 3, "heads": [{"attention": reference}]}
        said = self.analysis(self.file(system, "s.json"))
        self.assertEqual(said["combined"]["fidelity"]["nodes"][2]["supremum"], "1/2")
        for change, says in (({"head": 2}, "0..1"), ({"tensor": "layers.9"}, "layers.0"), ({"layer": 0}, "no layer"),
                             ({"file": "b.npy"}, "b.npy")):
            with self.subTest(change=change):
                bad = {"schema": "crosshead.system/1", "nodes": 3, "heads": [{"attention": {**reference, **change}}]}
                self.refused(3, "analyze", self.file(bad, "s.json"), says=("s.json: heads[0].attention", says))
        smaller = {"schema": "crosshead.system/1", "nodes": 2, "heads": [{"attention": reference}]}
        self.refused(3, "analyze", self.file(smaller, "s.json"), says="the attention is 3 x 3")

    def test_every_truncation_of_a_tensor_file(self):
        whole = safetensors([("attention", [2, 3, 3], HEAD_A + HEAD_B)])
        self.analysis(self.file(whole))
        for length in range(0, len(whole), 7):
            with self.subTest(length=length):
                self.refused(3, "analyze", self.file(whole[:length]), says="input: ")
        array = npy([3, 3], HEAD_A)
        for length in range(0, len(array), 7):
            with self.subTest(length=length):
                self.refused(3, "analyze", self.file(array[:length]), says="input: ")


if __name__ == "__main__":
    main()
