"""Replays the certificates of all 210 pairs of heads on four nodes: crosshead-check beside the replayer in Python.

usage: region_certificates.py BUILD_FOLDER

Both must accept every certificate before they are timed. CPU time, the median of seven runs of the one program (its start
and reading the files counted) and of three of the other (files read before).
"""

import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

import region_replay  # noqa: E402
from region_definitions import family, system  # noqa: E402


def used(children):
    usage = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def median(runs, children, act):
    times = []
    for _ in range(runs):
        before = used(children)
        act()
        times.append(used(children) - before)
    return statistics.median(times)


def main():
    program, checker = (os.path.join(sys.argv[1], "bin", name) for name in ("crosshead", "crosshead-check"))
    heads = list(family(4))
    with tempfile.TemporaryDirectory() as folder:
        files = []
        start = time.monotonic()
        for a, b in itertools.combinations(range(len(heads)), 2):
            files.append(os.path.join(folder, "%d-%d.json" % (a, b)))
            pair = os.path.join(folder, "system")
            with open(pair, "w", encoding="utf-8") as stream:
                json.dump(system(4, heads[a], heads[b]), stream)
            subprocess.run([program, "region", "--quiet", "--certificate", files[-1], pair], stdout=subprocess.DEVNULL, check=True)
        print("%d certificates of %d kB written in %.1f s" % (len(files), sum(map(os.path.getsize, files)) // 1000, time.monotonic() - start))
        documents = [json.load(open(file, encoding="utf-8")) for file in files]
        lines = subprocess.run([checker, *files], capture_output=True, text=True, check=True).stdout.splitlines()
        assert len(lines) == 210 and all(": accepted: " in line for line in lines)
        theirs = median(3, False, lambda: [region_replay.replay(document) for document in documents])
        ours = median(7, True, lambda: subprocess.run([checker, *files], stdout=subprocess.DEVNULL, check=True))
    print("crosshead-check %.3f s, Python %.2f s: %.0f times" % (ours, theirs, theirs / ours))


if __name__ == "__main__":
    main()
