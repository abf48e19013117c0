"""Exit codes, messages and output of `crosshead analyze`, through the program itself.

usage: program_test.py PROGRAM SYSTEMS_FOLDER
"""

import json
import os
import subprocess

from program_case import ProgramCase, main

# Two nodes with self-loops; head 1 has a -> tau, head 2 no edge, weights 1/2 each. By hand:
#   head 1: P(not absorbed at t) = 2^-t, so T_mix(1/4) = 2 and T_mix(1/100) = 7; the signal of tau is 2^-t, at most 1/2
#   (t = 1); that of a is 1 - 2^-t, supremum 1, never attained; so minimax 1/2 at tau.
#   head 2: a never reaches tau; the signal of a is 0.
#   mean: a moves with probability 1/4, so the distance is (3/4)^t: (3/4)^4 = 81/256 > 1/4 >= (3/4)^5 = 243/1024, and
#   (3/4)^16 = 0.01002... > 1/100 >= (3/4)^17. The signal of tau is (3/4)^t, at most 3/4; minimax 3/4 > 1/2: amplified.
#   Hitting time 4; cut at 2 it is 1 + 3/4.
BY_HAND = {"schema": "crosshead.system/1", "name": "by-hand", "nodes": ["a", "tau"], "self_loops": True,
           "heads": [{"edges": [["a", "tau"]]}, {"edges": []}]}

BY_HAND_TABLE = """\
system      by-hand: 2 nodes, sink tau, 2 heads
convention  suprema over t >= 1; the sink counts; total variation <= epsilon;
            worst start; attention as stored

          weight  feedforward  unique sink  forward probability
combined          yes          yes          1/4
head 1    1/2     yes          yes          1/2
head 2    1/2     yes          no           0

mixing time  epsilon 1/4  epsilon 1/100
combined     5 from a     17 from a
head 1       2 from a     7 from a
head 2       undefined    undefined

fidelity  minimax  at node  attained
combined  3/4      tau      yes
head 1    1/2      tau      yes
head 2    0        a        yes

combined, node  fidelity  first at t  mean hitting time  cut at 2
a               1         never       4                  7/4
tau             3/4       1           0                  0

best head   head 1
amplifies   yes
attenuates  no
mixing      epsilon 1/4: faster than every head: undefined; slower: undefined
mixing      epsilon 1/100: faster than every head: undefined; slower: undefined

note: head 2: mixing time undefined: node a never reaches the sink tau
note: head 2 has no unique sink: node a is a sink too
"""


class Usage(ProgramCase):
    def test_help_and_version(self):
        for arguments, text in ((["--help"], "Examples:"), (["analyze", "--help"], "--epsilon"),
                                (["--version"], "crosshead ")):
            result = self.run_program(*arguments)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertIn(text, result.stdout)

    def test_bad_usage_is_two(self):
        path = self.file(BY_HAND)
        self.refused(2, says="--help")
        self.refused(2, "analyse", path, says=("'analyse'", "commands are "))
        self.refused(2, "analyze", says="FILE")
        self.refused(2, "analyze", path, path)
        self.refused(2, "analyze", path, "--epsilons", "1/4", says="--epsilons")
        for option, value, says in (("--epsilon", "0", "positive"), ("--epsilon", "-1/4", "positive"),
                                    ("--epsilon", "1/4,", "it is empty"), ("--epsilon", "1/0", "denominator"),
                                    ("--epsilon", "quarter", "not a number"), ("--first-step", "2", "--first-step"),
                                    ("--sink-counts", "maybe", "--sink-counts"), ("--distance", "l2", "--distance"),
                                    ("--start", "best", "--start"), ("--reading", "raw", "--reading"),
                                    ("--weights", "1/2", "expected 2 weights"), ("--weights", "1/2,1/3", "5/6"),
                                    ("--weights", "-1,2", "negative"), ("--cutoff", "-1", "--cutoff"),
                                    ("--max-steps", "0", "--max-steps"), ("--threads", "0", "--threads"),
                                    ("--layer", "x", "--layer"), ("--layer", "0", "system file"),
                                    ("--head", "0", "system file"), ("--tensor", "a", "system file")):
            with self.subTest(option=option, value=value):
                self.refused(2, "analyze", path, f"{option}={value}", says=says)

    def test_global_options_before_and_after_the_command(self):
        path = self.file(BY_HAND)
        outputs = [self.run_program(*arguments) for arguments in (
            ["--json", "analyze", path], ["analyze", path, "--json"],
            ["--threads", "1", "analyze", "--quiet", "--json", path])]
        self.assertEqual(len({output.stdout for output in outputs}), 1)
        self.assertEqual(json.loads(outputs[0].stdout)["system"], "by-hand")

    def test_full_output_device_is_an_internal_error(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "w", encoding="utf-8") as full:
            result = subprocess.run([self.program, "analyze", self.file(BY_HAND)], stdout=full, stderr=subprocess.PIPE,
                                    text=True, check=False)
        self.assertEqual(result.returncode, 70)
        self.assertIn("standard output", result.stderr)


