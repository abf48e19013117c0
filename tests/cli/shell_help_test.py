"""`crosshead manual` and `crosshead completion`: they say what --help says, and shells accept them."""

import os
import pty
import re
import shutil
import subprocess

from program_case import ProgramCase, main

COMMANDS = ("audit", "analyze", "expand", "crosscheck", "golden", "region", "search", "tables", "train")


def options_in_help(text):
    return set(re.findall(r"^  (?:-\w,)?(--[a-z][a-z0-9-]*)", text, re.M)) - {"--help"}


class ShellHelp(ProgramCase):
    def said(self, *arguments):
        result = self.run_program(*arguments)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def completions(self, *words):
        """What bash offers after `crosshead WORDS`, the last word being the one under way."""
        script = self.said("completion", "bash")
        array = " ".join(f"'{word}'" for word in ("crosshead", *words))
        script += f"\nCOMP_WORDS=({array}); COMP_CWORD={len(words)}; _crosshead; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
        result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False,
                                cwd=self.folder.name)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return set(result.stdout.split())

    def test_manual_has_every_option_of_every_command(self):
        manual = self.said("manual").replace("\\-", "-")
        sections = dict(zip(*[iter(re.split(r"^\.SS crosshead (.*)$", manual, flags=re.M)[1:])] * 2))
        for command in COMMANDS:
            options = options_in_help(self.said(command, "--help"))
            self.assertGreater(len(options), 3, command)
            for option in options - {"--json", "--quiet", "--threads"}:
                self.assertIn(option, sections[command], f"{command} {option}")
            self.assertIn("Examples:", sections[command])

    def test_groff_reads_the_manual(self):
        if shutil.which("groff") is None:
            self.skipTest("groff is not here")
        result = subprocess.run(["groff", "-man", "-ww", "-z", "-Tutf8"], input=self.said("manual"),
                                capture_output=True, text=True, check=False)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_bash_completes_commands_options_and_values(self):
        self.assertTrue(set(COMMANDS) <= self.completions(""))
        self.assertEqual(self.completions("an"), {"analyze"})
        for command in COMMANDS:
            expected = options_in_help(self.said(command, "--help")) | {"--help"}
            self.assertEqual(self.completions(command, "--"), expected, command)
        self.assertEqual(self.completions("train", "--task", ""), {"copy", "cycle"})
        self.assertEqual(self.completions("analyze", "--sink-counts", "y"), {"yes"})
        self.assertIn("merge", self.completions("search", ""))
        self.assertIn("--partial", self.completions("search", "merge", "--"))

    def test_bash_completes_files(self):
        self.file("{}", "system.json")
        self.assertEqual(self.completions("analyze", "sys"), {"system.json"})

    def test_fish_names_every_command_and_option(self):
        script = self.said("completion", "fish")
        for command in COMMANDS:
            self.assertIn(f"-n __fish_use_subcommand -a {command} ", script)
            for option in options_in_help(self.said(command, "--help")):
                self.assertRegex(script, rf"seen_subcommand_from {command}' .*-l {option[2:]}\b")
        if shutil.which("fish"):
            result = subprocess.run(["fish", "--no-execute"], input=script, capture_output=True, text=True, check=False)
            self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_zsh_loads_what_bash_does(self):
        self.assertTrue(self.said("completion", "zsh").endswith(self.said("completion", "bash")))

    def test_what_was_meant(self):
        self.refused(2, "analzye", "x.json", says="did you mean 'analyze'?")
        self.refused(2, "serach", says="did you mean 'search'?")
        self.refused(2, "analyze", "x.json", "--epsilom", "1/4", says="did you mean '--epsilon'?")
        self.refused(2, "analyze", "x.json", "--max-step=3", says="did you mean '--max-steps'?")
        proofs = os.path.dirname(self.systems)
        self.refused(2, "audit", "--proofs", proofs, "T2.8-fastset", says="did you mean 'T2.8-fastest'?")
        for far in ("xyzzy", "--nothing"):
            self.assertNotIn("did you mean", self.run_program(far).stderr)

    def test_colour_only_on_a_terminal(self):
        proofs = os.path.dirname(self.systems)
        command = [self.program, "audit", "--proofs", proofs, "--quiet", "E3.8-cross"]
        plain = self.run_program(*command[1:], cwd=self.folder.name).stdout
        self.assertNotIn("\x1b", plain)
        for extra, coloured in (({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False),
                                ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
            parent, child = pty.openpty()
            environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | extra
            with subprocess.Popen(command, stdout=child, stderr=subprocess.DEVNULL, cwd=self.folder.name,
                                  env=environment) as run:
                os.close(child)
                said = b""
                while True:
                    try:
                        part = os.read(parent, 65536)
                    except OSError:  # the other end is closed
                        break
                    if not part:
                        break
                    said += part
                run.wait()
            os.close(parent)
            text = said.decode().replace("\r\n", "\n")
            self.assertEqual("\x1b[" in text, coloured, extra)
            self.assertEqual(re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()[-1], plain.splitlines()[-1])

    def test_refuses_other_shells(self):
        self.refused(2, "completion", "tcsh", says=("tcsh", "bash|zsh|fish"))
        self.refused(2, "completion", says="SHELL")


if __name__ == "__main__":
    main()
