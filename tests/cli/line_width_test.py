"""Everything that people read on a terminal fits 80 columns: help, the manual page, tables, messages.

usage: line_width_test.py PROGRAM SYSTEMS_FOLDER
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import unicodedata

from audit_test import FALSE_CLAIM, TRUE_CLAIM
from float_commands_test import TINY, FloatCase
from program_case import ProgramCase, main
from tables_test import PUBLISHED

WIDTH = 80

# Nothing here is short: names with blanks, without, and of wide characters.
LONG = {"schema": "crosshead.system/1", "name": "a system whose name has a good many words, so that it fills a line",
        "nodes": ["the-first-node-with-a-long-name-of-its-own", "東京都庁舎前広場",
                  "the-third-node-with-a-long-name-as-well", "tau"],
        "self_loops": True,
        "heads": [{"name": "a head with a name of many words that nobody would type twice",
                   "edges": [["the-first-node-with-a-long-name-of-its-own", "東京都庁舎前広場"],
                             ["東京都庁舎前広場", "the-third-node-with-a-long-name-as-well"],
                             ["the-third-node-with-a-long-name-as-well", "tau"]]},
                  {"name": "東京の頭", "edges": [["the-first-node-with-a-long-name-of-its-own", "tau"], ["東京都庁舎前広場", "tau"],
                                             ["the-third-node-with-a-long-name-as-well", "tau"]]}],
        "weights": ["1234567/7654321", "6419754/7654321"]}


def columns(text):
    """Columns on a terminal, colours left out."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class LineCase(ProgramCase):
    def fits(self, text, what):
        self.assertNotEqual(text.strip(), "", what)
        self.assertEqual([line for line in text.splitlines() if columns(line) > WIDTH], [], what)

    def printed(self, *arguments, code=0, cwd=None, err=""):
        """What a command prints, which fits."""
        result = self.run_program(*arguments, cwd=cwd or self.folder.name)
        self.assertEqual(result.returncode, code, (arguments, result.stderr))
        self.assertRegex(result.stderr, rf"\A{err}\Z", arguments)
        self.fits(result.stdout, arguments)
        return result.stdout

    def system(self, name):
        return os.path.join(self.systems, name + ".json")


class Measure(LineCase):
    def test_counts_columns(self):
        self.assertEqual([columns(text) for text in ("ab ±", "東京", "e\u0301", "\x1b[1;31mred\x1b[0m")], [4, 4, 1, 3])
        with self.assertRaises(AssertionError):
            self.fits("x" * 80 + "\n" + "東" * 41, "41 wide characters")


class Help(LineCase):
    def commands_below(self, *words):
        """(words, text of --help) of a command and of every command in it."""
        text = self.run_program(*words, "--help").stdout
        yield words, text
        listed = text.partition("\nSubcommands:\n")[2]
        for name in re.findall(r"^  ([a-z]+)\b", listed.partition("\n\n")[0], re.M):
            yield from self.commands_below(*words, name)

    def test_help_of_every_command(self):
        helps = dict(self.commands_below())
        for words in ((), ("audit",), ("analyze",), ("expand",), ("crosscheck",), ("golden",), ("region",), ("search",),
                      ("search", "merge"), ("tables",), ("train",), ("manual",), ("completion",)):
            self.assertIn(words, helps)
        for words, text in helps.items():
            self.fits(text, words)

    def test_the_programs_that_replay_and_say_their_version(self):
        self.printed("--version")
        checker = os.path.join(os.path.dirname(self.program), "crosshead-check")
        if os.path.exists(checker):
            self.fits(subprocess.run([checker, "--help"], capture_output=True, text=True, check=True).stdout, checker)

    def test_broken_examples_can_be_typed(self):
        """A shell finds the same words in them as in one long line."""
        broken = [example for _, text in self.commands_below()
                  for example in re.findall(r"^  \w.* \\\n(?:.*\\\n)*.*\n", text, re.M)]
        self.assertGreater(len(broken), 2)
        echo = "crosshead() { printf '%s\\n' \"$@\"; }; mpirun() { crosshead \"$@\"; }\n"
        for example in broken:
            said = subprocess.run(["bash", "-c", echo + example], capture_output=True, text=True, check=True).stdout
            self.assertEqual(said.splitlines(), shlex.split(re.sub(r"\\\n *", "", example))[1:], example)

    def test_the_manual_on_a_terminal_of_that_width(self):
        if shutil.which("groff") is None:
            self.skipTest("groff is not here")
        # man(1) leaves two columns free.
        page = subprocess.run(["groff", "-man", "-Tutf8", "-P-cbou", f"-rLL={WIDTH - 2}n"], text=True, check=True,
                              input=self.run_program("manual").stdout, capture_output=True).stdout
        self.assertIn("SEE ALSO", page)
        self.fits(page, "manual")


