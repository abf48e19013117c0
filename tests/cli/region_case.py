"""What the tests of region share: asking for certificates and changing them a leaf at a time."""

import copy
import json
import os
import re
from fractions import Fraction

from program_case import ProgramCase


def leaf_paths(value):
    """The keys and indices that lead to each number, string and truth value."""
    if not isinstance(value, (dict, list)):
        return [[]]
    return [[key] + path for key in (value if isinstance(value, dict) else range(len(value))) for path in leaf_paths(value[key])]


def with_changed_leaf(document, path, dice):
    changed = copy.deepcopy(document)
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    old = parent[path[-1]]
    parent[path[-1]] = (not old if isinstance(old, bool) else old + dice.choice((-1, 1)) if isinstance(old, int)
                        else str(Fraction(old) + Fraction(1, 7)) if re.fullmatch("-?[0-9/]+", old) else old + "x")
    return changed


class RegionCase(ProgramCase):
    def named(self, name):
        return os.path.join(self.systems, name)

    def certificate(self, *arguments):
        path = os.path.join(self.folder.name, "certificate.json")
        result = self.run_program("region", "--quiet", "--certificate", path, *arguments)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        with open(path, encoding="utf-8") as stream:
            return json.load(stream)
