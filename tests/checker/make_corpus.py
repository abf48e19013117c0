#!/usr/bin/env python3
"""Writes tests/certificates: certificates that a checker accepts, and damaged ones with the reason to reject them.

make_corpus.py FOLDER writes accept/, reject/ and expected.txt there. Every expected line is derived here: verdicts from
the oracle, reasons by hand from the damage that was done. Every damaged certificate has its hashes right again, unless
the hash is the damage.
"""
import itertools
import json
import pathlib
import sys

import accepted_corpus
import fact_damage
import formula_damage
import layout_damage
import region_corpus
import region_damage
import region_proof_damage
from certificates import canonical, rehash


def main(folder):
    sys.setrecursionlimit(10000)
    folder = pathlib.Path(folder)
    lines, good = [], {}
    for name in ("accept", "reject"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, c in accepted_corpus.accepted():
        if name == "quoted-label":
            c["claim"]["statement"] = "A label with \"quotes\", a \\, a \n and \u03c4."
            rehash(c)
        good[name] = c
        (folder / "accept" / (name + ".json")).write_text(json.dumps(c, ensure_ascii=False) + "\n", encoding="utf-8")
        formulas = "; ".join(canonical(r["formula"]) + (" is true" if r["truth"] else " is false") for r in c["readings"])
        lines.append("accept/%s.json\taccepted: %s: %s: %s" % (name, c["claim"]["id"], c["verdict"], formulas))

    def reject(originals, *subjects):
        for name, text, reason in itertools.chain.from_iterable(subject.damaged(originals) for subject in subjects):
            (folder / "reject" / (name + ".json")).write_text(text, encoding="utf-8")
            lines.append("reject/%s.json\trejected: %s" % (name, reason))

    reject(good, layout_damage, fact_damage, formula_damage)
    regions = {}
    for name, c, line in region_corpus.accepted():
        regions[name] = c
        (folder / "accept" / (name + ".json")).write_text(json.dumps(c) + "\n", encoding="utf-8")
        lines.append("accept/%s.json\t%s" % (name, line))
    reject(regions, region_damage, region_proof_damage)
    (folder / "expected.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