class Output(ProgramCase):
    def test_table_derived_by_hand(self):
        result = self.run_program("analyze", self.file(BY_HAND), "--epsilon", "1/4,1/100", "--cutoff", "2")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, BY_HAND_TABLE)

    def test_json_derived_by_hand(self):
        said = self.analysis(self.file(BY_HAND), "--cutoff", "2")
        self.assertEqual(said["schema"], "crosshead.analysis/1")
        self.assertEqual((said["system"], said["nodes"], said["sink"]), ("by-hand", ["a", "tau"], "tau"))
        self.assertEqual(said["convention"], {"first_step": 1, "sink_counts": True, "distance": "tv",
                                              "start": "worst", "reading": "as-stored",
                                              "attention_walk": "successor-normalised"})
        self.assertIs(said["checks"]["feedforward"], True)
        self.assertIs(said["checks"]["unique_sink_union"], True)
        combined = said["combined"]
        self.assertEqual(combined["forward_probability"], "1/4")
        self.assertEqual({key: combined["mixing"][0][key] for key in
                          ("epsilon", "defined", "time", "worst_start", "decided")},
                         {"epsilon": "1/4", "defined": True, "time": 5, "worst_start": "a", "decided": True})
        fidelity = combined["fidelity"]
        self.assertEqual((fidelity["minimax"], fidelity["minimax_node"], fidelity["attained"]), ("3/4", "tau", True))
        self.assertEqual([{key: node[key] for key in ("node", "supremum", "attained", "time", "decided")}
                          for node in fidelity["nodes"]],
                         [{"node": "a", "supremum": "1", "attained": False, "time": None, "decided": True},
                          {"node": "tau", "supremum": "3/4", "attained": True, "time": 1, "decided": True}])
        self.assertEqual(combined["hitting"], {"expected": ["4", "0"], "cutoff": 2, "truncated": ["7/4", "0"]})
        self.assertEqual([head["name"] for head in said["heads"]], ["head 1", "head 2"])
        self.assertIs(said["heads"][1]["checks"]["unique_sink"], False)
        self.assertEqual(said["heads"][1]["mixing"][0]["time"], None)
        self.assertIn("never reaches", said["heads"][1]["mixing"][0]["reason"])
        self.assertEqual(said["best_head"], {"index": 1, "name": "head 1", "minimax": "1/2", "ties": [1]})
        self.assertEqual(said["verdicts"], {
            "amplifies": True, "attenuates": False,
            "mixes_faster_than_every_head": [{"epsilon": "1/4", "verdict": "undefined"}],
            "mixes_slower_than_every_head": [{"epsilon": "1/4", "verdict": "undefined"}]})

    def test_undecided_is_four_with_an_interval(self):
        said = self.analysis(os.path.join(self.systems, "cyclic-with-irrational-rates.json"), code=4)
        node = said["heads"][0]["fidelity"]["nodes"][0]
        self.assertEqual((node["decided"], node["supremum"], node["time"]), (False, None, None))
        self.assertEqual(len(node["interval"]), 2)

    def test_options_reach_the_analysis(self):
        path = self.file(BY_HAND)
        self.assertEqual(self.analysis(path, "--weights", "1,0")["combined"]["mixing"][0]["time"], 2)
        halved = self.analysis(path, "--weights", "1,0", "--distance", "l1")
        self.assertEqual(halved["combined"]["mixing"][0]["time"], 4)
        self.assertEqual(self.analysis(path, "--start", "average")["combined"]["mixing"][0]["time"], 3)
        self.assertEqual(self.analysis(path, "--first-step", "0")["combined"]["fidelity"]["nodes"][1]["time"], 0)
        self.assertEqual(self.analysis(path, "--sink-counts", "no")["combined"]["fidelity"]["minimax_node"], "a")

    def test_a_pipe_is_read_as_a_system_file(self):
        if not os.path.exists("/dev/stdin"):
            self.skipTest("no /dev/stdin")
        said = self.run_program("analyze", "--json", "/dev/stdin", input=json.dumps(BY_HAND))
        self.assertEqual(json.loads(said.stdout)["system"], "by-hand")

    def test_every_line_fits_a_terminal(self):
        for name in sorted(os.listdir(self.systems)):
            result = self.run_program("analyze", os.path.join(self.systems, name), "--epsilon", "1/4,1/10,1/100")
            self.assertIn(result.returncode, (0, 4), name)
            self.assertEqual([line for line in result.stdout.splitlines() if len(line) > 80], [], name)

    def test_the_distance_profile_is_exact(self):
        # From the left end of a line of three, (1 + t) 2^-t is the chance of not being absorbed yet.
        line = {"schema": "crosshead.system/1", "name": "line", "nodes": 3, "self_loops": True,
                "heads": [{"edges": [["1", "2"], ["2", "3"]]}]}
        said = self.analysis(self.file(line), "--profile", "4")
        self.assertEqual([point["distance"] for point in said["combined"]["profile"]], ["1", "1", "3/4", "1/2", "5/16"])
        self.assertEqual([point["worst_start"] for point in said["combined"]["profile"]], ["1"] * 5)
        doubled = self.analysis(self.file(line), "--profile", "2", "--distance", "l1")
        self.assertEqual([point["distance"] for point in doubled["combined"]["profile"]], ["2", "2", "3/2"])

    def test_the_published_walk_jumps_where_mass_is_missing(self):
        # Column 1 holds 1 and 1/4, cut off at 1: node 1 never leaves. Column 2 of the second head holds 3/4.
        def system(rows):
            return self.file({"schema": "crosshead.system/1", "name": "rows", "nodes": 2, "heads": [{"diffusion": rows}]})
        stuck = system([["1", "0"], ["1/4", "3/4"]])
        self.assertEqual(self.analysis(stuck)["combined"]["mixing"][0]["time"], 7)  # (4/5)^7 <= 1/4 < (4/5)^6
        published = self.analysis(stuck, "--attention-walk", "published")
        self.assertIs(published["combined"]["mixing"][0]["defined"], False)
        self.assertEqual(published["convention"]["attention_walk"], "published")

    def test_the_exact_program_does_not_load_libtorch(self):
        linked = subprocess.run(["ldd", self.program], capture_output=True, text=True, check=True).stdout
        self.assertIn("libgmp", linked)
        self.assertNotRegex(linked, "lib(torch|c10|openblas)")


