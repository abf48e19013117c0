"""What the tests of the program share: running it on files written for the purpose."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest


def unwrapped(messages):
    """Every message begins with "crosshead: ", and the lines that it goes on with begin with blanks."""
    return re.sub(r"\n +", " ", messages)


class ProgramCase(unittest.TestCase):
    """Runs the program; `program` and `systems` are set from the command line by `main`."""

    program = systems = None
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, content, name="input"):
        path = os.path.join(self.folder.name, name)
        if not isinstance(content, (str, bytes)):
            content = json.dumps(content)
        with open(path, "wb") as stream:
            stream.write(content if isinstance(content, bytes) else content.encode())
        return path

    def run_program(self, *arguments, wrapped=False, **options):
        """Messages that were broken into lines come as one line each, unless they are wanted `wrapped`."""
        result = subprocess.run([self.program, *arguments], capture_output=True, text=True, check=False, timeout=120,
                                **options)
        if not wrapped:
            result.stderr = unwrapped(result.stderr)
        return result

    def refused(self, code, *arguments, says=()):
        """The program ends with `code`, one line on standard error that has every text of `says`, and no output."""
        result = self.run_program(*arguments)
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertRegex(result.stderr, r"\Acrosshead: [^\n]+\n\Z")
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, result.stderr)

    def analysis(self, *arguments, code=0):
        result = self.run_program("analyze", "--json", *arguments)
        self.assertEqual((result.returncode, result.stderr), (code, ""))
        return json.loads(result.stdout)


def main():
    """usage: TEST PROGRAM SYSTEMS_FOLDER [unittest arguments]"""
    ProgramCase.program, ProgramCase.systems = sys.argv[1:3]
    unittest.main(module="__main__", argv=sys.argv[:1] + sys.argv[3:], verbosity=2)  # so that reasons to skip are said