class Messages(LineCase):
    def message(self, code, *arguments):
        result = self.run_program(*arguments, cwd=self.folder.name, wrapped=True)
        self.assertEqual(result.returncode, code, (arguments, result.stderr))
        self.fits(result.stderr, arguments)
        return result.stderr

    def test_of_bad_usage_and_input(self):
        proofs = os.path.dirname(self.systems)
        self.assertGreater(self.message(2, "analyse").count("\n"), 1)
        self.assertGreater(self.message(2, "audit", "--proofs", proofs, "T2.8-fastset").count("\n"), 5)
        self.message(2, "search", "doubles", "--nodes", "4", "--heads", "2")
        self.message(2, "search", "amplifies", "--nodes", "4", "--heads", "2", "--family", "all")
        self.message(2, "region", self.system("figure-3"), "--weights", "1/2,1/2")
        self.message(2, "region", self.system("figure-3"), "--claim", "phi_max(mean) is large")
        self.message(2, "expand", self.system("example-3.8"), "--steps", "2", "--symbolic", "--weights", "1/2,1/2")
        self.file("hello", "x.npy")
        self.message(3, "analyze", "x.npy")
        self.file(LONG | {"weights": ["1/2", "1/3"]}, "w.json")
        self.message(3, "analyze", "w.json")
        self.file(LONG | {"nodes": LONG["nodes"][:3] + ["sigma"]}, "n.json")
        self.message(3, "analyze", "n.json")

    def test_beside_an_answer(self):
        """Too many words: the totals, and a message of several lines."""
        result = self.run_program("expand", self.system("example-3.13"), "--steps", "30", wrapped=True)
        self.assertEqual(result.returncode, 2)
        self.fits(result.stdout + result.stderr, "expand")


class Tables(LineCase):
    def test_analyze(self):
        for name in sorted(os.listdir(self.systems)):
            result = self.run_program("analyze", os.path.join(self.systems, name), "--epsilon", "1/4,1/10,1/100")
            self.assertIn(result.returncode, (0, 4), name)
            self.fits(result.stdout, name)

    def test_no_value_is_cut(self):
        text = self.printed("analyze", self.file(LONG), "--epsilon", "1/4,1234567/76543210,1/100")
        self.assertNotIn("...", text)
        for name in LONG["nodes"]:
            self.assertIn(name, text)
        self.assertIn(LONG["name"], " ".join(text.split()))
        # Two columns that name the first node are too wide together: the head stands in both halves of the
        # first table of mixing times, in the second, and in those of checks and fidelities.
        self.assertEqual(len(re.findall("^東京の頭 ", text, re.M)), 5, text)

    def test_cells_stand_under_their_heading(self):
        lines = self.printed("analyze", self.file(LONG)).splitlines()
        at = next(k for k, line in enumerate(lines) if line.startswith("combined, node"))
        column = columns(lines[at].partition("fidelity")[0])
        for name in LONG["nodes"]:
            k = next(k for k in range(at + 1, len(lines)) if lines[k].startswith(name))
            # A name that is too long for its column has a line of its own.
            cells = lines[k][len(name):] if lines[k] != name else lines[k + 1]
            begin = columns(name) if lines[k] != name else 0
            self.assertEqual(begin + columns(cells) - columns(cells.lstrip()), column, name)
        self.assertIn(LONG["nodes"][0], lines)

    def test_only_a_longer_word_exceeds_a_line(self):
        name = "x" * 90
        system = {"schema": "crosshead.system/1", "name": "s", "nodes": [name, "tau"], "self_loops": True,
                  "heads": [{"name": "h", "edges": [[name, "tau"]]}, {"name": "k", "edges": [[name, "tau"]]}]}
        lines = self.run_program("analyze", self.file(system)).stdout.splitlines()
        exceeding = [line for line in lines if columns(line) > WIDTH]
        self.assertNotEqual(exceeding, [])
        for line in exceeding:
            self.assertRegex(line, rf"\A *[(]?{name}[,.:;)]?\Z")

    def test_expand(self):
        for arguments in ((self.system("example-3.13"), "--steps", "3", "--paths", "5"),
                          (self.system("example-3.8"), "--steps", "3", "--symbolic", "--eliminate"),
                          (self.system("figure-3"), "--steps", "6"),
                          (self.system("example-3.8"), "--steps", "12", "--top", "5"),
                          (self.file(LONG), "--steps", "4", "--paths", "3"), (self.file(LONG), "--steps", "4")):
            self.printed("expand", *arguments)

    def test_region(self):
        for name in ("smallest-amplifying", "figure-3", "example-3.13"):
            for claim in ("amplifies", "attenuates"):
                self.printed("region", self.system(name), "--claim", claim, "--maximum")
        long = {k: v for k, v in LONG.items() if k != "weights"}
        self.printed("region", self.file(long), "--maximum")
        self.printed("region", self.file(long), "--claim", "phi(mean, the-first-node-with-a-long-name-of-its-own) > "
                     "phi(mean, the-third-node-with-a-long-name-as-well)")
        best = ("region", self.system("smallest-amplifying"), "--best", "--tolerance")
        self.printed(*best, "1/10")
        self.printed(*best, "1/1000000", "--budget", "10", code=4)
        self.printed("region", "--family", "unique_sink", "--nodes", "3", "--claim", "mixes-faster")
        self.printed("region", "--family", "unique_sink", "--nodes", "4")

    def test_search(self):
        for arguments in (("amplifies", "--nodes", "4", "--heads", "2", "--symmetry"),
                          ("phi(mean, 2) > max h in heads: phi(head h, 2)", "--nodes", "4", "--heads", "2"),
                          ("mixes-faster", "--nodes", "4", "--heads", "3", "--grid", "5", "--from", "5", "--count",
                           "999"),
                          ("T2.8-fastest", "--nodes", "4", "--heads", "2", "--proofs", os.path.dirname(self.systems)),
                          ("amplifies", "--guided", "--nodes", "16", "--heads", "4", "--grid", "12", "--steps", "300")):
            self.printed("search", *arguments)
        parts = []
        for part in ("1/2", "2/2"):
            parts.append("part-" + part[0])
            self.printed("search", "amplifies", "--nodes", "4", "--heads", "2", "--shard", part, "--shard-size", "50",
                         "--journal", parts[-1])
        self.printed("search", "merge", *parts)

    def test_audit(self):
        proofs = os.path.join(self.folder.name, "proofs")
        os.makedirs(os.path.join(proofs, "ledger"))
        shutil.copytree(self.systems, os.path.join(proofs, "systems"))
        claims = {"T1-true": TRUE_CLAIM, "T2-false": FALSE_CLAIM.replace("2N/p.", "2N/p, " * 20 + "2N/p.")}
        for name, text in claims.items():
            with open(os.path.join(proofs, "ledger", name + ".toml"), "w", encoding="utf-8") as stream:
                stream.write(text)
        found = json.loads(self.run_program("search", "amplifies", "--guided", "--nodes", "6", "--heads", "2",
                                            "--steps", "500", "--json").stdout)
        with open(os.path.join(proofs, "ledger", "records.toml"), "w", encoding="utf-8") as stream:
            stream.write(found["best"]["record"] + "\n")
        for more in (("--details",), ("--quiet",), ("T2-false",), ("T1-true", "--quiet")):
            # Nothing is checked in: every certificate differs.
            said = self.printed("audit", "--proofs", proofs, *more, code=1)
            self.assertIn("DIFFERS", said)
        ledger = os.path.dirname(self.systems)
        for more in ((), ("--quiet",)):
            self.printed("audit", "--proofs", ledger, "E3.8-fidelity", "T2.8-fastest", "T2.8-eq5", *more)

    def test_golden(self):
        said = self.printed("golden", self.system("example-3.13"), "-o", "golden.npz")
        self.assertIn("44 arrays", said)
        self.printed("golden", self.file(LONG), "-o", "a-file-of-correctly-rounded-values-with-a-long-name.npz")