class BadFiles(ProgramCase):
    def test_files_that_are_nothing(self):
        self.refused(3, "analyze", "no/such/file.json", says=("no/such/file.json", "No such file"))
        self.refused(3, "analyze", self.folder.name, says="is a directory")
        for content in (b"", b"\n", b"hello", b"[1, 2]", bytes(range(256)), b"\x93NUMP", b"PK"):
            with self.subTest(content=content):
                self.refused(3, "analyze", self.file(content, "x.npy"), says=("x.npy: byte 0", "neither a system file"))

    def test_system_files_with_file_and_place(self):
        bad = dict(BY_HAND, weights=["1/2", "1/3"])
        self.refused(3, "analyze", self.file(bad, "w.json"), says=("w.json: weights", "5/6"))
        self.refused(3, "analyze", "--json", self.file('{"schema":\n  1,}', "s.json"), says="s.json: line 2, column 5")
        deep = '{"nodes":' + "[" * 100000
        self.refused(3, "analyze", self.file(deep), says="nested deeper")
        self.refused(3, "analyze", self.file(dict(BY_HAND, nodes=10**12)), says="nodes: expected a node count")
        self.refused(3, "analyze", self.file(json.dumps(BY_HAND).replace('["a", "tau"]', "1e12", 1)), says="nodes: ")
        twice = dict(BY_HAND, heads=[{"edges": [["a", "tau"], ["a", "tau"]]}])
        self.refused(3, "analyze", self.file(twice), says=("heads[0].edges[1]", "twice"))


if __name__ == "__main__":
    main()
