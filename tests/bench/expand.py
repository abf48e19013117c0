#!/usr/bin/env python3
"""Weight polynomials of every node (6 nodes, 4 heads, 6 steps): crosshead beside FLINT and SymPy, in one run.

expand.py BENCH_EXPAND CROSSHEAD [--check]

BENCH_EXPAND checks FLINT's polynomials and times both; here SymPy expands the same systems, must find the polynomials
that `crosshead expand --json` prints (exit code 1 if not), and is timed. --check: one system, no table. Without SymPy
(Debian: python3-sympy) its part is skipped with a word.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from fractions import Fraction

STEPS = 6

try:
    import sympy
except ImportError:
    sympy = None


def matrices(system):
    """Diffusion matrices (Def. 3.1) from the edges alone."""
    names = system["nodes"]
    names = [str(k + 1) for k in range(names)] if isinstance(names, int) else names
    place = {name: k for k, name in enumerate(names)}
    result = []
    for head in system["heads"]:
        edges = {(place[j], place[i]) for j, i in head["edges"]}
        if system.get("self_loops", True):
            edges |= {(k, k) for k in range(len(names))}
        rows = [[Fraction(0)] * len(names) for _ in names]
        for i in range(len(names)):
            sources = [j for j in range(len(names)) if (j, i) in edges]
            for j in sources:
                rows[i][j] = Fraction(1, len(sources))
        result.append(rows)
    return result


def sympy_mean(heads):
    """sum of b_h D_h as a SymPy matrix."""
    n = len(heads[0])
    weights = sympy.symbols(f"b1:{len(heads) + 1}")
    entry = lambda i, j: sum((b * sympy.Rational(rows[i][j].numerator, rows[i][j].denominator)
                              for b, rows in zip(weights, heads)), sympy.Integer(0))
    return sympy.Matrix(n, n, entry), weights


def by_powers(mean, weights):
    power = (mean ** STEPS).applyfunc(sympy.expand)
    return [sympy.Poly(power[mean.rows - 1, j], *weights) for j in range(mean.cols)]


def by_row_vector(mean, weights):
    row = sympy.Matrix([[0] * (mean.cols - 1) + [1]])
    for _ in range(STEPS):
        row = (row * mean).applyfunc(sympy.expand)
    return [sympy.Poly(row[j], *weights) for j in range(mean.cols)]


def by_sparse_rings(mean, weights):
    """A row vector over SymPy's sparse polynomial ring, its fastest form."""
    ring = sympy.ring([str(b) for b in weights], sympy.QQ)[0]
    entries = [[ring.from_expr(mean[i, j]) for j in range(mean.cols)] for i in range(mean.rows)]
    row = [ring.zero] * (mean.cols - 1) + [ring.one]
    for _ in range(STEPS):
        row = [sum((row[i] * entries[i][j] for i in range(mean.rows) if row[i] and entries[i][j]), ring.zero)
               for j in range(mean.cols)]
    return row


def terms(polynomial):
    return {tuple(powers): Fraction(str(value)) for powers, value in polynomial.terms() if value != 0}


def crosshead_terms(program, system):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "system.json")
        with open(path, "w", encoding="utf-8") as stream:
            json.dump(system, stream)
        output = subprocess.run([program, "expand", path, "--steps", str(STEPS), "--symbolic", "--json"], check=True,
                                capture_output=True, text=True).stdout
    return [{tuple(term["exponents"]): Fraction(term["coefficient"]) for term in node["polynomial"]}
            for node in json.loads(output)["expansions"]]


def sympy_times(program, systems):
    """{way: median seconds}, after checking every polynomial."""
    times = {}
    for way in (by_powers, by_row_vector, by_sparse_rings):
        taken = []
        for system in systems:
            mean, weights = sympy_mean(matrices(system))
            start = time.process_time()
            polynomials = way(mean, weights)
            taken.append(time.process_time() - start)
            if [terms(polynomial) for polynomial in polynomials] != crosshead_terms(program, system):
                sys.exit(f"{way.__name__}: other polynomials than crosshead's for {system['name']}")
        times[way.__name__] = statistics.median(taken)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench")
    parser.add_argument("crosshead")
    parser.add_argument("--check", action="store_true", help="compare one system, time nothing")
    options = parser.parse_args()
    lines = subprocess.run([options.bench, "--systems"], check=True, capture_output=True, text=True).stdout
    systems = [json.loads(line) for line in lines.splitlines()]
    if sympy is None:
        print("skipped: no SymPy (Debian: python3-sympy)")
    found = {} if sympy is None else sympy_times(options.crosshead, systems[:1] if options.check else systems[:4])
    if options.check:
        print("SymPy agrees" if found else "nothing compared")
        return
    report = json.loads(subprocess.run(
        [options.bench, "--benchmark_filter=polynomial", "--benchmark_format=json", "--benchmark_repetitions=7",
         "--benchmark_report_aggregates_only=true"], check=True, capture_output=True, text=True).stdout)
    medians = {}
    for entry in report["benchmarks"]:
        if entry.get("error_occurred"):
            sys.exit(f"{entry['name']}: {entry['error_message']}")
        if entry["aggregate_name"] == "median":
            medians[entry["run_name"]] = entry["cpu_time"]
    own = medians["polynomial_crosshead"]
    rows = [("crosshead", own), ("FLINT fmpq_mpoly, row vector", medians["polynomial_flint/row_vector"]),
            ("FLINT fmpq_mpoly, matrix powers", medians["polynomial_flint/matrix_powers"])]
    names = {"by_sparse_rings": "SymPy sparse ring, row vector", "by_row_vector": "SymPy matrix, row vector",
             "by_powers": "SymPy matrix, power and expand"}
    rows += sorted(((names[way], seconds * 1e6) for way, seconds in found.items()), key=lambda row: row[1])
    print("| polynomials of every node, 6 nodes, 4 heads, 6 steps | time | ratio |\n|---|---:|---:|")
    for name, microseconds in rows:
        shown = f"{microseconds:.1f} us" if microseconds < 1000 else f"{microseconds / 1000:.2f} ms"
        print(f"| {name} | {shown} | {microseconds / own:.1f} |")


if __name__ == "__main__":
    main()
