#!/usr/bin/env python3
"""The checked-in corpus is what make_corpus.py writes, byte by byte."""
import pathlib
import sys
import tempfile

import make_corpus

here = pathlib.Path(__file__).resolve().parent.parent / "certificates"


def files(folder):
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: data for name, data in found.items() if name != "README.md"}


with tempfile.TemporaryDirectory() as fresh:
    make_corpus.main(fresh)
    now, then = files(pathlib.Path(fresh)), files(here)
differing = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
print("%d files, %d differ %s" % (len(now), len(differing), differing[:5]))
sys.exit(bool(differing))
