"""One weight region by crosshead and by SymPy: polynomials of the powers, real roots, and a look between them.

usage: region_peer.py PROGRAM SYSTEM

SymPy takes the powers up to a given step and proves nothing about later ones; crosshead proves the tail as well. Both
must find the same ends.
"""

import json
import subprocess
import sys
import time

import sympy

STEPS = 12


def matrices(path):
    with open(path, encoding="utf-8") as stream:
        document = json.load(stream)
    n = document["nodes"]
    result = []
    for head in document["heads"]:
        sources = [{i} for i in range(n)]
        for j, k in head["edges"]:
            sources[k - 1].add(j - 1)
        result.append(sympy.Matrix(n, n, lambda i, j: sympy.Rational(int(j in sources[i]), len(sources[i]))))
    return result


def sympy_ends(path, bar):
    """The b between which min_j max_{t <= STEPS} s_j(t) > bar; node 1 is absorbing and counts by its limit 1."""
    b = sympy.Symbol("b")
    first, second = matrices(path)
    n = first.shape[0]
    mean = (b * first + (1 - b) * second).applyfunc(sympy.expand)
    row, signals = sympy.Matrix([[int(k == n - 1) for k in range(n)]]), [[] for _ in range(n)]
    for _ in range(STEPS):
        row = (row * mean).applyfunc(sympy.expand)
        for j in range(1, n):
            signals[j].append(row[j])
    ends = {sympy.Integer(0), sympy.Integer(1)}
    for signal in sum(signals, []):
        ends |= {root for root in sympy.real_roots(sympy.Poly(signal - bar, b)) if 0 < root < 1}
    ends = sorted(ends)
    inside = []
    for low, high in zip(ends, ends[1:]):
        middle = sympy.Rational((low + high).evalf(30) / 2)
        holds = all(max(s.subs(b, middle) for s in signals[j]) > bar for j in range(1, n))
        if holds and inside and inside[-1][1] == low:
            inside[-1][1] = high
        elif holds:
            inside.append([low, high])
    return inside


def main():
    program, path = sys.argv[1:]
    start = time.perf_counter()
    answer = json.loads(subprocess.run([program, "region", "--json", path], capture_output=True, check=True, text=True).stdout)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    theirs_ends = sympy_ends(path, sympy.Rational(answer["threshold"]))
    theirs = time.perf_counter() - start
    expected = [[sympy.Rational(item[side]["value"]) for side in ("from", "to")] for item in answer["holds"]]
    if expected != theirs_ends:
        raise SystemExit(f"different ends: {expected} and {theirs_ends}")
    print(f"crosshead, process and proof of the tail: {ours:.3f} s ({answer['seconds'] * 1000:.2f} ms without the process)")
    print(f"SymPy, {STEPS} steps without a proof: {theirs:.3f} s, {theirs / answer['seconds']:.0f} times")


if __name__ == "__main__":
    main()