class FloatTables(LineCase, FloatCase):
    def test_crosscheck(self):
        attention = self.model("4_heads_copy_attention.safetensors")
        self.printed("crosscheck", attention, "--tensor", "attention", "--steps", "20")
        self.printed("crosscheck", "--dyadic")
        self.run_program("golden", self.system("example-3.13"), "-o", self.path("golden.npz"))
        self.printed("crosscheck", self.system("example-3.13"), "--against", self.path("golden.npz"), "--rule",
                     "ulps=0")

    def test_train(self):
        self.printed("train", "--out", "a-model-with-a-name-that-takes-more-than-half-of-a-line.safetensors",
                     "--epochs", "1", *TINY)

    def test_tables_of_our_own_models(self):
        models = os.path.join(os.path.dirname(self.systems), "models")
        self.check_tables(models, "--samples", "2", "--heads", "1,4")

    def test_tables_of_published_models(self):
        project = os.path.dirname(os.path.dirname(os.path.abspath(self.systems)))
        folder = PUBLISHED or os.path.join(os.path.dirname(project), "shared", "data", "published")
        if not os.path.isdir(os.path.join(folder, "checkpoints")):
            self.skipTest("the published models are not here: name their folder in CROSSHEAD_PUBLISHED")
        self.check_tables(os.path.join(folder, "checkpoints"), "--samples", "2")

    def check_tables(self, models, *arguments):
        said = self.printed("tables", "--models", models, *arguments)
        for table in range(1, 7):
            self.assertIn(f"Table {table}:", said)
        # Every layer has its column under each title.
        for sheet in said.split("\n\n"):
            title, *lines = sheet.splitlines()
            if " task, " in title:
                heads = [line.split() for line in lines if line.startswith("heads ")]
                self.assertEqual([name for line in heads for name in line[1:]], ["L1", "L2", "L3", "L4"], sheet)


if __name__ == "__main__":
    main()
