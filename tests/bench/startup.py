#!/usr/bin/env python3
"""Start-to-end time of `crosshead analyze` on 6-node systems: startup.py PROGRAM [--runs N].

Runs the program N times on each of two systems, checks its exit code and prints {system: {"median_ms": ...,
"largest_ms": ..., "runs": N}} as JSON: wall time from before the process starts until it has ended.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

TWO_HEADS = {
    "schema": "crosshead.system/1",
    "name": "two heads on six nodes",
    "nodes": 6,
    "self_loops": True,
    "heads": [
        {"edges": [[1, 2], [1, 3], [2, 4], [3, 4], [3, 5], [4, 6], [5, 6]]},
        {"edges": [[1, 2], [2, 3], [2, 5], [3, 6], [4, 5], [4, 6], [5, 6]]},
    ],
    "weights": ["1/2", "1/2"],
}


def milliseconds(command):
    start = time.perf_counter()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    elapsed = (time.perf_counter() - start) * 1e3
    if code != 0:
        raise SystemExit(f"{' '.join(command)}: exit code {code}")
    return elapsed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=100)
    options = parser.parse_args()
    root = pathlib.Path(__file__).resolve().parents[2]
    report = {}
    with tempfile.TemporaryDirectory() as folder:
        two_heads = pathlib.Path(folder) / "two-heads.json"
        two_heads.write_text(json.dumps(TWO_HEADS))
        for name, path in (("two heads", two_heads), ("slow chain", root / "proofs/systems/slow-chain.json")):
            command = [options.program, "analyze", str(path)]
            milliseconds(command)
            times = [milliseconds(command) for _ in range(options.runs)]
            report[name] = {"median_ms": statistics.median(times), "largest_ms": max(times), "runs": len(times)}
    json.dump(report, sys.stdout)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
