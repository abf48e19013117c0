"""`crosshead search --guided` through the program: documents, certificates, repetition, the command line; and the audit
of records.

usage: guided_test.py PROGRAM SYSTEMS_FOLDER
"""

import json
import os
import re
import signal
import subprocess
import time
import xml.etree.ElementTree
from fractions import Fraction

from program_case import ProgramCase, main
from search_certificate_test import statement_of

CLAIM = '''id = "C"
section = "2"
source = "made for this test"
statement = "One is less than two."
expected = "verified"
[[reading]]
name = "r"
formula = "1 < 2"
expected = true
'''


class Guided(ProgramCase):
    def search(self, *arguments, code=0):
        result = self.run_program("search", "--guided", "--json", *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        return json.loads(result.stdout)

    def checker(self):
        return os.environ.get("CROSSHEAD_CHECK") or os.path.join(os.path.dirname(self.program), "crosshead-check")

    def test_the_best_system_is_a_document_that_analyze_confirms(self):
        saved = os.path.join(self.folder.name, "best.json")
        found = self.search("amplifies", "--nodes", "7", "--heads", "3", "--grid", "10", "--steps", "3000", "--save", saved)
        with open(saved, encoding="utf-8") as stream:
            self.assertEqual(json.load(stream), found["best"]["system"])
        analysis = self.analysis(saved)
        heads = [Fraction(head["fidelity"]["minimax"]) for head in analysis["heads"]]
        self.assertEqual(Fraction(analysis["combined"]["fidelity"]["minimax"]) - max(heads),
                         Fraction(found["best"]["value"]))
        self.assertTrue(analysis["checks"]["feedforward"])
        weights = [Fraction(weight) for weight in found["best"]["system"]["weights"]]
        self.assertEqual((sum(weights), {(10 * weight).denominator for weight in weights}), (1, {1}))

        found = self.search("mixes-faster", "--maximise", "ratio", "--epsilon", "1/10", "--nodes", "9", "--heads", "2",
                            "--steps", "3000", "--save", saved)
        analysis = self.analysis(saved, "--epsilon", "1/10")
        times = [part["mixing"][0]["time"] for part in [analysis["combined"], *analysis["heads"]]]
        self.assertEqual(Fraction(min(times[1:]), times[0]), Fraction(found["best"]["value"]))

    def test_a_certificate_states_the_value(self):
        folder = os.path.join(self.folder.name, "new", "folder")
        file = os.path.join(folder, "best.json")
        for claim in ("amplifies", "attenuates", "mixes-faster", "mixes-slower"):
            found = self.search(claim, "--maximise", "ratio", "--nodes", "12", "--heads", "3", "--steps", "500",
                                "--certificate", folder)
            replay = subprocess.run([self.checker(), file], capture_output=True, text=True, check=False)
            self.assertEqual(replay.returncode, 0, replay.stdout)
            self.assertIn(f'{found["term"]} = {found["best"]["value"]} and', statement_of(file))

    def test_conventions_change_the_value_and_are_certified(self):
        folder = self.folder.name
        for options, convention in ((["--distance", "l1"], {"distance": "l1", "start": "worst"}),
                                    (["--start", "average"], {"distance": "tv", "start": "average"})):
            arguments = ["mixes-slower", "--nodes", "6", "--heads", "2", "--steps", "500", *options]
            found = self.search(*arguments, "--certificate", folder, "--save", os.path.join(folder, "system.json"))
            self.assertEqual(found["convention"], {"epsilon": "1/4", **convention})
            self.assertIsNone(found["best"]["record"])
            self.assertIn(" ".join(options), found["command"])
            self.assertEqual(subprocess.run([self.checker(), os.path.join(folder, "best.json")], check=False,
                                            capture_output=True).returncode, 0)
            analysis = self.analysis(os.path.join(folder, "system.json"), *options)
            times = [part["mixing"][0]["time"] for part in [analysis["combined"], *analysis["heads"]]]
            self.assertEqual(Fraction(times[0] - max(times[1:])), Fraction(found["best"]["value"]))

    def test_the_same_command_gives_the_same_answer(self):
        arguments = ["amplifies", "--nodes", "11", "--heads", "4", "--steps", "1000", "--seed", "5"]
        first = self.search(*arguments, "--threads", "1")
        again = self.search(*arguments, "--threads", "3")
        printed = self.search(*first["command"].replace("crosshead search", "").replace("--guided", "").split())
        for document in (first, again, printed):
            del document["seconds"]
        self.assertEqual(first, again)
        self.assertEqual(first, printed)
        self.assertEqual((first["schema"], first["complete"]), ("crosshead.guided/1", True))
        self.assertEqual(first["restarts"], {"asked": 8, "finished": 8, "undecided": 0})
        other = self.search(*arguments[:-1], "6")
        self.assertNotEqual(other["best"]["system"], first["best"]["system"])

    def test_text_for_readers(self):
        result = self.run_program("search", "amplifies", "--guided", "--nodes", "4", "--heads", "2", "--steps", "2000")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        # 115/864 is what enumerating all 210 pairs gives.
        self.assertRegex(result.stdout, r"(?m)^best +115/864 \(0\.133102\), restart \d$")
        self.assertRegex(result.stdout, r"(?m)^head 2 +weight 1/2: 1>")
        self.assertTrue(all(len(line) <= 80 for line in result.stdout.splitlines()))

    def test_an_interrupt_reports_the_best_so_far(self):
        process = subprocess.Popen([self.program, "search", "amplifies", "--guided", "--json", "--nodes", "12", "--heads",
                                    "2", "--steps", "100000000000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors), (4, ""))
        document = json.loads(output)
        self.assertEqual((document["complete"], document["restarts"]["finished"]), (False, 0))
        self.assertGreater(Fraction(document["best"]["value"]), 0)

    def test_bad_usage(self):
        base = ["search", "amplifies", "--guided", "--nodes", "8", "--heads", "2"]
        self.refused(2, "search", "amplifies", "--guided", "--nodes", "65", "--heads", "2", says="2 to 64 nodes, not 65")
        self.refused(2, "search", "amplifies", "--guided", "--nodes", "8", "--heads", "17", says="2 to 16 heads, not 17")
        self.refused(2, "search", "amplifies", "--guided", "--nodes", "3", "--heads", "4", says="the family has 3 graphs")
        self.refused(2, *base, "--grid", "1001", says=("multiples of 1/D", "1000, not 1001"))
        self.refused(2, *base, "--grid", "1", says="not 1")
        self.refused(2, *base, "--weights", "1,0", says="positive weights")
        self.refused(2, *base, "--maximise", "most", says="--maximise")
        self.refused(2, *base, "--steps", "0", says="--steps")
        self.refused(2, *base, "--restarts", "0", says="--restarts")
        self.refused(2, *base, "--seed", "-1", says="--seed")
        self.refused(2, *base, "--symmetry", says="--symmetry")
        self.refused(2, *base, "--from", "3", says="--from")
        self.refused(2, *base, "--ordered", says="--ordered")
        self.refused(2, "search", "amplifies", "--nodes", "4", "--heads", "2", "--seed", "3", says="--guided")
        self.refused(2, "search", "doubles", "--guided", "--nodes", "8", "--heads", "2", says="doubles")
        self.refused(2, "search", "mixes-faster", "--guided", "--nodes", "8", "--heads", "2", "--epsilon", "1",
                     says="below 1")

    def records(self, text):
        ledger = os.path.join(self.folder.name, "proofs", "ledger")
        os.makedirs(ledger, exist_ok=True)
        for name, content in (("C", CLAIM), ("records", text)):
            with open(os.path.join(ledger, name + ".toml"), "w", encoding="utf-8") as stream:
                stream.write(content)
        return self.run_program("audit", "--proofs", "proofs", "--update", cwd=self.folder.name)

    def report_summary(self):
        with open(os.path.join(self.folder.name, "report", "audit.json"), encoding="utf-8") as stream:
            return json.load(stream)["summary"]["records"]

    def record_cases(self):
        root = xml.etree.ElementTree.parse(os.path.join(self.folder.name, "report", "audit.xml")).getroot()
        suite, = (suite for suite in root.iter("testsuite") if suite.get("name") == "Records")
        return list(suite.iter("testcase"))

    def test_the_audit_checks_records(self):
        text = ""
        for arguments in (["amplifies"], ["mixes-faster", "--maximise", "ratio"], ["attenuates", "--grid", "6"]):
            text += self.search(*arguments, "--nodes", "6", "--heads", "2", "--steps", "500")["best"]["record"] + "\n"
        result = self.records(text)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        lines = result.stdout.splitlines()
        at = lines.index("Records")
        entries = [line for line in lines[at + 1:lines.index("", at)] if not line.startswith(" ")]
        self.assertEqual([line.split()[:2] for line in entries],
                         [["amplifies-gain-6-2", "replayed"], ["mixes-faster-ratio-6-2-epsilon-1-4", "replayed"],
                          ["attenuates-gain-6-2-grid-6", "replayed"]])
        with open(os.path.join(self.folder.name, "report", "audit.json"), encoding="utf-8") as stream:
            documents = json.load(stream)["records"]
        self.assertEqual([document["differences"] for document in documents], [[], [], []])
        self.assertEqual(self.report_summary(), {"confirmed": 3, "differing": 0, "interrupted": 0})
        self.assertTrue(" ".join(result.stdout.split()).endswith("; 3 of 3 records confirmed"), result.stdout)
        self.assertEqual([case.get("name") for case in self.record_cases()],
                         ["amplifies, largest gain", "mixes-faster, largest ratio", "attenuates, largest gain"])
        self.assertEqual([len(case.findall("failure")) for case in self.record_cases()], [0, 0, 0])
        for document in documents:
            replay = subprocess.run([self.checker(), os.path.join(self.folder.name, document["certificate"])],
                                    capture_output=True, text=True, check=False)
            self.assertEqual(replay.returncode, 0, replay.stdout)

        value = re.search(r'value = "(.*)"', text).group(1)
        result = self.records(text.replace(value, "1/3", 1))
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"DIFFERS: the value is {value}, the record says 1/3", " ".join(result.stdout.split()))
        self.assertEqual(result.stdout.count("DIFFERS"), 1)
        self.assertTrue(" ".join(result.stdout.split()).endswith("; 2 of 3 records confirmed, 1 differs"))
        self.assertEqual(self.report_summary(), {"confirmed": 2, "differing": 1, "interrupted": 0})
        self.assertEqual([[failure.get("message") for failure in case.findall("failure")] for case in self.record_cases()],
                         [[f"amplifies-gain-6-2: the value is {value}, the record says 1/3"], [], []])
        result = self.records(text.replace('"1>', '"9>', 1))
        self.assertEqual(result.returncode, 3)
        self.assertRegex(result.stderr, r"records\.toml: line \d+, column \d+: .*nodes are 1 to 6, found 9")

    def test_checked_in_records_are_found_again(self):
        file = os.path.join(self.systems, "..", "ledger", "records.toml")
        with open(file, encoding="utf-8") as stream:
            records = stream.read().split("[[record]]")[1:]
        again = 0
        for record in records:
            if int(re.search(r"nodes = (\d+)", record).group(1)) > 5:
                continue
            words = re.search(r'found = "crosshead search (.*)"', record).group(1).replace("--guided ", "").split()
            self.assertEqual(self.search(*words)["best"]["value"], re.search(r'value = "(.*)"', record).group(1))
            again += 1
        self.assertGreaterEqual(again, 16)


if __name__ == "__main__":
    main()
