#!/usr/bin/env python3
"""Times `crosshead tables` beside the published procedure: tables.py PROGRAM MODELS [--full] [--check].

MODELS is a folder of {H}_heads_{task} files, as the paper's checkpoints. The peer follows the rules of the published
program in plain Python on the stored attention of a trained model (4 layers): 500 simulated walks from each start, and
100 matrix powers. It walks 20 times from each start and takes a tenth of one power. What the whole takes is
extrapolated: the walks by their steps, of which the tables say how many there are, the powers by their number. Before any timing its means must agree with ours: the walks within six standard errors, the
fidelity within a relative 1e-4, since the forward pass is another run than the one that was stored. --full runs --exact on all 50 sequences instead of one; --check only compares, on the stored
attention, and times nothing.
"""

import argparse
import bisect
import json
import math
import pathlib
import random
import resource
import shutil
import struct
import subprocess
import tempfile
import time

MODELS = pathlib.Path(__file__).resolve().parent.parent.parent / "proofs" / "models"
STORED = MODELS / "4_heads_copy_attention.safetensors"
WALKS, CUTOFF, SAMPLES, LAYERS = 500, 100, 50, 4


def tensors_of(path):
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    found = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        begin, end = info["data_offsets"]
        code, width = {"F32": ("f", 4), "F64": ("d", 8), "I64": ("q", 8), "I32": ("i", 4)}[info["dtype"]]
        found[name] = struct.unpack(f"<{(end - begin) // width}{code}", data[8 + size + begin:8 + size + end])
    return found


def mean_layers():
    """The mean attention of each stored layer: rows of rows."""
    stored = tensors_of(STORED)
    attention, weights = stored["attention"], stored["head_weights"]
    heads, n = 4, 100
    layers = []
    for layer in range(LAYERS):
        share = weights[layer * heads:(layer + 1) * heads]
        base = [attention[(layer * heads + h) * n * n:(layer * heads + h + 1) * n * n] for h in range(heads)]
        layers.append([[sum(share[h] * base[h][i * n + j] for h in range(heads)) for j in range(n)] for i in range(n)])
    return layers


def simulate(matrix, walks, generator):
    """Steps of `walks` walks from every start, by the program's rule."""
    n = len(matrix)
    cumulative = []
    for j in range(n):
        total, row = 0.0, []
        for i in range(n):
            total += matrix[i][j]
            row.append(total)
        cumulative.append(row)
    times = []
    for start in range(n):
        for _ in range(walks):
            j, t = start, 0
            while j != n - 1 and t < CUTOFF:
                j = min(bisect.bisect_left(cumulative[j], generator.random()), n - 1)
                t += 1
            times.append(t)
    return times


def minimax(matrix):
    """min over j of max over t = 1..100 of (A^t)_{tau j}, by a row vector (one of this project's ideas)."""
    n = len(matrix)
    x, best = [0.0] * (n - 1) + [1.0], [0.0] * n
    for _ in range(CUTOFF):
        x = [sum(x[i] * matrix[i][j] for i in range(j, n)) for j in range(n)]
        best = [max(a, b) for a, b in zip(best, x)]
    return min(best)


def matrix_power_seconds(matrix):
    n = len(matrix)
    columns = list(zip(*matrix))
    start = time.perf_counter()
    [[sum(a * b for a, b in zip(row, column)) for column in columns[:10]] for row in matrix]
    return (time.perf_counter() - start) * n / 10


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return json.loads(output), wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def agree(program, layers):
    """Compares the peer with ours on the stored attention; gives the peer's seconds for one step of a walk."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(MODELS / "4_heads_copy.safetensors", folder)
        rows = run([program, "tables", "--json", "--models", folder, "--reading", "published", "--tokens", str(STORED)])[0]["rows"]
    generator, seconds, steps = random.Random(1), 0.0, 0
    for row, matrix in zip(rows, layers):
        start = time.perf_counter()
        times = simulate(matrix, 20, generator)
        seconds += time.perf_counter() - start
        steps += sum(times)
        mean = sum(times) / len(times)
        error = math.sqrt(sum((t - mean) ** 2 for t in times)) / len(times)
        ours, fidelity = float(row["mixing"]["mean"][0]), float(row["fidelity_percent"]["mean"][0])
        if abs(mean - ours) > 6 * error:
            raise SystemExit(f"layer {row['layer']}: the walks take {mean} steps, not {ours}")
        if abs(100 * minimax(matrix) - fidelity) > 1e-6 + 1e-4 * fidelity:
            raise SystemExit(f"layer {row['layer']}: the peer's fidelity is not {fidelity}")
    return seconds / steps


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("models", nargs="?")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    layers = mean_layers()
    step = agree(given.program, layers)
    print("the peer agrees with crosshead tables on the stored attention, all four layers")
    if given.check:
        return
    if not given.models:
        raise SystemExit("name a folder of models, or --check")

    def timed(label, *arguments):
        document, wall, cpu = run([given.program, "tables", "--json", "--models", given.models, *arguments])
        print(f"{label:<66} {wall:8.1f} s {cpu:8.1f} s of CPU")
        return document, wall

    document, fast = timed("Tables 1-4, published reading, certified, 50 sequences", "--tables", "1,2,3,4", "--reading", "published")
    timed("Tables 1-6, both readings, certified, 50 sequences")
    exact_samples = SAMPLES if given.full else 1
    exact = timed(f"Tables 3-4, --exact, {exact_samples} sequence(s)", "--tables", "3,4", "--reading", "published", "--exact", "--samples", str(exact_samples))[1]
    if not given.full:
        print(f"{'  times 50':<66} {exact * SAMPLES:8.0f} s")
    count = len(document["models"]) * SAMPLES * LAYERS
    steps = sum(float(row["mixing"]["mean"][0]) for row in document["rows"]) * SAMPLES * WALKS * 100
    powers = matrix_power_seconds(layers[0]) * CUTOFF * count
    print(f"{'peer, plain Python: %.2g steps of %.2f us' % (steps, step * 1e6):<66} {steps * step:8.0f} s")
    print(f"{'peer, plain Python: 100 matrix powers for %d layers' % count:<66} {powers:8.0f} s")
    print(f"peer, extrapolated, beside the certified tables: {(steps * step + powers) / fast:.0f} times as long, "
          f"{steps * step / fast:.0f} times for its walks alone")


if __name__ == "__main__":
    main()
