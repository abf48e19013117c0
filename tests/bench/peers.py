#!/usr/bin/env python3
"""Minimax fidelity in Python, for comparison: Fraction row vectors, Fraction powers and SymPy powers.

peers.py SYSTEMS [--matrices N] reads what dump_systems wrote, checks that every peer finds the same minimum for the
first N matrices as the file says (exit code 1 if not), times each and prints {peer: {"microseconds": median per
matrix, "matrices": N}} as JSON. All stop by the rule of the FLINT peer in bench_fidelity.cpp: node 0 is the only
absorbing node and its supremum is 1; another node is decided once the mass on it and the nodes after it is no larger
than its best signal.
"""

import argparse
import json
import statistics
import sys
import time
from fractions import Fraction

try:
    import sympy
except ImportError:
    sympy = None


def decide(signals, zero, one):
    """The minimum over nodes, from the signals at t = 1, 2, ..."""
    best = None
    for signal in signals:
        n = len(signal)
        if best is None:
            best = [zero] * n
            best[0] = one
            left = set(range(1, n))
        mass = zero
        for j in range(n - 1, 0, -1):
            mass += signal[j]
            if j not in left:
                continue
            if signal[j] > best[j]:
                best[j] = signal[j]
            if mass <= best[j]:
                left.discard(j)
        if not left:
            return min(best)


def row_signals(rows):
    """One row vector, zero entries left out."""
    n = len(rows)
    entries = [[(j, rows[i][j]) for j in range(n) if rows[i][j] != 0] for i in range(n)]
    signal = [Fraction(0)] * n
    signal[n - 1] = Fraction(1)
    while True:
        following = [Fraction(0)] * n
        for i, value in enumerate(signal):
            if value == 0:
                continue
            for j, entry in entries[i]:
                following[j] += value * entry
        signal = following
        yield signal


def power_signals(rows):
    """Powers of the whole matrix, lower triangle only."""
    n = len(rows)
    power = rows
    while True:
        yield power[n - 1]
        power = [[sum((power[i][k] * rows[k][j] for k in range(j, i + 1)), Fraction(0)) for j in range(n)]
                 for i in range(n)]


def sympy_signals(matrix):
    """Powers of a SymPy matrix."""
    power = matrix
    n = matrix.rows
    while True:
        yield [power[n - 1, j] for j in range(n)]
        power = power * matrix


def fractions_of(rows):
    return [[Fraction(entry) for entry in row] for row in rows]


def peers():
    found = {
        "fraction row vector": (fractions_of, lambda rows: decide(row_signals(rows), Fraction(0), Fraction(1))),
        "fraction powers": (fractions_of, lambda rows: decide(power_signals(rows), Fraction(0), Fraction(1))),
    }
    if sympy is not None:
        found["sympy powers"] = (
            lambda rows: sympy.Matrix([[sympy.Rational(entry) for entry in row] for row in rows]),
            lambda matrix: decide(sympy_signals(matrix), sympy.Integer(0), sympy.Integer(1)))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("systems", type=argparse.FileType())
    parser.add_argument("--matrices", type=int, default=48)
    options = parser.parse_args()
    cases = json.load(options.systems)["matrices"][:options.matrices]
    report = {}
    for name, (read, minimax) in peers().items():
        times = []
        for index, case in enumerate(cases):
            matrix = read(case["rows"])
            start = time.process_time()
            least = minimax(matrix)
            times.append(time.process_time() - start)
            if Fraction(str(least)) != Fraction(case["minimax"]):
                print(f"{name}: matrix {index}: {least} instead of {case['minimax']}", file=sys.stderr)
                return 1
        report[name] = {"microseconds": statistics.median(times) * 1e6, "matrices": len(cases)}
    json.dump(report, sys.stdout)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
