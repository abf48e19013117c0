"""The tour of README.md: every command is run, and prints what the page shows."""

import os
import pathlib
import re
import subprocess

from program_case import ProgramCase, main

ROOT = pathlib.Path(__file__).resolve().parents[2]


def steps_of(text):
    """(command, expected output) of each "$ ..." in the console blocks of a page."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.M | re.S):
        parts = re.split(r"^\$ (.*)\n", block, flags=re.M)
        yield from zip(parts[1::2], parts[2::2])


def pattern_of(expected):
    """A line "..." stands for any lines, "..." at the end of a line for the rest of it."""
    pattern = ""
    for line in expected.splitlines():
        if line == "...":
            pattern += r"(?:.*\n)*?"
        elif line.endswith("..."):
            pattern += re.escape(line[:-3]) + r".*\n"
        else:
            pattern += re.escape(line) + r" *\n"
    return re.compile(r"\A" + pattern + r"\Z")


class Readme(ProgramCase):
    def test_the_tour(self):
        page = (ROOT / "README.md").read_text(encoding="utf-8")
        tour = page[page.index("## A five-minute tour"):]
        work = pathlib.Path(self.folder.name)
        os.symlink(ROOT / "proofs", work / "proofs")
        for name, text in re.findall(r"`([\w-]+\.toml)`:\n```toml\n(.*?)^```", tour, re.M | re.S):
            (work / name).write_text(text, encoding="utf-8")
        path = os.path.dirname(self.program) + os.pathsep + os.environ["PATH"]
        steps = list(steps_of(tour))
        self.assertGreater(len(steps), 8)
        for command, expected in steps:
            with self.subTest(command=command):
                result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=work,
                                        env=os.environ | {"PATH": path})
                if result.returncode == 5:  # a component is missing in this build
                    self.skipTest(result.stderr)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertRegex(result.stdout, pattern_of(expected))

    def test_every_link_leads_somewhere(self):
        for page in (ROOT / "README.md", *ROOT.glob("src/*/*.md"), ROOT / "CONTRIBUTING.md"):
            for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
                if "://" not in link:
                    self.assertTrue((page.parent / link).exists(), f"{page}: {link}")


if __name__ == "__main__":
    main()
